/** Answers to "where does this gap come from?", counted. */
export interface SourceCounts {
  /** People by what they ticked: the index is the ticks in binary, source 0 being the lowest bit. Index 0: no gap. */
  ticks: readonly number[];
  /** Of those who ticked several, how many called each source the main one. */
  mainOfSeveral: readonly number[];
}

/** Where the gaps come from, method "gap sources v1". All shares are per cent of the people with a gap. */
export interface GapSources {
  n: number;
  withGap: number;
  /** Share of all who answered that has a gap. */
  gapPercent: number;
  /** Share that ticked each source. Several may be ticked, so these can sum above 100. */
  anyPercent: number[];
  /** Share for whom each source is the main or only one. */
  mainPercent: number[];
  /** Several ticked, none called the main one. With the main shares this sums to 100. */
  notSurePercent: number;
  /** Each person shared out evenly among the sources they ticked. Sums to 100. */
  fractionalPercent: number[];
  /** How many sources people with a gap name on average. */
  meanSources: number;
}

/**
 * Where gaps come from (METHODS.md 1(g)), unweighted, for `sources` many sources. Null when nobody has a gap: no
 * share, rather than 0.
 */
export function gapSources({ ticks, mainOfSeveral }: SourceCounts, sources: number): GapSources | null {
  const n = sum(ticks);
  const withGap = n - (ticks[0] ?? 0);
  if (withGap === 0) return null;
  const each = Array.from({ length: sources }, (_, source) => source);
  const peopleWho = (of: (combination: number) => number) =>
    sum(ticks.map((people, combination) => (combination === 0 ? 0 : people * of(combination))));
  const percent = (people: number) => (100 * people) / withGap;
  const names = (combination: number, source: number) => (combination >> source) & 1;
  const main = each.map((source) => (ticks[1 << source] ?? 0) + (mainOfSeveral[source] ?? 0));
  return {
    n,
    withGap,
    gapPercent: (100 * withGap) / n,
    anyPercent: each.map((source) => percent(peopleWho((combination) => names(combination, source)))),
    mainPercent: main.map(percent),
    notSurePercent: percent(withGap - sum(main)),
    fractionalPercent: each.map((source) =>
      percent(peopleWho((combination) => names(combination, source) / bits(combination))),
    ),
    meanSources: peopleWho(bits) / withGap,
  };
}

function bits(combination: number): number {
  let left = combination;
  let count = 0;
  for (; left > 0; left >>= 1) count += left & 1;
  return count;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
