import { operator } from '../../src/audit/actor';
import { getFrameworkContent } from '../../src/frameworks/content.queries';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { createProject } from '../../src/projects/projects.commands';
import { smallFramework } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** A project with a small draft, and somebody who leads it. */
async function makeDraft(change: Parameters<typeof smallFramework>[0] = {}) {
  const { db } = world;
  const projectId = await createProject(db, operator, { name: 'Listening', purpose: '' }, undefined);
  const frameworkId = await createFramework(db, operator, projectId, smallFramework(change));
  const lead = await world.signedIn('lead', projectId);
  return { projectId, frameworkId, address: `/frameworks/${frameworkId}`, lead };
}

const contentOf = (frameworkId: string) => getFrameworkContent(world.db, frameworkId);
const codesOf = async (frameworkId: string) =>
  (await contentOf(frameworkId)).domains.map(({ code, competencies }) => [
    code,
    ...competencies.map((one) => one.code),
  ]);

/** The value of a hidden or visible field of the last page. */
function fieldOf(page: { text: string }, name: string): string {
  const found = new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(page.text);
  return found![1]!
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

test('a lead writes a framework from nothing', async () => {
  const { projectId, lead } = await makeDraft();
  await lead.get(`/projects/${projectId}/frameworks/new`);
  const words = { domain: 'theme', domains: 'themes', competency: 'skill', competencies: 'skills' };
  let page = await lead.submit(`/projects/${projectId}/frameworks`, { title: 'Wounds', ...words });
  expect(page.text).toContain('Framework created');
  expect(page.text).toContain('It is empty. Add a theme and then its skills');
  const address = lead.address;
  const frameworkId = address.split('/').at(-1)!;

  await lead.get(`${address}/domains/new`);
  await lead.submit(`${address}/domains`, { title: 'Dressing', code: '', parent: '' });
  await lead.get(`${address}/domains/new`);
  const [top] = (await contentOf(frameworkId)).domains;
  await lead.submit(`${address}/domains`, { title: 'Clean wounds', parent: top!.lineageId });
  const inner = (await contentOf(frameworkId)).domains[1]!;
  expect([inner.code, inner.parent]).toEqual(['1.1', top!.lineageId]);

  await lead.get(`${address}/competencies/new?domain=${inner.lineageId}`);
  page = await lead.submit(`${address}/competencies`, {
    domain: inner.lineageId,
    code: 'W1',
    title: 'Cleans a wound',
    tags: 'hands, water, hands',
    optional: 'yes',
    'descriptor-2': 'With somebody watching',
  });
  expect(page.text).toContain('W1 has been added');
  expect(page.text).toContain('1.1. Clean wounds');
  expect((await contentOf(frameworkId)).domains[1]!.competencies).toMatchObject([
    {
      ...{ code: 'W1', title: 'Cleans a wound', tags: ['hands', 'water'], optional: true },
      descriptors: { 2: 'With somebody watching' },
    },
  ]);
});

test.each([
  ['code', { code: '' }, 'Enter a code'],
  ['code', { code: 'A1' }, 'Hearing has this code. Enter another'],
  ['code', { code: 'profession' }, '“profession” is used by surveys themselves. Choose another code'],
  ['code', { code: 'A__1' }, 'A code cannot hold two underscores together'],
  ['code', { code: '=1+1' }, 'A code begins with a letter or number'],
  ['title', { title: ' ' }, 'Enter a title'],
  ['title', { title: 'x'.repeat(201) }, 'The title must be 200 characters or fewer'],
  ['tags', { tags: 'x'.repeat(61) }, 'Each tag must be 60 characters or fewer'],
  ['descriptor-4', { 'descriptor-4': 'x'.repeat(2001) }, 'The descriptor must be 2,000 characters or fewer'],
  ['domain', { domain: '00000000-0000-4000-8000-000000000000' }, 'This is no longer there'],
])(
  'a competency with a wrong %s gets a sentence and keeps what was typed',
  async (field, change, sentence) => {
    const { frameworkId, address, lead } = await makeDraft();
    const [domain] = (await contentOf(frameworkId)).domains;
    await lead.get(`${address}/competencies/new`);
    const typed = {
      domain: domain!.lineageId,
      code: 'Z9',
      title: 'Something new',
      description: 'A <long> one',
    };
    const page = await lead.post(`${address}/competencies`, { ...typed, ...change }).expect(422);
    expect(page.text).toContain(`<a href="#${field}">${sentence}`);
    expect(page.text).toContain('A &lt;long&gt; one');
    expect(await codesOf(frameworkId)).toEqual([
      ['A', 'A1', 'A2'],
      ['B', 'B1'],
    ]);
  },
);

test('a domain cannot stand within itself, nor nested too deep, nor twice in one place', async () => {
  const { frameworkId, address, lead } = await makeDraft();
  const [listening, writing] = (await contentOf(frameworkId)).domains;
  const save = async (lineageId: string, fields: Record<string, string>) => {
    const page = await lead.get(`${address}/domains/${lineageId}`);
    return lead.post(`${address}/domains/${lineageId}`, { seen: fieldOf(page, 'seen'), ...fields });
  };
  const nested = { title: 'Writing', code: 'B', parent: listening!.lineageId };
  expect((await save(writing!.lineageId, nested)).status).toBe(303);
  const itself = { title: 'Listening', code: 'A', parent: writing!.lineageId };
  expect((await save(listening!.lineageId, itself)).text).toContain('It cannot stand within itself');
  await lead.get(`${address}/domains/new`);
  await lead.submit(`${address}/domains`, { title: 'Third', parent: writing!.lineageId });
  const third = (await contentOf(frameworkId)).domains[2]!;
  await lead.get(`${address}/domains/new`);
  const deep = await lead.post(`${address}/domains`, { title: 'Fourth', parent: third.lineageId });
  expect(deep.text).toContain('That would be nested too deep: 3 levels at most');
  const twin = await lead.post(`${address}/domains`, { title: 'Third', parent: writing!.lineageId });
  expect(twin.text).toContain('There is one with this title in the same place');
  const arrow = await lead.post(`${address}/domains`, { title: 'Before > after', parent: '' });
  expect(arrow.text).toContain('A title cannot hold “ &gt; ”');
});

test('two who edit one competency: the second is told what changed, and nothing typed is lost', async () => {
  const { projectId, frameworkId, address, lead } = await makeDraft();
  const author = await world.signedIn('author', projectId);
  const { domains } = await contentOf(frameworkId);
  const edit = `${address}/competencies/${domains[0]!.competencies[0]!.lineageId}`;
  const domain = domains[0]!.lineageId;
  const first = fieldOf(await lead.get(edit), 'seen');
  const second = fieldOf(await author.get(edit), 'seen');
  const base = { domain, code: 'A1', title: 'Hearing', description: 'Hearing what people say' };
  await lead.post(edit, { ...base, seen: first, title: 'Hearing people' }).expect(303);

  // The author changed the description, and has never seen the new title.
  const told = await author.post(edit, { ...base, seen: second, description: 'All they say' }).expect(409);
  expect(told.text).toContain('Title was “Hearing”, and is now “Hearing people”.');
  expect(told.text).toContain('All they say');
  expect(fieldOf(told, 'title')).toBe('Hearing people');
  expect((await contentOf(frameworkId)).domains[0]!.competencies[0]!.description).toBe(
    'Hearing what people say',
  );

  const merged = {
    ...base,
    title: 'Hearing people',
    description: 'All they say',
    seen: fieldOf(told, 'seen'),
  };
  await author.post(edit, merged).expect(303);
  expect((await contentOf(frameworkId)).domains[0]!.competencies[0]).toMatchObject({
    title: 'Hearing people',
    description: 'All they say',
  });

  // Both change the same field: the person decides, and saving again keeps their word.
  const third = fieldOf(await lead.get(edit), 'seen');
  await author.post(edit, { ...merged, seen: third, title: 'Theirs' }).expect(303);
  const clash = await lead.post(edit, { ...merged, seen: third, title: 'Mine' }).expect(409);
  expect(fieldOf(clash, 'title')).toBe('Mine');
  await lead.post(edit, { ...merged, title: 'Mine', seen: fieldOf(clash, 'seen') }).expect(303);
  expect((await contentOf(frameworkId)).domains[0]!.competencies[0]!.title).toBe('Mine');
});

test('one removes what the other is editing: a sentence, and nothing typed is lost', async () => {
  const { frameworkId, address, lead } = await makeDraft();
  const { domains } = await contentOf(frameworkId);
  const edit = `${address}/competencies/${domains[1]!.competencies[0]!.lineageId}`;
  await lead.get(edit);
  await lead.post(`${edit}/removal`).expect(303);
  const typed = { domain: domains[1]!.lineageId, code: 'B1', title: 'Noting', description: 'A long thought' };
  const late = await lead.post(edit, typed).expect(422);
  expect(late.text).toContain('Somebody has removed it since you opened this page');
  expect(late.text).toContain('A long thought');

  const home = `${address}/domains/${domains[0]!.lineageId}`;
  await lead.post(`${home}/removal`).expect(303);
  const later = await lead.post(home, { title: 'Hearing out', description: 'Another one' }).expect(422);
  expect(later.text).toContain('Somebody has removed it since you opened this page');
  expect(later.text).toContain('Another one');
});

test('competencies and domains move up and down, and stay at the ends', async () => {
  const { frameworkId, address, lead } = await makeDraft();
  const { domains } = await contentOf(frameworkId);
  const asking = domains[0]!.competencies[1]!.lineageId;
  await lead.get(address);
  await lead.submit(`${address}/order`, { move: `up:${asking}` });
  await lead.submit(`${address}/order`, { move: `up:${asking}` });
  await lead.submit(`${address}/order`, { move: `down:${domains[0]!.lineageId}` });
  expect(await codesOf(frameworkId)).toEqual([
    ['B', 'B1'],
    ['A', 'A2', 'A1'],
  ]);
});

test('what was removed comes back by one button, with its levels, until something else has changed', async () => {
  const { frameworkId, address, lead } = await makeDraft();
  const before = await contentOf(frameworkId);
  await lead.get(address);
  await lead.submit(`${address}/domains/${before.domains[0]!.lineageId}/removal`);
  expect(await codesOf(frameworkId)).toEqual([['B', 'B1']]);
  let page = await lead.get(address);
  expect(page.text).toContain('Last change: Listening removed');
  const undo = /action="([^"]+\/undo)"/.exec(page.text)![1]!;
  page = await lead.submit(undo);
  expect(page.text).toContain('Undone');
  const { framework: _now, ...content } = await contentOf(frameworkId);
  const { framework: _then, ...was } = before;
  expect(content).toEqual(was);
  // A second press, from an old page.
  expect((await lead.post(undo)).text).toContain('This has been undone already');

  await lead.submit(`${address}/domains/${before.domains[1]!.lineageId}/removal`);
  const second = /action="([^"]+\/undo)"/.exec((await lead.get(address)).text)![1]!;
  await lead.submit(`${address}/order`, { move: `down:${before.domains[0]!.competencies[0]!.lineageId}` });
  expect((await lead.post(second)).text).toContain('This can no longer be undone');
});

test('a scale has two to ten levels; a level that is required cannot go', async () => {
  const { frameworkId, address, lead } = await makeDraft();
  const scale = (labels: string[], first = '0') => ({
    first,
    ...Object.fromEntries(labels.map((label, index) => [`label-${index}`, label])),
  });
  const open = async () => ({ seen: fieldOf(await lead.get(`${address}/scale`), 'seen') });
  const save = async (fields: Record<string, string>) =>
    lead.post(`${address}/scale`, { ...(await open()), ...fields });
  expect((await save(scale(['Only one']))).text).toContain('A scale has 2 to 10 levels');
  expect((await save(scale(['One', '', 'Three']))).text).toContain('Enter a label for level 1');
  expect((await save(scale(['One', 'one']))).text).toContain('Two levels have this label');
  expect((await save(scale(['No', 'Yes']))).text).toContain(
    '2 required levels are not on this scale, such as level 3 of A1',
  );
  expect((await save(scale(['a', 'b', 'c', 'd'], '1'))).status).toBe(303);
  expect((await contentOf(frameworkId)).framework.scale.map(({ level, label }) => [level, label])).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
    [4, 'd'],
  ]);
});

test('a level that a competency describes in its own words cannot go from the scale', async () => {
  const { frameworkId, address, lead } = await makeDraft();
  const { domains } = await contentOf(frameworkId);
  const edit = `${address}/competencies/${domains[1]!.competencies[0]!.lineageId}`;
  const noting = {
    domain: domains[1]!.lineageId,
    code: 'B1',
    title: 'Noting',
    description: 'Writing it down',
  };
  const own = { ...noting, 'descriptor-4': 'Teaches noting', seen: fieldOf(await lead.get(edit), 'seen') };
  await lead.post(edit, own).expect(303);

  const seen = fieldOf(await lead.get(`${address}/scale`), 'seen');
  const four = { first: '0', 'label-0': 'a', 'label-1': 'b', 'label-2': 'c', 'label-3': 'd' };
  const refused = await lead.post(`${address}/scale`, { ...four, seen }).expect(422);
  expect(refused.text).toContain(
    'One competency has its own words for a level that is not on this scale: level 4 of B1. Empty them there first.',
  );
  await lead.post(edit, { ...noting, seen: fieldOf(await lead.get(edit), 'seen') }).expect(303);
  await lead.post(`${address}/scale`, { ...four, seen }).expect(303);
});

test('a draft becomes published, gets a next version that keeps lineages, and is retired with a reason', async () => {
  const { frameworkId, address, lead } = await makeDraft();
  const asked = await lead.get(`${address}/publication`);
  expect(asked.text).toContain('Nothing is required in 1 of the competencies: B1.');
  await lead.submit(`${address}/publication`, { revision: fieldOf(asked, 'revision') });
  expect((await lead.get(`${address}/edit`)).status).toBe(409);
  expect((await lead.get(`${address}/removal`)).status).toBe(409);
  expect((await lead.get(`${address}/publication`)).status).toBe(409);

  await lead.get(`${address}/versions`);
  let page = await lead.submit(`${address}/versions`);
  expect(page.text).toContain('A new version has begun');
  const next = lead.address;
  await lead.get(`${address}/versions`);
  page = await lead.submit(`${address}/versions`);
  expect(page.text).toContain('A draft of the next version was there already');
  expect(lead.address).toBe(next);

  const [first, second] = [await contentOf(frameworkId), await contentOf(next.split('/').at(-1)!)];
  expect(second.domains).toEqual(first.domains);
  expect(second.framework).toMatchObject({
    version: 2,
    lineageId: first.framework.lineageId,
    publishedAt: null,
  });
  const asking = second.domains[0]!.competencies[1]!;
  await lead.submit(`${next}/competencies/${asking.lineageId}/removal`);
  page = await lead.get(`${next}/difference`);
  expect(page.text).toContain('1 competency removed; 1 required level differs.');
  expect(page.text).toContain('A2 Asking');
  const scale = { first: '0', 'label-0': 'Not yet' };
  for (const { level, label, descriptor } of second.framework.scale.slice(1, 4)) {
    Object.assign(scale, { [`label-${level}`]: label, [`descriptor-${level}`]: descriptor });
  }
  const seen = fieldOf(await lead.get(`${next}/scale`), 'seen');
  await lead.post(`${next}/scale`, { ...scale, seen }).expect(303);
  page = await lead.get(`${next}/difference`);
  expect(page.text).toContain('1 competency removed; 1 required level differs; the scale differs.');
  expect(page.text).toContain('“Label 0” → “Not yet”');
  expect(page.text).toContain('Level 4: Label 4');

  await lead.get(`${address}/retirement`);
  expect((await lead.post(`${address}/retirement`, { reason: ' ' })).text).toContain('Enter a reason');
  await lead.submit(`${address}/retirement`, { reason: 'Version 2 replaces it' });
  expect((await lead.get(address)).text).toContain('Version 2 replaces it');
  await lead.get(`${address}/restoration`);
  await lead.submit(`${address}/restoration`);
  expect((await lead.get(address)).text).not.toContain('This version is retired');
});

test('what changed since the page with the button was opened is not published unseen', async () => {
  const { frameworkId, address, lead } = await makeDraft();
  const asked = await lead.get(`${address}/publication`);
  const { domains } = await contentOf(frameworkId);
  await lead.post(`${address}/order`, { move: `up:${domains[1]!.lineageId}` }).expect(303);
  const page = await lead
    .post(`${address}/publication`, { revision: fieldOf(asked, 'revision') })
    .expect(409);
  expect(page.text).toContain('Somebody has changed it since you opened this page');
});

test('an empty framework cannot be published, and a draft in use cannot be discarded', async () => {
  const { frameworkId, address, lead } = await makeDraft({ domains: [], requiredLevels: [] });
  const asked = await lead.get(`${address}/publication`);
  const refused = await lead.post(`${address}/publication`, { revision: fieldOf(asked, 'revision') });
  expect(refused.text).toContain('There is nothing to publish');
  const questionnaire = { title: 'Q', definition: '{}', framework_id: frameworkId };
  const { project_id } = await world.db('frameworks').first('project_id');
  await world.db('questionnaires').insert({ ...questionnaire, project_id });
  await lead.get(`${address}/removal`);
  expect((await lead.post(`${address}/removal`)).text).toContain('This draft is in use');
  await world.db('questionnaires').delete();
  await lead.submit(`${address}/removal`);
  expect(await world.db('frameworks')).toHaveLength(0);
});

describe('a published framework', () => {
  const everyRow: [string, (db: World['db'], id: string, draft: string) => Promise<unknown>][] = [
    ['its title', (db, id) => db('frameworks').where({ id }).update({ title: 'Other' })],
    ['its scale', (db, id) => db('frameworks').where({ id }).update({ scale: '[]' })],
    ['its publication', (db, id) => db('frameworks').where({ id }).update({ published_at: null })],
    ['itself', (db, id) => db('frameworks').where({ id }).delete()],
    [
      'a new domain',
      (db, id) => db('domains').insert({ framework_id: id, code: 'Z', title: 'Z', position: 9 }),
    ],
    ['a domain', (db, id) => db('domains').where({ framework_id: id }).update({ title: 'Other' })],
    ['a competency', (db, id) => db('competencies').where({ framework_id: id }).update({ title: 'Other' })],
    ['a competency removed', (db, id) => db('competencies').where({ framework_id: id }).delete()],
    [
      'a competency given away',
      (db, id, draft) => db('competencies').where({ framework_id: id }).update({ framework_id: draft }),
    ],
    ['a level', (db, id) => db('required_levels').where({ framework_id: id }).update({ level: 1 })],
    ['a level removed', (db, id) => db('required_levels').where({ framework_id: id }).delete()],
    [
      'a level given away',
      (db, id, draft) => db('required_levels').where({ framework_id: id }).update({ framework_id: draft }),
    ],
    ['everything at once', (db) => db.raw('truncate required_levels')],
    ['a column', (db, id) => db('matrix_columns').where({ framework_id: id }).delete()],
  ];

  test.each(everyRow)('cannot change by the database either: %s', async (_what, change) => {
    const { projectId, frameworkId } = await makeDraft();
    const draft = await createFramework(world.db, operator, projectId, smallFramework());
    await publishFramework(world.db, operator, frameworkId, new Date());
    await expect(change(world.db, frameworkId, draft)).rejects.toMatchObject({ code: '23000' });
  });
});

test('a level off the scale, or of another framework, is refused by the database', async () => {
  const { frameworkId, projectId } = await makeDraft();
  const other = await createFramework(world.db, operator, projectId, smallFramework());
  const { id } = await world.db('competencies').where({ framework_id: frameworkId, code: 'B1' }).first('id');
  const insert = (framework_id: string, level: number) =>
    world.db('required_levels').insert({ framework_id, competency_id: id, level });
  await expect(insert(frameworkId, 5)).rejects.toMatchObject({ code: '23000' });
  await expect(insert(other, 3)).rejects.toMatchObject({ code: '23000' });
  await insert(frameworkId, 4);
});

test('a reader reads and changes nothing; to strangers the framework does not exist', async () => {
  const { projectId, frameworkId, address } = await makeDraft();
  const { domains } = await contentOf(frameworkId);
  const reader = await world.signedIn('reader', projectId);
  const stranger = await world.signedIn('lead');
  const competency = domains[0]!.competencies[0]!.lineageId;
  expect((await reader.get(address)).text).not.toContain('Undo');
  const gets = [
    'edit',
    'scale',
    'domains/new',
    `competencies/${competency}`,
    'publication',
    'retirement',
    'removal',
  ];
  for (const path of gets) {
    expect((await reader.get(`${address}/${path}`)).status).toBe(403);
    expect((await stranger.get(`${address}/${path}`)).status).toBe(404);
  }
  await reader.get(address);
  await stranger.get('/projects');
  const posts = [
    'edit',
    'scale',
    'domains',
    'competencies',
    `competencies/${competency}/removal`,
    'order',
    'versions',
    'publication',
  ];
  for (const path of posts) {
    expect((await reader.post(`${address}/${path}`, { title: 'Mine' })).status).toBe(403);
    expect((await stranger.post(`${address}/${path}`, { title: 'Mine' })).status).toBe(404);
  }
  expect((await reader.get(`${address}/versions`)).status).toBe(200);
  expect(await codesOf(frameworkId)).toEqual([
    ['A', 'A1', 'A2'],
    ['B', 'B1'],
  ]);
});

test('somebody publishes while another is typing: nothing is saved, and nothing typed is lost', async () => {
  const { frameworkId, address, lead } = await makeDraft();
  const { domains } = await contentOf(frameworkId);
  const competency = domains[0]!.competencies[0]!.lineageId;
  const forms = [
    ['edit', { title: 'What I typed' }],
    ['domains', { title: 'What I typed', parent: '' }],
    [`competencies/${competency}`, { domain: domains[0]!.lineageId, code: 'A1', title: 'What I typed' }],
    ['competencies', { domain: domains[0]!.lineageId, code: 'Z1', title: 'What I typed' }],
  ] as const;
  const words = {
    domain: 'domain',
    domains: 'domains',
    competency: 'competency',
    competencies: 'competencies',
  };
  await lead.get(`${address}/edit`);
  await publishFramework(world.db, operator, frameworkId, new Date());
  for (const [path, fields] of forms) {
    const page = await lead
      .post(`${address}/${path}`, path === 'edit' ? { ...fields, ...words } : fields)
      .expect(409);
    expect(page.text).toContain('Somebody has published this version since you opened this page');
    expect(page.text).toContain('value="What I typed"');
  }
  expect((await contentOf(frameworkId)).domains).toEqual(domains);
});

test('a new title or source is a difference between versions too', async () => {
  const { frameworkId, address, lead } = await makeDraft();
  await publishFramework(world.db, operator, frameworkId, new Date());
  await lead.get(`${address}/versions`);
  await lead.submit(`${address}/versions`);
  const next = lead.address;
  expect((await lead.get(`${next}/difference`)).text).toContain('Nothing differs.');
  const seen = fieldOf(await lead.get(`${next}/edit`), 'seen');
  const words = { domain: 'domain', domains: 'domains', competency: 'skill', competencies: 'skills' };
  const details = { title: 'A small framework', source: 'Asked anew', licenceNote: '', ...words };
  await lead.post(`${next}/edit`, { ...details, seen }).expect(303);
  const page = await lead.get(`${next}/difference`);
  expect(page.text).toContain('Title, source or words differ.');
  expect(page.text).toContain('“Made for tests” → “Asked anew”');
  expect(page.text).toContain('“competency” → “skill”');
});
