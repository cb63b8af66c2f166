import { operator } from '../../src/audit/actor';
import { dimensionOf } from '../../src/estimates/dimension';
import { type Estimates, estimatesOf } from '../../src/estimates/estimates';
import { readEstimates } from '../../src/estimates/estimates.commands';
import { csvOf } from '../../src/platform/csv';
import { readCsvText } from '../../src/platform/csv-table';
import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import { listBatches } from '../../src/responses/batches.queries';
import { readResponses } from '../../src/responses/responses-file.form';
import type { Survey } from '../../src/surveys/survey';
import { removeBatch } from '../../src/tallies/tallies.commands';
import { readTallies } from '../../src/tallies/tallies.queries';
import { gapSources, makeResponses, makeSurvey, smallFramework, storeFile } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** Brings in people as [profession, setting, A1]; gives the survey's estimates. */
async function estimatesFrom(survey: Survey, people: string[][]): Promise<Estimates> {
  const plan = await getPlan(world.db, survey.versionId);
  const rows = readCsvText(csvOf([['profession', 'setting', 'A1'], ...people])).rows;
  const { responses, refusals } = readResponses(rows, plan);
  expect(refusals).toEqual([]);
  await storeFile(world.services, survey, plan, responses);
  return readEstimates(world.services, operator, survey);
}

function itemIn({ nodes }: Estimates, key: Record<string, string | null>, competency = 'A1') {
  const node = nodes.find((one) => JSON.stringify(one.key) === JSON.stringify(key))!;
  return node.items.find((item) => item.competency === competency && item.measure === 'level')!;
}

const everybody = { profession: null, setting: null };
/** The worked example of METHODS.md 1(a): mental-health and child nurses are played by midwives and child nurses. */
const worked = smallFramework({
  requiredLevels: [
    { competency: 'A1', profession: 'midwife', level: 3 },
    { competency: 'A1', profession: 'rn_child', level: 2 },
  ],
});
const at = 'gp_practice';
const workedPeople = [
  ...['3', '2', '4', '1'].map((level) => ['midwife', at, level]),
  ...['2', '0', '', '3'].map((level) => ['rn_child', at, level]),
  ['rn_adult', at, '2'],
  ['midwife', at, 'na'],
];
const to4 = (number: number | null | undefined) => Number(number!.toFixed(4));

test('the worked example of METHODS 1(a), as a file and through the tallies', async () => {
  const survey = await makeSurvey(world.services, { framework: worked });
  const estimates = await estimatesFrom(survey, workedPeople);
  const all = itemIn(estimates, everybody);
  expect([all.n, to4(all.percentMeeting!.estimate), to4(all.meanShortfall!.estimate)]).toEqual([
    7, 57.1429, 0.7143,
  ]);
  const midwives = itemIn(estimates, { profession: 'midwife', setting: null });
  expect([
    midwives.n,
    midwives.required,
    midwives.percentMeeting!.estimate,
    midwives.meanShortfall!.estimate,
  ]).toEqual([4, 3, 50, 0.75]);
  const child = itemIn(estimates, { profession: 'rn_child', setting: null });
  expect([
    child.n,
    child.required,
    to4(child.percentMeeting!.estimate),
    to4(child.meanShortfall!.estimate),
  ]).toEqual([3, 2, 66.6667, 0.6667]);
  expect(all.required).toBeNull();
  // Nothing is required of adult nurses: that is not level 0.
  const adult = itemIn(estimates, { profession: 'rn_adult', setting: null });
  expect(adult).toMatchObject({ status: 'no-requirement', n: 1, percentMeeting: null, meanShortfall: null });
  expect(adult.meanLevel!.estimate).toBe(2);
});

test('intervals are Wilson’s for shares and t for means, over the whole sample', async () => {
  const survey = await makeSurvey(world.services, { framework: worked });
  const { percentMeeting, meanLevel } = itemIn(await estimatesFrom(survey, workedPeople), everybody);
  // 4 of 7 meet it: Wilson's interval, worked out apart.
  const [p, n, z] = [4 / 7, 7, 1.959963984540054];
  const centre = p + (z * z) / (2 * n);
  const reach = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  expect(percentMeeting!.interval!.map(to4)).toEqual(
    [centre - reach, centre + reach].map((end) => to4((100 * end) / (1 + (z * z) / n))),
  );
  // The levels 3 2 4 1 2 0 3: mean 15/7, standard deviation 1.3452, t(0.975, 6) = 2.4469.
  expect(to4(meanLevel!.estimate)).toBe(2.1429);
  expect(to4(meanLevel!.se)).toBe(0.5084);
  expect(meanLevel!.interval!.map(to4)).toEqual([0.8988, 3.3869]);
});

test('the lattice holds everybody, every margin and every cell, and the parts add up', async () => {
  const survey = await makeSurvey(world.services);
  const estimates = await estimatesFrom(survey, [
    ...Array.from({ length: 5 }, () => ['midwife', 'acute_ward', '4']),
    ...Array.from({ length: 3 }, () => ['rn_adult', at, '1']),
  ]);
  expect(estimates.nodes).toHaveLength(4 * 3);
  expect(estimates.nodes[0]).toMatchObject({ key: everybody, respondents: 8 });
  const of = (profession: string | null, setting: string | null) =>
    estimates.nodes.find(({ key }) => key.profession === profession && key.setting === setting)!;
  expect(of('rn_child', null)).toMatchObject({ status: 'empty', respondents: 0, items: [] });
  const cells = estimates.nodes.filter(({ key }) => key.profession !== null && key.setting !== null);
  expect(cells.reduce((sum, { respondents }) => sum + respondents, 0)).toBe(8);
  const [midwives, adults] = [
    itemIn(estimates, { profession: 'midwife', setting: null }),
    itemIn(estimates, { profession: 'rn_adult', setting: null }),
  ];
  // A merged group's share is the mean of the parts', weighted by people.
  expect(itemIn(estimates, everybody).percentMeeting!.estimate).toBeCloseTo(
    (5 * midwives.percentMeeting!.estimate! + 3 * adults.percentMeeting!.estimate!) / 8,
    10,
  );
  expect(estimates.weights).toEqual({ scheme: 'none', effectiveSize: 8, designEffect: 1 });
});

test('a thousand times as many people of the same distribution give the same figures', async () => {
  const survey = await makeSurvey(world.services, { framework: worked });
  const few = await estimatesFrom(survey, workedPeople);
  const plan = await getPlan(world.db, survey.versionId);
  const tallies = (await readTallies(world.db, survey.id)).map((tally) => ({
    ...tally,
    respondents: tally.respondents * 1000,
    counts: tally.counts.map((count) => count * 1000),
  }));
  const matrix = new Map(
    worked.requiredLevels.map(({ competency, profession, level }) => [
      JSON.stringify([competency, profession, null, null]),
      level,
    ]),
  );
  const counted = {
    plan,
    tallies,
    matrix,
    tierOf: () => null,
    threshold: 11,
    dimensions: survey.dimensions.map((key) => dimensionOf(plan, key, tallies, (_, code) => code)),
  };
  const many = itemIn(estimatesOf(counted), everybody);
  const before = itemIn(few, everybody);
  expect(many.n).toBe(7_000);
  expect(many.distribution).toEqual(before.distribution);
  for (const figure of ['percentMeeting', 'meanShortfall', 'meanLevel'] as const) {
    expect(many[figure]!.estimate).toBeCloseTo(before[figure]!.estimate!, 10);
    expect(many[figure]!.se!).toBeLessThan(before[figure]!.se!);
  }
});

test('what comes of several ratings stands with the first of them, in every group', async () => {
  const measures = ['level-needed', 'importance-performance', 'confidence', 'frequency'];
  const survey = await makeSurvey(world.services, { measures, gapSources });
  const said = { A1: 2, A1__needed: 4, A1__importance: 5, A1__performance: 3, A1__confidence: 2 };
  const sources = { A__where: ['prereg', 'offer'], A__where_main: 'offer', B__where: ['none'] };
  await makeResponses(world.services, survey, { count: 3, ...said, A1__frequency: 4, ...sources });
  const estimates = await readEstimates(world.services, operator, survey);
  expect(estimates.nodes.filter(({ respondents }) => respondents > 0)).toHaveLength(4);
  for (const { items } of estimates.nodes.filter(({ respondents }) => respondents > 0)) {
    const of = (competency: string, measure: string) =>
      items.find((item) => item.competency === competency && item.measure === measure)!;
    expect(of('A1', 'level').statistics).toMatchObject({
      neededLevel: { n: 3, percentMeeting: { estimate: 0 }, meanShortfall: { estimate: 2 } },
      borich: { n: 3, score: { estimate: 10 } },
      rankedDiscrepancy: { score: { estimate: -100, se: 0 } },
      // Fewer than the threshold rated it: there is nothing to stand high or low against.
      importancePerformance: null,
      confidenceFrequency: { users: 3, atRiskOfUsers: { estimate: 100 }, useWeightedGap: { estimate: 3 } },
    });
    expect(of('A1', 'importance')).toMatchObject({ n: 3, meanLevel: { estimate: 5 }, statistics: {} });
    expect(of('A2', 'level').statistics).toMatchObject({ neededLevel: null, borich: null });
    expect(of('A', 'where').statistics).toMatchObject({
      whereTheGapLies: {
        ...{ n: 3, withGap: 3, notSure: { estimate: 0 } },
        sources: [
          { code: 'prereg', any: { estimate: 100 }, main: { estimate: 0 }, fractional: { estimate: 50 } },
          { code: 'workplace', any: { estimate: 0 } },
          { code: 'offer', main: { estimate: 100 } },
        ],
      },
    });
    expect(of('B', 'where').statistics).toMatchObject({ whereTheGapLies: { n: 3, withGap: 0 } });
  }
  expect(estimates.scales.filter(({ domain }) => domain === 'A').map(({ measure }) => measure)).toEqual(
    expect.arrayContaining(['level', 'needed', 'importance', 'performance', 'confidence', 'frequency']),
  );
});

test('answers that came and were taken out again leave no trace in the figures', async () => {
  const survey = await makeSurvey(world.services, { framework: worked, promise: 'confidential' });
  const before = JSON.stringify(await estimatesFrom(survey, workedPeople));
  const [first] = await listBatches(world.db, survey.id);
  const more = [
    ['midwife', at, '0'],
    ['midwife', 'acute_ward', '4'],
  ];
  expect(JSON.stringify(await estimatesFrom(survey, more))).not.toBe(before);
  const second = (await listBatches(world.db, survey.id)).find(({ id }) => id !== first!.id)!;
  expect(await removeBatch(world.services, operator, survey.id, second.id)).toBe(2);
  expect(JSON.stringify(await readEstimates(world.services, operator, survey))).toBe(before);
});

test('who looks is kept in the audit trail; what was not asked is refused', async () => {
  const survey = await makeSurvey(world.services);
  await readEstimates(world.services, operator, survey, ['profession']);
  expect(await world.db('audit_entries').where({ action: 'estimates read' })).toHaveLength(1);
  await expect(readEstimates(world.services, operator, survey, ['band'])).rejects.toMatchObject({
    status: 409,
  });
});
