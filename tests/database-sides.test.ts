import { readers, respondents } from '../src/database-grants';
import { closeSides, openSides } from '../src/database-sides';
import { migrate, openDatabase } from '../src/platform/database';
import { type DatabaseRole, grantRoles } from '../src/platform/database-roles';
import type { Log } from '../src/platform/log';
import { answerAs, largeCrowd, published } from './releases/make';
import { freshDatabase } from './support/database';
import { makeSurvey } from './support/make';
import { openWorld, type World } from './support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const forbidden = /permission denied|must be owner/;

/** What holds answers of single people, or who they are. */
const closedToReaders = [
  ...['responses', 'drafts', 'texts', 'tallies', 'survey_counts', 'response_batches', 'return_keys'],
  ...['contacts', 'contact_imports', 'contact_import_rows', 'invitations', 'messages', 'earlier_tokens'],
  ...['sessions', 'outbox', 'mail_refusals', 'release_text_counts', 'audit_seals', 'headcounts'],
];

test.each([
  'select * from responses',
  'select reference_hash from responses limit 1',
  'select r.id from invitations i join contacts c on c.id = i.contact_id join responses r on r.survey_id = i.survey_id',
  'insert into responses select * from responses',
  'update responses set folded = folded returning *',
  'delete from responses returning *',
  'copy responses to stdout',
  'select * from texts',
  'select * from tallies',
  'select * from sessions',
  'select password_hash from accounts',
  'select * from audit_entries',
  'create table mine ()',
  'alter table drafts disable trigger all',
  'set session_replication_role = replica',
  'truncate drafts',
])('the pages of respondents cannot: %s', async (statement) => {
  await expect(world.services.sides.respondents.raw(statement)).rejects.toThrow(forbidden);
});

test.each(closedToReaders)('the pages of reports cannot read or change %s', async (table) => {
  const db = world.services.sides.readers;
  await expect(db.raw('select * from ??', [table])).rejects.toThrow(forbidden);
  await expect(db.raw('delete from ??', [table])).rejects.toThrow(forbidden);
});

test('no figure of a release can be written by a page of a report', async () => {
  const db = world.services.sides.readers;
  for (const table of ['releases', 'release_nodes', 'release_figures', 'release_parts']) {
    await expect(db.raw('delete from ??', [table])).rejects.toThrow(forbidden);
    await expect(db.raw('insert into ?? default values', [table])).rejects.toThrow(forbidden);
  }
  await expect(db.raw(`update releases set number = 7`)).rejects.toThrow(forbidden);
});

test.each([respondents, readers])(
  '$name may do what the table of grants says, and nothing else',
  async (role) => {
    expect(await privilegesOf(role)).toEqual(grantedTo(role));
  },
);

test('grants that somebody widened, or took away, are set right at the next start', async () => {
  await world.db.raw(`grant select on responses to ${readers.name}`);
  await world.db.raw(`revoke all on surveys from ${readers.name}`);
  expect(await privilegesOf(readers)).not.toEqual(grantedTo(readers));
  expect(await grantRoles(world.db, [respondents, readers])).toBe(true);
  expect(await privilegesOf(readers)).toEqual(grantedTo(readers));
});

test('the pages ask as these roles: what is taken from the role fails on the page', async () => {
  const survey = await makeSurvey(world.services, { code: 'SIDE1' });
  await answerAs(world, survey, largeCrowd);
  const report = await published(world, survey);
  await makeSurvey(world.services, { code: 'SIDE2' });
  const reader = await world.signedIn('reader', survey.projectId);
  expect((await reader.get(`/reports/${report.id}`)).status).toBe(200);
  const nurse = world.visitor();
  expect((await nurse.get('/s/SIDE2')).status).toBe(200);
  try {
    await world.db.raw(`revoke all on releases from ${readers.name}`);
    await world.db.raw(`revoke all on drafts from ${respondents.name}`);
    expect((await reader.get(`/reports/${report.id}/groups`)).status).toBe(500);
    expect((await nurse.submit('/s/SIDE2')).status).toBe(500);
  } finally {
    await grantRoles(world.db, [respondents, readers]);
  }
});

test('an account of the database that may not make roles is told so, and the pages work with its own rights', async () => {
  const { url, drop } = await freshDatabase('test_sides');
  const owner = openDatabase(url);
  await owner.raw('drop role if exists test_sides_owner');
  await owner.raw('create role test_sides_owner login');
  await owner.raw('grant all on schema public to test_sides_owner');
  await owner.raw('alter database test_sides owner to test_sides_owner');
  const own = new URL(url);
  own.username = 'test_sides_owner';
  const db = openDatabase(own.href);
  const lines: string[] = [];
  const say = (_facts: unknown, line?: string) => lines.push(String(line));
  const log = { debug: say, info: say, warn: say, error: say } as Log;
  try {
    await migrate(db);
    const sides = await openSides(db, own.href, 2, log);
    expect(lines.join()).toContain('may not create roles');
    expect((await sides.readers.raw('select current_user as who')).rows).toEqual([
      { who: 'test_sides_owner' },
    ]);
    await closeSides(sides);

    await owner.raw(`grant ${respondents.name}, ${readers.name} to test_sides_owner`);
    lines.length = 0;
    const granted = await openSides(db, own.href, 2, log);
    expect(lines).toEqual([]);
    expect((await granted.readers.raw('select current_user as who')).rows).toEqual([{ who: readers.name }]);
    await expect(granted.readers.raw('select * from responses')).rejects.toThrow(forbidden);
    await closeSides(granted);
  } finally {
    await db.destroy();
    await owner.destroy();
    await drop();
  }
});

/** Every privilege a role has on a table or on one of its columns, by the database's own word. */
async function privilegesOf({ name }: DatabaseRole): Promise<string[]> {
  const { rows } = await world.db.raw<{ rows: { granted: string }[] }>(
    `select format('%s %s', p.privilege, t.tablename) as granted
       from pg_tables t, unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as p (privilege)
      where t.schemaname in ('public', 'bullmq')
        and has_table_privilege(:name, format('%I.%I', t.schemaname, t.tablename), p.privilege)
      union all
     select format('update (%s) %s', column_name, table_name)
       from information_schema.column_privileges c
      where grantee = :name
        and privilege_type = 'UPDATE'
        and not has_table_privilege(:name, format('%I.%I', table_schema, table_name), 'update')`,
    { name },
  );
  return rows.map(({ granted }) => granted).sort();
}

function grantedTo({ grants }: DatabaseRole): string[] {
  return Object.entries(grants)
    .flatMap(([table, privileges]) => privileges.map((privilege) => `${privilege} ${table}`))
    .sort();
}
