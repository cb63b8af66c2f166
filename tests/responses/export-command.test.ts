import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import { freeze } from '../../src/responses/frozen-response';
import { type CommandLine, openCommandLine } from '../support/cli';
import { gapSources, makeSurvey, storeFile } from '../support/make';
import { openWorld, type World } from '../support/world';
import { everyKindDefinition, openSurveyOf } from './kinds';

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

const reason = ['--reason', 'Analysis agreed with the data protection lead'];

const answered = `profession,setting,A1,A2,B1,A__where,B__where,A__where_main
rn_adult,gp_practice,3,2,1,prereg;offer,none,offer
midwife,acute_ward,1,na,,workplace,,
rn_child,gp_practice,0,dk,4,none,prereg,
`;

/** What a survey's tallies say, whatever survey it is. */
async function talliesOf(surveyId: string): Promise<unknown[]> {
  const rows = await world.db('tallies').where({ survey_id: surveyId });
  return rows.map(({ survey_id, id, ...row }) => JSON.stringify(row)).sort();
}

test('what is exported can be imported into another survey, and counts the same', async () => {
  const survey = await makeSurvey(world.services, { code: 'FROM1', promise: 'confidential', gapSources });
  const file = commandLine.file('answers.csv', answered);
  expect(commandLine.run('responses', 'import', 'FROM1', file)).toMatchObject({ status: 0, said: '' });

  const exported = commandLine.run('responses', 'export', 'FROM1', ...reason);
  expect(exported).toMatchObject({ status: 0, said: '' });
  const [header, ...lines] = exported.out.toString('utf8').replace('\ufeff', '').trimEnd().split('\r\n');
  expect(header).toBe(
    'response_id,profession,setting,A1,A2,B1,A__where,B__where,A__where_main,B__where_main',
  );
  expect(lines.map((line) => line.replace(/^[0-9a-f-]{36},/, '')).sort()).toEqual([
    'midwife,acute_ward,1,na,,workplace,,,',
    'rn_adult,gp_practice,3,2,1,prereg;offer,none,offer,',
    'rn_child,gp_practice,0,dk,4,none,prereg,,',
  ]);

  const other = await makeSurvey(world.services, { code: 'INTO1', promise: 'confidential', gapSources });
  const copy = commandLine.file('exported.csv', exported.out.toString('utf8'));
  expect(commandLine.run('responses', 'import', 'INTO1', copy)).toMatchObject({ status: 0, said: '' });
  expect(await talliesOf(other.id)).toEqual(await talliesOf(survey.id));
  const again = commandLine.run('responses', 'import', 'INTO1', copy);
  expect(JSON.parse(again.out.toString())).toMatchObject({ stored: 0, known: 3 });
}, 120_000);

test('every kind of answer comes back as it was given, formulas and line breaks too', async () => {
  const survey = await openSurveyOf(world.services, everyKindDefinition, 'KINDS1', 'confidential');
  const plan = await getPlan(world.db, survey.versionId);
  const answers = {
    profession: 'midwife',
    years: 12,
    started: '2019-01-31',
    ward: '=1+1',
    'often.listen': 3,
    'often.plan': 'na',
    'matters.listen': 'Much',
    helps: ['time', 'team', 'course'],
    topics: ['Pain', 'Sleep'],
    remarks: 'One, "two"\nand -3',
  };
  await storeFile(world.services, survey, plan, [{ line: 2, responseId: null, answers }]);
  const { facets, ratings, answers: given } = freeze(plan, answers);

  const file = path.join(commandLine.folder, 'kinds.csv');
  const exported = commandLine.run('responses', 'export', 'kinds-1', ...reason, '--output', file);
  expect(exported).toMatchObject({ status: 0, said: '' });
  expect(exported.out.toString()).toBe('');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toContain("'=1+1");

  expect(commandLine.run('responses', 'import', 'KINDS1', file)).toMatchObject({ status: 0, said: '' });
  const stored = await world.db('responses').where({ survey_id: survey.id });
  expect(stored).toHaveLength(2);
  for (const response of stored) expect(response).toMatchObject({ facets, ratings, answers: given });
}, 60_000);

test('who took the answers and why is kept, and without a reason nothing is given', async () => {
  const survey = await makeSurvey(world.services, { promise: 'confidential' });
  const unexplained = commandLine.run('responses', 'export', survey.code);
  expect(unexplained).toMatchObject({ status: 2, said: '--reason is missing\n' });
  expect(unexplained.out.toString()).toBe('');
  expect(await world.db('audit_entries').where({ action: 'responses exported' })).toEqual([]);

  commandLine.run('responses', 'export', survey.code, ...reason);
  expect(await world.db('audit_entries').where({ action: 'responses exported' })).toEqual([
    expect.objectContaining({ actor: 'command line', subject_id: survey.id, detail: { reason: reason[1] } }),
  ]);
}, 60_000);

test('an anonymous survey keeps its promise', async () => {
  const survey = await makeSurvey(world.services, { promise: 'anonymous' });
  const file = path.join(commandLine.folder, 'refused.csv');
  const refused = commandLine.run('responses', 'export', survey.code, ...reason, '--output', file);
  expect(refused.status).toBe(1);
  expect(refused.out.toString()).toBe('');
  expect(refused.said).toContain('This survey promised to be anonymous');
  expect(() => statSync(file)).toThrow('ENOENT');
  expect(await world.db('audit_entries').where({ action: 'responses exported' })).toEqual([]);
}, 60_000);

test('many are written in one order and none twice', async () => {
  const survey = await makeSurvey(world.services, { promise: 'confidential' });
  const plan = await getPlan(world.db, survey.versionId);
  const answers = { profession: 'midwife', setting: 'acute_ward', A1: 2 };
  const many = Array.from({ length: 4_500 }, (_, index) => ({ line: index + 2, responseId: null, answers }));
  await storeFile(world.services, survey, plan, many);

  const { out } = commandLine.run('responses', 'export', survey.code, ...reason);

  const ids = out
    .toString()
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[0]!);
  expect(new Set(ids).size).toBe(4_500);
  expect(ids).toEqual([...ids].sort());
}, 60_000);
