import { operator } from '../../src/audit/actor';
import { csvOf } from '../../src/platform/csv';
import { writeWorkbook } from '../../src/platform/workbook';
import { changeHeadcounts, retirePopulation } from '../../src/populations/populations.commands';
import { getPopulation } from '../../src/populations/populations.queries';
import type { Browser } from '../support/browser';
import { openWorld, type World } from '../support/world';
import { joint, makePopulation, makeProject, typedDetails } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const wordsOf = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');
const seenIn = (html: string) => /name="seen" value="([^"]*)"/.exec(html)![1]!;

const table =
  'profession,setting,headcount\nmidwife,acute_ward,30\nmidwife,gp_practice,10\nrn_adult,acute_ward,60\n';

/** Sends a file or a pasted table, and opens the page it leads to. */
async function send(
  browser: Browser,
  address: string,
  file: string | Buffer | null,
  fields: Record<string, string> = {},
) {
  await browser.get(address);
  const sent = file === null ? undefined : { name: 'Staff_in_2026.csv', bytes: file };
  const answer = await browser.upload(address, { ...typedDetails, ...fields }, sent);
  return answer.status === 303 ? browser.get(String(answer.headers.location)) : answer;
}

const apply = (browser: Browser, preview: { text: string }) =>
  browser.submit(`${browser.address}/application`, { seen: seenIn(preview.text) });

test('a file makes a population: first shown, then applied; and the same file again changes nothing', async () => {
  const projectId = await makeProject(world);
  const lead = await world.signedIn('lead', projectId);
  const address = `/projects/${projectId}/populations/imports`;
  const preview = await send(lead, address, table, { title: '' });
  const words = wordsOf(preview.text);
  expect(words).toContain('100 people, counted on 31 March 2026');
  expect(words).toContain('3 headcounts by profession and setting');
  expect(words).toContain('Midwife, GP practice Added 10');
  expect(await world.db('populations')).toHaveLength(0);

  const page = await apply(lead, preview);
  expect(wordsOf(page.text)).toContain('Headcounts imported');
  expect(wordsOf(page.text)).toContain('Staff in 2026 The project’s population');
  const [{ id }] = await world.db('populations').select('id');
  expect((await getPopulation(world.db, id)).rows).toEqual(joint.rows);
  const actions = await world.db('audit_entries').orderBy('id').pluck('action');
  expect(actions.slice(-3)).toEqual(['import staged', 'population created', 'import applied']);

  const again = await send(lead, address, table, { title: 'Another title' });
  expect(wordsOf(again.text)).toContain(
    'Nothing would change: the population “Staff in 2026” holds these headcounts already',
  );
  expect(again.text).not.toContain('Apply this import');
  const forced = await lead.post(`${lead.address}/application`, { seen: '' });
  expect(forced.status).toBe(409);
  const later = await send(lead, address, table, { 'countedOn-day': '1', 'countedOn-month': '4' });
  expect(later.text).toContain('Apply this import');
  expect(await world.db('populations')).toHaveLength(1);
});

test('headcounts take the place of those there are, with all that changes shown first', async () => {
  const projectId = await makeProject(world);
  const id = await makePopulation(world, projectId);
  const lead = await world.signedIn('lead', projectId);
  const address = `/populations/${id}/imports`;
  const other =
    'setting,profession,headcount\nacute_ward,midwife,31\ngp_practice,rn_adult,5\nacute_ward,rn_adult,60\n';
  const preview = await send(lead, address, other, { source: 'A new return' });
  const words = wordsOf(preview.text);
  expect(words).toContain('96 people, counted on 31 March 2026');
  expect(words).toContain('There are 100 people in this population now');
  expect(words).toContain('Source Changed Electronic staff record → A new return');
  expect(words).not.toContain('Counted by Changed');
  expect(words).toMatch(/Headcounts: 1 added, 1 changed, 1 removed/);
  expect(words).toMatch(/Midwife, Acute hospital [^>]*Changed 30 → 31/);
  expect(words).toContain('Midwife, GP practice Removed It was 10');
  const page = await apply(lead, preview);
  expect(wordsOf(page.text)).toContain('Import applied: 3 headcounts changed');
  expect(await getPopulation(world.db, id)).toMatchObject({
    title: 'Staff in spring',
    source: 'A new return',
  });

  const own = await lead.download(`/populations/${id}/headcounts.csv`);
  const same = await send(lead, address, own.body, { source: 'A new return' });
  expect(wordsOf(same.text)).toContain('Nothing would change: everything in the file is there already.');
});

test('a table of other facets takes the place of all', async () => {
  const projectId = await makeProject(world);
  const id = await makePopulation(world, projectId);
  const lead = await world.signedIn('lead', projectId);
  const margins = 'facet,code,headcount\nprofession,midwife,100\nsector,vcse,100\n';
  const preview = await send(lead, `/populations/${id}/imports`, margins);
  expect(wordsOf(preview.text)).toContain('profession and setting → profession and sector, each for itself');
  expect(wordsOf(preview.text)).toContain('Headcounts: 2 added, 3 removed');
  await apply(lead, preview);
  expect(await getPopulation(world.db, id)).toMatchObject({
    kind: 'margins',
    facets: ['profession', 'sector'],
  });
});

test('what changed meanwhile asks for another look', async () => {
  const projectId = await makeProject(world);
  const id = await makePopulation(world, projectId);
  const lead = await world.signedIn('lead', projectId);
  const preview = await send(lead, `/populations/${id}/imports`, table.replace('60', '61'));
  const typed = joint.rows.slice(0, 2);
  await changeHeadcounts(world.services, operator, id, { revision: 1, texts: {} }, typed);
  const page = await apply(lead, preview);
  expect(wordsOf(page.text)).toContain('Something else was changed meanwhile.');
  expect((await getPopulation(world.db, id)).rows).toEqual(typed);
  await apply(lead, page);
  expect((await getPopulation(world.db, id)).rows[2]!.headcount).toBe(61);
});

test('a workbook and a pasted table are understood, and a retired population does not stand in the way', async () => {
  const projectId = await makeProject(world);
  const lead = await world.signedIn('lead', projectId);
  const address = `/projects/${projectId}/populations/imports`;
  const workbook = await writeWorkbook([
    {
      name: 'Staff',
      rows: table
        .trim()
        .split('\n')
        .map((line) => line.split(',').map((cell) => (/^\d+$/.test(cell) ? Number(cell) : cell))),
      frozenColumns: 0,
      widths: [12],
    },
  ]);
  await apply(lead, await send(lead, address, workbook));
  const [{ id }] = await world.db('populations').select('id');
  expect((await getPopulation(world.db, id)).rows).toEqual(joint.rows);
  await retirePopulation(world.services, operator, id, true);
  const pasted = await send(lead, address, null, { title: '', list: table.replaceAll(',', '\t') });
  expect(wordsOf(pasted.text)).toContain('From a pasted table');
  await apply(lead, pasted);
  expect(await world.db('populations').orderBy('made_at').pluck('title')).toEqual([
    'Staff in spring',
    'Headcounts',
  ]);
});

test('a wrong file is shown with all its errors, and cannot be applied', async () => {
  const projectId = await makeProject(world);
  const lead = await world.signedIn('lead', projectId);
  const hostile = csvOf([
    ['profession', 'headcount'],
    ['<script>alert(1)</script>', '1'],
    ['midwife', '=1+1'],
  ]);
  const preview = await send(lead, `/projects/${projectId}/populations/imports`, hostile);
  expect(wordsOf(preview.text)).toContain('Row 3, column headcount: Enter the headcount as a whole number');
  expect(preview.text).not.toContain('<script>alert');
  expect(preview.text).not.toContain('Apply this import');
  expect((await lead.post(`${lead.address}/application`, { seen: '' })).status).toBe(409);
  expect(await world.db('populations')).toHaveLength(0);
  const cancelled = await lead.submit(`${lead.address}/cancellation`);
  expect(wordsOf(cancelled.text)).toContain('Nothing was imported');
  expect(lead.address).toBe(`/projects/${projectId}/populations`);
});

test('nothing sent, or too much, keeps what was typed', async () => {
  const projectId = await makeProject(world);
  const lead = await world.signedIn('lead', projectId);
  const address = `/projects/${projectId}/populations/imports`;
  const nothing = await send(lead, address, null, { source: '', title: 'My title' });
  expect(nothing.status).toBe(422);
  expect(nothing.text).toContain('Choose a file, or paste a table');
  expect(nothing.text).toContain('Enter where the headcounts come from');
  expect(nothing.text).toContain('value="My title"');
  const both = await send(lead, address, table, { list: 'profession,headcount' });
  expect(both.text).toContain('Choose a file or paste a table, not both');
  expect(both.text).toContain('profession,headcount</textarea>');
  const large = await send(lead, address, Buffer.alloc(5 * 1024 * 1024 + 1));
  expect(large.text).toContain('The file must be 5 MB or smaller');
});
