import fc from 'fast-check';
import { loadSolver, type Programme, type Solver } from '../../src/platform/solver';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

const highest = 3;
const places = [0, 1, 2];

/** Three columns from 0 to 3, and rows of small whole factors between bounds, which may well leave nothing or something in halves. */
const anyProgramme: fc.Arbitrary<Programme> = fc
  .array(
    fc.record({
      factors: fc.tuple(...places.map(() => fc.integer({ min: -2, max: 3 }))),
      lower: fc.integer({ min: -6, max: 3 }),
      room: fc.nat(7),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((rows) => ({
    columns: places.map(() => ({ lower: 0, upper: highest })),
    rows: rows.map(({ factors, lower, room }) => ({
      ...{ lower, upper: lower + room },
      terms: factors.map((factor, place) => [place, factor] as const),
    })),
    whole: true,
  }));

const steps = Array.from({ length: highest + 1 }, (_, step) => step);
const everything = steps.flatMap((x) => steps.flatMap((y) => steps.map((z) => [x, y, z])));

/** The best by trying everything; undefined where nothing fits. */
function tried({ rows, columns }: Programme, weights: readonly number[], direction: 'least' | 'most') {
  const sum = (terms: readonly (readonly [number, number])[], at: readonly number[]) =>
    terms.reduce((total, [place, factor]) => total + factor * at[place]!, 0);
  const fitting = everything.filter(
    (at) =>
      at.every((value, place) => value >= columns[place]!.lower && value <= columns[place]!.upper) &&
      rows.every(({ lower, upper, terms }) => sum(terms, at) >= lower && sum(terms, at) <= upper),
  );
  const values = fitting.map((at) => at.reduce((total, value, place) => total + value * weights[place]!, 0));
  if (values.length === 0) return undefined;
  return direction === 'least' ? Math.min(...values) : Math.max(...values);
}

test('in whole numbers the solver finds what trying everything finds, asked again and with other bounds too', () => {
  const anyWeights = fc.tuple(...places.map(() => fc.integer({ min: -3, max: 3 })));
  fc.assert(
    fc.property(anyProgramme, anyWeights, anyWeights, fc.nat(highest), (programme, first, second, upper) => {
      const table = solver.open(programme);
      const asked = (weights: readonly number[], direction: 'least' | 'most') => {
        const best = table.best(
          direction,
          weights.map((weight, place) => [place, weight] as const),
        );
        return best && Math.round(best.value * 1e6) / 1e6 + 0;
      };
      try {
        for (const weights of [first, second]) {
          expect(asked(weights, 'least')).toBe(tried(programme, weights, 'least'));
          expect(asked(weights, 'most')).toBe(tried(programme, weights, 'most'));
        }
        table.setBounds(1, { lower: 0, upper });
        const narrower = { ...programme, columns: programme.columns.with(1, { lower: 0, upper }) };
        expect(asked(first, 'most')).toBe(tried(narrower, first, 'most'));
      } finally {
        table.close();
      }
    }),
    { numRuns: 100 },
  );
}, 60_000);

test.each([
  { whole: false, most: 1.5 },
  { whole: true, most: 1 },
])('halves count only where they may: $whole', ({ whole, most }) => {
  const columns = [0, 1].map(() => ({ lower: 0, upper: 5 }));
  const rows = [{ lower: 0, upper: 3, terms: [[0, 2] as const, [1, 2] as const] }];
  const table = solver.open({ columns, rows, whole });
  expect(
    table.best('most', [
      [0, 1],
      [1, 1],
    ])!.value,
  ).toBeCloseTo(most, 9);
  table.close();
});

test('what nothing limits is infinite, in whole numbers too', () => {
  const columns = [{ lower: 0, upper: Number.POSITIVE_INFINITY }];
  const table = solver.open({
    columns,
    rows: [{ lower: 2, upper: Number.POSITIVE_INFINITY, terms: [[0, 1]] }],
    whole: true,
  });
  expect(table.best('most', [[0, 1]])).toEqual({ value: Number.POSITIVE_INFINITY, values: [] });
  expect(table.best('least', [[0, 1]])!.value).toBe(2);
  table.close();
});
