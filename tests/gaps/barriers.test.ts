import fc from 'fast-check';
import {
  type AgreementCount,
  agreement,
  type BarrierCount,
  barrier,
  rankedByBurden,
  weightedMedian,
} from '../../src/gaps/barriers';
import { cellsOf, each, expectInvariance, level, numberOf, peopleOf, unweighted, weighted } from './figures';

/** METHODS.md 1(j): severity where ticked, 0 where not. */
const severities: Record<string, number[]> = {
  time: [5, 4, 5, 0, 4, 3, 0, 5, 4, 0],
  funding: [3, 0, 4, 0, 0, 3, 0, 0, 5, 0],
  travel: [0, 0, 2, 0, 0, 0, 3, 0, 0, 0],
};
const barrierOf = (name: string) =>
  barrier(each(severities[name]!.map((severity) => ({ severity: severity || null }))), unweighted(10));

test.each([
  ['time', 70, 4.2857, 0.6],
  ['funding', 40, 3.75, 0.3],
  ['travel', 20, 2.5, 0.1],
])('the worked example of METHODS.md 1(j), %s', (name, percent, severity, burden) => {
  const figures = barrierOf(name);
  expect(figures.n).toBe(10);
  expect(figures.percent.estimate).toBeCloseTo(percent, 4);
  expect(figures.severity.estimate).toBeCloseTo(severity, 4);
  expect(figures.burden.estimate).toBeCloseTo(burden, 4);
});

test('the heaviest burden comes first', () => {
  const rows = ['travel', 'time', 'funding'].map((code) => ({ code, barrier: barrierOf(code) }));
  expect(rankedByBurden(rows).map(({ code, rank }) => [code, rank])).toEqual([
    ['time', 1],
    ['funding', 2],
    ['travel', 3],
  ]);
});

test('the worked example of METHODS.md 1(j), manager support', () => {
  const figures = agreement(each([4, 5, 3, 4, 2, 5, 4, 3, 4].map((rating) => ({ rating }))), unweighted(9));
  expect(figures.n).toBe(9);
  expect(figures.mean.estimate).toBeCloseTo(3.7778, 4);
  expect(figures.median).toEqual({ estimate: 4, se: null, interval: null });
  expect(figures.agree.estimate).toBeCloseTo(66.6667, 4);
  expect(figures.net.estimate).toBeCloseTo(55.5556, 4);
  expect(figures.relativeImportance.estimate).toBeCloseTo(0.7556, 4);
});

test('nobody gives no figure; nobody who ticked gives no severity', () => {
  for (const figure of Object.values({ ...barrier([], unweighted(0)), ...agreement([], unweighted(0)) })) {
    if (typeof figure === 'object')
      expect(figure).toMatchObject({ estimate: null, reason: 'no_valid_answers' });
  }
  const unticked = barrier([{ severity: null, n: 6, weight: 6 }], unweighted(6));
  expect(unticked.severity).toMatchObject({ estimate: null, reason: 'no_valid_answers' });
  expect(unticked.burden.estimate).toBe(0);
});

test('who ticked without saying how severe is counted, and no severity is made up', () => {
  const figures = barrier(
    each([{ severity: 5 }, { severity: 'unrated' }, { severity: null }] as const),
    unweighted(3),
  );
  expect(figures.percent.estimate).toBeCloseTo(66.6667, 4);
  expect(figures.severity.estimate).toBe(5);
  expect(figures.burden.estimate).toBe(0.5);
});

test.each<[string, [number, number][], number]>([
  [
    'an odd number',
    [
      [1, 1],
      [2, 1],
      [5, 1],
    ],
    2,
  ],
  [
    'exactly half: the middle of the two',
    [
      [1, 2],
      [4, 2],
    ],
    2.5,
  ],
  [
    'exactly half within a value',
    [
      [1, 1],
      [3, 1],
      [3, 1],
      [5, 1],
    ],
    3,
  ],
  [
    'exactly half in tenths',
    [
      [1, 0.1],
      [2, 0.2],
      [5, 0.3],
    ],
    3.5,
  ],
  [
    'by weight',
    [
      [1, 1],
      [5, 3],
    ],
    5,
  ],
])('median: %s', (_what, people, expected) => {
  const counts = people.map(([rating, weight]) => ({ rating, n: 1, weight }));
  expect(weightedMedian(counts, ({ rating }) => rating).estimate).toBe(expected);
  expect(weightedMedian([...counts].reverse(), ({ rating }) => rating).estimate).toBe(expected);
});

const agreements = cellsOf(fc.record({ rating: level(1, 5) }));
const barriers = cellsOf(fc.record({ severity: fc.option(level(1, 5)) }));

test('the identities: net within agree, the index a fifth of the mean, burden the severity of those who ticked', () => {
  fc.assert(
    fc.property(agreements, barriers, (rated, ticked) => {
      const likert = agreement(rated, weighted(peopleOf(rated)));
      expect(numberOf(likert.relativeImportance)).toBeCloseTo(numberOf(likert.mean) / 5, 12);
      expect(numberOf(likert.net)).toBeLessThanOrEqual(numberOf(likert.agree) + 1e-9);
      const one = barrier(ticked, weighted(peopleOf(ticked)));
      expect(numberOf(one.burden)).toBeCloseTo(
        ((one.severity.estimate ?? 0) / 5) * (numberOf(one.percent) / 100),
        9,
      );
    }),
  );
});

test('order and unit of weight change nothing', () => {
  fc.assert(
    fc.property(agreements, barriers, (rated, ticked) => {
      expectInvariance(rated, (some: readonly AgreementCount[]) => agreement(some, weighted(peopleOf(some))));
      expectInvariance(ticked, (some: readonly BarrierCount[]) => barrier(some, weighted(peopleOf(some))));
    }),
    { numRuns: 30 },
  );
});
