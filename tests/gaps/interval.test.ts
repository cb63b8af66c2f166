import { wilsonInterval } from '../../src/gaps/interval';
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

test.each([
  [2.25, 1, 2.3],
  [-2.25, 1, -2.3],
  [0.285, 2, 0.29],
  [57.5, 0, 58],
  [0, 1, 0],
])('%d to %i decimals is shown as %d', (value, digits, expected) => {
  expect(displayed(value, digits)).toBe(expected);
});
