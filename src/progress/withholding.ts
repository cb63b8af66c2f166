import { groupStatus } from '../disclosure/threshold';
import { toNearestFiveOf } from '../platform/rounding';

/** A count as it may be shown: to the nearest five, or null where it may not be. */
export type ShownCount = number | null;

/** People by two facets; by one, where there is a single column. */
export interface ShownTable {
  cells: ShownCount[][];
  rows: ShownCount[];
  columns: ShownCount[];
  /** Always shown, however few. */
  total: number;
}

/** A count, and what somebody can work out of it who knows all that is shown and how it came about. */
interface Count {
  exact: number;
  /** As it is shown, where it is. */
  rounded: number;
  /** How many there can be, where that is known to all. */
  most: number;
  isShown: boolean;
  /** Fewer than the threshold, perhaps nobody: what must not be found out. */
  isSmall: boolean;
  low: number;
  high: number;
}

/** A count that is the sum of others. */
interface Sum {
  whole: Count;
  parts: Count[];
}

/** How many people there can be in a cell, a row, a column and in all, where that is known. */
export interface Most {
  cell(row: number, column: number): number;
  row(row: number): number;
  column(column: number): number;
  total: number;
}

/** As many everywhere, or nobody knows. */
export function mostEverywhere(most = Number.POSITIVE_INFINITY): Most {
  const same = () => most;
  return { cell: same, row: same, column: same, total: most };
}

/** Within how much of a count its nearest five lies. */
const rounding = 2;

/** So many people must seem possible in a small group, even where nobody is: with none, that makes five numbers. */
const possibleAtLeast = 4;

/**
 * What may be shown of a table of who answered while people still answer. Counts are to the nearest five. Nothing is said of
 * a group of fewer than the threshold, not even whether anybody is in it, so that its first answer is not seen to come.
 * Further counts are withheld where adding and subtracting what is shown would tell that anybody in such a group has answered
 * (and so, of a group of few, that all have), or would leave fewer than five numbers of people possible: first totals of rows
 * and columns, then the smallest count beside it.
 */
export function shownTable(
  exact: readonly (readonly number[])[],
  threshold: number,
  most: Most = mostEverywhere(),
): ShownTable {
  const table = exact.map((row, r) => row.map((people, c) => countOf(people, threshold, most.cell(r, c))));
  const rows = exact.map((row, r) => countOf(sumOf(row), threshold, most.row(r)));
  const columns = (exact[0] ?? []).map((_, at) =>
    countOf(sumOf(exact.map((row) => row[at]!)), threshold, most.column(at)),
  );
  const all = countOf(sumOf(exact.flat()), threshold, most.total);
  const total: Count = { ...all, isShown: true, isSmall: false };
  const sums = [
    ...rows.map((whole, at) => ({ whole, parts: table[at]! })),
    ...columns.map((whole, at) => ({ whole, parts: table.map((row) => row[at]!) })),
    { whole: total, parts: rows },
    { whole: total, parts: columns },
  ];
  const counts = [...table.flat(), ...rows, ...columns];
  while (withholdOneMore(counts, total, sums, threshold));
  const shown = ({ isShown, rounded }: Count) => (isShown ? rounded : null);
  return {
    cells: table.map((row) => row.map(shown)),
    rows: rows.map(shown),
    columns: columns.map(shown),
    total: total.rounded,
  };
}

/** The same for a list of groups whose total is shown. */
export function shownList(
  exact: readonly number[],
  threshold: number,
  most: Most = mostEverywhere(),
): { counts: ShownCount[]; total: number } {
  const { rows, total } = shownTable(
    exact.map((people) => [people]),
    threshold,
    most,
  );
  return { counts: rows, total };
}

function countOf(people: number, threshold: number, most: number): Count {
  const isShown = groupStatus(people, threshold) === 'shown';
  const rounded = toNearestFiveOf(people, most);
  return { exact: people, rounded, most, isShown, isSmall: !isShown, low: 0, high: 0 };
}

/** Withholds one more count where what is shown gives a small group away. False when it does not, or when nothing else helps. */
function withholdOneMore(
  counts: readonly Count[],
  total: Count,
  sums: readonly Sum[],
  threshold: number,
): boolean {
  for (const count of counts) Object.assign(count, rangeOf(count, threshold));
  Object.assign(total, rangeOf(total, 0));
  const least = Math.min(possibleAtLeast, threshold - 1, total.high);
  const isGivenAway = ({ isSmall, low, high }: Count) => isSmall && (low > 0 || high < least);
  for (let narrowed = true; narrowed; ) {
    narrowed = false;
    for (const sum of sums) {
      if (!narrow(sum)) continue;
      narrowed = true;
      if (!isGivenAway(sum.whole) && !sum.parts.some(isGivenAway)) continue;
      const next = nextToWithhold(sum, total, sums);
      if (next) next.isShown = false;
      if (next) return true;
    }
  }
  return false;
}

/** What is known of a count by itself. */
function rangeOf(
  { rounded, most, isShown, isSmall }: Count,
  threshold: number,
): { low: number; high: number } {
  if (isSmall) return { low: 0, high: threshold - 1 };
  if (!isShown) return { low: 0, high: Number.POSITIVE_INFINITY };
  // What would have been rounded up past all there are is shown as five fewer.
  const high =
    rounded <= most && rounded + 5 > most ? Math.max(most, rounded + rounding) : rounded + rounding;
  return { low: Math.max(threshold, rounded - rounding), high };
}

/** Narrows the ranges of a sum and its parts by one another, as far as one step goes. True where that told anything. */
function narrow({ whole, parts }: Sum): boolean {
  const low = sumOf(parts.map((part) => part.low));
  const high = sumOf(parts.map((part) => part.high));
  const endless = parts.filter((part) => part.high === Number.POSITIVE_INFINITY);
  const finite = sumOf(parts.filter((part) => !endless.includes(part)).map((part) => part.high));
  const highOfOthers = (part: Count): number => {
    if (endless.length > 1 || (endless.length === 1 && endless[0] !== part)) return Number.POSITIVE_INFINITY;
    return endless.length === 1 ? finite : finite - part.high;
  };
  const limits = parts.map((part) => ({
    low: whole.low - highOfOthers(part),
    high: whole.high - (low - part.low),
  }));
  const told = parts.map((part, at) => tighten(part, limits[at]!));
  return [tighten(whole, { low, high }), ...told].some(Boolean);
}

function tighten(count: Count, { low, high }: { low: number; high: number }): boolean {
  const isTold = low > count.low || high < count.high;
  count.low = Math.max(count.low, low);
  count.high = Math.min(count.high, high);
  return isTold;
}

/** What is best withheld where a sum gives one of its counts away. */
function nextToWithhold({ whole, parts }: Sum, total: Count, sums: readonly Sum[]): Count | undefined {
  if (whole.isShown && whole !== total) return whole;
  const beside = sums.filter((sum) => sum.whole === total && sum.parts.includes(whole));
  return smallestShown(parts) ?? smallestShown(beside.flatMap((sum) => sum.parts));
}

function smallestShown(counts: readonly Count[]): Count | undefined {
  return counts.filter(({ isShown }) => isShown).sort((one, other) => one.exact - other.exact)[0];
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
