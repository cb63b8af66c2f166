import fc from 'fast-check';
import { cliffsDelta } from '../../src/gaps/cliffs-delta';
import { cellsOf, each, expectInvariance, level } from './figures';

const people = (ratings: readonly number[]) => each(ratings.map((rating) => ({ rating })));

test('the worked example of METHODS.md 1(h)', () => {
  expect(cliffsDelta(people([3, 4, 3, 2, 4]), people([2, 3, 2, 1, 3]))).toBeCloseTo(0.6, 4);
});

test.each([
  [[2, 2], [1, 0], 1],
  [[0], [1, 2, 3], -1],
  [[2, 2], [2], 0],
  [[], [1], null],
  [[1], [], null],
])('%j against %j: %j', (first, second, expected) => {
  expect(cliffsDelta(people(first), people(second))).toBe(expected);
});

const ratings = fc.array(level(0, 4), { minLength: 1, maxLength: 30 });
const counts = cellsOf(fc.record({ rating: level(0, 4) }), 8);

test('it is what counting every pair gives', () => {
  fc.assert(
    fc.property(ratings, ratings, (first, second) => {
      const pairs = first.flatMap((x) => second.map((y) => Math.sign(x - y)));
      const mean = pairs.reduce((sum, sign) => sum + sign, 0) / pairs.length;
      expect(cliffsDelta(people(first), people(second))).toBeCloseTo(mean, 12);
    }),
  );
});

test('the other way round its sign turns, and with oneself it is 0', () => {
  fc.assert(
    fc.property(counts, counts, (first, second) => {
      expect(cliffsDelta(second, first)! + cliffsDelta(first, second)!).toBeCloseTo(0, 12);
      expect(cliffsDelta(first, first)).toBeCloseTo(0, 12);
    }),
  );
});

test('the order of people, doubled weights and how people are counted together change nothing', () => {
  fc.assert(
    fc.property(counts, counts, (first, second) => {
      expectInvariance(first, (some) => cliffsDelta(some, second));
    }),
    { numRuns: 20 },
  );
});
