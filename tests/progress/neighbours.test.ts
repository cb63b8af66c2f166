import fc from 'fast-check';
import { totalBesideOwn } from '../../src/progress/neighbours';

test.each([
  ['no other organisation', []],
  ['one other organisation, however large', [900]],
  ['two, one of which is under the threshold', [900, 10]],
  ['two, one of which answered nothing', [900, 0]],
  ['two that have only just reached the threshold', [11, 11]],
])('no total is shown beside %s', (_name, others) => {
  expect(totalBesideOwn(40, others, 11)).toBeNull();
});

test.each([
  ['two', [30, 25], 95],
  ['three, one of which is under the threshold', [30, 25, 4], 100],
])('a total is shown beside %s with enough answers, to the nearest five', (_name, others, total) => {
  expect(totalBesideOwn(41, others, 11)).toBe(total);
});

const threshold = 5;
const most = 30;

/** Every way the other organisations could have answered of which somebody with these figures would be shown this total. */
function possible(own: number, shown: number, organisations: number): number[][] {
  const found: number[][] = [];
  const others: number[] = [];
  const fill = (): void => {
    if (others.length === organisations) {
      if (totalBesideOwn(own, others, threshold) === shown) found.push([...others]);
      return;
    }
    for (let people = 0; people <= most; people += 1) {
      others.push(people);
      fill();
      others.pop();
    }
  };
  fill();
  return found;
}

test('who knows their own number exactly and how it is decided finds as many numbers possible of each other organisation as the threshold', () => {
  const people = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50 }),
      fc.array(people, { minLength: 1, maxLength: 3 }),
      (own, others) => {
        const shown = totalBesideOwn(own, others, threshold);
        if (shown === null) return;
        const left = possible(own, shown, others.length);
        others.forEach((_, at) => {
          expect(new Set(left.map((counts) => counts[at])).size).toBeGreaterThanOrEqual(threshold);
        });
      },
    ),
    { numRuns: 60 },
  );
});

test('who knows besides what the others add up to, and which have reached the threshold, finds as many', () => {
  const people = fc.integer({ min: 0, max: 20 });
  const reached = (count: number) => count >= threshold;
  const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0);
  fc.assert(
    fc.property(fc.nat(50), fc.tuple(people, people, people), (own, others) => {
      const shown = totalBesideOwn(own, others, threshold);
      if (shown === null) return;
      const left = possible(own, shown, 3).filter(
        (counts) =>
          sum(counts) === sum(others) && counts.every((count, at) => reached(count) === reached(others[at]!)),
      );
      others.forEach((_, at) => {
        expect(new Set(left.map((counts) => counts[at])).size).toBeGreaterThanOrEqual(threshold);
      });
    }),
    { numRuns: 60 },
  );
});
