import { countingOf } from '../../src/estimates/counting';
import { type StatisticFamily, statisticFamilies } from '../../src/estimates/statistics';
import type { Weights } from '../../src/estimates/weights';
import type { Answer, Plan, PlanItem } from '../../src/questionnaires/plan';
import type { Tally } from '../../src/tallies/tally';
import { type Person, planOf, rated, talliesOf, weighing, whereFrom } from './counted';

const five = [1, 2, 3, 4, 5];
const seven = [1, 2, 3, 4, 5, 6, 7];

function familiesOf(plan: Plan, tallies: Tally[], threshold = 1, weights: Weights | null = null) {
  const counting = countingOf({
    ...{ plan, tallies, threshold, weights, matrix: new Map(), tierOf: () => null },
  });
  const families = statisticFamilies(counting);
  const named = (name: string, competency: string): StatisticFamily =>
    families.find((family) => {
      const { competency: own, domain } = plan.items[family.item]!;
      return family.name === name && (own ?? domain) === competency;
    })!;
  return { families, named };
}

/** Any depth of figures, their estimates to four decimals. */
function to4(thing: unknown): unknown {
  if (typeof thing === 'number') return Number(thing.toFixed(4)) + 0;
  if (Array.isArray(thing)) return thing.map(to4);
  if (thing === null || typeof thing !== 'object') return thing;
  if ('estimate' in thing) return to4(thing.estimate);
  return Object.fromEntries(Object.entries(thing).map(([name, value]) => [name, to4(value)]));
}

/** METHODS.md 1(c): importance and ability of eight people, of whom one skipped the importance of c4. */
const ratings: Record<string, [(number | null)[], number[]]> = {
  c1: [
    [5, 5, 4, 5, 4, 5, 5, 4],
    [3, 2, 3, 4, 3, 2, 3, 3],
  ],
  c2: [
    [4, 3, 4, 4, 5, 3, 4, 4],
    [4, 3, 3, 4, 4, 3, 3, 4],
  ],
  c3: [
    [5, 4, 5, 5, 5, 4, 5, 5],
    [4, 4, 5, 4, 5, 4, 4, 4],
  ],
  c4: [
    [3, 3, 2, 4, 3, 3, 2, null],
    [4, 3, 3, 4, 4, 3, 3, 3],
  ],
};
const pairedPlan = planOf(
  { profession: ['a', 'b'] },
  Object.keys(ratings).flatMap((c) => [rated(c, 'importance', five), rated(c, 'performance', five)]),
);
const eight = Array.from({ length: 8 }, (_, person): Person => {
  const answers: Record<string, Answer> = {};
  for (const [c, [importance, performance]] of Object.entries(ratings)) {
    if (importance[person] !== null) answers[`${c}__importance`] = importance[person]!;
    answers[`${c}__performance`] = performance[person]!;
  }
  return { facets: [person < 3 ? 'a' : 'b'], answers };
});

describe('importance and performance', () => {
  const tallies = talliesOf(pairedPlan, eight);
  const { families, named } = familiesOf(pairedPlan, tallies);
  const of = (name: string, c: string) => named(name, c).estimate(tallies);

  test.each([
    ['c1', 8, 4.625, 2.875, 14, 8.0938, 1.6893],
    ['c2', 8, 3.875, 3.5, 3, 1.4531, 0.7625],
    ['c3', 8, 4.75, 4.25, 4, 2.375, 0.9473],
    ['c4', 7, 2.8571, 3.4286, -4, -1.6327, 0.4943],
  ])('the worked example of METHODS.md 1(c) from tallies, %s', (c, n, importance, ability, ds, score, se) => {
    const found = of('borich', c) as { score: { se: number } };
    expect(to4(found)).toEqual({ n, importance, ability, discrepancies: ds, score });
    expect(to4(found.score.se)).toBe(se);
  });

  test.each([
    ['c1', 8, -100, 0],
    ['c2', 8, -37.5, 17.1163],
    ['c3', 8, -50, 17.6777],
    ['c4', 7, 57.1429, 18.7044],
  ])('the worked example of METHODS.md 1(d) from tallies, %s', (c, n, score, se) => {
    const found = of('rankedDiscrepancy', c) as { score: { se: number } };
    expect(to4(found)).toMatchObject({ n, score });
    expect(to4(found.score.se)).toBe(se);
  });

  test.each([
    ['c1', 'concentrate here'],
    ['c2', 'low priority'],
    ['c3', 'keep up the good work'],
    ['c4', 'low priority'],
  ])('the worked example of METHODS.md 1(e) from tallies, %s', (c, quadrant) => {
    expect(to4(of('importancePerformance', c))).toMatchObject({
      quadrant,
      crosshair: { importance: 4.0268, performance: 3.5134 },
    });
  });

  test('a competency rated by too few has no part in the crosshair', () => {
    const eightOnly = familiesOf(pairedPlan, tallies, 8).named('importancePerformance', 'c4');
    expect(to4(eightOnly.estimate(tallies))).toMatchObject({
      n: 7,
      crosshair: { importance: to4((4.625 + 3.875 + 4.75) / 3) },
    });
    expect(
      familiesOf(pairedPlan, tallies, 9).named('importancePerformance', 'c1').estimate(tallies),
    ).toBeNull();
  });

  test('families of the same pairs share their layers, which add up to the base in each stratum', () => {
    const ofC4 = families.filter(({ item }) => item === 6);
    expect(ofC4.map(({ name }) => name)).toEqual(['borich', 'rankedDiscrepancy', 'importancePerformance']);
    expect(new Set(ofC4.map(({ layersOf }) => layersOf)).size).toBe(1);
    const base = tallies.map((tally) => ofC4[0]!.layersOf(tally).reduce((sum, n) => sum + n, 0));
    expect(base).toEqual([3, 4]);
  });

  test('nobody has no figure', () => {
    for (const family of families) expect(family.estimate([])).toBeNull();
  });

  test('weights are in every one of them', () => {
    const weights = weighing(tallies, ([profession]) => (profession === 'a' ? 3 : 1));
    const weighted = familiesOf(pairedPlan, tallies, 1, weights);
    const means = (importances: number[]) =>
      importances.reduce((sum, value, person) => sum + value * (person < 3 ? 3 : 1), 0) / 14;
    const [importance, ability] = [means(ratings.c1![0] as number[]), means(ratings.c1![1])];
    expect(to4(weighted.named('borich', 'c1').estimate(tallies))).toMatchObject({
      n: 8,
      importance: to4(importance),
      score: to4(importance * (importance - ability)),
    });
    expect(to4(weighted.named('importancePerformance', 'c1').estimate(tallies))).toMatchObject({
      performance: to4(ability),
    });
  });

  test('what readers see is coarse: people by fives, scores to a decimal', () => {
    const { display, estimate } = named('borich', 'c1');
    expect(display(estimate(tallies)!)).toEqual({
      n: 10,
      importance: 4.6,
      importanceInterval: [4.2, 5],
      ability: 2.9,
      abilityInterval: [2.3, 3.4],
      score: 8.1,
      scoreInterval: [4.1, 12.1],
    });
    const quadrant = named('importancePerformance', 'c1');
    expect(quadrant.display(quadrant.estimate(tallies)!)).toEqual({
      ...{ n: 10, importance: 4.6, performance: 2.9, quadrant: 'concentrate here' },
      crosshair: { importance: 4, performance: 3.5 },
    });
  });
});

/** METHODS.md 1(b), record keeping: importance, performance, organisation and training of eight people. */
const recordKeeping: [number, number, number, number | null][] = [
  [5, 5, 5, 2],
  [6, 5, 6, 2],
  [4, 5, 4, 3],
  [6, 4, 6, 2],
  [5, 5, 5, 3],
  [6, 4, 6, 2],
  [5, 4, 5, null],
  [6, 3, 7, 3],
];

test('four ratings: need, its t, and where it leads', () => {
  const plan = planOf(
    { profession: ['a'] },
    (['importance', 'performance', 'organisation', 'training'] as const).map((m) => rated('k', m, seven)),
  );
  const people = recordKeeping.map(([importance, performance, organisation, training]) => ({
    facets: ['a'],
    answers: {
      ...{ k__importance: importance, k__performance: performance, k__organisation: organisation },
      ...(training === null ? {} : { k__training: training }),
    },
  }));
  const tallies = talliesOf(plan, people);
  const { families, named } = familiesOf(plan, tallies);
  expect(families.map(({ name }) => name)).toEqual(['trainingNeed']);
  const found = named('trainingNeed', 'k').estimate(tallies)!;
  expect(to4(found)).toMatchObject({
    ...{ n: 8, importance: 5.375, performance: 4.375, need: 1, sd: 1.3093, t: 2.1602 },
    ...{ organisation: 5.5, training: 2.4286, trainingLessOrganisation: -3.0714 },
    ...{ route: 'organisational', showsRoute: false },
  });
  // The interval takes in 0, so that readers see no route.
  expect((found as { need: { interval: number[] } }).need.interval.map(to4)).toEqual([-0.0946, 2.0946]);
  expect(named('trainingNeed', 'k').display(found)).toMatchObject({ n: 10, need: 1, t: 2.2, route: null });
});

test('the worked example of METHODS.md 1(f) from tallies', () => {
  const plan = planOf({ profession: ['a'] }, [
    rated('k', 'confidence', five),
    rated('k', 'frequency', [0, 1, 2, 3, 4]),
  ]);
  const confidence = [2, 1, 4, 5, 3, 2, 5, 4, 2, 3];
  const frequency = [4, 3, 4, 1, 3, 0, 0, 2, 4, 1];
  const people = confidence.map((c, person) => ({
    facets: ['a'],
    answers: { k__confidence: c, k__frequency: frequency[person]! },
  }));
  const tallies = talliesOf(plan, people);
  const family = familiesOf(plan, tallies).named('confidenceFrequency', 'k');
  const found = family.estimate(tallies)!;
  expect(to4(found)).toEqual({
    ...{ n: 10, users: 5, atRiskOfUsers: 60, atRiskOfAll: 30, dormant: 20 },
    ...{ useWeightedGap: 2.2727, plainGap: 1.9, spearman: -0.3797 },
  });
  expect(family.display(found)).toMatchObject({
    // Three of five users, and two of ten: all or nobody, but for two.
    ...{ n: 10, users: 5, atRiskOfUsers: '>=95', dormant: '<=5', useWeightedGap: 2.3, spearman: -0.4 },
  });
});

test('the level now against the level people say they need', () => {
  const levels = [0, 1, 2, 3, 4];
  const plan = planOf({ profession: ['a'] }, [rated('k', 'level', levels), rated('k', 'needed', levels)]);
  const said: [number | null, number | null][] = [
    [3, 3],
    [2, 3],
    [4, 3],
    [1, 3],
    [2, 2],
    [0, 2],
    [3, 2],
    [3, null],
    [null, 2],
  ];
  const people = said.map(([level, needed]) => ({
    facets: ['a'],
    answers: { ...(level === null ? {} : { k: level }), ...(needed === null ? {} : { k__needed: needed }) },
  }));
  const tallies = talliesOf(plan, people);
  const family = familiesOf(plan, tallies).named('neededLevel', 'k');
  // The seven of METHODS.md 1(a), unweighted.
  expect(family.item).toBe(0);
  expect(to4(family.estimate(tallies))).toMatchObject({
    ...{ n: 7, percentMeeting: 57.1429, meanShortfall: 0.7143, meanShortfallOfThoseBelow: 1.6667 },
    ...{ meanSurplus: 0.2857, meanSignedGap: -0.4286 },
  });
  expect(family.layersOf(tallies[0]!).reduce((sum, n) => sum + n, 0)).toBe(7);
});

describe('where the gap lies', () => {
  /** METHODS.md 1(g): the field, what was ticked, and the main source where several were. */
  const nurses: [string, string[], string?][] = [
    ['adult', ['prereg', 'offer'], 'prereg'],
    ['adult', ['prereg']],
    ['adult', ['none']],
    ['child', ['prereg', 'workplace', 'offer'], 'workplace'],
    ['child', ['workplace']],
    ['mental', ['offer']],
    ['mental', ['none']],
    ['mental', ['workplace', 'offer'], 'offer'],
    ['learning', ['prereg', 'workplace'], 'prereg'],
    ['learning', ['prereg', 'offer'], 'offer'],
  ];
  const [where, main] = whereFrom('D');
  // The main question lists its choices in an order of its own.
  const items: PlanItem[] = [where, { ...main, choices: ['offer', 'workplace', 'prereg'] }];
  const plan = planOf({ profession: ['adult', 'child', 'mental', 'learning'] }, items);
  const asPeople = (rows: typeof nurses) =>
    rows.map(([field, ticks, chief]) => ({
      facets: [field],
      answers: { D__where: ticks, ...(chief ? { D__where_main: chief } : {}) },
    }));
  const tallies = talliesOf(plan, asPeople(nurses));
  const { families, named } = familiesOf(plan, tallies);
  const family = named('whereTheGapLies', 'D');
  const membersOf = (field?: string) => tallies.filter(({ stratum }) => !field || stratum[0] === field);

  test.each([
    [undefined, 10, 80, [62.5, 50, 62.5], [37.5, 25, 37.5], [35.4167, 29.1667, 35.4167]],
    ['adult', 3, 66.6667, [100, 0, 50], [100, 0, 0], [75, 0, 25]],
    ['child', 2, 100, [50, 100, 50], [0, 100, 0], [16.6667, 66.6667, 16.6667]],
    ['mental', 3, 66.6667, [0, 50, 100], [0, 0, 100], [0, 25, 75]],
    ['learning', 2, 100, [100, 50, 50], [50, 0, 50], [50, 25, 25]],
  ])('the worked example of METHODS.md 1(g) from tallies, %s', (field, n, gap, any, chief, fractional) => {
    const codes = ['prereg', 'workplace', 'offer'];
    expect(to4(family.estimate(membersOf(field)))).toMatchObject({
      ...{ n, gap, notSure: 0 },
      sources: codes.map((code, source) => ({
        ...{ code, any: any[source], main: chief[source], fractional: fractional[source] },
      })),
    });
  });

  test('stands under its own question, with Cochran’s Q and layers of those with a gap', () => {
    expect(families.map(({ name, item }) => [name, item])).toEqual([['whereTheGapLies', 0]]);
    expect(to4(family.estimate(tallies))).toMatchObject({ cochransQ: { q: 0.2857, df: 2 } });
    expect(tallies.map((tally) => family.layersOf(tally).reduce((sum, n) => sum + n, 0))).toEqual([
      2, 2, 2, 2,
    ]);
    expect(family.display(family.estimate(tallies)!)).toMatchObject({
      ...{ n: 10, withGap: 10, gap: '>=95', notSure: '<=5', meanSources: 1.8 },
      cochransQ: { q: 0.3, df: 2, p: 0.867 },
    });
  });

  test('who ticked several and named none is not sure, by weight', () => {
    const unsure = talliesOf(plan, asPeople([...nurses, ['adult', ['prereg', 'offer']]]));
    const weights = weighing(unsure, ([field]) => (field === 'adult' ? 2 : 1));
    const found = familiesOf(plan, unsure, 1, weights).named('whereTheGapLies', 'D').estimate(unsure);
    // Adults with a gap weigh 6, the others 6; the one who is not sure 2.
    expect(to4(found)).toMatchObject({ n: 11, withGap: 9, notSure: to4(100 / 6) });
  });

  test('nothing is said of main sources where they were not asked, or asked of others', () => {
    const alone = planOf({ profession: ['adult', 'child', 'mental', 'learning'] }, [where]);
    const few = talliesOf(alone, asPeople(nurses));
    expect(to4(familiesOf(alone, few).named('whereTheGapLies', 'D').estimate(few))).toMatchObject({
      notSure: null,
      sources: [{ any: 62.5, main: null }, {}, {}],
    });
    const astray = talliesOf(plan, asPeople([['adult', ['prereg'], 'prereg']]));
    expect(to4(familiesOf(plan, astray).named('whereTheGapLies', 'D').estimate(astray))).toMatchObject({
      notSure: null,
      sources: [{ any: 100, main: null, fractional: 100 }, {}, {}],
    });
  });
});
