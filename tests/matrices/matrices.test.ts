import { operator } from '../../src/audit/actor';
import { applyContent } from '../../src/frameworks/changes.commands';
import { getFrameworkContent } from '../../src/frameworks/content.queries';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { columnWord } from '../../src/matrices/matrix';
import { createProject } from '../../src/projects/projects.commands';
import type { Browser } from '../support/browser';
import { smallFramework } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const columns = [
  {},
  { profession: 'midwife' },
  { profession: 'midwife', setting: 'acute_ward' },
  { profession: 'gp' },
];

/** A draft whose matrix has four columns: everybody, midwives, midwives on a ward, general practitioners. */
async function makeMatrix() {
  const { db } = world;
  const projectId = await createProject(db, operator, { name: 'Listening', purpose: '' }, undefined);
  const frameworkId = await createFramework(db, operator, projectId, smallFramework({ columns }));
  const lead = await world.signedIn('lead', projectId);
  return { projectId, frameworkId, lead, address: `/frameworks/${frameworkId}/matrix` };
}

const contentOf = (frameworkId: string) => getFrameworkContent(world.db, frameworkId);

/** "A1 *|*": 3 … */
async function levelsOf(frameworkId: string): Promise<Record<string, number>> {
  const { requiredLevels } = await contentOf(frameworkId);
  return Object.fromEntries(requiredLevels.map((row) => [`${row.competency} ${columnWord(row)}`, row.level]));
}

/** The grid as the browser got it, ready to be changed and sent. */
async function openGrid(browser: Browser, address: string): Promise<Record<string, string>> {
  const { text } = await browser.get(address);
  const fields = [
    ...text.matchAll(
      /<input (?:type="hidden" )?name="(revision|rows|columns|view|l\d+\.\d+)" value="([^"]*)"/g,
    ),
  ];
  return Object.fromEntries(
    fields.map(([, name, value]) => [name, value!.replaceAll('&#39;', "'").replaceAll('&amp;', '&')]),
  );
}

/** What the preview's form would send. */
function previewed({ text }: { text: string }): Record<string, string> {
  const fields = [
    ...text.matchAll(/<input type="hidden" name="(rows|columns|cells|revision|view)" value="([^"]*)"/g),
  ];
  return Object.fromEntries(fields.map(([, name, value]) => [name, value!.replaceAll('&#61;', '=')]));
}

const start = { 'A1 *|*': 3, 'A2 *|*': 2 };

test('a lead sets, changes and takes away levels in the grid; inherited ones are shown as such', async () => {
  const { frameworkId, lead, address } = await makeMatrix();
  const grid = await openGrid(lead, address);
  expect(grid['l0.0']).toBe('3');
  const { text } = await lead.get(address);
  expect(text).toContain(
    'name="l0.1" value="" placeholder="3" aria-labelledby="r0 g1 c1" title="Level 3, from Everybody"',
  );

  const page = await lead.submit(address, { ...grid, do: 'save', 'l0.1': '4', 'l1.0': '', 'l2.2': '0' });
  expect(page.text).toContain('3 required levels set');
  expect(await levelsOf(frameworkId)).toEqual({ 'A1 *|*': 3, 'A1 midwife|*': 4, 'B1 midwife|acute_ward': 0 });
  // No requirement is not level 0.
  expect(page.text).toMatch(/<td class="heat-0"><input name="l2.2" value="0"/);
  expect(page.text).toMatch(/<td class="heat-none"><input name="l1.0" value=""/);

  const undone = await lead.submit(/action="([^"]+\/undo)"/.exec(page.text)![1]!, { back: address });
  expect(lead.address).toBe(address);
  expect(undone.text).toContain('Undone');
  expect(await levelsOf(frameworkId)).toEqual(start);
});

test('a level off the scale gets a sentence, and the whole grid keeps what was typed', async () => {
  const { frameworkId, lead, address } = await makeMatrix();
  const grid = await openGrid(lead, address);
  const page = await lead
    .post(address, { ...grid, do: 'save', 'l0.1': '9', 'l2.3': '1', row: '2' })
    .expect(422);
  expect(page.text).toContain(
    '<a href="#l0.1">“9” is no level of the scale: enter 0 to 4, or leave it empty</a>',
  );
  expect(page.text).toMatch(/name="l0.1" value="9"[^>]*id="l0.1" aria-invalid="true"/);
  expect(page.text).toContain('name="l2.3" value="1"');
  expect(page.text).toContain('name="row" value="2" checked');
  expect(await levelsOf(frameworkId)).toEqual(start);
});

test.each([
  ['a row', { row: '2' }, ['B1 *|*', 'B1 gp|*', 'B1 midwife|*', 'B1 midwife|acute_ward']],
  ['a column', { column: '3' }, ['A1 gp|*', 'A2 gp|*', 'B1 gp|*']],
  [
    'a block',
    { row: ['0', '2'], column: ['1', '3'] },
    ['A1 gp|*', 'A1 midwife|*', 'B1 gp|*', 'B1 midwife|*'],
  ],
])(
  '%s is filled after a preview of every cell that would change, and undone',
  async (_what, ticked, cells) => {
    const { frameworkId, lead, address } = await makeMatrix();
    const grid = await openGrid(lead, address);
    const preview = await lead.submit(address, { ...grid, ...ticked, do: 'fill', level: '4' });
    expect(preview.text).toContain(`${cells.length} required levels would change`);
    expect(await levelsOf(frameworkId)).toEqual(start);

    const page = await lead.submit(`${address}/levels`, previewed(preview));
    const filled = { ...start, ...Object.fromEntries(cells.map((cell) => [cell, 4])) };
    expect(await levelsOf(frameworkId)).toEqual(filled);
    await lead.submit(/action="([^"]+\/undo)"/.exec(page.text)![1]!);
    expect(await levelsOf(frameworkId)).toEqual(start);
  },
);

test('the preview holds what was typed into single cells too', async () => {
  const { frameworkId, lead, address } = await makeMatrix();
  const grid = await openGrid(lead, address);
  const preview = await lead.submit(address, { ...grid, 'l0.1': '1', column: '3', do: 'fill', level: '2' });
  await lead.submit(`${address}/levels`, previewed(preview));
  expect(await levelsOf(frameworkId)).toEqual({
    ...start,
    ...{ 'A1 midwife|*': 1, 'A1 gp|*': 2, 'A2 gp|*': 2, 'B1 gp|*': 2 },
  });
});

test('levels are copied from another profession, over all or only where none is set', async () => {
  const { frameworkId, lead, address } = await makeMatrix();
  let grid = await openGrid(lead, address);
  await lead.submit(address, { ...grid, do: 'save', 'l0.1': '4', 'l0.3': '1' });
  grid = await openGrid(lead, address);
  const copy = { ...grid, do: 'copy', from: 'midwife|*', column: '3' };
  const some = await lead.submit(address, { ...copy, only: 'empty' });
  expect(some.text).toContain('One required level would change');
  const all = await lead.submit(address, copy);
  await lead.submit(`${address}/levels`, previewed(all));
  expect(await levelsOf(frameworkId)).toMatchObject({ 'A1 gp|*': 4, 'A2 gp|*': 2 });
});

test.each([
  [{ do: 'fill', level: '' }, '#level', 'Select the level to set'],
  [{ do: 'fill', level: '3' }, '#level', 'Tick the rows, the columns, or both'],
  [{ do: 'fill', level: '9', row: '0' }, '#level', 'Select the level to set'],
  [{ do: 'copy', from: '', column: '0' }, '#from', 'Select the column to copy from'],
  [{ do: 'copy', from: 'gp|*' }, '#from', 'Tick the columns to copy to'],
])('a bulk change without enough said %p gets a sentence', async (fields, href, sentence) => {
  const { lead, address } = await makeMatrix();
  const grid = await openGrid(lead, address);
  const page = await lead.post(address, { ...grid, 'l0.1': '2', ...fields }).expect(422);
  expect(page.text).toContain(`<a href="${href}">${sentence}`);
  expect(page.text).toContain('name="l0.1" value="2"');
});

test('two fill in the grid at once: what only one touched is put together, what both touched is asked', async () => {
  const { projectId, frameworkId, lead, address } = await makeMatrix();
  const author = await world.signedIn('author', projectId);
  const first = await openGrid(lead, address);
  const second = await openGrid(author, address);
  await lead.submit(address, { ...first, do: 'save', 'l0.1': '4', 'l0.3': '4' });

  // The author sends the whole grid as it was, with a change elsewhere: the lead's levels stay.
  await author.post(address, { ...second, do: 'save', 'l2.0': '1' }).expect(303);
  expect(await levelsOf(frameworkId)).toEqual({ ...start, 'A1 midwife|*': 4, 'A1 gp|*': 4, 'B1 *|*': 1 });

  const told = await author.post(address, { ...second, do: 'save', 'l0.1': '2', 'l1.1': '1' }).expect(409);
  expect(told.text).toContain('One level has been set by somebody else since you opened the matrix');
  expect(told.text).toContain('You saw no requirement; somebody has changed it since');
  expect((await levelsOf(frameworkId))['A1 midwife|*']).toBe(4);
  await author.post(`${address}/levels`, previewed(told)).expect(303);
  expect(await levelsOf(frameworkId)).toMatchObject({ 'A1 midwife|*': 2, 'A2 midwife|*': 1, 'A1 gp|*': 4 });
});

test('an import in the meantime is not overwritten by a grid opened before it', async () => {
  const { frameworkId, lead, address } = await makeMatrix();
  const grid = await openGrid(lead, address);
  const { framework: _, ...content } = await contentOf(frameworkId);
  const requiredLevels = content.requiredLevels.map((row) => ({ ...row, level: 1 }));
  await world.db.transaction((trx) =>
    applyContent(trx, operator, frameworkId, { ...content, requiredLevels }, 'Import', new Date()),
  );
  await lead.post(address, { ...grid, do: 'save', 'l2.0': '4' }).expect(303);
  expect(await levelsOf(frameworkId)).toEqual({ 'A1 *|*': 1, 'A2 *|*': 1, 'B1 *|*': 4 });
});

test('levels for what somebody has removed are told of, not dropped in silence', async () => {
  const { frameworkId, lead, address } = await makeMatrix();
  const grid = await openGrid(lead, address);
  await lead.submit(`${address}/columns`, { do: 'remove', gone: 'gp|*' });
  const told = await lead.post(address, { ...grid, do: 'save', 'l0.3': '2', 'l0.1': '1' }).expect(409);
  expect(told.text).toContain(
    'One level you entered belongs to rows or columns that somebody has removed since',
  );
  await lead.post(`${address}/levels`, previewed(told)).expect(303);
  expect(await levelsOf(frameworkId)).toEqual({ ...start, 'A1 midwife|*': 1 });
});

test('undoing leaves cells alone that somebody has set anew since', async () => {
  const { frameworkId, lead, address } = await makeMatrix();
  const first = await lead.submit(address, {
    ...(await openGrid(lead, address)),
    do: 'save',
    'l0.1': '1',
    'l1.1': '1',
  });
  const undo = /action="([^"]+\/undo)"/.exec(first.text)![1]!;
  await lead.submit(address, { ...(await openGrid(lead, address)), do: 'save', 'l0.1': '4' });
  const page = await lead.submit(undo);
  expect(page.text).toContain('Undone, except one level that has been set anew since');
  expect(await levelsOf(frameworkId)).toEqual({ ...start, 'A1 midwife|*': 4 });
});

test('undoing leaves cells alone that an import has set since', async () => {
  const { frameworkId, lead, address } = await makeMatrix();
  const first = await lead.submit(address, { ...(await openGrid(lead, address)), do: 'save', 'l0.0': '1' });
  const undo = /action="([^"]+\/undo)"/.exec(first.text)![1]!;
  await world.db.transaction(async (trx) => {
    const { framework, ...content } = await getFrameworkContent(trx, frameworkId);
    const requiredLevels = content.requiredLevels.map((row) =>
      row.competency === 'A1' ? { ...row, level: 4 } : row,
    );
    await applyContent(trx, operator, frameworkId, { ...content, requiredLevels }, 'Import', new Date());
  });
  const page = await lead.submit(undo);
  expect(page.text).toContain('Undone, except one level that has been set anew since');
  expect(await levelsOf(frameworkId)).toEqual({ ...start, 'A1 *|*': 4 });
});

test('a level that is no longer on the scale does not come back', async () => {
  const { frameworkId, lead, address } = await makeMatrix();
  await lead.submit(address, { ...(await openGrid(lead, address)), do: 'save', 'l0.0': '0' });
  const second = await lead.submit(address, { ...(await openGrid(lead, address)), do: 'save', 'l0.0': '4' });
  const undo = /action="([^"]+\/undo)"/.exec(second.text)![1]!;
  const scale = smallFramework().scale.slice(1);
  await world
    .db('frameworks')
    .where({ id: frameworkId })
    .update({ scale: JSON.stringify(scale) });
  const refused = await lead.post(undo).expect(409);
  expect(refused.text).toContain('no longer on the scale');
  expect(await levelsOf(frameworkId)).toEqual({ ...start, 'A1 *|*': 4 });
});

test('columns are added as every choice of people in every choice of settings, and removed with an undo', async () => {
  const { frameworkId, lead, address } = await makeMatrix();
  await lead.get(`${address}/columns`);
  const nothing = await lead.post(`${address}/columns`, { do: 'add', setting: '*' }).expect(422);
  expect(nothing.text).toContain('Select at least one group of people');
  const page = await lead.submit(`${address}/columns`, {
    do: 'add',
    whom: ['gp', 'tier:3', 'no_such'],
    setting: ['*', 'gp_practice', 'nowhere'],
  });
  expect(page.text).toContain('3 columns added');
  const words = async () => (await contentOf(frameworkId)).columns.map(columnWord);
  const before = ['*|*', 'midwife|*', 'midwife|acute_ward', 'gp|*'];
  expect(await words()).toEqual([...before, 'gp|gp_practice', 'tier:3|*', 'tier:3|gp_practice']);

  await lead.get(`${address}/columns`);
  const removed = await lead.submit(`${address}/columns`, { do: 'remove', gone: ['*|*', 'gp|*'] });
  expect(removed.text).toContain('Columns removed, with 2 levels');
  expect(await levelsOf(frameworkId)).toEqual({});
  await lead.submit(/action="([^"]+\/undo)"/.exec(removed.text)![1]!);
  expect(await levelsOf(frameworkId)).toEqual(start);
});

test('a filter shows a part, saves that part, and comes back to it', async () => {
  const { frameworkId, lead, address } = await makeMatrix();
  const view = `${address}?setting=acute_ward`;
  const grid = await openGrid(lead, view);
  expect(grid.columns).toBe('midwife|acute_ward');
  await lead.submit(address, { ...grid, do: 'save', 'l1.0': '0' });
  expect(lead.address).toBe(view);
  expect(await levelsOf(frameworkId)).toEqual({ ...start, 'A2 midwife|acute_ward': 0 });
});

test('a published matrix and a reader show levels, and no field to change them', async () => {
  const { projectId, frameworkId, lead, address } = await makeMatrix();
  const grid = await openGrid(lead, address);
  const reader = await world.signedIn('reader', projectId);
  const stranger = await world.signedIn('lead');
  const read = await reader.get(address);
  expect(read.text).not.toContain('name="l0.0"');
  expect(read.text).toContain('<span class="nhsuk-u-visually-hidden"> inherited</span>');
  expect((await reader.post(address, { ...grid, do: 'save', 'l0.0': '1' })).status).toBe(403);
  expect((await reader.get(`${address}/columns`)).status).toBe(403);
  expect((await stranger.get(address)).status).toBe(404);
  expect((await stranger.post(`${address}/levels`, grid)).status).toBe(404);

  await publishFramework(world.db, operator, frameworkId, new Date());
  const late = await lead.post(address, { ...grid, do: 'save', 'l0.0': '1' }).expect(409);
  expect(late.text).toContain('A published version never changes');
  // What was entered is not lost.
  expect(late.text).toMatch(/A1 Hearing<\/th><td>Everybody<\/td><td>Level 3<\/td><td><strong>Level 1/);
  const packed = { rows: grid.rows!, columns: grid.columns!, cells: '0.0=1', revision: grid.revision! };
  expect((await lead.post(`${address}/levels`, packed)).status).toBe(409);
  expect(await levelsOf(frameworkId)).toEqual(start);
});

test('a grid of 200 competencies and 40 columns comes back whole', async () => {
  const { db } = world;
  const projectId = await createProject(db, operator, { name: 'Large', purpose: '' }, undefined);
  const competencies = Array.from({ length: 200 }, (_, index) => ({
    code: `K${index}`,
    title: `Skill ${index}`,
  }));
  const whom = ['midwife', 'gp', 'rn_adult', 'rn_child', 'pwp', 'cwp', 'emhp', 'hcsw'];
  const places = ['acute_ward', 'gp_practice', 'pcn', 'maternity', 'vcse'];
  const large = whom.flatMap((profession) => places.map((setting) => ({ profession, setting })));
  const source = { domains: [{ title: 'All', competencies }], columns: large, requiredLevels: [] };
  const frameworkId = await createFramework(db, operator, projectId, smallFramework(source));
  const lead = await world.signedIn('lead', projectId);
  const address = `/frameworks/${frameworkId}/matrix`;
  const grid = await openGrid(lead, address);
  const cells = Object.keys(grid).filter((name) => name.startsWith('l'));
  expect(cells).toHaveLength(8_000);
  const full = Object.fromEntries(cells.map((name, index) => [name, String(index % 5)]));
  const page = await lead.submit(address, { ...grid, ...full, do: 'save' });
  expect(page.text).toContain('8000 required levels set');
  expect(Object.keys(await levelsOf(frameworkId))).toHaveLength(8_000);
});
