import { type Representativeness, representativeness } from '../gaps/representativeness';
import { cellsOver, type HeadcountTable } from '../populations/headcount';
import type { Plan } from '../questionnaires/plan';
import { type ShownCount, shownTable } from './withholding';

/** People who share all facets, in the plan's order, and how many they are. */
export interface Stratum {
  stratum: string[];
  respondents: number;
}

/** What answers are compared with: people invited give a response rate, people employed a share reached. */
export interface Denominators {
  kind: 'response rate' | 'share reached';
  table: HeadcountTable;
}

/** A group as it may be shown. */
export interface ShownGroup {
  count: ShownCount;
  /** How many there are of it, as far as that is known. */
  of: number | null;
}

/** A facet with what its question offers, in order. */
export interface AskedFacet {
  facet: string;
  choices: { code: string; label: string }[];
}

export interface GroupTable {
  /** One facet, or two: rows by the first, columns by the second. */
  facets: AskedFacet[];
  cells: ShownGroup[][];
  rows: ShownGroup[];
  columns: ShownGroup[];
  /** Everybody who answered, and everybody there is. */
  total: ShownGroup;
  kind: Denominators['kind'] | null;
  /** Were the numbers in each cell worked out from margins? */
  estimated: boolean;
}

/** The facets a table of who answered goes by: profession and setting where they are asked, else what the report is broken down by. */
export function facetsWatched(plan: Plan, dimensions: readonly string[]): AskedFacet[] {
  const usual = ['profession', 'setting'].filter((facet) => plan.facets.includes(facet));
  const wished = [...usual, ...dimensions.filter((facet) => !usual.includes(facet))];
  return wished.slice(0, 2).map((facet) => askedFacet(plan, facet));
}

/** The facet that tells organisations apart. */
export const organisationFacet = 'organisation';

/** What people are told apart by besides: their organisation, and the rest of what the report is broken down by. */
export function furtherFacets(
  plan: Plan,
  dimensions: readonly string[],
  watched: readonly AskedFacet[],
): AskedFacet[] {
  const wished = [organisationFacet, ...dimensions].filter((facet) => plan.facets.includes(facet));
  return [...new Set(wished)]
    .filter((facet) => watched.every((other) => other.facet !== facet))
    .map((facet) => askedFacet(plan, facet));
}

export function askedFacet(plan: Plan, facet: string): AskedFacet {
  const question = plan.pages.flatMap((page) => page.questions).find((asked) => asked.facet === facet);
  const choices = question?.choices ?? [];
  return { facet, choices: choices.map(({ value, text }) => ({ code: String(value), label: text })) };
}

/**
 * Who answered, group by group, with all that could give a small group away left out. `most`: how many can have answered at
 * most, where that is known.
 */
export function groupTable(
  plan: Plan,
  strata: readonly Stratum[],
  facets: AskedFacet[],
  threshold: number,
  denominators: Denominators | null,
  most = Number.POSITIVE_INFINITY,
): GroupTable {
  const [first, second] = facets;
  const rowsAsked = first?.choices ?? [];
  const columnsAsked = second?.choices ?? [];
  const exact = rowsAsked.map((row) =>
    second
      ? columnsAsked.map((column) =>
          peopleIn(plan, strata, { [first!.facet]: row.code, [second.facet]: column.code }),
        )
      : [peopleIn(plan, strata, { [first!.facet]: row.code })],
  );
  const byBoth = denominators && second ? headcounts(denominators, [first!.facet, second.facet]) : null;
  const byFirst = denominators && first ? headcounts(denominators, [first.facet]) : null;
  const bySecond = denominators && second ? headcounts(denominators, [second.facet]) : null;
  const of = (known: Headcounts | null, ...codes: string[]) => known && (known.of.get(codes.join(' ')) ?? 0);
  const ofCell = (r: number, c: number) => of(byBoth, rowsAsked[r]!.code, columnsAsked[c]!.code);
  const ofRow = (r: number) => of(byFirst, rowsAsked[r]!.code);
  const ofColumn = (c: number) => of(bySecond, columnsAsked[c]!.code);
  const ofAll = byFirst && sumOf([...byFirst.of.values()]);
  // Of people invited nobody is to learn that all have answered, not even all of a group.
  const isOfInvited = denominators?.kind === 'response rate';
  const within = (whole: number | null) => (isOfInvited && whole !== null ? Math.min(whole, most) : most);
  const shown = shownTable(exact, threshold, {
    cell: (r, c) => within(second ? ofCell(r, c) : ofRow(r)),
    row: (r) => within(ofRow(r)),
    column: (c) => within(second ? ofColumn(c) : ofAll),
    total: within(ofAll),
  });
  return {
    facets,
    cells: second ? shown.cells.map((row, r) => row.map((count, c) => ({ count, of: ofCell(r, c) }))) : [],
    rows: shown.rows.map((count, r) => ({ count, of: ofRow(r) })),
    columns: second ? shown.columns.map((count, c) => ({ count, of: ofColumn(c) })) : [],
    total: { count: shown.total, of: ofAll },
    kind: byBoth || byFirst || bySecond ? denominators!.kind : null,
    estimated: byBoth?.estimated ?? byFirst?.estimated ?? false,
  };
}

/**
 * How the groups that may be shown compare with the workforce, by each facet that it was counted by (METHODS.md 2.2): from
 * rounded counts, and among themselves only.
 */
export function representation(
  { facets, rows, columns }: GroupTable,
  workforce: HeadcountTable | null,
): { facet: AskedFacet; shown: Representativeness; withheld: string[] }[] {
  if (!workforce) return [];
  return facets.flatMap((facet, at) => {
    const groups = at === 0 ? rows : columns;
    const known = headcounts({ kind: 'share reached', table: workforce }, [facet.facet]);
    if (!known) return [];
    const all = facet.choices.map(({ code, label }, index) => ({
      ...{ code, label, count: groups[index]!.count, headcount: known.of.get(code) ?? 0 },
    }));
    const margin = all.flatMap(({ code, count, headcount }) =>
      count === null ? [] : [{ code, respondents: count, headcount }],
    );
    if (margin.length < 2) return [];
    const withheld = all.filter(({ count, headcount }) => count === null && headcount > 0);
    return [{ facet, shown: representativeness(margin), withheld: withheld.map(({ label }) => label) }];
  });
}

/** Do these denominators tell people apart by a facet? */
export function isCountedBy({ table }: Denominators, facet: string): boolean {
  return cellsOver(table, [facet]) !== null;
}

interface Headcounts {
  of: Map<string, number>;
  estimated: boolean;
}

function headcounts({ table }: Denominators, facets: string[]): Headcounts | null {
  const found = cellsOver(table, facets);
  if (!found) return null;
  const of = new Map(found.cells.map(({ codes, headcount }) => [codes.join(' '), Math.round(headcount)]));
  return { of, estimated: found.estimated };
}

/** Everybody who shares these codes. */
export function peopleIn(plan: Plan, strata: readonly Stratum[], where: Record<string, string>): number {
  const places = Object.entries(where).map(([facet, code]) => [plan.facets.indexOf(facet), code] as const);
  return strata
    .filter(({ stratum }) => places.every(([place, code]) => stratum[place] === code))
    .reduce((sum, { respondents }) => sum + respondents, 0);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
