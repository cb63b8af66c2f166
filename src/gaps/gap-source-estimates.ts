import { type Adjusted, adjustForMany, type Comparison, compareProportions } from './comparison';
import { type Count, peopled, peopleIn, type Sample, sumOf } from './count';
import { chiSquaredTail } from './distributions';
import { meanFigure, percentFigure, proportionOf } from './estimate';
import type { Figure } from './figure';

export const method = { name: 'gap-sources', version: 1 };

/** People by what they ticked: source 0 is the lowest bit. 0 ticks: no gap. */
export interface TickCount extends Count {
  ticks: number;
}

/** People who ticked several, by the one they called the main one; null where none was named. */
export interface MainCount extends Count {
  source: number | null;
}

/** Answers to "where does this gap come from?". Everybody who ticked several is in `mainOfSeveral` once. */
export interface SourceAnswers {
  ticks: readonly TickCount[];
  mainOfSeveral: readonly MainCount[];
}

/** Where gaps come from, with its uncertainty. Shares are per cent of the people with a gap. */
export interface GapSourceEstimates {
  n: number;
  withGap: number;
  /** Per cent of all who answered. */
  gap: Figure;
  /** Per cent that ticked each source. Can sum above 100: never stack them. */
  any: Figure[];
  /** Per cent for whom each source is the main or only one; with `notSure` they sum to 100. */
  main: Figure[];
  notSure: Figure;
  /** Each person shared out evenly among the sources ticked; sums to 100. */
  fractional: Figure[];
  meanSources: Figure;
}

/**
 * Where gaps come from (METHODS.md 1(g)), for `sources` many sources, with weights and intervals. Without a gap the shares are missing.
 * Throws a RangeError where others than those who ticked several are said to have named a main one, or not.
 */
export function gapSourceEstimates(
  { ticks, mainOfSeveral }: SourceAnswers,
  sources: number,
  sample: Sample,
): GapSourceEstimates {
  const people = peopled(ticks);
  const base = people.filter((count) => count.ticks > 0);
  const several = base.filter((count) => sourcesOf(count) > 1);
  if (peopleIn(several) !== peopleIn(mainOfSeveral)) {
    throw new RangeError('Everybody who ticked several sources has a main one, or none');
  }
  // How many people of a population have a gap is not known.
  const ofGap = { n: sample.n, weighted: sample.weighted };
  const each = Array.from({ length: sources }, (_, source) => source);
  return {
    n: peopleIn(people),
    withGap: peopleIn(base),
    gap: percentFigure(base, people, sample),
    any: each.map((source) => percentFigure(naming(base, source), base, ofGap)),
    main: each.map((source) =>
      percentFigure(
        [
          ...base.filter((count) => count.ticks === 1 << source),
          ...mainOfSeveral.filter((count) => count.source === source),
        ],
        base,
        ofGap,
      ),
    ),
    notSure: percentFigure(
      mainOfSeveral.filter(({ source }) => source === null),
      base,
      ofGap,
    ),
    fractional: each.map((source) =>
      meanFigure(base, (count) => (names(count, source) ? 100 / sourcesOf(count) : 0), ofGap, [0, 100]),
    ),
    meanSources: meanFigure(base, sourcesOf, ofGap, [1, sources]),
  };
}

function naming(counts: readonly TickCount[], source: number): TickCount[] {
  return counts.filter((count) => names(count, source));
}

function names({ ticks }: TickCount, source: number): boolean {
  return ((ticks >> source) & 1) === 1;
}

function sourcesOf({ ticks }: TickCount): number {
  let count = 0;
  for (let left = ticks; left > 0; left >>= 1) count += left & 1;
  return count;
}

/** Cochran's Q, with its degrees of freedom and p. */
export interface CochransQ {
  q: number;
  df: number;
  p: number;
}

/**
 * Are all sources named equally often by the people with a gap? Cochran's Q = (k-1)(kΣC² - T²)/(kT - ΣR²), unweighted, chi-squared with
 * k-1 degrees of freedom (METHODS.md 1(g); Cochran 1950). Null where everybody names every source, or nobody has a gap.
 */
export function cochransQ(ticks: readonly TickCount[], sources: number): CochransQ | null {
  const base = peopled(ticks).filter((count) => count.ticks > 0);
  const columns = Array.from({ length: sources }, (_, source) => peopleIn(naming(base, source)));
  const total = sumOf(columns, (column) => column);
  const rows = sumOf(base, (count) => count.n * sourcesOf(count) ** 2);
  const spread = sources * total - rows;
  if (sources < 2 || spread === 0) return null;
  const q = ((sources - 1) * (sources * sumOf(columns, (column) => column ** 2) - total ** 2)) / spread;
  return { q, df: sources - 1, p: chiSquaredTail(q, sources - 1) };
}

/** A field of nursing, say, and what its people with a gap ticked. */
export interface SourceField {
  code: string;
  ticks: readonly TickCount[];
  /** May its figures be published? Only then its comparisons are of the family. */
  publishable: boolean;
}

/** How much more often a source is named in a field than in all the others together, in percentage points. */
export interface FieldComparison extends Adjusted {
  field: string;
  source: number;
  comparison: Comparison;
}

/** Each field against the rest, for each source, with the p of all of them adjusted together (METHODS.md 1(g), "Tests"). */
export function compareFields(
  fields: readonly SourceField[],
  sources: number,
  sample: Sample,
): FieldComparison[] {
  const rows = fields.flatMap(({ code, ticks, publishable }) => {
    const rest = fields.flatMap((other) => (other.code === code ? [] : other.ticks));
    return Array.from({ length: sources }, (_, source) => {
      const comparison = compareProportions(namedIn(ticks, source, sample), namedIn(rest, source, sample));
      return { field: code, source, comparison, p: publishable ? comparison.p : null };
    });
  });
  const adjusted = adjustForMany(rows.map(({ p }) => p));
  return rows.map(({ field, source, comparison }, index) => ({
    ...{ field, source, comparison },
    ...adjusted[index]!,
  }));
}

function namedIn(ticks: readonly TickCount[], source: number, { n, weighted }: Sample) {
  const base = ticks.filter((count) => count.ticks > 0);
  return proportionOf(naming(base, source), base, { n, weighted });
}
