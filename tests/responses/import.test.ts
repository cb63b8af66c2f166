import fc from 'fast-check';
import { readCsvText } from '../../src/platform/csv-table';
import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import { readResponses } from '../../src/responses/responses-file.form';
import type { Survey } from '../../src/surveys/survey';
import { checkTallies, foldResponses } from '../../src/tallies/tallies.commands';
import { readTallies } from '../../src/tallies/tallies.queries';
import { gapSources, makeResponses, makeSurvey, storeFile } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function read(survey: Survey, text: string) {
  return readResponses(readCsvText(text).rows, await getPlan(world.db, survey.versionId));
}

async function bringIn(survey: Survey, text: string): Promise<number> {
  const { responses, refusals } = await read(survey, text);
  expect(refusals).toEqual([]);
  const plan = await getPlan(world.db, survey.versionId);
  const stored = await storeFile(world.services, survey, plan, responses);
  await foldResponses(world.services, survey.id);
  return stored;
}

const talliesOf = (survey: Survey) => readTallies(world.db, survey.id);

test('a file counts as if the same people had answered page by page', async () => {
  const byFile = await makeSurvey(world.services, { gapSources });
  const byHand = await makeSurvey(world.services, { gapSources });
  await makeResponses(world.services, byHand, {
    A1: 3,
    A2: 'na',
    A__where: ['prereg', 'offer'],
    A__where_main: 'offer',
  });
  await makeResponses(world.services, byHand, { profession: 'midwife', A1: 0, B1: 4, A__where: 'none' });
  await foldResponses(world.services, byHand.id);

  const stored = await bringIn(
    byFile,
    [
      'profession,setting,A1,A2,B1,A__where,A__where_main',
      'rn_adult,gp_practice,3,na,,prereg; offer,offer',
      'midwife,gp_practice,0,,4,none,',
      '',
    ].join('\r\n'),
  );

  expect(stored).toBe(2);
  expect(await talliesOf(byFile)).toEqual(await talliesOf(byHand));
  expect(await checkTallies(world.services, byFile.id)).toEqual([]);
});

test("don't know is kept apart from skipped, not my role and every level", async () => {
  const survey = await makeSurvey(world.services);
  await bringIn(
    survey,
    'profession,setting,A1\nrn_adult,gp_practice,dk\nrn_adult,gp_practice,na\nrn_adult,gp_practice,\n',
  );
  const [tally] = await talliesOf(survey);
  // Of the first item: skipped, not shown, not my role, don't know, then the levels.
  expect(tally!.counts.slice(0, 9)).toEqual([1, 0, 1, 1, 0, 0, 0, 0, 0]);
});

test('the same file sent twice is stored once, and nothing tells what a response was called', async () => {
  const survey = await makeSurvey(world.services);
  const text =
    'response_id,profession,setting,A1\nstaff-1,rn_adult,gp_practice,2\nstaff-2,midwife,acute_ward,1\n';
  expect(await bringIn(survey, text)).toBe(2);
  expect(await bringIn(survey, text)).toBe(0);
  expect(await bringIn(survey, `${text}staff-3,midwife,acute_ward,0\n`)).toBe(1);
  expect(await world.db('responses')).toHaveLength(3);
  expect(JSON.stringify(await world.db('responses'))).not.toContain('staff-');
  expect(JSON.stringify(await world.db('audit_entries'))).not.toContain('staff-');
  const respondents = (await talliesOf(survey)).map((row) => row.respondents);
  expect(respondents.reduce((sum, count) => sum + count, 0)).toBe(3);
});

test('without ids every row is a person, however alike', async () => {
  const survey = await makeSurvey(world.services);
  const rows = Array.from({ length: 2_500 }, () => 'rn_adult,gp_practice,3').join('\n');
  expect(await bringIn(survey, `profession,setting,A1\n${rows}\n`)).toBe(2_500);
  expect(await talliesOf(survey)).toMatchObject([{ respondents: 2_500 }]);
});

const header = 'profession,setting,A1,A2,B1,A__where,A__where_main';
test.each([
  [
    'an unknown column',
    'profession,setting,Z9',
    'x',
    { line: 1, column: 'Z9', reason: 'the survey has no such question' },
  ],
  [
    'a facet without a column',
    'profession,A1',
    'x',
    { line: 1, column: 'setting', reason: 'the column is missing' },
  ],
  [
    'a column twice',
    'profession,setting,A1,A1',
    'x',
    { line: 1, column: 'A1', reason: 'the column stands twice' },
  ],
  [
    'an unknown profession',
    header,
    'astronaut,gp_practice,1',
    {
      line: 2,
      column: 'profession',
      reason: '“astronaut” cannot be answered here; the answers are rn_adult, rn_child, midwife',
    },
  ],
  [
    'a missing setting',
    header,
    'rn_adult,,1',
    { line: 2, column: 'setting', reason: 'an answer is missing' },
  ],
  [
    'a level off the scale',
    header,
    'rn_adult,gp_practice,7',
    { line: 2, column: 'A1', reason: '“7” cannot be answered here; the answers are 0, 1, 2, 3, 4, na' },
  ],
  [
    'a level with a comma',
    header,
    'rn_adult,gp_practice,"2,5"',
    { line: 2, column: 'A1', reason: '“2,5” cannot be answered here; the answers are 0, 1, 2, 3, 4, na' },
  ],
  [
    'a tick that excludes others',
    header,
    'rn_adult,gp_practice,1,1,1,none;offer',
    {
      line: 2,
      column: 'A__where',
      reason: '“none;offer” cannot be answered here; the answers are prereg, workplace, offer, none, dk',
    },
  ],
  [
    'an answer to what was not asked',
    header,
    'rn_adult,gp_practice,1,1,1,offer,offer',
    { line: 2, column: 'A__where_main', reason: 'this person would not have been asked' },
  ],
  [
    'a row that is too long',
    header,
    'rn_adult,gp_practice,1,1,1,,,,9',
    { line: 2, column: '', reason: 'the row has 9 cells, the header 7' },
  ],
])('%s is refused with line, column and reason', async (_what, first, second, refusal) => {
  const survey = await makeSurvey(world.services, { gapSources });
  const { responses, refusals } = await read(survey, `${first}\n${second}\n`);
  expect(refusals).toEqual([refusal]);
  expect(responses).toEqual([]);
});

test('an id that stands twice in one file is refused; the other rows can be read', async () => {
  const survey = await makeSurvey(world.services);
  const text =
    'response_id,profession,setting\na,rn_adult,gp_practice\n\na,midwife,gp_practice\nb,midwife,gp_practice\n';
  const { responses, refusals } = await read(survey, text);
  expect(refusals).toEqual([{ line: 4, column: 'response_id', reason: 'line 2 has the same' }]);
  expect(responses.map(({ line, responseId }) => [line, responseId])).toEqual([
    [2, 'a'],
    [5, 'b'],
  ]);
});

test('real responses are not mixed with made-up ones', async () => {
  const survey = await makeSurvey(world.services);
  await world.db('surveys').update({ simulated: true });
  const { responses } = await read(survey, 'profession,setting\nrn_adult,gp_practice\n');
  const plan = await getPlan(world.db, survey.versionId);
  const simulated = { ...survey, simulated: true };
  await expect(storeFile(world.services, simulated, plan, responses)).rejects.toMatchObject({
    status: 409,
  });
});

test('no cell, whatever it holds, gets past the reading into what is counted', async () => {
  const survey = await makeSurvey(world.services, { gapSources });
  const plan = await getPlan(world.db, survey.versionId);
  const names = header.split(',');
  const cell = fc.oneof(
    fc.constantFrom('', 'na', 'dk', '0', '4', 'rn_adult', 'gp_practice', 'prereg;offer'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: names.length, maxLength: names.length }), (row) => {
      const { responses } = readResponses([names, row], plan);
      for (const { answers } of responses) {
        expect(['rn_adult', 'rn_child', 'midwife']).toContain(answers.profession);
        for (const name of ['A1', 'A2', 'B1']) {
          expect([undefined, 0, 1, 2, 3, 4, 'na', 'dk']).toContain(answers[name]);
        }
      }
    }),
  );
});
