import fc from 'fast-check';
import { readAnswers, readMapped } from '../../src/batches/answers-file.form';
import { csvOf } from '../../src/platform/csv';
import { readCsvText } from '../../src/platform/csv-table';
import { isoDay } from '../../src/platform/dates';
import { dayParts } from '../../src/platform/days';
import { writeWorkbook } from '../../src/platform/workbook';
import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import type { Survey } from '../../src/surveys/survey';
import { checkTallies, foldResponses } from '../../src/tallies/tallies.commands';
import { readTallies } from '../../src/tallies/tallies.queries';
import type { Browser } from '../support/browser';
import { gapSources, makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** A survey that is over, nobody having answered it: such a one takes answers from elsewhere. */
async function overSurvey(wish: Parameters<typeof makeSurvey>[1] = {}): Promise<Survey> {
  const survey = await makeSurvey(world.services, wish);
  world.clock.set(new Date(survey.closesAt.getTime() + 31 * 60_000));
  return survey;
}

const wordsOf = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');
const seenIn = (html: string) => /name="seen" value="([^"]*)"/.exec(html)![1]!;

const forms = [
  [
    'ID',
    'Start time',
    'Completion time',
    'Email',
    'Name',
    'What is your profession?',
    'Where do you mainly work?',
    'Hearing what people say',
    'Asking what people mean',
    'Writing it down',
  ],
  [
    '1',
    '45000.1',
    '45000.2',
    'nurse@example.org',
    'A name',
    'Midwife',
    'GP practice',
    'Label 3',
    'Not applicable',
    '2',
  ],
  ['2', '45000.3', '45000.4', 'anonymous', '', 'Midwife', 'GP practise', '4 - Label 4', '', 'Label 0'],
];

async function send(lead: Browser, survey: Survey, content: string | Buffer, name = 'Forms export.csv') {
  const address = `/surveys/${survey.id}/imports`;
  await lead.get(address);
  const answer = await lead.upload(address, {}, { name, bytes: content });
  return answer.status === 303 ? lead.get(String(answer.headers.location)) : answer;
}

/** The form of a page as it is filled in. */
function filledIn(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name, options] of html.matchAll(/<select[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g)) {
    fields[name!] = /value="([^"]*)" selected/.exec(options!)?.[1] ?? '';
  }
  return fields;
}

async function apply(lead: Browser, preview: { text: string }) {
  return lead.submit(`${lead.address}/application`, { seen: seenIn(preview.text) });
}

test('an export of Microsoft Forms: columns and answers are told, looked at, brought in, counted and taken out', async () => {
  const survey = await overSurvey({ code: 'FORMS1' });
  const lead = await world.signedIn('lead', survey.projectId);
  const own = await send(lead, survey, 'profession,setting,A1\nrn_adult,gp_practice,1\n');
  await apply(lead, own);
  const workbook = Buffer.from(
    await writeWorkbook([{ name: 'Sheet1', rows: forms, frozenColumns: 0, widths: [] }]),
  );
  const columns = await send(lead, survey, workbook, 'Forms export.xlsx');
  expect(wordsOf(columns.text)).toContain('From Microsoft Forms');
  expect(columns.text).not.toContain('nurse@example.org');

  const suggested = filledIn(columns.text);
  expect(Object.values(suggested)).toEqual(['profession', 'setting', 'A1', 'A2', 'B1']);
  const values = await lead.submit(lead.address, suggested);
  expect(wordsOf(values.text)).toContain('What do these answers mean?');
  const meanings = filledIn(values.text);
  expect(Object.values(meanings)).toEqual([
    'midwife',
    'gp_practice',
    'gp_practice',
    '3',
    '4',
    'na',
    '2',
    '0',
  ]);
  const preview = await lead.submit(lead.address, meanings);
  const words = wordsOf(preview.text);
  expect(words).toContain('2 responses from Microsoft Forms');
  expect(words).toContain(
    'Not kept, for they tell who answered or when: Start time, Completion time, Email, Name.',
  );
  expect(await world.db('responses')).toHaveLength(1);

  const done = await apply(lead, preview);
  expect(wordsOf(done.text)).toContain('Brought in: 2 responses from Microsoft Forms');
  await world.queue.drain();
  await foldResponses(world.services, survey.id);
  expect(await readTallies(world.db, survey.id)).toMatchObject([
    { stratum: ['midwife', 'gp_practice'], respondents: 2 },
    { stratum: ['rn_adult', 'gp_practice'], respondents: 1 },
  ]);
  const [staged] = await world.db('staged_imports');
  expect(staged.understood).toBeNull();
  expect(await world.db('responses').where({ source: 'import' }).whereNull('batch_id')).toEqual([]);

  const again = await send(lead, survey, workbook, 'Forms export.xlsx');
  await lead.submit(lead.address, filledIn(again.text));
  const nothing = await lead.submit(lead.address, meanings);
  expect(wordsOf(nothing.text)).toContain('2 responses are in the survey already');
  expect(nothing.text).not.toContain('Apply this import');

  const list = await lead.get(`/surveys/${survey.id}/batches`);
  expect(wordsOf(list.text)).toContain('Forms export.xlsx Microsoft Forms 2');
  const batch = await world.db('response_batches').where({ tool: 'microsoft forms' }).first();
  const removal = `/surveys/${survey.id}/batches/${batch.id}/removal`;
  expect(list.text).toContain(`href="${removal}"`);
  expect(wordsOf((await lead.get(removal)).text)).toContain('2 responses from Microsoft Forms');
  expect(wordsOf((await lead.submit(removal)).text)).toContain('2 responses were taken out');
  expect(await checkTallies(world.services, survey.id)).toEqual([]);
  expect(await world.db('responses')).toHaveLength(1);
  expect((await lead.post(removal)).status).toBe(404);
  const actions = await world.db('audit_entries').orderBy('id').pluck('action');
  expect(actions).toEqual(expect.arrayContaining(['responses imported', 'responses removed']));
});

test('a second form that numbers its responses from 1 too is not taken for the first', async () => {
  const survey = await overSurvey();
  const lead = await world.signedIn('lead', survey.projectId);
  const [header, first] = forms as [string[], string[]];
  const preview = async (rows: string[][]) => {
    const columns = await send(lead, survey, csvOf(rows));
    const values = await lead.submit(lead.address, filledIn(columns.text));
    return lead.submit(lead.address, filledIn(values.text));
  };
  const colleague = [...first.slice(0, 7), 'Label 1', 'Label 1', 'Label 1'];
  await apply(lead, await preview([header, colleague]));

  const other = [...first.slice(0, 7), 'Label 2', 'Label 1', 'Label 1'];
  const second = await preview([header, other]);
  expect(wordsOf(second.text)).toContain('1 response of those answered something else there.');
  expect(second.text).not.toContain('everything in the file is there already');
  const mixed = await preview([header, colleague, ['2', ...colleague.slice(1)]]);
  expect(mixed.text).not.toContain('answered something else');

  await apply(lead, await preview([header.slice(1), other.slice(1)]));
  expect(await world.db('responses')).toHaveLength(2);
  await world.queue.drain();
});

test('what the file says must be told, and what does not fit keeps the file out unless it is left out', async () => {
  const survey = await overSurvey({ code: 'FORMS2' });
  const lead = await world.signedIn('lead', survey.projectId);
  const strange = [...forms, ['3', '', '', '', '', 'Wizard', 'GP practice', 'Label 1', '', '']];
  const columns = await send(lead, survey, csvOf(strange));
  const values = await lead.submit(lead.address, filledIn(columns.text));
  const meanings = filledIn(values.text);
  const refused = await lead.post(lead.address, meanings);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Select what “Wizard” means');
  expect(filledIn(refused.text)).toEqual(meanings);

  const [field] = Object.entries(meanings).find(([, value]) => value === '')!;
  const kept = await lead.submit(lead.address, { ...meanings, [field]: '-' });
  expect(wordsOf(kept.text)).toContain('Row 4, profession: An answer is missing.');
  expect(kept.text).not.toContain('Apply this import');
  await lead.get(lead.address.replace('/imports/', `/surveys/${survey.id}/imports/`).concat('/values'));
  const preview = await lead.submit(lead.address, { ...meanings, [field]: '-', partial: 'yes' });
  expect(wordsOf(preview.text)).toContain('1 row does not fit and would be left out');
  await apply(lead, preview);
  expect(await world.db('responses')).toHaveLength(2);
});

test('two columns cannot answer the same question, and nothing chosen is lost', async () => {
  const survey = await overSurvey({ code: 'FORMS3' });
  const lead = await world.signedIn('lead', survey.projectId);
  const columns = await send(lead, survey, csvOf(forms));
  const chosen = { ...filledIn(columns.text), 'column-8': 'A1' };
  const refused = await lead.post(lead.address, chosen);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('The column “Hearing what people say” answers this already');
  expect(filledIn(refused.text)).toEqual(chosen);
  const foreign = await lead.post(lead.address, { 'column-8': 'NOSUCH' });
  expect(foreign.text).toContain('Select one of the questions shown');
});

test('a column for each choice, and several choices in one cell, are ticks of one question', async () => {
  const survey = await makeSurvey(world.services, { code: 'TICKS1', gapSources });
  const plan = await getPlan(world.db, survey.versionId);
  const where = plan.pages.flatMap(({ questions }) => questions).find(({ name }) => name === 'A__where')!;
  const lime = [
    ['id', 'submitdate', 'profession', 'setting', ...where.choices.map(({ value }) => `A__where[${value}]`)],
    [
      '1',
      '2026-01-01',
      'midwife',
      'gp_practice',
      ...where.choices.map(({ exclusive }, place) => (place < 2 && !exclusive ? 'Y' : '')),
    ],
  ];
  const ticked = readAnswers(lime, plan);
  expect(ticked.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const expected = where.choices.slice(0, 2).map(({ value }) => value);
  expect(ticked.understood.responses[0]!.answers).toMatchObject({ A__where: expected });

  const text = `${where.choices[0]!.text};${where.choices[1]!.text};`;
  const joined = readAnswers(
    [
      ['ID', 'Start time', 'Completion time', 'profession', 'setting', 'A__where'],
      ['1', '', '', 'midwife', 'gp_practice', text],
    ],
    plan,
  );
  expect(joined.understood.responses[0]!.answers).toMatchObject({ A__where: expected });
});

test('a Responses CSV needs no mapping, and says what does not fit', async () => {
  const survey = await overSurvey({ code: 'OWN1' });
  const lead = await world.signedIn('lead', survey.projectId);
  const good = await send(lead, survey, 'profession,setting,A1\nmidwife,gp_practice,3\n', 'answers.csv');
  expect(wordsOf(good.text)).toContain('1 response from a Responses CSV');
  await apply(lead, good);
  const bad = await send(lead, survey, 'profession,setting,A1\nmidwife,gp_practice,9\n', 'answers.csv');
  expect(wordsOf(bad.text)).toContain('Row 2, A1: “9” cannot be answered here');
  expect(await world.db('responses')).toHaveLength(1);
});

test.each([
  ['nothing', undefined, 'Choose a file, or paste a table'],
  ['an empty file', '', 'The file is empty'],
  ['a header alone', 'profession,setting\n', 'The file has a header and no answers'],
  ['a damaged workbook', Buffer.from('PK not a workbook'), 'not an Excel workbook'],
])('%s is refused with a sentence', async (_what, content, sentence) => {
  const survey = await overSurvey({ code: 'BAD1' });
  const lead = await world.signedIn('lead', survey.projectId);
  await lead.get(`/surveys/${survey.id}/imports`);
  const file = content === undefined ? undefined : { name: 'x.csv', bytes: content };
  const sent = await lead.upload(`/surveys/${survey.id}/imports`, {}, file);
  const page = sent.status === 303 ? await lead.get(String(sent.headers.location)) : sent;
  expect(wordsOf(page.text)).toContain(sentence);
  expect(page.text).not.toContain('Apply this import');
});

test('a survey takes no known answers while people answer it, nor beside the answers they gave', async () => {
  const survey = await makeSurvey(world.services, { code: 'MIXED1' });
  const lead = await world.signedIn('lead', survey.projectId);
  const file = 'profession,setting,A1\nmidwife,gp_practice,3\n';
  const early = await send(lead, survey, file);
  expect(wordsOf(early.text)).toContain('People may still answer this survey');
  expect(early.text).not.toContain('Apply this import');
  const forced = await lead.post(`${lead.address}/application`, { seen: survey.versionId });
  expect(forced.status).toBe(409);

  await makeResponses(world.services, survey, { A1: 1 });
  world.clock.set(new Date(survey.closesAt.getTime() + 31 * 60_000));
  const later = await world.signedIn('lead', survey.projectId);
  const mixed = await send(later, survey, file);
  expect(wordsOf(mixed.text)).toContain('People have answered this survey themselves');
  expect(mixed.text).not.toContain('Apply this import');
  expect(await world.db('response_batches')).toEqual([]);
});

test('a survey that holds known answers is not opened to others again until they are taken out', async () => {
  const survey = await overSurvey({ code: 'AGAIN1' });
  const lead = await world.signedIn('lead', survey.projectId);
  await apply(lead, await send(lead, survey, 'profession,setting,A1\nmidwife,gp_practice,3\n'));
  const later = isoDay(new Date(survey.closesAt.getTime() + 9 * 86_400_000));
  const closing = `/surveys/${survey.id}/closing`;
  const fields = { ...dayParts(later, 'last'), reason: 'More people', seen: survey.closesAt.toISOString() };
  await lead.get(closing);
  const refused = await lead.post(closing, fields);
  expect(refused.status).toBe(409);
  expect(wordsOf(refused.text)).toContain('This survey cannot be opened again');

  const [batch] = await world.db('response_batches');
  await lead.submit(`/surveys/${survey.id}/batches/${batch.id}/removal`);
  expect((await lead.post(closing, fields)).status).toBe(303);
});

test('a survey with made-up responses takes no real ones', async () => {
  const survey = await makeSurvey(world.services, { code: 'SIM1' });
  await world.db('surveys').update({ simulated: true });
  const lead = await world.signedIn('lead', survey.projectId);
  const preview = await send(lead, survey, 'profession,setting,A1\nmidwife,gp_practice,3\n');
  expect(wordsOf(preview.text)).toContain('This survey holds made-up responses');
  expect(preview.text).not.toContain('Apply this import');
});

test('only whoever runs the survey sees, brings in or takes out; of another project nothing is found', async () => {
  const survey = await overSurvey({ code: 'MAY1' });
  const lead = await world.signedIn('lead', survey.projectId);
  const columns = await send(lead, survey, csvOf(forms));
  const [, id] = /imports\/([0-9a-f-]{36})/.exec(columns.text)!;
  const own = await send(lead, survey, 'profession,setting,A1\nmidwife,gp_practice,3\n');
  await apply(lead, own);
  const [batch] = await world.db('response_batches');
  const addresses = [
    `/surveys/${survey.id}/batches`,
    `/surveys/${survey.id}/imports`,
    `/surveys/${survey.id}/imports/${id}/columns`,
    `/surveys/${survey.id}/imports/${id}/values`,
    `/surveys/${survey.id}/batches/${batch.id}/removal`,
    `/imports/${id}`,
  ];
  for (const role of ['author', 'analyst', 'coordinator', 'eag_member', 'reader'] as const) {
    const other = await world.signedIn(role, survey.projectId);
    await other.get('/projects');
    for (const address of addresses)
      expect([role, address, (await other.get(address)).status]).toEqual([role, address, 403]);
    expect((await other.post(addresses[4]!)).status).toBe(403);
  }
  const stranger = await world.signedIn('lead');
  for (const address of addresses) expect((await stranger.get(address)).status).toBe(404);

  const second = await makeSurvey(world.services, { code: 'MAY2' });
  const both = await world.signedIn('lead', second.projectId);
  expect((await both.get(`/surveys/${second.id}/imports/${id}/columns`)).status).toBe(404);
  expect((await both.get(`/surveys/${second.id}/batches/${batch.id}/removal`)).status).toBe(404);
});

test('brought in and taken out again is as if it had never come, whatever was folded when', async () => {
  const survey = await overSurvey({ code: 'UNDO1' });
  const plan = await getPlan(world.db, survey.versionId);
  const lead = await world.signedIn('lead', survey.projectId);
  const earlier =
    'profession,setting,A1\nrn_adult,gp_practice,2\nrn_adult,gp_practice,2\nmidwife,gp_practice,0\n';
  await apply(lead, await send(lead, survey, earlier));
  await world.queue.drain();
  await foldResponses(world.services, survey.id);
  const before = await readTallies(world.db, survey.id);
  const [first] = await world.db('response_batches');
  expect(plan.facets).toEqual(['profession', 'setting']);
  const preview = await send(
    lead,
    survey,
    'profession,setting,A1,A2\nmidwife,gp_practice,3,na\nrn_adult,gp_practice,1,dk\nrn_child,acute_ward,0,4\n',
  );
  await apply(lead, preview);
  await foldResponses(world.services, survey.id);
  await world.db('responses').where({ source: 'import' }).limit(1).orderBy('id').update({ shuffled: true });
  const batch = await world.db('response_batches').where({ responses: 3 }).whereNot({ id: first.id }).first();
  await lead.submit(`/surveys/${survey.id}/batches/${batch.id}/removal`);
  const after = (await readTallies(world.db, survey.id)).filter(({ respondents }) => respondents !== 0);
  expect(after.map((tally) => ({ ...tally, withdrawn: 0 }))).toEqual(before);
  expect(await checkTallies(world.services, survey.id)).toEqual([]);
});

test('any table that is called an export is read without harm, and says only what the questionnaire offers', async () => {
  const survey = await makeSurvey(world.services, { code: 'ANY1' });
  const plan = await getPlan(world.db, survey.versionId);
  const heads = [
    'ID',
    'Start time',
    'Completion time',
    'profession',
    'setting',
    'A1',
    'Respondent ID',
    'Collector ID',
    'x[y]',
    '__proto__',
    '',
  ];
  const cells = [
    '',
    '1',
    'midwife',
    'gp_practice',
    'Label 2',
    '3',
    'na',
    'toString',
    '__proto__',
    ';',
    'x;y',
    '=1+1',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...heads), { maxLength: 8 }),
      fc.array(fc.array(fc.constantFrom(...cells), { maxLength: 9 }), { maxLength: 6 }),
      fc.boolean(),
      (header, rows, partial) => {
        const first = readAnswers([header, ...rows], plan);
        const { table, mapping } = first.understood;
        const { understood } = table && mapping ? readMapped(table, { ...mapping, partial }, plan) : first;
        for (const { answers } of understood.responses) {
          expect(
            Object.keys(answers).every((name) => ['profession', 'setting', 'A1', 'A2', 'B1'].includes(name)),
          ).toBe(true);
          expect(answers.profession).toBe('midwife');
        }
      },
    ),
  );
  expect(readCsvText('a').rows).toHaveLength(1);
});
