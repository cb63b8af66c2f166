import fc from 'fast-check';
import {
  adjustForMany,
  areComparable,
  compareMeans,
  compareProportions,
  compareWaves,
  linkedChange,
} from '../../src/gaps/comparison';
import type { Count } from '../../src/gaps/count';
import { meanFigure, proportionOf } from '../../src/gaps/estimate';
import { missing } from '../../src/gaps/figure';
import { cellsOf, each, expectInvariance, level, peopleOf, unweighted, weighted } from './figures';

const share = (some: number, all: number) =>
  proportionOf([{ n: some, weight: some }], [{ n: all, weight: all }], unweighted(all));

test('the worked example of METHODS.md 2.8: 56 of 70 against 48 of 80', () => {
  const { difference, interval } = compareProportions(share(56, 70), share(48, 80));
  expect(difference! / 100).toBeCloseTo(0.2, 4);
  expect(interval![0] / 100).toBeCloseTo(0.0524, 4);
  expect(interval![1] / 100).toBeCloseTo(0.3339, 4);
});

test('the p of a difference of shares is below 0.05 exactly where the interval leaves out 0', () => {
  fc.assert(
    fc.property(level(1, 60), level(1, 60), fc.nat(60), fc.nat(60), (n, m, x, y) => {
      const { interval, p, difference } = compareProportions(
        share(Math.min(x, n), n),
        share(Math.min(y, m), m),
      );
      const leavesOutZero = interval![0] > 1e-7 || interval![1] < -1e-7;
      const holdsZero = interval![0] < -1e-7 && interval![1] > 1e-7;
      if (leavesOutZero) expect(p).toBeLessThan(0.05);
      if (holdsZero) expect(p).toBeGreaterThan(0.05);
      if (difference === 0) expect(p).toBe(1);
    }),
  );
});

test('all against nobody, and everybody of a population: still numbers', () => {
  const sure = compareProportions(share(30, 30), share(0, 30));
  expect(sure.difference).toBe(100);
  expect(sure.p).toBeGreaterThan(0);
  expect(sure.p).toBeLessThan(1e-9);
  const census = proportionOf([{ n: 3, weight: 3 }], [{ n: 9, weight: 9 }], {
    ...unweighted(9),
    population: 9,
  });
  const other = proportionOf([{ n: 4, weight: 4 }], [{ n: 9, weight: 9 }], {
    ...unweighted(9),
    population: 9,
  });
  expect(compareProportions(census, other).p).toBe(0);
  expect(compareProportions(null, other)).toMatchObject({ difference: null, reason: 'no_valid_answers' });
});

const ratings = (levels: number[]) => each(levels.map((rating) => ({ rating })));
const meanOf = (levels: number[]) => ({
  figure: meanFigure(ratings(levels), ({ rating }) => rating, unweighted(levels.length), [0, 4]),
  n: levels.length,
});
const [spring, autumn] = [
  [3, 4, 3, 2, 4, 4],
  [2, 3, 2, 1],
];

/** From scipy.stats.ttest_ind(equal_var=False) 1.17.1, and the same standard error with 8 degrees of freedom. */
const expectedWelch = { p: 0.041316891, low: 0.070714155, high: 2.595952512 };
const expectedPooledDf = { p: 0.035265203, low: 0.11796244 };

test('unweighted, Welch’s t', () => {
  const { difference, interval, p } = compareMeans(meanOf(spring!), meanOf(autumn!), false);
  expect(difference).toBeCloseTo(1.3333, 4);
  expect(p).toBeCloseTo(expectedWelch.p, 6);
  expect(interval![0]).toBeCloseTo(expectedWelch.low, 6);
  expect(interval![1]).toBeCloseTo(expectedWelch.high, 6);
});

test('weighted, n - 2 degrees of freedom', () => {
  const { p, interval } = compareMeans(meanOf(spring!), meanOf(autumn!), true);
  expect(p).toBeCloseTo(expectedPooledDf.p, 6);
  expect(interval![0]).toBeCloseTo(expectedPooledDf.low, 6);
});

test('without a mean no difference, with one person no interval, with nobody unlike another no p', () => {
  const nobody = { figure: missing('no_valid_answers'), n: 0 };
  expect(compareMeans(nobody, meanOf(spring!), true)).toMatchObject({
    difference: null,
    reason: 'no_valid_answers',
  });
  expect(compareMeans(meanOf([3]), meanOf(spring!), false)).toMatchObject({ interval: null, p: null });
  expect(compareMeans(meanOf([3, 3]), meanOf([2, 2]), false)).toEqual({
    difference: 1,
    interval: [1, 1],
    p: null,
  });
});

test('groups in which everybody says the same have no p, whatever their weights', () => {
  const same = (rating: number) => {
    const counts = [0.1, 0.2, 0.7, 1.3].map((weight) => ({ rating, n: 1, weight }));
    return { figure: meanFigure(counts, (count) => count.rating, weighted(4), [0, 4]), n: 4 };
  };
  expect(compareMeans(same(3), same(1), true).p).toBeNull();
  const both = [0.1, 0.2, 0.7].map((weight) => ({ before: 1, after: 4, n: 1, weight }));
  expect(linkedChange(both, weighted(3), 4).p).toBeNull();
});

test('waves compare only where competency, scale and requirement are the same', () => {
  const item = { competency: 'A1', scaleVersion: 's1', requirementVersion: 'm1' };
  const compare = () => compareMeans(meanOf(spring!), meanOf(autumn!), false);
  expect(areComparable(item, { ...item })).toBe(true);
  for (const other of [{ competency: 'A2' }, { scaleVersion: 's2' }, { requirementVersion: 'm2' }]) {
    expect(compareWaves(item, { ...item, ...other }, compare)).toMatchObject({
      difference: null,
      reason: 'not_comparable',
    });
  }
  expect(compareWaves(item, { ...item }, compare)).toEqual(compare());
});

test('linked answers: the change of the people who are in both', () => {
  const people = each([
    { before: 1, after: 2 },
    { before: 2, after: 2 },
    { before: 1, after: 3 },
    { before: 3, after: 4 },
  ]);
  const change = linkedChange(people, unweighted(4), 4);
  // Changes 1, 0, 2, 1: mean 1, sd √(2/3), t = 1/(√(2/3)/2) = 2.4495 with 3 df.
  expect(change).toMatchObject({ n: 4, difference: 1 });
  expect(change.p).toBeCloseTo(0.0917, 4);
  expect(linkedChange([], unweighted(0), 4)).toMatchObject({
    n: 0,
    difference: null,
    reason: 'no_valid_answers',
  });
});

const linked = cellsOf(fc.record({ before: level(0, 4), after: level(0, 4) }));

test('a change is the difference of the means of the same people; order and unit of weight change nothing', () => {
  fc.assert(
    fc.property(linked, (cells) => {
      const sample = weighted(peopleOf(cells));
      const mean = (of: (cell: (typeof cells)[number]) => number) =>
        meanFigure<(typeof cells)[number]>(cells, of, sample, [0, 4]).estimate!;
      expect(linkedChange(cells, sample, 4).difference).toBeCloseTo(
        mean(({ after }) => after) - mean(({ before }) => before),
        9,
      );
      expectInvariance(cells, (some: readonly ({ before: number; after: number } & Count)[]) => {
        const { difference, interval } = linkedChange(some, weighted(peopleOf(some)), 4);
        return [difference, interval];
      });
    }),
    { numRuns: 30 },
  );
});

test('the worked example of METHODS.md 2.8: Benjamini and Hochberg', () => {
  const family = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];
  const expected = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.1057, 0.216, 0.216, 0.216];
  const adjusted = adjustForMany(family);
  for (const [index, q] of expected.entries()) expect(adjusted[index]!.q).toBeCloseTo(q, 4);
  expect(adjusted.map(({ isClear }) => isClear)).toEqual([true, true, ...new Array(8).fill(false)]);
});

test('what has no p or may not be published is not of the family', () => {
  expect(adjustForMany([0.04, null, 0.03])).toEqual([
    { q: 0.04, isClear: true },
    { q: null, isClear: false },
    { q: 0.04, isClear: true },
  ]);
  expect(adjustForMany([])).toEqual([]);
});

test('adjusting never makes a p smaller, keeps the order, and does not hang on where a p stands', () => {
  const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(ps, (family) => {
      const qs = adjustForMany(family).map(({ q }) => q!);
      for (const [index, p] of family.entries()) {
        expect(qs[index]).toBeGreaterThanOrEqual(p);
        expect(qs[index]).toBeLessThanOrEqual(1);
        for (const [other, r] of family.entries())
          if (p < r) expect(qs[index]).toBeLessThanOrEqual(qs[other]!);
      }
      const reversed = adjustForMany([...family].reverse()).map(({ q }) => q!);
      for (const [index, q] of reversed.reverse().entries()) expect(q).toBeCloseTo(qs[index]!, 12);
    }),
  );
});
