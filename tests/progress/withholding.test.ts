import fc from 'fast-check';
import { toNearestFive } from '../../src/platform/rounding';
import { type ShownCount, shownList, shownTable } from '../../src/progress/withholding';

test('counts are to the nearest five, with their totals', () => {
  expect(
    shownTable(
      [
        [23, 41],
        [17, 12],
      ],
      11,
    ),
  ).toEqual({
    cells: [
      [25, 40],
      [15, 10],
    ],
    rows: [65, 30],
    columns: [40, 55],
    total: 95,
  });
});

test.each([
  ['nobody', 0],
  ['one', 1],
  ['ten', 10],
])('a group of %s looks like any other under the threshold', (_name, people) => {
  const { counts } = shownList([people, 5, 4, 60], 11);
  expect(counts.slice(0, 3)).toEqual([null, null, null]);
});

test('a total that would give one small group away takes further counts with it', () => {
  // With "30" beside "35" in all, the three could only be one to nine, and so somebody.
  const { cells, rows, columns, total } = shownTable([[30, 3]], 11);
  expect(total).toBe(35);
  expect([...cells.flat(), ...rows, ...columns].filter((count) => count === 30)).toEqual([]);
});

test('groups that nobody can be in take nothing with them', () => {
  const { cells, rows } = shownTable(
    [
      [50, 0, 0],
      [0, 30, 20],
    ],
    11,
  );
  expect(cells).toEqual([
    [50, null, null],
    [null, 30, 20],
  ]);
  expect(rows).toEqual([50, 50]);
});

test('where a line has enough small groups its total is shown', () => {
  const { cells, rows } = shownTable(
    [
      [4, 6, 5, 3],
      [20, 30, 40, 50],
    ],
    11,
  );
  expect(cells[0]).toEqual([null, null, null, null]);
  expect(rows[1]).toBe(140);
});

const threshold = 8;

/** Every table of these sides that would be shown just so: no cell can hold more people than there may be in all. */
function tablesShownAs(shown: Shown, rows: number, columns: number): number[][] {
  const found: number[][] = [];
  const cells: number[] = new Array(rows * columns).fill(0);
  const fill = (at: number, left: number): void => {
    if (at === cells.length) {
      const table = Array.from({ length: rows }, (_, row) => cells.slice(row * columns, (row + 1) * columns));
      if (couldBe(table, shown)) found.push([...cells]);
      return;
    }
    for (let people = 0; people <= left; people += 1) {
      cells[at] = people;
      fill(at + 1, left - people);
    }
  };
  fill(0, shown.total + 2);
  return found;
}

interface Shown {
  cells: ShownCount[][];
  rows: ShownCount[];
  columns: ShownCount[];
  total: number;
}

/** Does a table agree with every number that is shown? Somebody who looks knows no more than that of it. */
function couldBe(table: number[][], shown: Shown): boolean {
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  const agrees = (people: number, count: ShownCount) =>
    count === null || (people >= threshold && toNearestFive(people) === count);
  return (
    toNearestFive(sum(table.flat())) === shown.total &&
    table.every((row, r) => row.every((people, c) => agrees(people, shown.cells[r]![c]!))) &&
    table.every((row, r) => agrees(sum(row), shown.rows[r]!)) &&
    shown.columns.every((count, c) => agrees(sum(table.map((row) => row[c]!)), count))
  );
}

test('whoever tries every table cannot tell that anybody of a small group answered, nor that hardly anybody did', () => {
  const people = fc.oneof(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 14 }));
  fc.assert(
    fc.property(fc.tuple(people, people, people, people), ([a, b, c, d]) => {
      const table = [
        [a, b],
        [c, d],
      ];
      const shown = shownTable(table, threshold);
      const possible = tablesShownAs(shown, 2, 2);
      table.flat().forEach((count, at) => {
        if (count >= threshold) return;
        const found = possible.map((cells) => cells[at]!);
        expect(Math.min(...found)).toBe(0);
        expect(Math.max(...found)).toBeGreaterThanOrEqual(Math.min(4, shown.total + 2));
      });
    }),
    { numRuns: 40, examples: [[[7, 1, 14, 11]]] },
  );
});

test('one more answer is seen only where a count steps to the next five or a group is first shown', () => {
  const people = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(fc.array(people, { minLength: 2, maxLength: 5 }), fc.nat(), (groups, which) => {
      const at = which % groups.length;
      const more = groups.map((count, index) => (index === at ? count + 1 : count));
      const before = shownList(groups, 11);
      const after = shownList(more, 11);
      const steps = (one: number, other: number) => toNearestFive(one) !== toNearestFive(other);
      const isSeen = JSON.stringify(before) !== JSON.stringify(after);
      const total = groups.reduce((a, b) => a + b, 0);
      const mayBeSeen = steps(groups[at]!, more[at]!) || steps(total, total + 1) || groups[at] === 10;
      expect(isSeen && !mayBeSeen).toBe(false);
    }),
  );
});
