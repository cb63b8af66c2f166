import {
  finiteBase,
  finiteFactor,
  plannedSize,
  weightedBase,
  wilsonInterval,
  z95,
} from '../../src/gaps/interval';
import { displayed } from '../../src/platform/rounding';

test.each([
  [7, 12, 0.3195, 0.8067],
  [0, 12, 0, 0.2425],
  [30, 60, 0.3774, 0.6226],
])('%i of %i: the worked examples of METHODS.md 2.6', (some, all, low, high) => {
  const [lower, upper] = wilsonInterval(some / all, all)!;
  expect(lower).toBeCloseTo(low, 4);
  expect(upper).toBeCloseTo(high, 4);
});

test('the ends are exact', () => {
  expect(wilsonInterval(0, 12)![0]).toBe(0);
  expect(wilsonInterval(1, 12)![1]).toBe(1);
  expect(wilsonInterval(0.5, 0)).toBeNull();
});

test('a larger point of the normal distribution gives a wider interval', () => {
  const [lower, upper] = wilsonInterval(0.4, 50)!;
  const [outerLower, outerUpper] = wilsonInterval(0.4, 50, 2 * z95)!;
  expect(outerLower).toBeLessThan(lower);
  expect(outerUpper).toBeGreaterThan(upper);
});

test('30 of 60 out of 150: the worked example of METHODS.md 2.6', () => {
  expect(finiteFactor(60, 150)).toBeCloseTo(0.7746, 4);
  expect(finiteBase(60, 60, 150)).toBeCloseTo(99.3333, 4);
  const [lower, upper] = wilsonInterval(0.5, finiteBase(60, 60, 150))!;
  expect(lower).toBeCloseTo(0.4035, 4);
  expect(upper).toBeCloseTo(0.5965, 4);
});

test('everybody answered: the interval is the point, and more than everybody is refused', () => {
  expect(wilsonInterval(0.25, finiteBase(60, 60, 60))).toEqual([0.25, 0.25]);
  expect(finiteFactor(60, 60)).toBe(0);
  expect(() => finiteFactor(61, 60)).toThrow(RangeError);
  expect(() => finiteBase(61, 61, 60)).toThrow(RangeError);
});

test('a weighted share has the base of its standard error, but never more than the people asked', () => {
  expect(weightedBase(0.5, 0.1, 40, 30)).toBeCloseTo(25, 9);
  expect(weightedBase(0.5, 0.05, 40, 30)).toBe(40);
  expect(weightedBase(0, 0, 40, 30)).toBe(30);
  expect(weightedBase(1, 0, 40, 30)).toBe(30);
});

test.each([
  [0.1, 150, 59],
  [0.1, Number.POSITIVE_INFINITY, 97],
  [0.05, Number.POSITIVE_INFINITY, 385],
])('±%d in a population of %d takes %i answers', (margin, population, expected) => {
  expect(plannedSize(margin, population)).toBe(expected);
});

test.each([
  [2.25, 1, 2.3],
  [-2.25, 1, -2.3],
  [0.285, 2, 0.29],
  [57.5, 0, 58],
  [0, 1, 0],
])('%d to %i decimals is shown as %d', (value, digits, expected) => {
  expect(displayed(value, digits)).toBe(expected);
});
