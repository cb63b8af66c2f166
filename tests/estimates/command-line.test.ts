import { type CommandLine, openCommandLine } from '../support/cli';
import { makeSurvey } from '../support/make';
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

function answerTo(...words: string[]) {
  const { status, out, said } = commandLine.run(...words);
  expect({ status, said }).toEqual({ status: 0, said: '' });
  return JSON.parse(out.toString());
}

/** METHODS.md 4, number 4: who answered, by profession and setting, and the headcounts of each. */
const answered: [string, string, number, string][] = [
  ['rn_adult', 'gp_practice', 15, '4'],
  ['rn_adult', 'acute_ward', 127, '1'],
  ['rn_child', 'gp_practice', 13, '3'],
  ['rn_child', 'acute_ward', 12, '2'],
  ['midwife', 'gp_practice', 9, '2'],
  ['midwife', 'acute_ward', 24, '3'],
];
const margins = [
  'facet,code,headcount',
  'profession,rn_adult,4421',
  'profession,rn_child,755',
  'profession,midwife,1018',
  'setting,gp_practice,1072',
  'setting,acute_ward,5122',
];
/** The weights R's survey package gives, in the order above. */
const published = [28.9107683, 31.39636595, 29.00310268, 31.49663876, 29.03312674, 31.52924414];

test('estimates weighted to the headcounts of staff, from the command line', async () => {
  const survey = await makeSurvey(world.services, { code: 'WEIGHED1' });
  const people = answered.flatMap(([profession, setting, n, level]) =>
    Array.from({ length: n }, () => `${profession},${setting},${level}`),
  );
  const answers = commandLine.file('answers.csv', `profession,setting,A1\n${people.join('\n')}\n`);
  answerTo('responses', 'import', survey.code, answers);

  const refused = commandLine.run('estimates', survey.code, '--weights', 'raked', '--json');
  expect(refused.status).toBe(1);
  expect(refused.said).toContain(
    'There are no headcounts to weight by. Give the project a population first.',
  );
  expect(refused.out.toString()).toBe('');
  expect(commandLine.run('estimates', survey.code, '--weights', 'by guess', '--json').status).toBe(2);

  answerTo('population', 'import', survey.code, commandLine.file('staff.csv', `${margins.join('\n')}\n`));
  const raked = answerTo('estimates', survey.code, '--weights', 'raked', '--json');
  expect(raked.method).toMatchObject({ weighting: 'raked' });
  expect(raked.weights).toMatchObject({ scheme: 'raked', trimming: { code: 'not_needed' } });
  expect(raked.weights.effectiveSize).toBeCloseTo(199.8109, 4);
  expect(raked.weights.designEffect).toBeCloseTo(200 / 199.8109, 6);
  const [everybody] = raked.nodes;
  expect(everybody).toMatchObject({ key: { profession: null, setting: null }, respondents: 200 });
  const weight = answered.reduce((sum, [, , n], index) => sum + n * published[index]!, 0);
  const mean = answered.reduce(
    (sum, [, , n, level], index) => sum + n * published[index]! * Number(level),
    0,
  );
  const [hearing] = everybody.items;
  expect(hearing.meanLevel.estimate).toBeCloseTo(mean / weight, 7);
  expect(hearing.meanLevel.interval[0]).toBeLessThan(hearing.meanLevel.estimate);
  expect(hearing.unweighted.meanLevel.estimate).toBeCloseTo((60 + 127 + 39 + 24 + 18 + 72) / 200, 9);
  // Every margin and cell is there, whether asked for by name or not.
  expect(raked.nodes).toHaveLength(4 * 3);

  const stratified = commandLine.run('estimates', survey.code, '--weights', 'post-stratified', '--json');
  expect(stratified.status).toBe(1);
  expect(stratified.said).toContain('Post-stratification needs headcounts of each combination: use raking.');

  const [entry] = await world.db('audit_entries').where({ action: 'estimates read' }).select('detail');
  expect(entry.detail).toMatchObject({ dimensions: ['profession', 'setting'], weights: 'raked' });
  // Refusals printed nothing, so nobody looked.
  expect(await world.db('audit_entries').where({ action: 'estimates read' })).toHaveLength(1);

  // The same answers and headcounts, the same bytes.
  const again = commandLine.run('estimates', survey.code, '--weights', 'raked', '--json');
  expect(again.out.toString()).toBe(`${JSON.stringify(raked)}\n`);
}, 120_000);

test('each stands for the staff of a stratum, and says how many of them are below', async () => {
  const survey = await makeSurvey(world.services, { code: 'WEIGHED2' });
  const people = answered.flatMap(([profession, setting, n, level]) =>
    Array.from({ length: n }, () => `${profession},${setting},${level}`),
  );
  const answers = commandLine.file('answers.csv', `profession,setting,A1\n${people.join('\n')}\n`);
  answerTo('responses', 'import', survey.code, answers);
  const staff = answered.map(
    ([profession, setting], index) => `${profession},${setting},${100 * (index + 1)}`,
  );
  const table = commandLine.file('staff.csv', `profession,setting,headcount\n${staff.join('\n')}\n`);
  answerTo('population', 'import', survey.code, table);
  const figures = answerTo('estimates', survey.code, '--weights', 'post-stratified', '--json');
  const [hearing] = figures.nodes[0].items;
  // Level 3 is required of everybody: of 2,100 staff those of strata 2, 4 and 5 are below it.
  expect(hearing.peopleBelow.estimate).toBeCloseTo(200 + 400 + 500, 6);
  expect(hearing.percentMeeting.estimate).toBeCloseTo((100 * (100 + 300 + 600)) / 2100, 9);
  expect(hearing.meanLevel.estimate).toBeCloseTo((400 + 200 + 900 + 800 + 1000 + 1800) / 2100, 9);
}, 120_000);
