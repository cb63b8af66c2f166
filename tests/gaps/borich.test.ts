import fc from 'fast-check';
import { borichNeed, isConsistentRow, rankedByBorich } from '../../src/gaps/borich';
import type { Count } from '../../src/gaps/count';
import { rankedByDiscrepancy, rankedDiscrepancy } from '../../src/gaps/ranked-discrepancy';
import { cellsOf, expectInvariance, level, numberOf, peopleOf, unweighted, weighted } from './figures';
import { abilityRatings } from './worked-pairs';

test.each([
  ['c1', 8, 4.625, 2.875, 14, 8.0938, 1.6893],
  ['c2', 8, 3.875, 3.5, 3, 1.4531, 0.7625],
  ['c3', 8, 4.75, 4.25, 4, 2.375, 0.9473],
  ['c4', 7, 2.8571, 3.4286, -4, -1.6327, 0.4943],
])(
  'the worked example of METHODS.md 1(c), %s',
  (competency, n, importance, ability, discrepancies, score, se) => {
    const figures = borichNeed(abilityRatings[competency]!, unweighted(n), 5);
    expect(figures.n).toBe(n);
    expect(figures.importance.estimate).toBeCloseTo(importance, 4);
    expect(figures.ability.estimate).toBeCloseTo(ability, 4);
    expect(figures.discrepancies).toBe(discrepancies);
    expect(figures.score.estimate).toBeCloseTo(score, 4);
    expect(figures.score.se).toBeCloseTo(se, 4);
  },
);

test('the worked example’s ranks', () => {
  const rows = Object.entries(abilityRatings).map(([competency, pairs]) => ({
    competency,
    borich: borichNeed(pairs, unweighted(pairs.length), 5),
  }));
  expect(rankedByBorich(rows).map(({ competency }) => competency)).toEqual(['c1', 'c3', 'c2', 'c4']);
});

test.each([
  ['c1', [8, 0, 0], -100, 0],
  ['c2', [3, 0, 5], -37.5, 17.1163],
  ['c3', [4, 0, 4], -50, 17.6777],
  ['c4', [0, 4, 3], 57.1429, 18.7044],
])('the worked example of METHODS.md 1(d), %s', (competency, [negative, positive, tied], score, se) => {
  const pairs = abilityRatings[competency]!;
  const figures = rankedDiscrepancy(pairs, unweighted(pairs.length));
  expect(figures.n).toBe(pairs.length);
  expect(figures.negative.estimate).toBeCloseTo((100 * negative!) / pairs.length, 9);
  expect(figures.positive.estimate).toBeCloseTo((100 * positive!) / pairs.length, 9);
  expect(figures.tied.estimate).toBeCloseTo((100 * tied!) / pairs.length, 9);
  expect(figures.score.estimate).toBeCloseTo(score, 4);
  expect(figures.score.se).toBeCloseTo(se, 4);
});

test('the worked example’s ranks by discrepancy', () => {
  const rows = Object.entries(abilityRatings).map(([competency, pairs]) => ({
    competency,
    discrepancy: rankedDiscrepancy(pairs, unweighted(pairs.length)),
  }));
  expect(rankedByDiscrepancy(rows).map(({ competency }) => competency)).toEqual(['c1', 'c3', 'c2', 'c4']);
});

test('everybody below: no interval of the score, but one of the share below', () => {
  const { score, negative } = rankedDiscrepancy(abilityRatings.c1!, unweighted(8));
  expect(score.interval).toBeNull();
  // Wilson, 8 of 8.
  expect(negative.interval![0]).toBeCloseTo(67.5592, 3);
  expect(negative.interval![1]).toBe(100);
});

test('nobody gives no figure', () => {
  expect(borichNeed([], unweighted(0), 5).score).toMatchObject({
    estimate: null,
    reason: 'no_valid_answers',
  });
  const { negative, score } = rankedDiscrepancy([], weighted(0));
  expect([negative, score]).toMatchObject([{ reason: 'no_valid_answers' }, { reason: 'no_valid_answers' }]);
});

test.each([
  [9.67, 8.81, 8.29, true],
  [9.76, 9.09, 6.56, true],
  [9.51, 8.85, 6.35, true],
  [9.88, 9.67, 2.07, true],
  [9.82, 9.38, 4.86, false],
])(
  'a printed row of METHODS.md 4: %d and %d cannot be told from %d',
  (importance, ability, score, expected) => {
    expect(isConsistentRow({ importance, ability, score }, 2)).toBe(expected);
  },
);

const pairsOf = cellsOf(fc.record({ importance: level(1, 5), ability: level(1, 5) }));
type Pair = { importance: number; ability: number } & Count;
const borich = (pairs: readonly Pair[]) => borichNeed(pairs, weighted(peopleOf(pairs)), 5);
const ranked = (pairs: readonly Pair[]) => rankedDiscrepancy(pairs, weighted(peopleOf(pairs)));

test('the score is the mean of everybody’s weighted discrepancy, within -m²/4 and m(m-1)', () => {
  fc.assert(
    fc.property(pairsOf, (pairs) => {
      const figures = borich(pairs);
      const weight = pairs.reduce((sum, pair) => sum + pair.weight, 0);
      const importance = numberOf(figures.importance);
      const mean =
        pairs.reduce((sum, pair) => sum + pair.weight * (pair.importance - pair.ability) * importance, 0) /
        weight;
      expect(numberOf(figures.score)).toBeCloseTo(mean, 9);
      expect(numberOf(figures.score)).toBeGreaterThanOrEqual(-6.25);
      expect(numberOf(figures.score)).toBeLessThanOrEqual(20);
    }),
  );
});

test('the ranked discrepancy is its shares’ difference, and they sum to 100', () => {
  fc.assert(
    fc.property(pairsOf, (pairs) => {
      const { negative, positive, tied, score } = ranked(pairs);
      expect(numberOf(score)).toBeCloseTo(numberOf(positive) - numberOf(negative), 9);
      expect(numberOf(positive) + numberOf(negative) + numberOf(tied)).toBeCloseTo(100, 9);
    }),
  );
});

test('order and unit of weight change neither', () => {
  fc.assert(
    fc.property(pairsOf, (pairs) => {
      expectInvariance(pairs, (some) => ({ ...borich(some), discrepancies: 0 }));
      expectInvariance(pairs, ranked);
    }),
    { numRuns: 30 },
  );
});
