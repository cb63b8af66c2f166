import fc from 'fast-check';
import {
  differenceOfMeans,
  differenceOfShares,
  markedFamily,
  outwards,
  type ShownFigure,
} from '../../src/comparisons/comparison';
import { compareMeans, compareProportions } from '../../src/gaps/comparison';
import { tQuantile } from '../../src/gaps/distributions';
import { wilsonInterval } from '../../src/gaps/interval';
import { displayed } from '../../src/platform/rounding';

/** A share of answers as a report shows it. */
function shownShare(part: number, whole: number): ShownFigure {
  const [low, high] = wilsonInterval(part / whole, whole)!;
  return {
    value: displayed((100 * part) / whole, 0),
    interval: [displayed(100 * low, 0), displayed(100 * high, 0)],
    n: 5 * Math.round(whole / 5),
  };
}

/** A mean as a report shows it, on a scale of 0 to 4. */
function shownMean(mean: number, se: number, n: number, sample: number): ShownFigure {
  const reach = tQuantile(0.975, sample - 1) * se;
  return {
    value: displayed(mean, 1),
    interval: [displayed(Math.max(0, mean - reach), 1), displayed(Math.min(4, mean + reach), 1)],
    n: 5 * Math.round(n / 5),
  };
}

test('56 of 70 against 48 of 80: the published interval of 5 to 33 points, and what rounding adds to it', () => {
  const exact = compareProportions({ share: 56 / 70, base: 70 }, { share: 48 / 80, base: 80 });
  expect(exact.interval!.map((end) => displayed(end, 2))).toEqual([5.24, 33.39]);

  const shown = differenceOfShares(shownShare(56, 70), shownShare(48, 80))!;
  expect(shown.difference).toBe(20);
  expect(outwards(shown.interval, 0)).toEqual([3, 36]);
  expect(shown.p).toBeGreaterThan(exact.p!);
  expect(markedFamily([shown])[0]!.isClear).toBe(true);
});

test('the same shares are no difference, and shares a point apart could be the same before rounding', () => {
  const [one, other] = [shownShare(30, 60), shownShare(30, 61)];
  expect(differenceOfShares(one, one)).toMatchObject({ difference: 0, p: 1 });
  expect(one.value - other.value).toBe(1);
  expect(differenceOfShares(one, other)!.p).toBe(1);
});

test('an interval that covers all there could be cannot be compared', () => {
  const vague: ShownFigure = { value: 50, interval: [0, 100], n: 10 };
  expect(differenceOfShares(vague, shownShare(30, 60))).toBeNull();
  const wide: ShownFigure = { value: 2, interval: [0, 4], n: 10 };
  expect(differenceOfMeans(wide, shownMean(2, 0.1, 30, 60), [0, 4])).toBeNull();
});

test('two means half a level apart, with what rounding adds', () => {
  const [one, other] = [shownMean(2.5, 0.1, 60, 200), shownMean(2.0, 0.1, 60, 200)];
  const exact = compareMeans(
    { figure: { estimate: 2.5, se: 0.1, interval: null }, n: 60 },
    { figure: { estimate: 2.0, se: 0.1, interval: null }, n: 60 },
    false,
  );
  const shown = differenceOfMeans(one, other, [0, 4])!;
  expect(shown.difference).toBe(0.5);
  expect(exact.interval!.map((end) => displayed(end, 2))).toEqual([0.22, 0.78]);
  expect(outwards(shown.interval, 1)).toEqual([0, 1]);
  expect(shown.p).toBeGreaterThan(exact.p!);
});

const share = fc
  .integer({ min: 11, max: 400 })
  .chain((whole) => fc.integer({ min: 1, max: whole - 1 }).map((part) => ({ part, whole })));
const mean = fc.record({
  mean: fc.double({ min: 0.2, max: 3.8, noNaN: true }),
  se: fc.double({ min: 0.02, max: 0.3, noNaN: true }),
  n: fc.integer({ min: 11, max: 400 }),
});

test('swapping the sides turns a difference of shares round', () => {
  fc.assert(
    fc.property(share, share, (one, other) => {
      const shown = [shownShare(one.part, one.whole), shownShare(other.part, other.whole)] as const;
      const [there, back] = [
        differenceOfShares(shown[0], shown[1])!,
        differenceOfShares(shown[1], shown[0])!,
      ];
      expect(back.difference).toBe(-there.difference + 0);
      expect(back.interval[0]).toBeCloseTo(-there.interval[1], 9);
      expect(back.interval[1]).toBeCloseTo(-there.interval[0], 9);
      expect(back.p).toBeCloseTo(there.p, 9);
    }),
  );
});

test('swapping the sides turns a difference of means round', () => {
  fc.assert(
    fc.property(mean, mean, (one, other) => {
      const shown = [one, other].map(({ mean, se, n }) => shownMean(mean, se, n, 500)) as [
        ShownFigure,
        ShownFigure,
      ];
      const there = differenceOfMeans(shown[0], shown[1], [0, 4])!;
      const back = differenceOfMeans(shown[1], shown[0], [0, 4])!;
      expect(back.difference).toBeCloseTo(-there.difference, 9);
      expect(back.interval[0]).toBeCloseTo(-there.interval[1], 9);
      expect(back.p).toBeCloseTo(there.p, 9);
    }),
  );
});

test('a difference of shares is never surer than the exact shares make it', () => {
  fc.assert(
    fc.property(share, share, (one, other) => {
      const exact = compareProportions(
        { share: one.part / one.whole, base: one.whole },
        { share: other.part / other.whole, base: other.whole },
      );
      const shown = differenceOfShares(shownShare(one.part, one.whole), shownShare(other.part, other.whole))!;
      expect(shown.interval[0]).toBeLessThanOrEqual(exact.interval![0] + 1e-9);
      expect(shown.interval[1]).toBeGreaterThanOrEqual(exact.interval![1] - 1e-9);
      expect(shown.p).toBeGreaterThanOrEqual(exact.p! - 1e-9);
    }),
    { numRuns: 500 },
  );
});

test('a difference of means is never surer than the exact means make it, with weights and without', () => {
  fc.assert(
    fc.property(mean, mean, fc.boolean(), (one, other, weighted) => {
      const sides = [one, other].map(({ mean, se, n }) => ({
        exact: { figure: { estimate: mean, se, interval: null }, n },
        shown: shownMean(mean, se, n, 1000),
      }));
      const exact = compareMeans(sides[0]!.exact, sides[1]!.exact, weighted);
      const shown = differenceOfMeans(sides[0]!.shown, sides[1]!.shown, [0, 4])!;
      expect(shown.interval[0]).toBeLessThanOrEqual(exact.interval![0] + 1e-9);
      expect(shown.interval[1]).toBeGreaterThanOrEqual(exact.interval![1] - 1e-9);
      expect(shown.p).toBeGreaterThanOrEqual(exact.p! - 1e-9);
    }),
    { numRuns: 500 },
  );
});

test('groups that answered alike get no mark, however many competencies there are', () => {
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 40 }), (shares) => {
      const family = shares.map(({ part, whole }) => {
        const shown = shownShare(part, whole);
        return differenceOfShares(shown, shown);
      });
      expect(markedFamily(family).every((one) => one!.isClear)).toBe(false);
      expect(markedFamily(family).some((one) => one!.isClear)).toBe(false);
    }),
  );
});

test('a p that is clear alone may not be among many, and what could not be compared counts for nothing', () => {
  const of = (p: number) => ({ difference: 10, interval: [1, 19] as [number, number], p });
  expect(markedFamily([of(0.04)])[0]!.isClear).toBe(true);
  expect(markedFamily([of(0.04), null, null])[0]!.isClear).toBe(true);
  expect(markedFamily([of(0.04), of(0.5), of(0.6)]).map((one) => one!.isClear)).toEqual([
    false,
    false,
    false,
  ]);
  expect(markedFamily([of(0.001), null, of(0.008), of(0.039), of(0.3)]).map((one) => one?.isClear)).toEqual([
    true,
    undefined,
    true,
    false,
    false,
  ]);
});

test('intervals are rounded outwards', () => {
  expect(outwards([5.24, 33.39], 0)).toEqual([5, 34]);
  expect(outwards([-0.31, -0.04], 1)).toEqual([-0.4, 0]);
  expect(outwards([0.3, 0.7], 1)).toEqual([0.3, 0.7]);
  expect(outwards([-0.2, 3], 0)).toEqual([-1, 3]);
});
