import fc from 'fast-check';
import { meanFigure } from '../../src/gaps/estimate';
import {
  type Margin,
  postStratify,
  rake,
  type WeightedSample,
  type Weighting,
  type WeightingCell,
} from '../../src/gaps/weighting';
import { level, numberOf, weighted } from './figures';

function weightingOf({ weighting, problem }: WeightedSample): Weighting {
  if (!weighting) throw new Error(problem.code);
  return weighting;
}

const margin = (name: string, headcounts: Record<string, number>, forMissing?: string): Margin => ({
  name,
  headcounts: new Map(Object.entries(headcounts)),
  ...(forMissing === undefined ? {} : { forMissing }),
});
const cell = (n: number, ...categories: (string | null)[]): WeightingCell => ({ categories, n });

/** METHODS.md 4, number 4: apisrs of R's survey package. School type, whether the target was met, people, sum of api00. */
const schools: [string, string, number, number][] = [
  ['E', 'No', 15, 8592],
  ['E', 'Yes', 127, 86000],
  ['H', 'No', 13, 7711],
  ['H', 'Yes', 12, 7423],
  ['M', 'No', 9, 4935],
  ['M', 'Yes', 24, 16656],
];
const schoolMargins = [
  margin('stype', { E: 4421, H: 755, M: 1018 }),
  margin('sch.wide', { No: 1072, Yes: 5122 }),
];

test('raking gives the weights that R gives on its own data', () => {
  const cells = schools.map(([type, met, n]) => cell(n, type, met));
  const { weights, effectiveSize, trimming, rescaled } = weightingOf(rake(cells, schoolMargins));
  const expected = [28.9107683, 31.39636595, 29.00310268, 31.49663876, 29.03312674, 31.52924414];
  // To a hundred-millionth: R's are printed with eight decimals, and stop at another remainder than ours.
  for (const [index, weight] of expected.entries()) {
    expect(Math.abs(weights[index]! - weight)).toBeLessThan(1e-8);
  }
  expect(effectiveSize).toBeCloseTo(199.8109, 4);
  expect(trimming).toMatchObject({ code: 'not_needed' });
  expect(rescaled).toEqual([]);
  const people = schools.map(([, , n, api], index) => ({ n, weight: n * weights[index]!, api: api / n }));
  const unweighted = people.map((some) => ({ ...some, weight: some.n }));
  const api = (some: typeof people) => meanFigure(some, (one) => one.api, weighted(200), [0, 1000]).estimate;
  expect(api(people)).toBeCloseTo(657.79, 2);
  expect(api(unweighted)).toBeCloseTo(656.585, 9);
});

test('post-stratification gives each stratum its headcount', () => {
  const { weights, trimming } = weightingOf(
    postStratify(
      [
        { stratum: 'adult', n: 20 },
        { stratum: 'child', n: 10 },
        { stratum: 'adult', n: 5 },
      ],
      new Map([
        ['adult', 100],
        ['child', 80],
      ]),
    ),
  );
  expect(weights).toEqual([4, 8, 4]);
  expect(trimming).toBeNull();
});

const two = (more: Record<string, number> = {}) => margin('sex', { f: 60, m: 40, ...more });

test.each<[string, WeightingCell[], Margin[], object]>([
  ['29 people', [cell(15, 'f'), cell(14, 'm')], [two()], { code: 'too_few_respondents', n: 29, needed: 30 }],
  [
    'a category with staff that nobody answered for',
    [cell(40, 'f'), cell(0, 'm')],
    [two({ x: 0 })],
    { code: 'empty_cell', cells: [{ margin: 'sex', category: 'm' }] },
  ],
  [
    'somebody of a category without staff',
    [cell(40, 'f'), cell(30, 'm'), cell(1, 'x')],
    [two({ x: 0 })],
    { code: 'zero_target', cells: [{ margin: 'sex', category: 'x' }] },
  ],
  [
    'somebody without a category',
    [cell(40, 'f'), cell(30, 'm'), cell(2, null)],
    [two()],
    { code: 'missing_category', margin: 'sex', n: 2 },
  ],
  [
    'margins of different workforces',
    [cell(40, 'f', 'a'), cell(30, 'm', 'b')],
    [two(), margin('region', { a: 60, b: 42 })],
    {
      code: 'margins_disagree',
      totals: [
        { margin: 'sex', total: 100 },
        { margin: 'region', total: 102 },
      ],
    },
  ],
])('%s: not weighted, and why', (_what, cells, margins, expected) => {
  expect(rake(cells, margins)).toEqual({ weighting: null, problem: expected });
});

test('more categories take more people: three for each', () => {
  const codes = Array.from({ length: 12 }, (_, index) => `c${index}`);
  const margins = [margin('profession', Object.fromEntries(codes.map((code) => [code, 10])))];
  const cells = codes.map((code, index) => cell(index === 0 ? 2 : 3, code));
  expect(rake(cells, margins).problem).toEqual({ code: 'too_few_respondents', n: 35, needed: 36 });
  expect(
    postStratify(
      [{ stratum: 'c0', n: 35 }],
      new Map([
        ['c0', 9],
        ['c1', 1],
      ]),
    ).problem,
  ).toMatchObject({
    code: 'empty_cell',
  });
});

test('margins no table can have do not converge', () => {
  // All women are in region a, and there are more of them than region a has people.
  const cells = [cell(20, 'f', 'a'), cell(20, 'm', 'b')];
  const { problem } = rake(cells, [two(), margin('region', { a: 30, b: 70 })]);
  expect(problem).toMatchObject({ code: 'not_converged' });
  if (problem?.code !== 'not_converged') return;
  expect(problem.residuals.map(({ residual }) => Number(residual.toFixed(6)))).toEqual([0.3, 0]);
});

test('margins up to 1 % apart are brought to the first, and it is recorded', () => {
  const cells = [cell(20, 'f', 'a'), cell(10, 'f', 'b'), cell(20, 'm', 'a'), cell(10, 'm', 'b')];
  const { weights, rescaled } = weightingOf(rake(cells, [two(), margin('region', { a: 50.5, b: 50.5 })]));
  expect(rescaled).toEqual([{ margin: 'region', factor: 100 / 101 }]);
  expect(20 * weights[0]! + 20 * weights[2]!).toBeCloseTo(50, 8);
});

test('who gave no category counts to the one declared for them', () => {
  const cells = [cell(30, 'f'), cell(20, 'm'), cell(10, null)];
  const { weights } = weightingOf(rake(cells, [margin('sex', { f: 60, m: 60 }, 'm')]));
  for (const weight of weights) expect(weight).toBeCloseTo(2, 12);
});

const uneven = [cell(40, 'f', 'a'), cell(10, 'f', 'b'), cell(8, 'm', 'a'), cell(2, 'm', 'b')];
const unevenMargins = [margin('sex', { f: 500, m: 500 }), margin('region', { a: 500, b: 500 })];

test('weights above the limit are trimmed, and the margins still met', () => {
  const mean = 1000 / 60;
  const untrimmed = weightingOf(rake(uneven, unevenMargins, 20)).weights;
  expect(Math.max(...untrimmed)).toBeGreaterThan(4.6 * mean);
  const { weights, trimming } = weightingOf(rake(uneven, unevenMargins, 4.6));
  expect(trimming).toMatchObject({ code: 'attained' });
  expect(Math.max(...weights)).toBeLessThanOrEqual(4.6 * mean * (1 + 1e-6));
  expect(8 * weights[2]! + 2 * weights[3]!).toBeCloseTo(500, 6);
});

test('a limit that cannot be kept leaves the weights untrimmed, and says so', () => {
  const untrimmed = weightingOf(rake(uneven, unevenMargins, 20)).weights;
  const { weights, trimming } = weightingOf(rake(uneven, unevenMargins, 1.8));
  expect(trimming).toMatchObject({ code: 'trim_not_attainable', cap: 1.8 * (1000 / 60) });
  expect(weights).toEqual(untrimmed);
});

/** A table without zeros, and headcounts of two margins that add up to the same workforce. */
const tables = fc
  .record({
    people: fc.array(level(3, 60), { minLength: 12, maxLength: 12 }),
    rows: fc.array(level(50, 400), { minLength: 3, maxLength: 3 }),
    columns: fc.array(level(50, 400), { minLength: 4, maxLength: 4 }),
  })
  .map(({ people, rows, columns }) => {
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    const codes = (values: number[], factor: number) =>
      Object.fromEntries(values.map((value, index) => [String(index), value * factor]));
    return {
      cells: people.map((n, index) => cell(n, String(index % 3), String(index % 4))),
      margins: [margin('rows', codes(rows, 1)), margin('columns', codes(columns, sum(rows) / sum(columns)))],
      workforce: sum(rows),
    };
  });

test('raked weights meet every margin, whatever the order of the cells', () => {
  fc.assert(
    fc.property(tables, ({ cells, margins, workforce }) => {
      const { weights } = weightingOf(rake(cells, margins, 1000));
      for (const [index, { headcounts }] of margins.entries()) {
        for (const [category, headcount] of headcounts) {
          const total = cells.reduce(
            (sum, { categories, n }, at) => sum + (categories[index] === category ? n * weights[at]! : 0),
            0,
          );
          expect(Math.abs(total - headcount)).toBeLessThanOrEqual(1.0001e-10 * workforce);
        }
      }
      const turned = weightingOf(rake([...cells].reverse(), margins, 1000)).weights.reverse();
      for (const [index, weight] of turned.entries()) expect(weight / weights[index]!).toBeCloseTo(1, 8);
    }),
    { numRuns: 50 },
  );
});

test('raking to one margin is post-stratification', () => {
  fc.assert(
    fc.property(tables, ({ cells, margins: [first] }) => {
      const raked = weightingOf(
        rake(
          cells.map(({ categories: [row], n }) => cell(n, row!)),
          [first!],
          1000,
        ),
      );
      const stratified = weightingOf(
        postStratify(
          cells.map(({ categories: [row], n }) => ({ stratum: row!, n })),
          first!.headcounts,
        ),
      );
      for (const [index, weight] of raked.weights.entries()) {
        expect(weight).toBeCloseTo(stratified.weights[index]!, 8);
      }
      expect(raked.cycles).toBe(1);
    }),
    { numRuns: 50 },
  );
});

test('twice the workforce doubles the weights and leaves every mean as it was', () => {
  fc.assert(
    fc.property(tables, ({ cells, margins }) => {
      const doubled = margins.map(({ name, headcounts }) => ({
        name,
        headcounts: new Map([...headcounts].map(([category, headcount]) => [category, 2 * headcount])),
      }));
      const [once, twice] = [weightingOf(rake(cells, margins)), weightingOf(rake(cells, doubled))];
      const mean = ({ weights }: Weighting) => {
        const counts = cells.map(({ n }, index) => ({ n, weight: n * weights[index]!, rating: index % 5 }));
        return numberOf(meanFigure(counts, ({ rating }) => rating, weighted(10_000), [0, 4]));
      };
      expect(mean(twice)).toBeCloseTo(mean(once), 8);
      expect(twice.effectiveSize).toBeCloseTo(once.effectiveSize, 6);
    }),
    { numRuns: 50 },
  );
});
