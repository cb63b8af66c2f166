import { boundsOf, type Sighting } from '../../src/disclosure/auditor';
import { isOneAnswer, shareBound } from '../../src/disclosure/class-disclosure';
import { type ItemCounts, type ItemPattern, waysToShow } from '../../src/disclosure/item-protector';
import { type Lattice, latticeOf } from '../../src/disclosure/lattice';
import { primaryNodes, protect } from '../../src/disclosure/protector';
import { tooFewChanges } from '../../src/disclosure/time-rule';
import { loadSolver, type Solver } from '../../src/platform/solver';
import { placeOf, randomOf, randomTable } from './tables';

const threshold = 11;
let solver: Solver;
/** The way that keeps the most. */
function protectItem(...[, readers, pattern, limit]: Parameters<typeof waysToShow>): ItemPattern {
  return waysToShow(solver, readers, pattern, limit).next().value!;
}
beforeAll(async () => {
  solver = await loadSolver();
});

const levels = 5;
const enough = 3;

/** Answers to one question of everybody in a table: some skip it, and each cell has a level of its own it leans to. */
function answersIn(base: Lattice, seed: number): ItemCounts {
  const random = randomOf(seed);
  const cells = base.nodes.filter(({ key }) => key.every((category) => category !== null));
  const given = cells.map(({ key, count }) => {
    const counts = new Array<number>(levels).fill(0);
    const leaning = random() * levels;
    for (let person = 0; person < count; person += 1) {
      if (random() < 0.1) continue;
      counts[Math.min(levels - 1, Math.floor((leaning + random() * 3) % levels))]! += 1;
    }
    return { place: key as number[], counts };
  });
  const over = (count: (counts: number[]) => number) =>
    latticeOf(
      base.sizes,
      given.map(({ place, counts }) => ({ place, count: count(counts) })),
    );
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  return {
    valid: over(sum),
    levels: Array.from({ length: levels }, (_, level) => over((counts) => counts[level]!)),
    classes: [over((counts) => sum(counts.slice(0, enough))), over((counts) => sum(counts.slice(enough)))],
  };
}

/** What a reader sees of one layer of a question's answers. */
function seenOf(layer: Lattice, withheld: ReadonlySet<number>): Sighting[] {
  return layer.nodes.map(({ key, count }, place) =>
    withheld.has(place) ? { key, seen: null, evenIfEmpty: true } : { key, seen: count },
  );
}

test.each([
  { shape: [4, 4], tables: 25 },
  { shape: [6, 3], tables: 15 },
  { shape: [3, 2, 2], tables: 8 },
])('$tables of $shape: of no small group can be told what its people answered', ({ shape, tables }) => {
  let more = 0;
  for (let seed = 1; seed <= tables; seed += 1) {
    const base = randomTable(shape, seed * 104_729);
    const counts = answersIn(base, seed);
    const pattern = protect(solver, base, threshold);
    const { detail, withheld } = protectItem(solver, [counts], pattern, threshold);
    more += withheld.size - pattern.size;
    expect([...pattern].every((place) => withheld.has(place))).toBe(true);

    const small = primaryNodes(counts.valid, threshold);
    expect(small.every((place) => withheld.has(place))).toBe(true);
    const keys = small.map((place) => counts.valid.nodes[place]!.key);
    for (const layer of {
      levels: counts.levels,
      classes: counts.classes,
      margins: counts.classes,
      everybody: counts.classes,
      nothing: [],
    }[detail]) {
      const bounds = boundsOf(solver, shape, seenOf(layer, withheld), keys, { leastWithheld: 0 });
      small.forEach((place, at) => {
        const { least, most } = bounds[at]!;
        const known = { seed, least, most, n: counts.valid.nodes[place]!.count };
        expect({
          ...known,
          told: least >= 1 && (most - least <= 1 || least >= Math.max(1, known.n / 2)),
        }).toEqual({
          ...known,
          told: false,
        });
      });
    }
  }
  // The pattern of all answers is not enough for each of them.
  expect(more).toBeGreaterThan(0);
});

test('a question that everybody answers alike is told as the table itself is', () => {
  const base = [
    { place: [0, 0], count: 4 },
    { place: [0, 1], count: 12 },
    { place: [1, 0], count: 12 },
    { place: [1, 1], count: 14 },
  ];
  const lattice = latticeOf([2, 2], base);
  const only = (level: number) =>
    latticeOf(
      [2, 2],
      base.map((cell) => ({ ...cell, count: level === 0 ? cell.count : 0 })),
    );
  const none = only(1);
  const counts: ItemCounts = { valid: lattice, levels: [only(0), none], classes: [only(0), none] };
  const { detail, withheld } = protectItem(solver, [counts], protect(solver, lattice, threshold), threshold);
  // Everybody gave the lowest level, so sums of it tell as much as sums of people do: nothing for sure.
  expect(detail).toBe('levels');
  expect(withheld.has(placeOf(lattice, [0, 0]))).toBe(true);
});

test.each([
  [20, 20, '>=95'],
  [18, 20, '>=95'],
  [17, 20, null],
  [3, 20, null],
  [2, 20, '<=5'],
  [0, 20, '<=5'],
  [0, 0, null],
] as const)('%i of %i is told as %s', (having, all, told) => {
  expect(shareBound(having, all)).toBe(told);
});

test.each([
  [[20, 0, 0], true],
  [[19, 1, 1], true],
  [[18, 2, 1], false],
  [[0, 0], false],
] as const)('%j is one answer: %s', (counts, is) => {
  expect(isOneAnswer(counts)).toBe(is);
});

describe('two releases of one lattice (METHODS.md 3.3, step 9)', () => {
  const shown = { before: new Set<number>(), after: new Set<number>(), threshold };
  const changes = (...cells: [number, number, number][]) =>
    latticeOf(
      [3, 3],
      cells.map(([first, second, count]) => ({ place: [first, second], count })),
    );

  test('one more response forbids the second, in every node it is counted in', () => {
    const lattice = changes([1, 2, 1]);
    expect(tooFewChanges(lattice, shown).map((place) => lattice.nodes[place]!.key)).toEqual([
      [null, null],
      [null, 2],
      [1, null],
      [1, 2],
    ]);
  });

  test('enough of them spread so that one node gets three forbids it for that node', () => {
    const lattice = changes([0, 0, 20], [0, 1, 20], [1, 0, 20], [1, 1, 3]);
    expect(tooFewChanges(lattice, shown)).toEqual([placeOf(lattice, [1, 1])]);
    const withheld = new Set([placeOf(lattice, [1, 1])]);
    expect(tooFewChanges(lattice, { ...shown, after: withheld })).toEqual([]);
  });

  test('nothing changed forbids nothing', () => {
    expect(tooFewChanges(changes(), shown)).toEqual([]);
  });
});
