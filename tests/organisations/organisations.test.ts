import { operator } from '../../src/audit/actor';
import { organisationsOffered } from '../../src/organisations/organisation';
import { migrate, openDatabase } from '../../src/platform/database';
import { createProject } from '../../src/projects/projects.commands';
import { insertMember } from '../../src/projects/projects.queries';
import { freshDatabase } from '../support/database';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const names = () => world.db('organisations').orderBy('created_at').pluck('name');
const idOf = async (name: string): Promise<string> =>
  (await world.db('organisations').where({ name }).first('id')).id;
const organisationOf = async (projectId: string) =>
  (await world.db('projects').where({ id: projectId }).first('organisation_id')).organisation_id;
const auditActions = () =>
  world.db('audit_entries').where({ subject: 'organisation' }).orderBy('id').pluck('action');

const all = [
  { id: 'a', name: 'A' },
  { id: 'b', name: 'B' },
];
test.each([
  ['somebody in no project yet', [], false, ['a', 'b']],
  ['somebody in a project of one', ['b'], false, ['b']],
  ['the platform administrator', ['b'], true, ['a', 'b']],
])('%s may choose among these organisations', (_, own, isAdministrator, expected) => {
  expect(organisationsOffered(all, own, isAdministrator).map(({ id }) => id)).toEqual(expected);
});

test('the platform administrator adds and renames organisations, each name once', async () => {
  const administrator = await world.signedIn('platform_admin');
  const page = await administrator.get('/organisations');
  expect(page.text).toContain('Our organisation');
  const first = await idOf('Our organisation');
  const renamed = await administrator.submit(`/organisations/${first}`, { name: ' Northern  board ' });
  expect(renamed.text).toContain('Organisation renamed');
  const added = await administrator.submit('/organisations', { name: 'East & <West>' });
  expect(added.text).toContain('Organisation added');
  expect(added.text).toContain('East &amp; &lt;West&gt;');

  const twice = await administrator.post('/organisations', { name: 'NORTHERN BOARD' }).expect(422);
  expect(twice.text).toContain('There is an organisation called “Northern board” already');
  expect(twice.text).toContain('value="NORTHERN BOARD"');
  const taken = await administrator.post(`/organisations/${first}`, { name: 'east & <west>' }).expect(422);
  expect(taken.text).toContain('There is an organisation called');
  const empty = await administrator.post('/organisations', { name: ' \u0000 ' }).expect(422);
  expect(empty.text).toContain('Enter the name of the organisation');
  await administrator.post('/organisations', { name: 'x'.repeat(121) }).expect(422);
  // Its own name with other capitals is no other's.
  await administrator.post(`/organisations/${first}`, { name: 'Northern Board' }).expect(303);
  await administrator.post(`/organisations/${first}`, { name: 'Northern Board' }).expect(303);

  expect(await names()).toEqual(['Northern Board', 'East & <West>']);
  expect(await auditActions()).toEqual([
    'organisation renamed',
    'organisation added',
    'organisation renamed',
  ]);
});

test.each(['lead', 'organisation_admin', 'reader'] as const)(
  'a %s may not edit organisations',
  async (role) => {
    const person = await world.signedIn(role);
    expect((await person.get('/projects')).text).not.toContain('href="/organisations"');
    const id = await idOf('Our organisation');
    expect((await person.get('/organisations')).status).toBe(403);
    expect((await person.get(`/organisations/${id}`)).status).toBe(403);
    await person.post('/organisations', { name: 'Mine' }).expect(403);
    await person.post(`/organisations/${id}`, { name: 'Mine' }).expect(403);
    expect(await names()).toEqual(['Our organisation']);
  },
);

test('who is not signed in is asked to, and an organisation nobody knows is not found', async () => {
  expect((await world.visitor().get('/organisations')).text).toContain('Sign in');
  const administrator = await world.signedIn('platform_admin');
  expect((await administrator.get('/organisations')).text).toContain('href="/organisations"');
  expect((await administrator.get('/organisations/nonsense')).status).toBe(404);
  expect((await administrator.get(`/organisations/${crypto.randomUUID()}`)).status).toBe(404);
});

test('a new project belongs to the one organisation there is, and a copy to that of the original', async () => {
  const lead = await world.signedIn('lead');
  expect((await lead.get('/projects/new')).text).not.toContain('organisationId');
  await lead.submit('/projects', { name: 'Wounds', purpose: '' });
  const projectId = lead.address.split('/').at(-1)!;
  expect(await organisationOf(projectId)).toBe(await idOf('Our organisation'));

  const [east] = await world.db('organisations').insert({ name: 'East' }).returning('id');
  await world.db('projects').where({ id: projectId }).update({ organisation_id: east.id });
  await lead.get(`/projects/${projectId}`);
  await lead.submit(`/projects/${projectId}/copies`);
  const copyId = lead.address.split('/').at(-1)!;
  expect(copyId).not.toBe(projectId);
  expect(await organisationOf(copyId)).toBe(east.id);
});

test('where there are more organisations, a new project asks for one, among those its lead works in', async () => {
  const administrator = await world.signedIn('platform_admin');
  await world.db('organisations').insert([{ name: 'East' }, { name: 'West' }]);
  const [east, west] = [await idOf('East'), await idOf('West')];
  const form = await administrator.get('/projects/new');
  for (const id of [east, west]) expect(form.text).toContain(`value="${id}"`);
  const refused = await administrator.post('/projects', { name: 'Wounds', purpose: '' }).expect(422);
  expect(refused.text).toContain('Select the organisation the project belongs to');
  expect(refused.text).toContain('value="Wounds"');
  await administrator.submit('/projects', { name: 'Wounds', purpose: '', organisationId: west });
  expect(await organisationOf(administrator.address.split('/').at(-1)!)).toBe(west);

  const projectId = await createProject(
    world.db,
    operator,
    { name: 'E', purpose: '', organisationId: east },
    undefined,
  );
  const lead = await world.signedIn('lead');
  await insertMember(world.db, { projectId, accountId: lead.accountId, role: 'lead' });
  expect((await lead.get('/projects/new')).text).not.toContain('organisationId');
  // What was not offered is not taken.
  await lead.submit('/projects', { name: 'Mine', purpose: '', organisationId: west });
  expect(await organisationOf(lead.address.split('/').at(-1)!)).toBe(east);
});

test('the first organisation has the projects that were there', async () => {
  const { url, drop } = await freshDatabase('test_first_organisation');
  const db = openDatabase(url);
  try {
    for (let applied = ''; applied !== '0055-keep-questionnaire-changes'; ) {
      const [, names] = await db.migrate.up();
      applied = names[0];
    }
    await db('projects').insert({ name: 'Old' });
    await migrate(db);
    const rows = await db({ p: 'projects' })
      .join({ o: 'organisations' }, 'o.id', 'p.organisation_id')
      .select('p.name', { organisation: 'o.name' });
    expect(rows).toEqual([{ name: 'Old', organisation: 'Our organisation' }]);
  } finally {
    await db.destroy();
    await drop();
  }
});
