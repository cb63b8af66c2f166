import { firstValueCode } from '../questionnaires/coding';
import type { PairCells, ScaleCells, TallyLayout } from './layout';

/** Exact counts for one stratum: the people who share all facets. Internal; no reader's page reads them. */
export interface Tally {
  /** The facets' codes, in the plan's order. */
  stratum: string[];
  respondents: number;
  /** One count for each cell of the layout. */
  counts: number[];
}

/** Tallies by their stratum, written as one text. */
export type Tallies = Map<string, Tally>;

/** The tally of a stratum, new and empty when it is the first of it. */
export function tallyFor(tallies: Tallies, key: string, layout: TallyLayout, stratum: () => string[]): Tally {
  let tally = tallies.get(key);
  if (!tally) {
    tally = { stratum: stratum(), respondents: 0, counts: new Array(layout.cells).fill(0) };
    tallies.set(key, tally);
  }
  return tally;
}

/** Counts one response's ratings, one byte for each item. */
export function countRatings(tally: Tally, layout: TallyLayout, ratings: Uint8Array): void {
  const { offsets, pairs, scales } = layout;
  const { counts } = tally;
  tally.respondents += 1;
  for (let item = 0; item < offsets.length; item += 1) counts[offsets[item]! + ratings[item]!]! += 1;
  for (const pair of pairs) countPair(counts, pair, ratings);
  for (const scale of scales) countScale(counts, scale, ratings);
}

function countPair(counts: number[], { first, second, offset, width }: PairCells, ratings: Uint8Array): void {
  const one = ratings[first]! - firstValueCode;
  const other = ratings[second]! - firstValueCode;
  if (one >= 0 && other >= 0) counts[offset + one * width + other]! += 1;
}

/** Nothing where an item has no value: only whoever rated all of a scale is in its sums. */
function countScale(counts: number[], { items, values, offset }: ScaleCells, ratings: Uint8Array): void {
  for (const item of items) if (ratings[item]! < firstValueCode) return;
  counts[offset]! += 1;
  let product = offset + 1 + items.length;
  for (let i = 0; i < items.length; i += 1) {
    const value = values[i]![ratings[items[i]!]!]!;
    counts[offset + 1 + i]! += value;
    for (let j = i; j < items.length; j += 1) {
      counts[product]! += value * values[j]![ratings[items[j]!]!]!;
      product += 1;
    }
  }
}

/** The strata in which two sets of tallies differ; none when they agree to the last unit. */
export function differences(one: Iterable<Tally>, other: Iterable<Tally>): string[][] {
  const texts = new Map([...one].map((tally) => [JSON.stringify(tally.stratum), tally]));
  const found: string[][] = [];
  for (const tally of other) {
    const key = JSON.stringify(tally.stratum);
    if (!sameCounts(texts.get(key), tally)) found.push(tally.stratum);
    texts.delete(key);
  }
  for (const tally of texts.values()) if (tally.respondents > 0) found.push(tally.stratum);
  return found;
}

function sameCounts(one: Tally | undefined, other: Tally): boolean {
  if (!one) return other.respondents === 0;
  return (
    one.respondents === other.respondents &&
    one.counts.length === other.counts.length &&
    one.counts.every((count, cell) => count === other.counts[cell])
  );
}
