import { firstValueCode } from '../questionnaires/coding';
import { mostInScale, type PairCells, type ScaleCells, type TallyLayout } from './layout';

/** Exact counts for one stratum: the people who share all facets. Internal; no reader's page reads them. */
export interface Tally {
  /** The facets' codes, in the plan's order. */
  stratum: string[];
  respondents: number;
  /** How many were counted here once and were taken out again, ever. */
  withdrawn: number;
  /** One count for each cell of the layout. */
  counts: number[];
}

/** What is being counted of one stratum. */
export interface Count extends Pick<Tally, 'stratum' | 'respondents'> {
  counts: Float64Array;
}

/** Counts by their stratum, written as one text. */
export type Counts = Map<string, Count>;

/** The count of a stratum, new and empty when it is the first of it. */
export function countFor(counts: Counts, key: string, layout: TallyLayout, stratum: () => string[]): Count {
  let count = counts.get(key);
  if (!count) {
    count = { stratum: stratum(), respondents: 0, counts: new Float64Array(layout.cells) };
    counts.set(key, count);
  }
  return count;
}

/** Counts one response's ratings, one byte for each item. */
export function countRatings(count: Count, layout: TallyLayout, ratings: Uint8Array): void {
  const { offsets, pairs, scales } = layout;
  const { counts } = count;
  count.respondents += 1;
  for (let item = 0; item < offsets.length; item += 1) counts[offsets[item]! + ratings[item]!]! += 1;
  for (const pair of pairs) countPair(counts, pair, ratings);
  for (const scale of scales) countScale(counts, scale, ratings);
}

function countPair(
  counts: Float64Array,
  { first, second, offset, width }: PairCells,
  ratings: Uint8Array,
): void {
  const one = ratings[first]! - firstValueCode;
  const other = ratings[second]! - firstValueCode;
  if (one >= 0 && other >= 0) counts[offset + one * width + other]! += 1;
}

/** What somebody rated a scale's items, while it is being counted: a million responses need no million lists. */
const rated = new Float64Array(mostInScale);

/** Nothing where an item has no value: only whoever rated all of a scale is in its sums. */
function countScale(counts: Float64Array, { items, values, offset }: ScaleCells, ratings: Uint8Array): void {
  const size = items.length;
  for (let i = 0; i < size; i += 1) {
    const code = ratings[items[i]!]!;
    if (code < firstValueCode) return;
    rated[i] = values[code]!;
  }
  let cell = offset;
  counts[cell++]! += 1;
  for (let i = 0; i < size; i += 1) counts[cell++]! += rated[i]!;
  for (let i = 0; i < size; i += 1) {
    const value = rated[i]!;
    for (let j = i; j < size; j += 1) counts[cell++]! += value * rated[j]!;
  }
}

/** The strata in which tallies differ from what was counted; none when they agree to the last unit. */
export function differences(tallies: Iterable<Tally>, counted: Iterable<Count>): string[][] {
  const left = new Map([...tallies].map((tally) => [JSON.stringify(tally.stratum), tally]));
  const found: string[][] = [];
  for (const count of counted) {
    const key = JSON.stringify(count.stratum);
    if (!isSame(left.get(key), count)) found.push(count.stratum);
    left.delete(key);
  }
  for (const tally of left.values()) if (!isEmpty(tally)) found.push(tally.stratum);
  return found;
}

function isSame(tally: Tally | undefined, count: Count): boolean {
  return (
    tally !== undefined &&
    tally.respondents === count.respondents &&
    tally.counts.length === count.counts.length &&
    tally.counts.every((people, cell) => people === count.counts[cell])
  );
}

/** Is nobody counted any more? */
function isEmpty({ respondents, counts }: Tally): boolean {
  return respondents === 0 && counts.every((people) => people === 0);
}
