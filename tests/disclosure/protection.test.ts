import { audit, boundsOf } from '../../src/disclosure/auditor';
import { type Lattice, latticeOf } from '../../src/disclosure/lattice';
import { openSwaps, primaryNodes, protect } from '../../src/disclosure/protector';
import { loadSolver, type Solver } from '../../src/platform/solver';
import { placeOf, randomTable, sightingsOf, worked } from './tables';

const threshold = 11;
let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

const keysOf = ({ nodes }: Lattice, places: Iterable<number>) =>
  [...places].map((place) => nodes[place]!.key);
const auditOf = (lattice: Lattice, withheld: ReadonlySet<number>, limit = threshold) =>
  audit(
    solver,
    lattice.sizes,
    sightingsOf(lattice, withheld),
    keysOf(lattice, primaryNodes(lattice, limit)),
    limit,
  );

describe('the worked example (METHODS.md 3.4)', () => {
  const [adultCyp, childInpatient, disabilityGp, disabilityCommunity] = [
    [0, 2],
    [1, 3],
    [3, 0],
    [3, 1],
  ];
  const small = [adultCyp, childInpatient, disabilityGp, disabilityCommunity].map((key) => key!);

  test('its small groups are found', () => {
    expect(keysOf(worked, primaryNodes(worked, threshold))).toEqual(small);
  });

  test('with nothing else withheld the auditor recovers all four exactly', () => {
    const sightings = sightingsOf(worked, new Set(primaryNodes(worked, threshold)));
    expect(boundsOf(solver, worked.sizes, sightings, small, { leastWithheld: 0 })).toEqual(
      [9, 4, 3, 8].map((count) => ({ least: count, most: count })),
    );
  });

  test('with four more cells withheld the auditor finds the published intervals', () => {
    const more = [
      [0, 1],
      [1, 0],
      [3, 2],
      [3, 3],
    ];
    const withheld = new Set([...small, ...more].map((key) => placeOf(worked, key)));
    expect(
      boundsOf(solver, worked.sizes, sightingsOf(worked, withheld), small, { leastWithheld: 0 }),
    ).toEqual([
      { least: 1, most: 21 },
      { least: 1, most: 16 },
      { least: 0, most: 15 },
      { least: 0, most: 20 },
    ]);
    expect(auditOf(worked, withheld).passed).toBe(true);
  });

  test('the protector withholds no more than that, and no total', () => {
    const withheld = protect(solver, worked, threshold);
    expect(auditOf(worked, withheld).passed).toBe(true);
    expect(withheld.size).toBeLessThanOrEqual(8);
    expect(keysOf(worked, withheld).every((key) => key.every((category) => category !== null))).toBe(true);
  });
});

describe('random tables', () => {
  test.each([
    { shape: [3, 3], tables: 40 },
    { shape: [5, 4], tables: 50 },
    { shape: [8, 6], tables: 20 },
    { shape: [12, 1], tables: 10 },
    { shape: [7], tables: 30 },
    { shape: [3, 3, 2], tables: 35 },
    { shape: [4, 3, 3], tables: 15 },
  ])('$tables of $shape: what the protector shows, the auditor cannot take apart', ({ shape, tables }) => {
    let small = 0;
    let recovered = 0;
    for (let seed = 1; seed <= tables; seed += 1) {
      const lattice = randomTable(shape, seed * 7919 + shape.length);
      const primary = primaryNodes(lattice, threshold);
      const bare = auditOf(lattice, new Set(primary));
      small += primary.length;
      recovered += bare.nodes.filter(({ least, most }) => least === most).length;
      const certificate = auditOf(lattice, protect(solver, lattice, threshold));
      expect({ seed, failed: certificate.nodes.filter(({ passed }) => !passed) }).toEqual({
        seed,
        failed: [],
      });
    }
    expect(small).toBeGreaterThan(0);
    if (shape.length > 1 && !shape.includes(1)) expect(recovered).toBeGreaterThan(0);
  });
});

test('a cell that becomes small is never shown again by it', () => {
  for (let seed = 1; seed <= 8; seed += 1) {
    const lattice = randomTable([4, 4], seed);
    const cells = lattice.nodes.filter(({ key }) => key.every((category) => category !== null));
    const large = cells.find(({ count }) => count >= threshold)!;
    const less = latticeOf(
      lattice.sizes,
      cells.map((cell) => ({ place: cell.key as number[], count: cell === large ? 4 : cell.count })),
    );
    expect(protect(solver, less, threshold).has(placeOf(less, large.key))).toBe(true);
  }
});

test.each([
  { what: 'nobody at all', sizes: [3, 3], cells: [], shown: 16 },
  { what: 'one row', sizes: [1, 3], cells: [[20, 4, 30]], shown: 0 },
  { what: 'one column', sizes: [3, 1], cells: [[20], [4], [30]], shown: 0 },
  { what: 'one cell that is small', sizes: [1, 1], cells: [[5]], shown: 0 },
  { what: 'one cell that is large', sizes: [1, 1], cells: [[50]], shown: 4 },
  {
    what: 'small cells only',
    sizes: [2, 2],
    cells: [
      [3, 4],
      [5, 6],
    ],
    shown: 0,
  },
  {
    what: 'a single small cell and nothing beside it',
    sizes: [2, 2],
    cells: [
      [3, 0],
      [0, 0],
    ],
    shown: 5,
  },
])('$what: what is shown stands up to the auditor', ({ sizes, cells, shown }) => {
  const lattice = latticeOf(
    sizes,
    cells.flatMap((row, first) => row.map((count, second) => ({ place: [first, second], count }))),
  );
  const withheld = protect(solver, lattice, threshold);
  expect(auditOf(lattice, withheld)).toMatchObject({ passed: true, threshold });
  expect(lattice.nodes.length - withheld.size).toBeGreaterThanOrEqual(shown);
  expect([...withheld].every((place) => lattice.nodes[place]!.count > 0)).toBe(true);
});

test('a protector that forgets an equation is found out', () => {
  let found = 0;
  for (let seed = 1; seed <= 10; seed += 1) {
    const lattice = randomTable([4, 4], seed * 31);
    // One alone follows from all the others.
    const forgetful = { ...lattice, equations: lattice.equations.slice(1, -1) };
    if (!auditOf(lattice, protect(solver, forgetful, threshold)).passed) found += 1;
  }
  expect(found).toBeGreaterThan(0);
});

test('what cells can swap is never more than what the solver finds', () => {
  let found = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const lattice = randomTable([5, 4], seed * 71);
    const withheld = protect(solver, lattice, threshold, {
      also: lattice.nodes.flatMap(({ key }, place) =>
        key[0] !== null && key[0]! < 3 && seed % 2 ? [place] : [],
      ),
    });
    const swaps = openSwaps(lattice, withheld);
    const small = primaryNodes(lattice, threshold);
    const keys = keysOf(lattice, small);
    const seen = sightingsOf(lattice, withheld).map((sighting, place) => ({
      ...sighting,
      evenIfEmpty: lattice.nodes[place]!.count === 0,
    }));
    const careless = boundsOf(solver, lattice.sizes, seen, keys, { leastWithheld: 0 });
    const careful = boundsOf(solver, lattice.sizes, seen, keys, { leastWithheld: 1 });
    small.forEach((place, at) => {
      expect(swaps.least(place)).toBeGreaterThanOrEqual(careless[at]!.least);
      expect(swaps.most(place, 1)).toBeLessThanOrEqual(careful[at]!.most);
      if (swaps.most(place, 1) > lattice.nodes[place]!.count) found += 1;
    });
  }
  expect(found).toBeGreaterThan(0);
});
