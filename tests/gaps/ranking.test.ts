import fc from 'fast-check';
import { rankedBy } from '../../src/gaps/ranking';

const ranks = (scores: Record<string, (number | null)[]>) =>
  rankedBy(
    Object.keys(scores).map((code) => ({ code })),
    ({ code }) => scores[code]!,
    ({ code }) => code,
  ).map(({ code, rank }) => [code, rank]);

test('ties share the rank, stand in the order of their code, and the next rank is left out', () => {
  expect(ranks({ d: [3], c: [5], b: [5], a: [9] })).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 2],
    ['d', 4],
  ]);
});

test('what is equal to nine decimals is equal', () => {
  expect(ranks({ b: [0.3], a: [0.1 + 0.2], c: [0.299999] })).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 3],
  ]);
});

test('a second score decides where the first is equal', () => {
  expect(ranks({ a: [1, 10], b: [1, 20], c: [2, 5] })).toEqual([
    ['c', 1],
    ['b', 2],
    ['a', 3],
  ]);
});

test('what has no score has no rank, and comes last', () => {
  expect(ranks({ a: [null], b: [-1], c: [2, null] })).toEqual([
    ['b', 1],
    ['a', null],
    ['c', null],
  ]);
});

test('a rank is one more than the number of those that score higher', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (scores) => {
      const rows = rankedBy(
        scores.map((score, index) => ({ score, code: String(index) })),
        ({ score }) => [score],
        ({ code }) => code,
      );
      for (const { score, rank } of rows)
        expect(rank).toBe(1 + scores.filter((other) => other > score).length);
    }),
  );
});
