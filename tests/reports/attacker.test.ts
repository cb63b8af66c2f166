import { loadSolver, type Solver } from '../../src/platform/solver';
import { attack, type Person, peopleIn } from './attacker';
import type { ReadItem, ReadNode, ReadReport } from './reading';

// The attacker must be able to find what there is to be found, or that it finds nothing means nothing.

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

const threshold = 11;
const professions = ['adult', 'child', 'mental', 'learning'];
const settings = ['gp', 'community', 'cyp', 'inpatient'];
/** METHODS.md 3.4. */
const table = [
  [14, 31, 9, 22],
  [12, 27, 18, 4],
  [11, 40, 95, 38],
  [3, 8, 12, 13],
];

const people: Person[] = table.flatMap((row, profession) =>
  row.flatMap((count, setting) =>
    Array.from({ length: count }, (_, number) => ({
      categories: [professions[profession]!, settings[setting]!],
      // Nurses in learning disability all say 0, and nobody else does.
      ratings: [profession === 3 ? 0 : 1 + ((number + setting) % 4)],
      since: 0,
    })),
  ),
);

/** A report that withholds what is small, and these besides. */
function reportWithout(also: readonly string[], item: (count: number) => ReadItem): ReadReport {
  const nodes = new Map<string, ReadNode>();
  for (const profession of ['*', ...professions]) {
    for (const setting of ['*', ...settings]) {
      const key = `${profession}|${setting}`;
      const count = people.filter(({ categories: [one, other] }) => {
        return (profession === '*' || profession === one) && (setting === '*' || setting === other);
      }).length;
      const isShown = count >= threshold && !also.includes(key);
      nodes.set(key, {
        status: isShown ? 'shown' : 'withheld',
        ...{ respondents: isShown ? count : null, carriedFrom: null },
        items: isShown ? [item(count)] : [],
      });
    }
  }
  const dimensions = [
    { key: 'profession', categories: professions },
    { key: 'setting', categories: settings },
  ];
  return { dimensions, nodes };
}

const complementary = ['adult|community', 'child|gp', 'learning|cyp', 'learning|inpatient'];
const withheld: ReadItem = { status: 'withheld' };
const shares: ReadItem = { status: 'published', shares: '20 20 20 20 20' };
const items = [{ values: [0, 1, 2, 3, 4], required: () => 3 }];

test.each([
  ['adult|cyp', [9, 9], [1, 21]],
  ['child|inpatient', [4, 4], [1, 16]],
  ['learning|gp', [3, 3], [0, 15]],
  ['learning|community', [8, 8], [0, 20]],
])('the intervals of METHODS.md 3.4 come out: %s', (key, exact, hidden) => {
  const bounds = (also: string[]) =>
    peopleIn(
      solver,
      reportWithout(also, () => withheld),
      people,
      key,
    );
  expect(Object.values(bounds([]))).toEqual(exact);
  expect(Object.values(bounds(complementary))).toEqual(hidden);
});

test('where only small groups are withheld, each is found; where what gives them away is withheld too, none is', () => {
  const found = (also: string[]) =>
    attack({ solver, reports: [reportWithout(also, () => withheld)], people, items: [], threshold });
  expect(
    found([]).map(({ node, least, most, people: count }) => [node, least === count && most === count]),
  ).toEqual([
    ['adult|cyp', true],
    ['child|inpatient', true],
    ['learning|gp', true],
    ['learning|community', true],
  ]);
  expect(found(complementary)).toEqual([]);
});

test('that people are hidden does not hide what they answered', () => {
  const findings = attack({
    solver,
    reports: [reportWithout(complementary, () => shares)],
    people,
    items,
    threshold,
  });
  expect(findings).toContainEqual({
    ...{ what: 'level', node: 'learning|gp', item: 0, report: 'report 1' },
    ...{ people: 3, least: 3, most: 3 },
  });
});

test('somebody who knows an organisation’s own figures finds more', () => {
  const given = {
    solver,
    reports: [reportWithout(complementary, () => withheld)],
    people,
    items: [],
    threshold,
  };
  expect(attack(given)).toEqual([]);
  const known = ([profession]: readonly string[]) => profession === 'adult';
  expect(attack({ ...given, known }).length).toBeGreaterThan(0);
});

test('what came between two reports is found by subtracting one from the other', () => {
  const more = [...people, { categories: ['mental', 'cyp'], ratings: [0], since: 1 }];
  const report = reportWithout(complementary, () => withheld);
  const given = { solver, items: [], threshold };
  expect(attack({ ...given, reports: [report, report], people })).toEqual([]);
  expect(
    attack({ ...given, reports: [report, report], people: more }).some(
      ({ report: which, least, most }) => which === 'came with report 2' && least === 1 && most === 1,
    ),
  ).toBe(true);
});
