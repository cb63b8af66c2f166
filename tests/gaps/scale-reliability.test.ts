import fc from 'fast-check';
import { fQuantile } from '../../src/gaps/distributions';
import {
  addedSums,
  reverseScored,
  type ScalePattern,
  type ScaleReliability,
  scaleReliability,
  scaleSumsOf,
} from '../../src/gaps/scale-reliability';
import { expectSameFigures, level } from './figures';

/** METHODS.md 1(k): ten people, four items. */
const people = [
  [4, 4, 3, 4],
  [2, 3, 2, 2],
  [4, 4, 5, 5],
  [3, 3, 3, 4],
  [2, 2, 2, 1],
  [4, 5, 4, 3],
  [3, 2, 3, 3],
  [5, 4, 4, 5],
  [1, 2, 3, 2],
  [4, 3, 5, 3],
];
const patterns = people.map((values) => ({ values, n: 1 }));
const worked = scaleSumsOf(patterns, 4);

function reliabilityOf(...args: Parameters<typeof scaleReliability>): ScaleReliability {
  const result = scaleReliability(...args);
  if (!result.reliable) throw new Error(result.reason);
  return result;
}

function expectClose(actual: readonly (number | null)[], expected: readonly number[]) {
  expect(actual).toHaveLength(expected.length);
  for (const [index, number] of expected.entries()) expect(actual[index]).toBeCloseTo(number, 4);
}

test('alpha of the worked example of METHODS.md 1(k)', () => {
  const { n, alpha, standardisedAlpha, meanCorrelation, totalVariance, items } = reliabilityOf(worked, 2);
  expect(n).toBe(10);
  expectClose(
    items.map(({ variance }) => variance),
    [1.5111, 1.0667, 1.1556, 1.7333],
  );
  expect(totalVariance).toBeCloseTo(16.4444, 4);
  expect(alpha).toBeCloseTo(0.8901, 4);
  expect(standardisedAlpha).toBeCloseTo(0.8906, 4);
  expect(meanCorrelation).toBeCloseTo(0.6706, 4);
  expectClose(
    items.map(({ alphaIfDeleted }) => alphaIfDeleted),
    [0.8119, 0.8787, 0.8835, 0.8505],
  );
});

test('omega of the worked example of METHODS.md 1(k)', () => {
  const { omega } = reliabilityOf(worked, 2);
  if (omega.omega === null) throw new Error(omega.reason);
  expectClose(omega.loadings, [1.1258, 0.7568, 0.733, 1.0338]);
  expectClose(omega.uniquenesses, [0.0926, 0.3873, 0.5027, 0.4912]);
  expect(omega.omega).toBeCloseTo(0.9004, 4);
});

test('Feldt’s interval of the worked example', () => {
  const { alpha, interval } = reliabilityOf(worked, 2);
  expect(interval[0]).toBeCloseTo(1 - (1 - alpha) * 2.630855588, 8);
  expect(interval[1]).toBeCloseTo(1 - (1 - alpha) * fQuantile(0.025, 9, 27), 12);
});

test('an item’s correlation with the sum of the others', () => {
  const others = people.map(([, ...rest]) => rest.reduce((sum, value) => sum + value, 0));
  const first = people.map(([value]) => value!);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const product = (a: number[], b: number[]) =>
    a.reduce((sum, value, index) => sum + (value - mean(a)) * (b[index]! - mean(b)), 0);
  const expected = product(first, others) / Math.sqrt(product(first, first) * product(others, others));
  expect(reliabilityOf(worked, 2).items[0]!.itemTotal).toBeCloseTo(expected, 12);
});

const tenfold = scaleSumsOf(
  patterns.map((pattern) => ({ ...pattern, n: 10 })),
  4,
);

test.each([
  ['nobody', scaleSumsOf([], 3), { reason: 'no_valid_answers', items: [] }],
  ['one item', scaleSumsOf([{ values: [3], n: 50 }], 1), { reason: 'fewer_than_2_items' }],
  [
    '29 people',
    scaleSumsOf(
      [
        { values: [1, 2], n: 20 },
        { values: [2, 1], n: 9 },
      ],
      2,
    ),
    { reason: 'too_few_complete_answers', n: 29 },
  ],
  [
    'an item that everybody answers alike',
    scaleSumsOf(
      [
        { values: [1, 4, 2], n: 20 },
        { values: [3, 4, 1], n: 20 },
      ],
      3,
    ),
    { reason: 'constant_item', items: [1] },
  ],
  [
    'items that make up for each other',
    scaleSumsOf(
      [
        { values: [1, 5], n: 20 },
        { values: [5, 1], n: 20 },
        { values: [2, 4], n: 9 },
      ],
      2,
    ),
    { reason: 'zero_total_variance' },
  ],
])('%s: no reliability, and why', (_what, sums, expected) => {
  expect(scaleReliability(sums)).toMatchObject({ reliable: false, ...expected });
});

test('items that make up for each other once they vary alike: an alpha, but none standardised', () => {
  const sums = scaleSumsOf(
    [
      { values: [1, 5], n: 20 },
      { values: [2, 3], n: 20 },
      { values: [3, 1], n: 9 },
    ],
    2,
  );
  expect(reliabilityOf(sums).alpha).toBeLessThan(0);
  expect(reliabilityOf(sums).standardisedAlpha).toBeNull();
});

test('two items have alpha, but no omega', () => {
  const sums = scaleSumsOf(
    [
      { values: [1, 2], n: 20 },
      { values: [4, 3], n: 20 },
      { values: [2, 4], n: 9 },
    ],
    2,
  );
  const { alpha, omega, items } = reliabilityOf(sums);
  expect(alpha).toBeGreaterThan(0);
  expect(omega).toEqual({ omega: null, reason: 'fewer_than_3_items', items: [] });
  expect(items.map(({ alphaIfDeleted }) => alphaIfDeleted)).toEqual([null, null]);
});

test('an item that is nothing but the factor is a Heywood case', () => {
  // The first item is the sum of the others, so that no uniqueness is left to it.
  const sums = scaleSumsOf(
    [
      { values: [2, 1, 1], n: 10 },
      { values: [3, 1, 2], n: 9 },
      { values: [3, 2, 1], n: 9 },
      { values: [4, 2, 2], n: 10 },
    ],
    3,
  );
  expect(reliabilityOf(sums).omega).toMatchObject({ omega: null, reason: 'heywood_case', items: [0] });
});

test('items that run against each other: a negative alpha is shown, with what to check', () => {
  const { alpha, warnings } = reliabilityOf(reverseScored(tenfold, 0, 1, 5));
  const two = scaleSumsOf(
    [
      { values: [1, 5], n: 20 },
      { values: [5, 1], n: 20 },
      { values: [2, 3], n: 9 },
    ],
    2,
  );
  expect(alpha).toBeLessThan(0.7);
  expect(warnings).toContain('do_not_average');
  expect(reliabilityOf(two).alpha).toBeLessThan(0);
  expect(reliabilityOf(two).warnings).toEqual(['do_not_average', 'check_reverse_scoring']);
});

test('items that say nearly the same may be redundant', () => {
  const same = [1, 2, 3, 4, 5].map((value) => ({ values: [value, value, value], n: 10 }));
  const { warnings } = reliabilityOf(scaleSumsOf([...same, { values: [1, 1, 2], n: 1 }], 3));
  expect(warnings).toEqual(['items_may_be_redundant']);
  expect(reliabilityOf(tenfold).warnings).toEqual([]);
});

test('ten times the people: the same alpha but for the divisor, the same omega, a narrower interval', () => {
  const [few, many] = [reliabilityOf(worked, 2), reliabilityOf(tenfold)];
  expect(many.alpha).toBeCloseTo(few.alpha, 12);
  expect(many.omega.omega).toBeCloseTo(few.omega.omega!, 9);
  expect(many.interval[1] - many.interval[0]).toBeLessThan(few.interval[1] - few.interval[0]);
});

const scales = fc.array(
  fc.record({ values: fc.tuple(level(1, 5), level(1, 5), level(1, 5), level(1, 5)), n: level(1, 30) }),
  { minLength: 3, maxLength: 30 },
);

/** Alpha and its parts, as numbers; omega apart, for its last digits hang on where the search stops. */
function alphaIn(result: ReturnType<typeof scaleReliability>) {
  return result.reliable ? { ...result, omega: 0 } : { n: result.n };
}

test('the order of people and how they are put together change nothing', () => {
  fc.assert(
    fc.property(scales, fc.nat(30), (cells: ScalePattern[], cut) => {
      const whole = scaleReliability(scaleSumsOf(cells, 4), 2);
      const parts = addedSums(scaleSumsOf(cells.slice(cut), 4), scaleSumsOf(cells.slice(0, cut), 4));
      const apart = cells.flatMap(({ values, n }) => Array.from({ length: n }, () => ({ values, n: 1 })));
      expect(scaleReliability(parts, 2)).toEqual(whole);
      expect(scaleReliability(scaleSumsOf(apart, 4), 2)).toEqual(whole);
    }),
    { numRuns: 50 },
  );
});

test('scoring an item the other way round twice, or all items once, changes nothing', () => {
  fc.assert(
    fc.property(scales, (cells) => {
      const sums = scaleSumsOf(cells, 4);
      const turn = (scale: typeof sums, item: number) => reverseScored(scale, item, 1, 5);
      expect(turn(turn(sums, 2), 2)).toEqual(sums);
      const flipped = cells.map(({ values: [a, b, c, d], n }) => ({ values: [a, b, 6 - c, d], n }));
      expect(turn(sums, 2)).toEqual(scaleSumsOf(flipped, 4));
      expectSameFigures(
        alphaIn(scaleReliability([0, 1, 2, 3].reduce(turn, sums), 2)),
        alphaIn(scaleReliability(sums, 2)),
      );
    }),
    { numRuns: 50 },
  );
});

test('alpha is at most 1 and inside its interval, omega 0 to 1 with uniquenesses above 0, whatever people answer', () => {
  fc.assert(
    fc.property(scales, (cells) => {
      const result = scaleReliability(scaleSumsOf(cells, 4), 2);
      if (!result.reliable) return;
      expect(result.alpha).toBeLessThanOrEqual(1 + 1e-12);
      expect(result.interval[1]).toBeGreaterThanOrEqual(result.interval[0]);
      const { omega } = result;
      if (omega.omega === null) return expect(omega.reason).toMatch(/heywood_case|not_converged/);
      expect(omega.omega).toBeGreaterThanOrEqual(0);
      expect(omega.omega).toBeLessThanOrEqual(1);
      expect(Math.min(...omega.uniquenesses)).toBeGreaterThan(0);
    }),
    { numRuns: 50 },
  );
});
