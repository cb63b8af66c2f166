import type { TallyLayout } from './layout';

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
  const { offsets } = layout;
  tally.respondents += 1;
  for (let item = 0; item < offsets.length; item += 1) {
    tally.counts[offsets[item]! + ratings[item]!]! += 1;
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
