import { audit, type Sighting, toldOf } from '../../src/disclosure/auditor';
import { type ItemCounts, type ItemPattern, waysToShow } from '../../src/disclosure/item-protector';
import { type Lattice, type LatticeCell, latticeOf } from '../../src/disclosure/lattice';
import { allOrders, primaryNodes, protect, protectAll, worthOf } from '../../src/disclosure/protector';
import { loadSolver, type Solver } from '../../src/platform/solver';
import { placeOf, randomOf, randomTable, sightingsOf } from './tables';

const threshold = 11;
let solver: Solver;
/** The way that keeps the most. */
function protectItem(...[, readers, pattern, limit]: Parameters<typeof waysToShow>): ItemPattern {
  return waysToShow(solver, readers, pattern, limit).next().value!;
}
beforeAll(async () => {
  solver = await loadSolver();
});

function auditOf(lattice: Lattice, withheld: ReadonlySet<number>) {
  const small = primaryNodes(lattice, threshold).map((place) => lattice.nodes[place]!.key);
  const seen = lattice.nodes.map(({ key, count }, place) =>
    withheld.has(place) ? { key, seen: null, evenIfEmpty: count === 0 } : { key, seen: count },
  );
  return audit(solver, lattice.sizes, seen, small, threshold);
}

/** The people of a table by organisation, and the table as each organisation has it still to work out. */
function byOrganisation(base: Lattice, organisations: number, seed: number): Lattice[] {
  const random = randomOf(seed);
  const cells = base.nodes.filter(({ key }) => key.every((category) => category !== null));
  const own = cells.map(({ key, count }) => {
    const people = new Array<number>(organisations).fill(0);
    // Large organisations and small ones, as they are.
    for (let person = 0; person < count; person += 1) people[Math.floor(random() ** 2 * organisations)]! += 1;
    return { place: key as number[], people, count };
  });
  return people(own, organisations, base.sizes);
}

function people(
  cells: { place: number[]; people: number[]; count: number }[],
  organisations: number,
  sizes: readonly number[],
): Lattice[] {
  return Array.from({ length: organisations }, (_, organisation) =>
    latticeOf(
      sizes,
      cells.map(({ place, people: own, count }) => ({ place, count: count - own[organisation]! })),
    ),
  );
}

describe('one organisation knows its own figures', () => {
  test('and takes a group apart that everybody else may see', () => {
    // Twelve people, nine of them of one organisation: it knows that the other three are three.
    const base = latticeOf(
      [2],
      [20, 12].map((count, category) => ({ place: [category], count })),
    );
    const other = latticeOf(
      [2],
      [20, 3].map((count, category) => ({ place: [category], count })),
    );
    expect(protect(solver, base, threshold).size).toBe(0);
    const withheld = protectAll(solver, [base, other], threshold);
    expect(withheld.has(placeOf(base, [1]))).toBe(true);
    expect(auditOf(other, withheld).passed).toBe(true);
    expect(auditOf(other, new Set()).passed).toBe(false);
  });

  test.each([
    { shape: [5, 4], tables: 12, organisations: 3 },
    { shape: [8, 3], tables: 8, organisations: 5 },
  ])('$tables of $shape: nobody is found by any of $organisations', ({ shape, tables, organisations }) => {
    let foundWithout = 0;
    for (let seed = 1; seed <= tables; seed += 1) {
      const base = randomTable(shape, seed * 6151);
      const others = byOrganisation(base, organisations, seed);
      const alone = protect(solver, base, threshold);
      foundWithout += others.filter((table) => !auditOf(table, alone).passed).length;
      const withheld = protectAll(solver, [base, ...others], threshold);
      for (const table of [base, ...others]) expect(auditOf(table, withheld).passed).toBe(true);
    }
    expect(foundWithout).toBeGreaterThan(0);
  });
});

describe('where nobody can be, a reader knows that nobody is', () => {
  const cells = (counts: (number | null)[]): LatticeCell[] =>
    counts.map((count, category) =>
      count === null ? { place: [category], count: 0, most: 0 } : { place: [category], count },
    );
  const table = (...counts: (number | null)[]) => latticeOf([counts.length], cells(counts));

  /** Three professions; the first two are withheld together, and only the first can be three levels short. */
  const readers = (threeShort: number | null): ItemCounts[] => [
    {
      valid: table(5, 14, 30),
      levels: [table(2, threeShort, 6), table(1, 7, 8), table(2, 7, 16)],
      classes: [table(3, 7, 14), table(2, 7, 16)],
    },
  ];

  test('so a sum that only one small group can be behind is not told', () => {
    const pattern = protect(solver, readers(0)[0]!.valid, threshold);
    const free = protectItem(solver, readers(0), pattern, threshold);
    expect(free.withheld).toEqual(pattern);
    const known = protectItem(solver, readers(null), pattern, threshold);
    // By classes, where it cannot be told: that costs less than another group.
    expect({ free: free.detail, known: known.detail }).toEqual({ free: 'levels', known: 'classes' });
  });

  test('the auditor finds it, who is told the same', () => {
    const layer = readers(null)[0]!.levels[0]!;
    const seen: Sighting[] = [
      { key: [null], seen: 8 },
      { key: [0], seen: null, evenIfEmpty: true },
      { key: [1], seen: 0 },
      { key: [2], seen: 6 },
    ];
    const group = { key: [0], people: 5, unit: 1 };
    const told = (sightings: Sighting[]) => {
      const answers = { sizes: layer.sizes, layers: [sightings], all: [], weighted: true };
      return toldOf(solver, answers, [group], threshold).told;
    };
    expect(told(seen)).toEqual([group]);
    const unsure = seen.map((sighting) =>
      sighting.key[0] === 1 ? { key: [1], seen: null, evenIfEmpty: true } : sighting,
    );
    expect(told(unsure)).toEqual([]);
  });

  test('and a group of which it is shown how many there are cannot hide more than those', () => {
    // Twelve people and twenty who are below: eight of them are of the small group, whoever else is withheld.
    const free = latticeOf([3], cells([8, 12, 30]));
    const held = {
      ...free,
      nodes: free.nodes.map((node, place) => (place === 2 ? { ...node, most: 12 } : node)),
    };
    const valid = latticeOf([3], cells([8, 12, 40]));
    const item = (below: Lattice): ItemCounts[] => [{ valid, levels: [below], classes: [] }];
    const pattern = new Set([placeOf(valid, [0]), placeOf(valid, [1])]);
    expect(protectItem(solver, item(free), pattern, threshold).withheld).toEqual(pattern);
    expect(protectItem(solver, item(held), pattern, threshold).withheld.size).toBeGreaterThan(pattern.size);
  });
});

test('answers that are weighed are told in people of the group, not in what they weigh', () => {
  const valid = latticeOf(
    [3],
    [3, 14, 30].map((count, category) => ({ place: [category], count })),
  );
  const layer = (weights: number[], most?: number) => {
    const { nodes, ...table } = latticeOf(
      [3],
      weights.map((count, category) => ({ place: [category], count })),
    );
    const second = placeOf(valid, [1]);
    return { ...table, nodes: nodes.map((node, place) => (place === second ? { ...node, most } : node)) };
  };
  // Of the second group no more than nine can have given the first answer: the sum leaves two at least to the first group.
  const levels = [layer([2, 9, 4], 9), layer([7, 60, 26])];
  const unitsOf = (unit: number) => valid.nodes.map((_, place) => (place === placeOf(valid, [0]) ? unit : 1));
  const item = (unit: number): ItemCounts[] => [{ valid, levels, classes: [], units: unitsOf(unit) }];
  const pattern = protect(solver, valid, threshold);
  // Two of three people, or two thirds of one person.
  expect(protectItem(solver, item(1), pattern, threshold).withheld.size).toBeGreaterThan(pattern.size);
  expect(protectItem(solver, item(3), pattern, threshold).withheld).toEqual(pattern);
});

test('of several patterns the one that keeps the most is taken', () => {
  for (let seed = 1; seed <= 15; seed += 1) {
    const lattice = randomTable([6, 5], seed * 17);
    const worth = (withheld: ReadonlySet<number>) =>
      [...withheld].reduce((sum, place) => sum + worthOf(lattice.nodes[place]!), 0);
    const each = allOrders.map((order) => worth(protect(solver, lattice, threshold, { orders: [order] })));
    const best = protect(solver, lattice, threshold, { orders: allOrders });
    expect(worth(best)).toBeCloseTo(Math.min(...each), 6);
    expect(auditOf(lattice, best).passed).toBe(true);
    expect(audit(solver, lattice.sizes, sightingsOf(lattice, best), [], threshold).passed).toBe(true);
  }
});
