import { audit, type Sighting } from '../../src/disclosure/auditor';
import { type Lattice, latticeOf } from '../../src/disclosure/lattice';
import { protect } from '../../src/disclosure/protector';
import { renewable, type ShownNode, type Since } from '../../src/disclosure/renewal';
import { loadSolver, type Solver } from '../../src/platform/solver';
import { placeOf, randomOf, randomTable } from './tables';

const threshold = 11;
let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

function shownIn(lattice: Lattice, withheld: ReadonlySet<number>): Map<number, ShownNode> {
  return new Map(
    lattice.nodes.flatMap(({ count }, place): [number, ShownNode][] =>
      withheld.has(place)
        ? []
        : [[place, { status: count > 0 ? 'published' : 'empty', isNew: true, items: [count] }]],
    ),
  );
}

/** What may be shown anew, where one item was answered by everybody. */
function renewalOf(before: Lattice, changes: Lattice, weighted = false) {
  const after = added(before, changes);
  const since: Since = {
    number: 1,
    shown: shownIn(before, protect(solver, before, threshold)),
    changes: [changes],
  };
  const own = protect(solver, after, threshold);
  const shown = after.nodes.map((_, place) => !own.has(place));
  const valid = [after.nodes.map(({ count }) => count)];
  const renewal = renewable(after, { shown, items: [shown], valid }, [since], { threshold, weighted });
  return { after, since, renewal };
}

function added(one: Lattice, other: Lattice): Lattice {
  const cells = one.nodes.flatMap(({ key, count }, place) =>
    key.every((category) => category !== null)
      ? [{ place: key as number[], count: count + other.nodes[place]!.count }]
      : [],
  );
  return latticeOf(one.sizes, cells);
}

/** Few cells change, and those by a few or by many. */
function randomChanges({ sizes, nodes }: Lattice, seed: number): Lattice {
  const random = randomOf(seed);
  const sizeOf = () => {
    const kind = random();
    if (kind < 0.4) return 0;
    return kind < 0.6 ? 1 + Math.floor(random() * 10) : 11 + Math.floor(random() * 40);
  };
  const cells = nodes.filter(({ key }) => key.every((category) => category !== null));
  return latticeOf(
    sizes,
    cells.map(({ key }) => ({ place: key as number[], count: sizeOf() })),
  );
}

test.each([
  { shape: [3, 3], tables: 40 },
  { shape: [5, 4], tables: 25 },
  { shape: [6], tables: 30 },
])(
  '$tables of $shape: read together, two releases tell of nobody who came between them',
  ({ shape, tables }) => {
    let renewed = 0;
    let kept = 0;
    for (let seed = 1; seed <= tables; seed += 1) {
      const before = randomTable(shape, seed * 311);
      const changes = randomChanges(before, seed * 7);
      const { after, since, renewal } = renewalOf(before, changes);
      // The first release is one side of a table, both sides together are the second.
      const sightings = after.nodes.flatMap(({ key }, place): Sighting[] => [
        ...(since.shown.has(place) ? [{ key: [...key, 0], seen: before.nodes[place]!.count }] : []),
        ...(renewal.nodes.has(place) ? [{ key: [...key, null], seen: after.nodes[place]!.count }] : []),
        { key: [...key, null], seen: null, evenIfEmpty: true },
      ]);
      const few = (lattice: Lattice, side: number) =>
        lattice.nodes.flatMap(({ key, count }) => (count > 0 && count < threshold ? [[...key, side]] : []));
      const attacked = [...few(before, 0), ...few(changes, 1)];
      const { nodes } = audit(solver, [...shape, 2], sightings, attacked, threshold);
      expect({ seed, told: nodes.filter(({ passed }) => !passed) }).toEqual({ seed, told: [] });
      renewed += renewal.nodes.size;
      kept += [...since.shown.keys()].filter((place) => !renewal.nodes.has(place)).length;
    }
    expect(renewed).toBeGreaterThan(tables);
    expect(kept).toBeGreaterThan(tables);
  },
);

const table = (...rows: number[][]) =>
  latticeOf(
    [rows.length, rows[0]!.length],
    rows.flatMap((row, first) => row.map((count, second) => ({ place: [first, second], count }))),
  );
const large = table([40, 40], [40, 40]);

test('a group that three came to stays as it was, and so does another, for the three to hide with', () => {
  const { renewal } = renewalOf(large, table([3, 20], [20, 20]));
  const isNew = (...key: (number | null)[]) => renewal.nodes.has(placeOf(large, key));
  expect([isNew(0, 0), isNew(0, 1), isNew(1, 0), isNew(1, 1)]).toEqual([false, false, true, true]);
  // Groups of the second dimension overlap those of the first: they are renewed only where all their cells are.
  expect([isNew(null, null), isNew(0, null), isNew(1, null), isNew(null, 0), isNew(null, 1)]).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('where nobody else came, what the three are a part of stays as it was', () => {
  const { renewal } = renewalOf(large, table([3, 0], [20, 20]));
  const isNew = (...key: (number | null)[]) => renewal.nodes.has(placeOf(large, key));
  expect([isNew(0, 0), isNew(0, null), isNew(0, 1), isNew(1, null)]).toEqual([false, false, true, true]);
});

test('where enough came to what is not shown by itself, its row is renewed, and told in part', () => {
  const before = table([5, 13, 40], [40, 40, 40]);
  const { renewal, since } = renewalOf(before, table([4, 9, 20], [20, 20, 20]));
  const row = placeOf(before, [0, null]);
  expect(since.shown.has(placeOf(before, [0, 0]))).toBe(false);
  expect(renewal.nodes.has(row)).toBe(true);
  expect(renewal.inPart.has(row)).toBe(true);
  const others = [...renewal.nodes].filter((place) => !renewal.inPart.has(place));
  expect(others.map((place) => before.nodes[place]!.key)).toContainEqual([1, 2]);
});

test('a group that was too small then is not shown now, though it has grown', () => {
  const before = table([5, 40], [40, 40]);
  const { renewal, after } = renewalOf(before, table([30, 30], [30, 30]));
  expect(after.nodes[placeOf(after, [0, 0])]!.count).toBe(35);
  expect(renewal.nodes.has(placeOf(after, [0, 0]))).toBe(false);
});

test('an item is renewed where enough of those who came answered it', () => {
  const changes = table([20, 20], [20, 20]);
  const after = added(large, changes);
  const shown = after.nodes.map(() => true);
  const since: Since = { number: 1, shown: shownIn(large, new Set()), changes: [changes] };
  const answered = latticeOf(
    [2, 2],
    [
      { place: [0, 0], count: 43 },
      { place: [0, 1], count: 60 },
      { place: [1, 0], count: 60 },
      { place: [1, 1], count: 60 },
    ],
  );
  const own = { shown, items: [shown], valid: [answered.nodes.map(({ count }) => count)] };
  const { nodes, items } = renewable(after, own, [since], { threshold, weighted: false });
  expect(nodes.has(placeOf(after, [0, 0]))).toBe(true);
  expect(items[0]!.has(placeOf(after, [0, 0]))).toBe(false);
  expect(items[0]!.has(placeOf(after, [0, 1]))).toBe(true);
  expect(items[0]!.has(placeOf(after, [0, null]))).toBe(false);
});

test('weights change with every answer: only sums of renewed groups are renewed', () => {
  const before = table([5, 13, 40], [40, 40, 40]);
  const { renewal } = renewalOf(before, table([4, 9, 20], [20, 20, 20]), true);
  expect(renewal.inPart.size).toBe(0);
  expect(renewal.nodes.has(placeOf(before, [1, 2]))).toBe(true);
  expect(renewal.nodes.has(placeOf(before, [0, null]))).toBe(false);
});
