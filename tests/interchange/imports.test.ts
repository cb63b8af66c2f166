import { operator } from '../../src/audit/actor';
import { getFrameworkContent } from '../../src/frameworks/content.queries';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { csvOf } from '../../src/platform/csv';
import { readWorkbook, writeWorkbook } from '../../src/platform/workbook';
import { createProject } from '../../src/projects/projects.commands';
import {
  generateQuestionnaire,
  publishQuestionnaire,
} from '../../src/questionnaires/questionnaires.commands';
import { listTerms } from '../../src/vocabularies/vocabularies.queries';
import { sweep } from '../../workers/sweep';
import type { Browser } from '../support/browser';
import { gapSources, smallFramework } from '../support/make';
import { openWorld, type World } from '../support/world';
import { zipOf } from '../support/zip';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const table = `domain,competency,title,description,*|*,rn_adult|gp_practice
Listening,A1,Hearing,Hearing what people say,3,
Listening,A2,Asking well,Asking what people mean,2,4
Writing,B1,Noting,Writing it down,,0
`;

async function makeProject(): Promise<string> {
  return world.db.transaction((trx) =>
    createProject(trx, operator, { name: 'Wards', purpose: '' }, undefined),
  );
}

/** A draft of the small framework, and its project. */
async function makeDraft(): Promise<{ projectId: string; frameworkId: string }> {
  const projectId = await makeProject();
  const frameworkId = await world.db.transaction((trx) =>
    createFramework(trx, operator, projectId, smallFramework()),
  );
  return { projectId, frameworkId };
}

/** Sends a file, or a list, and opens the page it leads to. */
async function send(
  browser: Browser,
  address: string,
  fields: Record<string, string>,
  file?: { name: string; bytes: Buffer | string },
) {
  await browser.get(address);
  const answer = await browser.upload(address, fields, file);
  return answer.status === 303 ? browser.get(String(answer.headers.location)) : answer;
}

const wordsOf = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&gt;/g, '>')
    .replace(/\s+/g, ' ');
const seenIn = (html: string) => /name="seen" value="([^"]*)"/.exec(html)![1]!;
const contentOf = async (id: string) => {
  const { framework, ...content } = await getFrameworkContent(world.db, id);
  return content;
};
const keep = { missing: 'keep' };

test('a draft takes in a table: first shown, then applied, and undone again', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const before = await contentOf(frameworkId);

  const preview = await send(lead, `/frameworks/${frameworkId}/imports`, keep, {
    name: 'matrix.csv',
    bytes: table,
  });
  const words = wordsOf(preview.text);
  expect(words).toContain('Competencies: 1 reworded');
  expect(words).toContain('Title: “Asking” → “Asking well”');
  expect(words).toContain('Required levels: 2 added');
  expect(words).toContain(
    'A2 Asking well: Registered nurse - adult in GP practice Added no requirement → level 4',
  );
  expect(await contentOf(frameworkId)).toEqual(before);

  const page = await lead.submit(`${lead.address}/application`, { seen: seenIn(preview.text) });
  expect(page.text).toContain('Import applied');
  const after = await contentOf(frameworkId);
  expect(after.domains[0]!.competencies[1]!.title).toBe('Asking well');
  expect(after.requiredLevels).toHaveLength(4);

  const undo = /action="([^"]+\/undo)"/.exec(page.text)![1]!;
  await lead.submit(undo);
  expect(await contentOf(frameworkId)).toEqual(before);
  const actions = await world.db('audit_entries').orderBy('id').pluck('action');
  expect(actions.slice(-4)).toEqual([
    'import staged',
    'framework content changed',
    'import applied',
    'framework content changed',
  ]);
});

test('the same file twice changes nothing, and says so', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const file = { name: 'matrix.csv', bytes: table };
  const first = await send(lead, `/frameworks/${frameworkId}/imports`, keep, file);
  await lead.submit(`${lead.address}/application`, { seen: seenIn(first.text) });

  const spaced = { name: 'matrix.csv', bytes: table.replaceAll(',', ' ,').replaceAll('\n', ',,\r\n,,\r\n') };
  for (const again of [file, spaced]) {
    const second = await send(lead, `/frameworks/${frameworkId}/imports`, { missing: 'remove' }, again);
    expect(wordsOf(second.text)).toContain('Nothing would change');
    expect(second.text).not.toContain('Apply this import');
  }
});

test.each(['csv', 'xlsx', 'case'])('an export as %s, imported again, changes nothing', async (format) => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const bytes = await download(lead, `/frameworks/${frameworkId}/export?format=${format}`);
  const preview = await send(
    lead,
    `/frameworks/${frameworkId}/imports`,
    { missing: 'remove' },
    { name: `x.${format}`, bytes },
  );
  expect(wordsOf(preview.text)).toContain('Nothing would change');
});

async function download(browser: Browser, address: string): Promise<Buffer> {
  const answer = await browser.download(address);
  expect(answer.status).toBe(200);
  return answer.body;
}

test('what is not in the file stays or goes, as is asked', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const one = { name: 'one.csv', bytes: 'domain,competency,title\nListening,A1,Hearing' };
  const kept = await send(lead, `/frameworks/${frameworkId}/imports`, keep, one);
  expect(wordsOf(kept.text)).toContain('Nothing would change');
  const removed = await send(lead, `/frameworks/${frameworkId}/imports`, { missing: 'remove' }, one);
  expect(wordsOf(removed.text)).toMatch(/Competencies: 2 removed.*A2 Asking Removed.*B1 Noting Removed/);
  expect(wordsOf(removed.text)).toContain('Domains: 1 removed');
  expect(wordsOf(removed.text)).toContain('Required levels: 1 removed');
});

test('levels in columns that are not in the file stay or go, as is asked', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const midwives = {
    name: 'midwives.csv',
    bytes: 'domain,competency,title,midwife|*\nListening,A1,Hearing,4',
  };
  const removed = await send(lead, `/frameworks/${frameworkId}/imports`, { missing: 'remove' }, midwives);
  expect(wordsOf(removed.text)).toContain('A1 Hearing: Everybody Removed level 3 → no requirement');
  const kept = await send(lead, `/frameworks/${frameworkId}/imports`, keep, midwives);
  expect(wordsOf(kept.text)).toContain('Required levels: 1 added');
  expect(wordsOf(kept.text)).not.toContain('Removed');
  await lead.submit(`${lead.address}/application`, { seen: '0' });
  const { columns, requiredLevels } = await getFrameworkContent(world.db, frameworkId);
  expect(columns.map(({ profession }) => profession)).toEqual([null, 'midwife']);
  expect(requiredLevels).toContainEqual(
    expect.objectContaining({ competency: 'A1', profession: null, level: 3 }),
  );
});

test('a table becomes a new framework of the project, with the title and the scale that are typed', async () => {
  const projectId = await makeProject();
  const lead = await world.signedIn('lead', projectId);
  const typed = { title: 'Talking with people', scale: '0-5' };
  const preview = await send(lead, `/projects/${projectId}/frameworks/imports`, typed, {
    name: 'matrix.csv',
    bytes: table,
  });
  expect(wordsOf(preview.text)).toContain('Import Talking with people as a new framework');
  expect(wordsOf(preview.text)).toContain('3 competencies in 2 domains 4 required levels in 2 columns');
  expect(wordsOf(preview.text)).toContain('A1 Hearing Added In Listening');
  expect(await world.db('frameworks')).toHaveLength(0);

  const page = await lead.submit(`${lead.address}/application`, { seen: '' });
  expect(page.text).toContain('Framework imported, as a draft');
  const [framework] = await world.db('frameworks');
  expect(framework).toMatchObject({
    title: 'Talking with people',
    project_id: projectId,
    published_at: null,
  });
  expect(framework.scale.map(({ level }: { level: number }) => level)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('applied twice, an import is applied once', async () => {
  const projectId = await makeProject();
  const lead = await world.signedIn('lead', projectId);
  await send(
    lead,
    `/projects/${projectId}/frameworks/imports`,
    { title: 'T', scale: '' },
    { name: 'm.csv', bytes: table },
  );
  const address = lead.address;
  const both = await Promise.all([1, 2].map(() => lead.post(`${address}/application`, { seen: '' })));
  expect(both.map(({ status }) => status).sort()).toEqual(expect.arrayContaining([303]));
  await lead.post(`${address}/application`, { seen: '' }).expect(303);
  expect(await world.db('frameworks')).toHaveLength(1);
  expect((await lead.get(address)).text).toContain('This import has been applied');
});

test('what somebody else changes meanwhile asks for another look', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const author = await world.signedIn('author', projectId);
  const mine = await send(lead, `/frameworks/${frameworkId}/imports`, keep, { name: 'm.csv', bytes: table });
  const theirs = await send(author, `/frameworks/${frameworkId}/imports`, keep, {
    name: 'other.csv',
    bytes: 'domain,competency,title\nListening,A1,Listening closely',
  });
  await author.submit(`${author.address}/application`, { seen: seenIn(theirs.text) });

  const again = await lead.submit(`${lead.address}/application`, { seen: seenIn(mine.text) });
  expect(wordsOf(again.text)).toContain('Something else was changed meanwhile');
  expect(wordsOf(again.text)).toContain('Title: “Listening closely” → “Hearing”');
  expect((await contentOf(frameworkId)).domains[0]!.competencies[0]!.title).toBe('Listening closely');
  await lead.submit(`${lead.address}/application`, { seen: seenIn(again.text) });
  expect((await contentOf(frameworkId)).domains[0]!.competencies[0]!.title).toBe('Hearing');
});

test('an import with errors cannot be applied, whatever is sent; a cancelled one is gone', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const wrong = { name: 'wrong.csv', bytes: `${table}Writing,A1,Twice,,9,` };
  const preview = await send(lead, `/frameworks/${frameworkId}/imports`, keep, wrong);
  expect(wordsOf(preview.text)).toContain('Row 5, competency: The code A1 is in row 2 already');
  expect(wordsOf(preview.text)).toContain('Row 5, *|*: “9” is not on the scale. Enter a level from 0 to 4.');
  expect(preview.text).not.toContain('Apply this import');
  const address = lead.address;
  await lead.post(`${address}/application`, { seen: '0' }).expect(409);
  const home = await lead.submit(`${address}/cancellation`);
  expect(home.text).toContain('Nothing was imported');
  expect((await lead.get(address)).status).toBe(404);
});

test('nothing is imported into what is published: the page says so and offers the new version', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const preview = await send(lead, `/frameworks/${frameworkId}/imports`, keep, {
    name: 'm.csv',
    bytes: table,
  });
  const address = lead.address;
  await world.db.transaction((trx) => publishFramework(trx, operator, frameworkId, new Date()));

  expect(wordsOf((await lead.get(address)).text)).toContain('This version has been published meanwhile');
  await lead.post(`${address}/application`, { seen: seenIn(preview.text) }).expect(409);
  const page = await lead.get(`/frameworks/${frameworkId}/imports`);
  expect(page.text).toContain(`action="/frameworks/${frameworkId}/versions"`);
  expect(page.text).not.toContain('type="file"');
  const refused = await lead.upload(`/frameworks/${frameworkId}/imports`, keep, {
    name: 'm.csv',
    bytes: table,
  });
  expect(refused.status).toBe(409);
});

test('to strangers imports and exports do not exist; a reader may export, and not import', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const reader = await world.signedIn('reader', projectId);
  const stranger = await world.signedIn('lead');
  await send(lead, `/frameworks/${frameworkId}/imports`, keep, { name: 'm.csv', bytes: table });
  const staged = lead.address;
  await reader.get(`/frameworks/${frameworkId}/export`);
  await stranger.get('/projects/new');
  for (const [browser, status] of [
    [reader, 403],
    [stranger, 404],
  ] as const) {
    for (const address of [
      staged,
      `/frameworks/${frameworkId}/imports`,
      `/projects/${projectId}/frameworks/imports`,
    ]) {
      expect((await browser.get(address)).status).toBe(status);
    }
    for (const address of [
      `/frameworks/${frameworkId}/imports`,
      `/projects/${projectId}/frameworks/imports`,
    ]) {
      expect((await browser.upload(address, keep, { name: 'm.csv', bytes: table })).status).toBe(status);
    }
    await browser.get('/projects');
    for (const action of ['application', 'cancellation']) {
      expect((await browser.post(`${staged}/${action}`, { seen: '0' })).status).toBe(status);
    }
  }
  expect((await reader.get(`/frameworks/${frameworkId}/export`)).status).toBe(200);
  expect((await stranger.get(`/frameworks/${frameworkId}/export?format=csv`)).status).toBe(404);
  expect((await reader.get(`/frameworks/${frameworkId}/export?format=exe`)).status).toBe(404);
});

test('a form without its token is refused', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const answer = await lead.upload(`/frameworks/${frameworkId}/imports`, { ...keep, _csrf: 'x' });
  expect(answer.status).toBe(403);
});

test('no file, two ways at once, a scale that is none: each has its sentence, and what was typed stays', async () => {
  const projectId = await makeProject();
  const lead = await world.signedIn('lead', projectId);
  const address = `/projects/${projectId}/frameworks/imports`;
  const none = await send(lead, address, { title: 'Mine <b>', scale: '4-0', list: '' });
  expect(none.status).toBe(422);
  expect(wordsOf(none.text)).toContain('Choose a file, or paste a list');
  expect(wordsOf(none.text)).toContain('Enter the lowest and the highest level');
  expect(none.text).toContain('value="Mine &lt;b&gt;"');
  const both = await send(
    lead,
    address,
    { title: '', scale: '', list: 'a' },
    { name: 'm.csv', bytes: table },
  );
  expect(wordsOf(both.text)).toContain('Choose a file or paste a list, not both');
  const untitled = await send(lead, address, { title: '', scale: '', list: '- a' });
  expect(wordsOf(untitled.text)).toContain('Enter a title for the framework');
  expect(untitled.text).toContain('- a</textarea>');
  const large = await send(
    lead,
    address,
    { title: 'Kept', scale: '' },
    { name: 'm.csv', bytes: Buffer.alloc(5 * 1024 * 1024 + 1) },
  );
  expect(large.status).toBe(422);
  expect(wordsOf(large.text)).toContain('The file must be 5 MB or smaller');
  expect(large.text).toContain('value="Kept"');
});

test('a file of 100 MB is read to its end and refused in a sentence', async () => {
  const projectId = await makeProject();
  const lead = await world.signedIn('lead', projectId);
  const bytes = Buffer.alloc(100 * 1024 * 1024, 'x');
  const page = await send(
    lead,
    `/projects/${projectId}/frameworks/imports`,
    { title: '', scale: '' },
    { name: 'm.csv', bytes },
  );
  expect(page.status).toBe(422);
  expect(wordsOf(page.text)).toContain('The file must be 5 MB or smaller');
});

test.each<[string, Buffer | string, RegExp]>([
  ['nothing', '', /The file is empty/],
  [
    'letters in another encoding',
    Buffer.from('domain,competency,title\nPfl\xe4ge,A1,x', 'latin1'),
    /choose Save As and the type “CSV UTF-8”/,
  ],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0]), /CSV UTF-8/],
  [
    '5,000 rows',
    `domain,competency,title\n${'x,y,z\n'.repeat(5000)}`,
    /There are 5,000 rows\. A framework can have 1,000 competencies at most/,
  ],
  [
    'a zip bomb',
    zipOf({ 'xl/workbook.xml': Buffer.alloc(30 * 1024 * 1024) }),
    /too large when it is unpacked/,
  ],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old Excel file/],
])('a file that holds %s gets a sentence', async (_what, bytes, sentence) => {
  const projectId = await makeProject();
  const lead = await world.signedIn('lead', projectId);
  const page = await send(
    lead,
    `/projects/${projectId}/frameworks/imports`,
    { title: 'T', scale: '' },
    { name: 'm.csv', bytes },
  );
  expect(page.status).toBe(200);
  expect(wordsOf(page.text)).toMatch(sentence);
  expect(page.text).not.toContain('Apply this import');
});

test('a workbook becomes a framework with its descriptors, domains and scale, and comes out again', async () => {
  const projectId = await makeProject();
  const lead = await world.signedIn('lead', projectId);
  const bytes = await writeWorkbook(
    [
      { name: 'Notes', rows: [['Read me first'], ['=1+1']] },
      {
        name: 'Matrix',
        rows: [
          ['Domain', 'Competency', 'Title', 'tier 3|*'],
          ['Care > Sleep', '1.2', 'Settling', 1],
          ['', 'A-1', '=Waking', 2],
        ],
      },
      {
        name: 'Descriptors',
        rows: [
          ['competency', 'level', 'descriptor'],
          ['1.2', 2, 'On my own'],
        ],
      },
      {
        name: 'Scale',
        rows: [
          ['level', 'label', 'descriptor'],
          [1, 'Novice', 'With help'],
          [2, 'Able', ''],
        ],
      },
      {
        name: 'Domains',
        rows: [
          ['code', 'title', 'description'],
          ['C', 'Care', 'All of it'],
          ['N', 'New', ''],
        ],
      },
    ].map((sheet) => ({ ...sheet, frozenColumns: 0, widths: [10] })),
  );
  const preview = await send(
    lead,
    `/projects/${projectId}/frameworks/imports`,
    { title: '', scale: '' },
    { name: 'Night care.xlsx', bytes },
  );
  expect(wordsOf(preview.text)).toContain('Import Night care as a new framework');
  expect(wordsOf(preview.text)).toContain('Row 3: No domain is named');
  expect(wordsOf(preview.text)).toContain('A scale of 2 levels: 1 Novice, 2 Able');
  await lead.submit(`${lead.address}/application`, { seen: '' });

  const id = lead.address.split('/').at(-1)!;
  const content = await contentOf(id);
  expect(content.domains).toMatchObject([
    { code: 'C', title: 'Care', description: 'All of it', competencies: [] },
    {
      title: 'Sleep',
      competencies: [
        { code: '1.2', descriptors: { 2: 'On my own' } },
        { code: 'A-1', title: '=Waking' },
      ],
    },
    { code: 'N', title: 'New', competencies: [] },
  ]);
  expect(content.requiredLevels).toMatchObject([
    { competency: '1.2', tier: '3', level: 1 },
    { competency: 'A-1', tier: '3', level: 2 },
  ]);
  const { sheets } = await readWorkbook(await download(lead, `/frameworks/${id}/export?format=xlsx`));
  expect(sheets!.map(({ name }) => name)).toEqual(['Skills matrix', 'Descriptors', 'Scale', 'Domains']);
  expect(sheets![0]!.rows[1]).toEqual(['Care > Sleep', '1.2', 'Settling', '', '1']);
  expect(sheets![2]!.rows[1]).toEqual(['1', 'Novice', 'With help']);
});

test('an export of a new framework made of an export is the same file, byte for byte', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const first = await lead.download(`/frameworks/${frameworkId}/export?format=csv`);
  expect(first.headers['content-disposition']).toMatch(
    /filename="?a-small-framework-v1-\d{4}-\d\d-\d\d\.csv"?$/,
  );
  await send(
    lead,
    `/projects/${projectId}/frameworks/imports`,
    { title: 'Again', scale: '0-4' },
    { name: 'x.csv', bytes: first.body },
  );
  await lead.submit(`${lead.address}/application`, { seen: '' });
  const second = await download(lead, `${lead.address}/export?format=csv`);
  expect(second.equals(first.body)).toBe(true);
});

test('a pasted list becomes domains and competencies; pasted again it changes nothing', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const list = 'Listening\n• Hearing\n• Silence\n\nNights\n• Settling';
  const preview = await send(lead, `/frameworks/${frameworkId}/imports`, { ...keep, list });
  expect(wordsOf(preview.text)).toContain('Competencies: 2 added');
  expect(wordsOf(preview.text)).toContain('1.2 Silence Added In Listening');
  await lead.submit(`${lead.address}/application`, { seen: seenIn(preview.text) });
  const again = await send(lead, `/frameworks/${frameworkId}/imports`, { ...keep, list });
  expect(wordsOf(again.text)).toContain('Nothing would change');
});

test('a table pasted from a spreadsheet is read as one', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  const list = table.replaceAll(',', '\t');
  const preview = await send(lead, `/frameworks/${frameworkId}/imports`, { ...keep, list });
  expect(wordsOf(preview.text)).toContain('Title: “Asking” → “Asking well”');
});

test('codes such as 1.2, CYP 3, A-1 and B/2 (a) go all the way to a published questionnaire', async () => {
  const projectId = await makeProject();
  const lead = await world.signedIn('lead', projectId);
  const bytes = csvOf([
    ['domain', 'competency', 'title', '*|*'],
    ...['1.2', 'CYP 3', 'A-1', 'B/2 (a)'].map((code) => [`Domain ${code}`, code, `Title ${code}`, 2]),
  ]);
  await send(
    lead,
    `/projects/${projectId}/frameworks/imports`,
    { title: 'T', scale: '' },
    { name: 'm.csv', bytes },
  );
  await lead.submit(`${lead.address}/application`, { seen: '' });
  const frameworkId = lead.address.split('/').at(-1)!;
  await world
    .db('domains')
    .where({ framework_id: frameworkId, title: 'Domain CYP 3' })
    .update({ code: 'CYP (3)/a' });
  const terms = await listTerms(world.db, ['profession']);
  await world.db.transaction(async (trx) => {
    await publishFramework(trx, operator, frameworkId, new Date());
    const questionnaireId = await generateQuestionnaire(trx, operator, frameworkId, {
      title: 'Q',
      introduction: ['Q'],
      thanks: 'Q',
      facets: [{ facet: 'profession', terms }],
      gapSources,
    });
    await publishQuestionnaire(trx, operator, questionnaireId, new Date());
  });
  const [version] = await world.db('questionnaire_versions');
  expect(JSON.stringify(version.plan)).toContain('"B/2 (a)"');
});

test('what nobody comes back to is forgotten after seven days', async () => {
  const { projectId, frameworkId } = await makeDraft();
  const lead = await world.signedIn('lead', projectId);
  await send(lead, `/frameworks/${frameworkId}/imports`, keep, { name: 'm.csv', bytes: table });
  world.clock.advance(6 * 86_400_000);
  await sweep(world.services);
  expect(await world.db('staged_imports')).toHaveLength(1);
  world.clock.advance(1.1 * 86_400_000);
  await sweep(world.services);
  expect(await world.db('staged_imports')).toHaveLength(0);
});
