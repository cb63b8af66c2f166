import fc from 'fast-check';
import { type Count, designEffect, effectiveSize, largestShare } from '../../src/gaps/count';
import { clusteredError, meanFigure, percentFigure, proportionOf } from '../../src/gaps/estimate';
import { wilsonInterval } from '../../src/gaps/interval';
import { cellsOf, each, expectInvariance, level, numberOf, peopleOf, unweighted, weighted } from './figures';

/** METHODS.md 2.4 and 2.6: a weighted yes or no of seven people. */
const weights = [1, 1, 0.8, 1.2, 1.5, 1.5, 0.5];
const seven = each(
  [1, 0, 1, 0, 1, 0, 1].map((yes) => ({ yes })),
  weights,
);
const yes = seven.filter((person) => person.yes === 1);

test('the worked example of METHODS.md 2.4', () => {
  expect(effectiveSize(seven)).toBeCloseTo(6.3703, 4);
  expect(designEffect(seven)).toBeCloseTo(1.0988, 4);
});

test('the design effect is 1 and the squared variation of the weights', () => {
  const mean = weights.reduce((sum, weight) => sum + weight) / 7;
  const variance = weights.reduce((sum, weight) => sum + (weight - mean) ** 2, 0) / 7;
  expect(designEffect(seven)).toBeCloseTo(1 + variance / mean ** 2, 12);
});

test('the worked example of METHODS.md 2.5 and 2.6, weighted', () => {
  const { share, se, base } = proportionOf(yes, seven, weighted(7))!;
  expect(share).toBeCloseTo(0.5067, 4);
  expect(se).toBeCloseTo(0.2142, 4);
  expect(base).toBeCloseTo(5.4493, 4);
  const figure = percentFigure(yes, seven, weighted(7));
  expect(figure.estimate).toBeCloseTo(50.6667, 4);
  expect(figure.se! / 100).toBeCloseTo(0.2142, 4);
  expect(figure.interval![0] / 100).toBeCloseTo(0.1824, 4);
  expect(figure.interval![1] / 100).toBeCloseTo(0.8254, 4);
});

test('a share is the mean of yes and no, with the same standard error', () => {
  const mean = meanFigure(seven, (person) => person.yes, weighted(7), [0, 1]);
  const proportion = proportionOf(yes, seven, weighted(7))!;
  expect(mean.estimate).toBeCloseTo(proportion.share, 12);
  expect(mean.se).toBeCloseTo(proportion.se!, 12);
});

test('unweighted, the whole sample has the usual standard error and t interval', () => {
  const ratings = each([{ rating: 2 }, { rating: 4 }, { rating: 4 }, { rating: 4 }, { rating: 5 }]);
  const figure = meanFigure(ratings, ({ rating }) => rating, unweighted(5), [1, 5]);
  // Standard deviation √1.2; t with 4 degrees of freedom is 2.7764.
  expect(figure.estimate).toBeCloseTo(3.8, 12);
  expect(figure.se).toBeCloseTo(Math.sqrt(1.2 / 5), 12);
  expect(figure.interval![0]).toBeCloseTo(3.8 - 2.7764451 * Math.sqrt(0.24), 6);
  expect(figure.interval![1]).toBe(5);
});

test('a group of the sample uses the whole sample’s number', () => {
  const group = each([{ rating: 1 }, { rating: 3 }]);
  expect(meanFigure(group, ({ rating }) => rating, unweighted(2), [0, 4]).se).toBeCloseTo(1, 12);
  // √(11/10 · (1 + 1) / 4)
  expect(meanFigure(group, ({ rating }) => rating, unweighted(11), [0, 4]).se).toBeCloseTo(
    Math.sqrt(0.55),
    12,
  );
  expect(() => meanFigure(group, ({ rating }) => rating, unweighted(1), [0, 4])).toThrow(RangeError);
});

test('nobody gives no figure, and one person no uncertainty', () => {
  const none = { estimate: null, se: null, interval: null, reason: 'no_valid_answers' };
  expect(meanFigure([], () => 1, unweighted(0), [0, 4])).toEqual(none);
  expect(percentFigure([], [{ n: 0, weight: 0 }], unweighted(0))).toEqual(none);
  expect(meanFigure([{ n: 1, weight: 2 }], () => 3, weighted(9), [0, 4])).toEqual({
    estimate: 3,
    se: null,
    interval: null,
  });
});

test('counts and weights that cannot be are refused', () => {
  expect(() => effectiveSize([{ n: 1.5, weight: 1 }])).toThrow(RangeError);
  expect(() => effectiveSize([{ n: 2, weight: 0 }])).toThrow(RangeError);
  expect(() => effectiveSize([{ n: 2, weight: Number.NaN }])).toThrow(RangeError);
});

test('all or nobody: the ends are exact, and the base is the effective number', () => {
  const all = proportionOf(seven, [...seven].reverse(), weighted(7))!;
  expect(all.share).toBe(1);
  expect(all.se).toBe(0);
  expect(all.base).toBeCloseTo(6.3703, 4);
  expect(percentFigure([], seven, weighted(7)).interval![0]).toBe(0);
});

test('a finite population: everybody of it answered, and nothing is left uncertain', () => {
  const some = percentFigure(yes, seven, { ...unweighted(7), population: 20 });
  const infinite = percentFigure(yes, seven, unweighted(7));
  expect(some.se).toBeCloseTo(infinite.se! * Math.sqrt(1 - 7 / 20), 12);
  const census = meanFigure(seven, (person) => person.yes, { ...weighted(7), population: 7 }, [0, 1]);
  expect(census.se).toBe(0);
  expect(census.interval).toEqual([census.estimate, census.estimate]);
  expect(percentFigure(yes, seven, { ...unweighted(7), population: 7 }).interval![1]).toBeCloseTo(
    numberOf(percentFigure(yes, seven, unweighted(7))),
    12,
  );
});

test('clusters of one person each are people, and a cluster that agrees counts as one', () => {
  const people = seven.map((person, index) => ({ ...person, cluster: String(index) }));
  const se = proportionOf(yes, seven, weighted(7))!.se!;
  expect(clusteredError(people, (person) => person.yes, 7)).toBeCloseTo(se, 12);
  const pairs = ['a', 'a', 'b', 'b'].map((cluster, index) => ({
    cluster,
    y: index < 2 ? 0 : 1,
    n: 1,
    weight: 1,
  }));
  // √(2/1 · (1 + 1) / 16)
  expect(clusteredError(pairs, ({ y }) => y, 2)).toBeCloseTo(0.5, 12);
  expect(clusteredError(pairs, ({ y }) => y, 1)).toBeNull();
});

const rated = cellsOf(fc.record({ rating: level(0, 4) }));
const mean = (cells: readonly ({ rating: number } & Count)[]) =>
  meanFigure(cells, ({ rating }) => rating, weighted(peopleOf(cells)), [0, 4]);

test('the order of people, doubled weights and how people are counted together change nothing', () => {
  fc.assert(
    fc.property(rated, (cells) => {
      expectInvariance(cells, mean);
      expectInvariance(cells, (some) =>
        percentFigure(
          some.filter(({ rating }) => rating >= 2),
          some,
          weighted(peopleOf(some)),
        ),
      );
      expectInvariance(cells, (some) => [effectiveSize(some), designEffect(some), largestShare(some)]);
    }),
    { numRuns: 50 },
  );
});

test('two groups merged have the weighted mean of their means', () => {
  fc.assert(
    fc.property(rated, rated, (one, other) => {
      const weight = (cells: readonly Count[]) => cells.reduce((sum, cell) => sum + cell.weight, 0);
      const [a, b] = [weight(one), weight(other)];
      const expected = (a * numberOf(mean(one)) + b * numberOf(mean(other))) / (a + b);
      expect(numberOf(mean([...one, ...other]))).toBeCloseTo(expected, 9);
    }),
  );
});

test('a thousand times the people give the same mean and less uncertainty, for the same work', () => {
  fc.assert(
    fc.property(rated, (cells) => {
      const many = cells.map((cell) => ({ ...cell, n: 1000 * cell.n, weight: 1000 * cell.weight }));
      const [few, lots] = [mean(cells), mean(many)];
      expect(numberOf(lots)).toBeCloseTo(numberOf(few), 12);
      if (few.se) expect(lots.se!).toBeLessThan(few.se / 20);
    }),
  );
});

test('every interval holds its figure, and stays within the range', () => {
  fc.assert(
    fc.property(rated, (cells) => {
      const part = cells.filter(({ rating }) => rating === 4);
      const sample = weighted(peopleOf(cells));
      for (const [figure, highest] of [
        [mean(cells), 4],
        [percentFigure(part, cells, sample), 100],
      ] as const) {
        const [low, high] = figure.interval ?? [0, highest];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(highest);
        expect(numberOf(figure)).toBeGreaterThanOrEqual(low - 1e-9);
        expect(numberOf(figure)).toBeLessThanOrEqual(high + 1e-9);
      }
    }),
  );
});

test('with equal weights the weighted interval differs from the plain one by n/(n-1) at most', () => {
  const people = each(Array.from({ length: 12 }, () => ({})));
  const { base } = proportionOf(people.slice(0, 7), people, weighted(12))!;
  expect(base).toBeCloseTo(11, 9);
  expect(proportionOf(people.slice(0, 7), people, unweighted(12))!.base).toBe(12);
  expect(percentFigure(people.slice(0, 7), people, unweighted(12)).interval).toEqual(
    wilsonInterval(7 / 12, 12)!.map((end) => 100 * end),
  );
});
