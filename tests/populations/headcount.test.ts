import fc from 'fast-check';
import {
  cellsOver,
  differenceOf,
  disagreementOf,
  type HeadcountTable,
  headcountOf,
  inFacetsOf,
  inOrder,
  marginOf,
  marginTotals,
  totalOf,
} from '../../src/populations/headcount';

const joint: HeadcountTable = {
  kind: 'joint',
  facets: ['profession', 'setting'],
  rows: [
    { facet: '', codes: ['midwife', 'ward'], headcount: 30 },
    { facet: '', codes: ['midwife', 'home'], headcount: 10 },
    { facet: '', codes: ['nurse', 'ward'], headcount: 60 },
  ],
};

/** The margins of a table, in rows. */
function marginsOf(margins: Record<string, Record<string, number>>): HeadcountTable {
  return {
    kind: 'margins',
    facets: Object.keys(margins),
    rows: Object.entries(margins).flatMap(([facet, codes]) =>
      Object.entries(codes).map(([code, headcount]) => ({ facet, codes: [code], headcount })),
    ),
  };
}

const margins = marginsOf({
  profession: { midwife: 40, nurse: 60 },
  setting: { ward: 90, home: 10 },
});

test('a joint table gives its total, its margins and its cells as they were counted', () => {
  expect(totalOf(joint)).toBe(100);
  expect([...marginOf(joint, 'setting')!]).toEqual([
    ['ward', 90],
    ['home', 10],
  ]);
  expect(headcountOf(joint, { setting: 'ward', profession: 'midwife' })).toEqual({
    headcount: 30,
    estimated: false,
  });
  expect(headcountOf(joint, { profession: 'midwife' })).toEqual({ headcount: 40, estimated: false });
});

test('a combination without a row has nobody; a facet that is not counted is not known', () => {
  expect(headcountOf(joint, { profession: 'nurse', setting: 'home' })).toEqual({
    headcount: 0,
    estimated: false,
  });
  expect(headcountOf(joint, { sector: 'nhs' })).toBeNull();
  expect(marginOf(joint, 'sector')).toBeNull();
  expect(cellsOver(joint, ['profession', 'sector'])).toBeNull();
});

test('cells over no facet are everybody', () => {
  expect(cellsOver(joint, [])).toEqual({ cells: [{ codes: [], headcount: 100 }], estimated: false });
  expect(cellsOver(margins, [])!.cells).toEqual([{ codes: [], headcount: 100 }]);
});

test('margins give single facets exactly, and combinations as if facets were independent', () => {
  expect(headcountOf(margins, { setting: 'home' })).toEqual({ headcount: 10, estimated: false });
  expect(cellsOver(margins, ['profession', 'setting'])).toEqual({
    estimated: true,
    cells: [
      { codes: ['midwife', 'ward'], headcount: 36 },
      { codes: ['midwife', 'home'], headcount: 4 },
      { codes: ['nurse', 'ward'], headcount: 54 },
      { codes: ['nurse', 'home'], headcount: 6 },
    ],
  });
});

test('margins of other totals are brought to the first, and raking gets them as they were counted', () => {
  const apart = marginsOf({ profession: { midwife: 40, nurse: 60 }, setting: { ward: 91, home: 10 } });
  expect(totalOf(apart)).toBe(100);
  expect(marginOf(apart, 'setting')!.get('ward')).toBe(91);
  const { headcount, estimated } = headcountOf(apart, { setting: 'ward' })!;
  expect(headcount).toBeCloseTo(9100 / 101, 10);
  expect(estimated).toBe(true);
});

test.each([
  ['the same', [100, 100], 'none'],
  ['1 % more', [100, 101], 'small'],
  ['1 % less', [100, 99], 'small'],
  ['just over 1 % more', [1000, 1011], 'large'],
  ['nobody in the first', [0, 1], 'large'],
  ['nobody at all', [0, 0], 'none'],
] as const)('totals that are %s: %j is %s', (_case, [one, other], size) => {
  const table = marginsOf({ profession: { a: one }, setting: { b: other } });
  expect(disagreementOf(table).size).toBe(size);
});

test('a facet by which nothing is counted yet says nothing', () => {
  const table = { ...margins, facets: ['sector', ...margins.facets] };
  expect(marginTotals(table)).toEqual([
    { facet: 'profession', total: 100 },
    { facet: 'setting', total: 100 },
  ]);
  expect(totalOf(table)).toBe(100);
  expect(disagreementOf(table).size).toBe('none');
});

test('asking for a facet twice, or for more combinations than can be worked out, is a mistake', () => {
  expect(() => cellsOver(joint, ['setting', 'setting'])).toThrow(RangeError);
  const codes = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`c${index}`, 1]));
  expect(() => cellsOver(marginsOf({ a: codes, b: codes }), ['a', 'b'])).toThrow(RangeError);
});

test('rows stand in the order of the terms, unknown codes last', () => {
  const order = new Map([
    ['profession', ['nurse', 'midwife']],
    ['setting', ['home']],
  ]);
  expect(inOrder(joint, order).rows.map(({ codes }) => codes.join(' '))).toEqual([
    'nurse ward',
    'midwife home',
    'midwife ward',
  ]);
  expect(inOrder(margins, order).rows.map(({ codes }) => codes[0])).toEqual([
    ...['nurse', 'midwife', 'home', 'ward'],
  ]);
});

test('the difference names what is new, another and gone', () => {
  const after = {
    ...joint,
    rows: [
      { facet: '', codes: ['midwife', 'ward'], headcount: 31 },
      joint.rows[1]!,
      { facet: '', codes: ['nurse', 'home'], headcount: 0 },
    ],
  };
  expect(differenceOf(joint, after)).toEqual([
    { facet: '', codes: ['midwife', 'ward'], before: 30, after: 31 },
    { facet: '', codes: ['nurse', 'home'], before: null, after: 0 },
    { facet: '', codes: ['nurse', 'ward'], before: 60, after: null },
  ]);
  expect(differenceOf(joint, margins)).toHaveLength(joint.rows.length + margins.rows.length);
});

const codes = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const headcount = fc.integer({ min: 0, max: 10_000_000 });
const facets = ['profession', 'setting', 'sector'];
const jointTables = fc
  .uniqueArray(fc.tuple(fc.tuple(codes, codes, codes), headcount), {
    minLength: 1,
    maxLength: 60,
    selector: ([own]) => own.join(' '),
  })
  .map(
    (rows): HeadcountTable => ({
      kind: 'joint',
      facets,
      rows: rows.map(([own, count]) => ({ facet: '', codes: [...own], headcount: count })),
    }),
  );
const someFacets = fc.shuffledSubarray(facets);
const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);

test('the margins and the cells over any facets of a joint table add up to its total, exactly', () => {
  fc.assert(
    fc.property(jointTables, someFacets, (table, asked) => {
      for (const facet of facets) expect(sum(marginOf(table, facet)!.values())).toBe(totalOf(table));
      const { cells, estimated } = cellsOver(table, asked)!;
      expect(sum(cells.map((cell) => cell.headcount))).toBe(totalOf(table));
      expect(estimated).toBe(false);
    }),
  );
});

test('the cells over any facets of margins add up to the total, and have its margins', () => {
  fc.assert(
    fc.property(jointTables, someFacets, (table, asked) => {
      const apart = marginsOf(
        Object.fromEntries(facets.map((facet) => [facet, Object.fromEntries(marginOf(table, facet)!)])),
      );
      const total = totalOf(table);
      const { cells, estimated } = cellsOver(apart, asked)!;
      expect(totalOf(apart)).toBe(total);
      expect(estimated).toBe(asked.length > 1);
      const near = (one: number, other: number) =>
        expect(Math.abs(one - other)).toBeLessThanOrEqual(1e-9 * Math.max(1, total));
      near(sum(cells.map((cell) => cell.headcount)), total);
      asked.forEach((facet, index) => {
        for (const [code, counted] of marginOf(table, facet)!) {
          const own = cells.filter((cell) => cell.codes[index] === code);
          near(sum(own.map((cell) => cell.headcount)), counted);
        }
      });
    }),
  );
});

test('a table turned to another order of its facets holds the same', () => {
  fc.assert(
    fc.property(jointTables, fc.shuffledSubarray(facets, { minLength: 3 }), (table, order) => {
      const turned = inFacetsOf(table, { ...table, facets: order, rows: [] });
      expect(turned.facets).toEqual(order);
      expect(inFacetsOf(turned, table)).toEqual(table);
      expect(differenceOf(table, inFacetsOf(turned, table))).toEqual([]);
    }),
  );
});
