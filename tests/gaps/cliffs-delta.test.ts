import fc from 'fast-check';
import { cliffsDelta } from '../../src/gaps/cliffs-delta';

test('the worked example of METHODS.md 1(h)', () => {
  expect(cliffsDelta([3, 4, 3, 2, 4], [2, 3, 2, 1, 3])).toBeCloseTo(0.6, 4);
});

test.each([
  [[2, 2], [1, 0], 1],
  [[0], [1, 2, 3], -1],
  [[2, 2], [2], 0],
  [[], [1], null],
  [[1], [], null],
])('%j against %j: %j', (first, second, expected) => {
  expect(cliffsDelta(first, second)).toBe(expected);
});

const ratings = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 30 });

test('it is what counting every pair gives', () => {
  fc.assert(
    fc.property(ratings, ratings, (first, second) => {
      const pairs = first.flatMap((x) => second.map((y) => Math.sign(x - y)));
      const mean = pairs.reduce((sum, sign) => sum + sign, 0) / pairs.length;
      expect(cliffsDelta(first, second)).toBeCloseTo(mean, 12);
    }),
  );
});

test('the other way round its sign turns, and with oneself it is 0', () => {
  fc.assert(
    fc.property(ratings, ratings, (first, second) => {
      expect(cliffsDelta(second, first)! + cliffsDelta(first, second)!).toBe(0);
      expect(cliffsDelta(first, first)).toBe(0);
    }),
  );
});
