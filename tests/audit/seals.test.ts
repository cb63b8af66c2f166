import fc from 'fast-check';
import { operator } from '../../src/audit/actor';
import { appendAuditEntry } from '../../src/audit/audit.queries';
import { beginning, sealed, walkChain } from '../../src/audit/seal';
import { checkAudit, sealAudit } from '../../src/audit/seals.commands';
import { sweep } from '../../workers/sweep';
import { type CommandLine, openCommandLine } from '../support/cli';
import { openWorld, type World } from '../support/world';

let world: World;
let commandLine: CommandLine;
beforeAll(async () => {
  world = await openWorld();
  commandLine = openCommandLine(world);
});
beforeEach(() => world.reset());
afterAll(async () => {
  commandLine.close();
  await world.close();
});

async function write(...actions: string[]): Promise<void> {
  for (const action of actions) {
    await appendAuditEntry(world.db, operator, {
      ...{ action, subject: 'survey', subjectId: null },
      detail: { reason: 'Ünïcode "quoted"', count: 3 },
    });
  }
}

/** As somebody with every right over the database would, past all triggers. */
async function tamper(statement: string): Promise<void> {
  await world.db.raw(`begin; set local session_replication_role = replica; ${statement}; commit;`);
}

const chain = fc.array(fc.string(), { minLength: 1, maxLength: 30 }).map((texts) => {
  const entries = texts.map((text, place) => ({ entryId: place + 1, text }));
  return sealed({ place: 0, hash: beginning }, entries).map((seal, place) => ({
    ...seal,
    text: entries[place]!.text as string | null,
  }));
});
const start = { place: 0, hash: beginning };

describe('the chain', () => {
  test('holds as it was made, in parts as well as whole', () => {
    fc.assert(
      fc.property(chain, fc.nat(30), (links, cut) => {
        const first = walkChain(start, links.slice(0, cut));
        if (first.broken) throw new Error('broken');
        const rest = walkChain(first.last, links.slice(cut));
        expect(rest).toEqual({ broken: null, last: { place: links.length, hash: links.at(-1)!.hash } });
      }),
    );
  });

  test('breaks wherever an entry is changed, taken out, or changes places', () => {
    fc.assert(
      fc.property(chain, fc.nat(29), fc.string(), (links, at, other) => {
        const place = at % links.length;
        const changed = links.map((link, index) => (index === place ? { ...link, text: other } : link));
        if (links[place]!.text !== other)
          expect(walkChain(start, changed).broken).toMatchObject({ place: place + 1 });
        const gone = links.map((link, index) => (index === place ? { ...link, text: null } : link));
        expect(walkChain(start, gone).broken).toMatchObject({ place: place + 1, fault: 'its entry is gone' });
        if (place < links.length - 1) {
          expect(walkChain(start, links.toSpliced(place, 1)).broken).toMatchObject({ place: place + 1 });
        }
      }),
    );
  });
});

test('every entry is sealed within a minute, each once, whoever else seals', async () => {
  await write('one', 'two', 'three');
  await Promise.all([sealAudit(world.db), sealAudit(world.db), sweep(world.services)]);
  await write('four');
  await sealAudit(world.db);
  const sealedEntries = await world.db('audit_seals').orderBy('place').pluck('entry_id');
  expect(sealedEntries).toEqual(await world.db('audit_entries').orderBy('id').pluck('id'));
  expect(await checkAudit(world.db, new Date(), null)).toEqual({
    ...{
      links: 4,
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
      broken: null,
      holdsNoted: null,
      unsealed: 0,
    },
  });
});

test('seals cannot be changed by the program itself', async () => {
  await write('one');
  await sealAudit(world.db);
  for (const statement of [
    'update audit_seals set place = 2',
    'delete from audit_seals',
    'truncate audit_seals',
    'delete from audit_entries',
  ]) {
    await expect(world.db.raw(statement)).rejects.toThrow(/cannot be changed|violates|foreign key/);
  }
});

test.each([
  ['an entry that was changed', `update audit_entries set action = 'nothing' where action = 'two'`, 2],
  [
    'a time that was changed',
    `update audit_entries set at = at + interval '1 microsecond' where action = 'two'`,
    2,
  ],
  ['a detail that was changed', `update audit_entries set detail = '{}' where action = 'three'`, 3],
  [
    'a place it came from that was changed',
    `update audit_entries set origin = '192.0.2.7', actor = 'account', account_id = gen_random_uuid() where action = 'three'`,
    3,
  ],
  ['an entry that was taken out', `delete from audit_entries where action = 'two'`, 2],
  [
    'an entry that was taken out with its link',
    `delete from audit_seals where place = 2; delete from audit_entries where action = 'two'`,
    2,
  ],
])('the check finds %s', async (_, statement, place) => {
  await write('one', 'two', 'three', 'four');
  await sealAudit(world.db);
  await tamper(statement);
  const { status, said } = commandLine.run('audit', 'check');
  expect(status).toBe(1);
  expect(said).toContain(`The chain is broken at link ${place}`);
});

test('the check finds what was cut off its end by a hash that was noted, and prints the one to note', async () => {
  await write('one', 'two');
  const first = commandLine.run('audit', 'check');
  expect([first.status, first.said]).toEqual([0, '']);
  const { head } = JSON.parse(first.out.toString());
  await write('three');
  expect(commandLine.run('audit', 'check', '--head', head)).toMatchObject({ status: 0, said: '' });
  await tamper(`delete from audit_seals where place >= 2; delete from audit_entries where action <> 'one'`);
  expect(commandLine.run('audit', 'check').status).toBe(0);
  const cut = commandLine.run('audit', 'check', '--head', head);
  expect([cut.status, cut.said]).toEqual([1, expect.stringContaining('cut off its end')]);
  expect(commandLine.run('audit', 'check', '--head', 'xyz').status).toBe(2);
});
