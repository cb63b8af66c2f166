/** Staff counted for every combination of some facets, or for one facet after the other. */
export type HeadcountKind = 'joint' | 'margins';

/** How many people there are who share a code of each facet; of one facet only, where facets are counted apart. */
export interface Headcount {
  /** The facet a margin is counted by; empty in a joint table. */
  facet: string;
  /** In a joint table in the order of its facets. */
  codes: string[];
  headcount: number;
}

/** Headcounts of people, never full-time equivalents. A combination without a row has nobody counted in it. */
export interface HeadcountTable {
  kind: HeadcountKind;
  facets: string[];
  rows: Headcount[];
}

/** A cell over some facets of a table. */
export interface Cell {
  codes: string[];
  headcount: number;
}

/**
 * The cells over some facets. Estimated where only margins were counted: what is expected if facets have nothing to do with each other.
 */
export interface Cells {
  cells: Cell[];
  estimated: boolean;
}

/** Margins may be this much apart, as a share of the first, before they are no longer of one workforce (METHODS.md 2.3). */
export const mostDisagreement = 0.01;

/** More combinations than these are not worked out from margins. */
const mostEstimated = 100_000;

/** Everybody counted: of margins, the total of the first facet that anybody is counted by. */
export function totalOf(table: HeadcountTable): number {
  if (table.kind === 'joint') return sumOf(table.rows);
  return marginTotals(table)[0]?.total ?? 0;
}

/** What each facet of a table adds up to; facets by which nothing is counted yet are left out. */
export function marginTotals({ kind, facets, rows }: HeadcountTable): { facet: string; total: number }[] {
  return facets
    .map((facet) => ({ facet, own: kind === 'joint' ? rows : rows.filter((row) => row.facet === facet) }))
    .filter(({ own }) => own.length > 0)
    .map(({ facet, own }) => ({ facet, total: sumOf(own) }));
}

/**
 * Whether margins speak of one workforce: `none` where all totals are the same, `small` where they are within 1 % of the
 * first and can be brought to it, `large` where they cannot be weighted to. Those that differ from the first are told.
 */
export function disagreementOf(table: HeadcountTable): {
  size: 'none' | 'small' | 'large';
  totals: { facet: string; total: number }[];
} {
  const totals = marginTotals(table);
  const first = totals[0]?.total ?? 0;
  const apart = totals.filter(({ total }) => total !== first);
  if (apart.length === 0) return { size: 'none', totals: [] };
  const isLarge = apart.some(({ total }) => Math.abs(total - first) > mostDisagreement * first);
  return { size: isLarge ? 'large' : 'small', totals: [totals[0]!, ...apart] };
}

/** The headcounts by one facet as they were counted, which is what raking takes. Null where nobody is counted by it. */
export function marginOf(table: HeadcountTable, facet: string): ReadonlyMap<string, number> | null {
  const index = table.kind === 'joint' ? table.facets.indexOf(facet) : 0;
  const rows = table.kind === 'joint' ? table.rows : table.rows.filter((row) => row.facet === facet);
  if (index < 0 || rows.length === 0) return null;
  const margin = new Map<string, number>();
  for (const { codes, headcount } of rows) {
    margin.set(codes[index]!, (margin.get(codes[index]!) ?? 0) + headcount);
  }
  return margin;
}

/**
 * The cells over some facets, in the order asked for: of a joint table exactly, of margins as if facets were independent,
 * each margin brought to the first one's total. They add up to the total. Null where one of the facets is not counted.
 */
export function cellsOver(table: HeadcountTable, facets: readonly string[]): Cells | null {
  if (new Set(facets).size < facets.length) throw new RangeError('Each facet may be asked for once');
  if (facets.some((facet) => !marginOf(table, facet))) return null;
  return table.kind === 'joint' ? summed(table, facets) : estimated(table, facets);
}

function summed({ facets, rows }: HeadcountTable, asked: readonly string[]): Cells {
  const places = asked.map((facet) => facets.indexOf(facet));
  const cells = new Map<string, Cell>();
  for (const row of rows) {
    const codes = places.map((place) => row.codes[place]!);
    const key = codesKey(codes);
    const cell = cells.get(key);
    if (cell) cell.headcount += row.headcount;
    else cells.set(key, { codes, headcount: row.headcount });
  }
  return { cells: [...cells.values()], estimated: false };
}

function estimated(table: HeadcountTable, asked: readonly string[]): Cells {
  const total = totalOf(table);
  const shares = asked.map((facet) => {
    const margin = marginOf(table, facet)!;
    return { margin, total: sumOf([...margin.values()].map((headcount) => ({ headcount }))) };
  });
  const combinations = shares.reduce((product, { margin }) => product * margin.size, 1);
  if (combinations > mostEstimated) throw new RangeError('There are too many combinations to estimate');
  const cells = shares.reduce<Cell[]>(
    (before, { margin, total: own }, index) =>
      before.flatMap(({ codes, headcount }) =>
        [...margin].map(([code, counted]) => ({
          codes: [...codes, code],
          // The first facet as it was counted: a share of the total would only bring rounding in.
          headcount: index === 0 && own === total ? counted : own === 0 ? 0 : (headcount * counted) / own,
        })),
      ),
    [{ codes: [], headcount: total }],
  );
  return { cells, estimated: asked.length > 1 || shares.some(({ total: own }) => own !== total) };
}

/**
 * How many people share these codes, by facet: exactly, or estimated from margins. Nobody where the combination has no row; null
 * where one of the facets is not counted, for then it is not known.
 */
export function headcountOf(
  table: HeadcountTable,
  where: Readonly<Record<string, string>>,
): { headcount: number; estimated: boolean } | null {
  const found = cellsOver(table, Object.keys(where));
  if (!found) return null;
  const key = codesKey(Object.values(where));
  const cell = found.cells.find(({ codes }) => codesKey(codes) === key);
  return { headcount: cell?.headcount ?? 0, estimated: found.estimated };
}

/** One string for a row's place in its table. Codes hold no space. */
export function rowKey({ facet, codes }: Pick<Headcount, 'facet' | 'codes'>): string {
  return `${facet} ${codesKey(codes)}`;
}

function codesKey(codes: readonly string[]): string {
  return codes.join(' ');
}

/** The codes staff are counted by, of each facet. */
export function codesUsed({ facets, rows }: HeadcountTable): Map<string, Set<string>> {
  const used = new Map(facets.map((facet) => [facet, new Set<string>()]));
  for (const { facet, codes } of rows) {
    codes.forEach((code, index) => {
      used.get(facet || facets[index]!)?.add(code);
    });
  }
  return used;
}

/** A table's rows in the order of its facets' codes, as these are given; codes that are not among them last. */
export function inOrder(
  table: HeadcountTable,
  codesOf: ReadonlyMap<string, readonly string[]>,
): HeadcountTable {
  const places = new Map(
    [...codesOf].map(([facet, codes]) => [facet, new Map(codes.map((code, index) => [code, index]))]),
  );
  const placeOf = (facet: string, code: string) => places.get(facet)?.get(code) ?? Number.MAX_SAFE_INTEGER;
  const facetsOf = ({ facet }: Headcount) => (facet === '' ? table.facets : [facet]);
  const compare = (one: Headcount, other: Headcount): number => {
    const first = table.facets.indexOf(one.facet) - table.facets.indexOf(other.facet);
    if (first !== 0) return first;
    for (const [index, facet] of facetsOf(one).entries()) {
      const [a, b] = [one.codes[index]!, other.codes[index]!];
      const difference = placeOf(facet, a) - placeOf(facet, b) || (a < b ? -1 : Number(a > b));
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return { ...table, rows: [...table.rows].sort(compare) };
}

/** What has become of one combination: null where there was or is no row. */
export interface HeadcountChange {
  facet: string;
  codes: string[];
  before: number | null;
  after: number | null;
}

/** What differs between two states of a table with the same facets; everything, where these are others. */
export function differenceOf(before: HeadcountTable, after: HeadcountTable): HeadcountChange[] {
  const isSame = before.kind === after.kind && before.facets.join(' ') === after.facets.join(' ');
  if (!isSame) {
    return [
      ...before.rows.map(({ facet, codes, headcount }) => ({
        ...{ facet, codes, before: headcount, after: null },
      })),
      ...after.rows.map(({ facet, codes, headcount }) => ({
        ...{ facet, codes, before: null, after: headcount },
      })),
    ];
  }
  const was = new Map(before.rows.map((row) => [rowKey(row), row.headcount]));
  const is = new Map(after.rows.map((row) => [rowKey(row), row.headcount]));
  const gone = before.rows.filter((row) => !is.has(rowKey(row)));
  return [...after.rows, ...gone]
    .map((row) => ({
      facet: row.facet,
      codes: row.codes,
      before: was.get(rowKey(row)) ?? null,
      after: is.get(rowKey(row)) ?? null,
    }))
    .filter((change) => change.before !== change.after);
}

/** The table with its facets in another's order, where it counts by the same ones. */
export function inFacetsOf(table: HeadcountTable, other: HeadcountTable): HeadcountTable {
  const isSame =
    table.kind === other.kind && [...table.facets].sort().join(' ') === [...other.facets].sort().join(' ');
  if (!isSame) return table;
  const places = other.facets.map((facet) => table.facets.indexOf(facet));
  const turned = (row: Headcount) =>
    row.facet === '' ? { ...row, codes: places.map((place) => row.codes[place]!) } : row;
  return { ...table, facets: [...other.facets], rows: table.rows.map(turned) };
}

function sumOf(rows: readonly { headcount: number }[]): number {
  return rows.reduce((sum, { headcount }) => sum + headcount, 0);
}
