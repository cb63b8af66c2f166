import {
  type Count,
  effectiveSize,
  peopled,
  peopleIn,
  type Sample,
  squaredWeightsOf,
  squaresOf,
  sumOf,
  weightOf,
} from './count';
import { tQuantile } from './distributions';
import { type Estimate, type Figure, type Interval, missing, scaled } from './figure';
import { finiteBase, finiteFactor, weightedBase, wilsonInterval } from './interval';

export const method = { name: 'estimate', version: 1 };

/**
 * The weighted mean of a value over the people counted, with the standard error of METHODS.md 2.5 and its t interval,
 * clipped to `range`, the lowest and highest mean there can be. The people may be a domain of the sample: a mean of
 * those who are below, or of one profession. Missing without people; fewer than two have no standard error.
 */
export function meanFigure<C extends Count>(
  counts: readonly C[],
  value: (count: C) => number,
  sample: Sample,
  range: Interval,
): Figure {
  const people = peopled(counts);
  if (people.length === 0) return missing('no_valid_answers');
  const mean = sumOf(people, (count) => count.weight * value(count)) / weightOf(people);
  return estimateAround(mean, standardError(people, value, mean, sample), sample, range);
}

/** A mean with a t interval: ȳ ± t(0.975, n-1)·SE, n the whole sample, clipped to its range (METHODS.md 2.5). */
export function estimateAround(
  mean: number,
  se: number | null,
  { n }: Pick<Sample, 'n'>,
  [lowest, highest]: Interval,
): Estimate {
  if (se === null) return { estimate: mean, se, interval: null };
  const reach = tPoint(n - 1) * se;
  return {
    estimate: mean,
    se,
    interval: [Math.max(lowest, mean - reach), Math.min(highest, mean + reach)],
  };
}

/** 97.5 % points already worked out. The cells of a report share a few samples, and a point takes longer than all else in a mean. */
const tPoints = new Map<number, number>();
const mostKept = 10_000;

function tPoint(df: number): number {
  const known = tPoints.get(df);
  if (known !== undefined) return known;
  const point = tQuantile(0.975, df);
  if (tPoints.size >= mostKept) tPoints.clear();
  tPoints.set(df, point);
  return point;
}

/**
 * SE of a weighted mean, with weights taken as fixed and by linearisation with replacement (METHODS.md 2.5):
 * SE² = n/(n-1) · Σ(w(y-ȳ))²/(Σw)², n being the whole sample. Null for fewer than two people.
 */
function standardError<C extends Count>(
  people: readonly C[],
  value: (count: C) => number,
  mean: number,
  sample: Sample,
): number | null {
  const squares = sumOf(people, (count) => squaresOf(count) * (value(count) - mean) ** 2);
  return errorOf(squares, people, sample);
}

/** The standard error from the sum of squares that METHODS.md 2.5 names. */
function errorOf(squares: number, people: readonly Count[], sample: Sample): number | null {
  const n = peopleIn(people);
  if (sample.n < n) throw new RangeError('The sample is smaller than a group of it');
  if (n < 2) return null;
  const se = Math.sqrt(((sample.n / (sample.n - 1)) * squares) / weightOf(people) ** 2);
  return sample.population === undefined ? se : se * finiteFactor(n, sample.population);
}

/** A share, 0 to 1, and what its interval and comparisons rest on. */
export interface Proportion {
  share: number;
  se: number | null;
  /** n in Wilson's interval: people, n* when weighted, larger in a finite population. */
  base: number;
  /** People asked, whoever they are. */
  n: number;
}

/** The share that `part` has in `whole`, of which it is counted apart: every person of the part is in the whole. Null for nobody. */
export function proportionOf(
  part: readonly Count[],
  whole: readonly Count[],
  sample: Sample,
): Proportion | null {
  const [some, all] = [peopled(part), peopled(whole)];
  const n = peopleIn(all);
  if (n === 0) return null;
  const everybody = peopleIn(some) === n;
  const share = everybody ? 1 : weightOf(some) / weightOf(all);
  const inPart = squaredWeightsOf(some);
  const inRest = Math.max(0, squaredWeightsOf(all) - inPart);
  const spread = everybody ? 0 : (1 - share) ** 2 * inPart + share ** 2 * inRest;
  const { population, ...infinite } = sample;
  const base = sample.weighted
    ? weightedBase(share, errorOf(spread, all, infinite), n, effectiveSize(all))
    : n;
  return {
    share,
    se: errorOf(spread, all, sample),
    base: population === undefined ? base : finiteBase(base, n, population),
    n,
  };
}

/**
 * The share that `part` has in `whole` in per cent, with its standard error and Wilson's interval, weighted where the sample is
 * (METHODS.md 2.6). Missing without people.
 */
export function percentFigure(part: readonly Count[], whole: readonly Count[], sample: Sample): Figure {
  const proportion = proportionOf(part, whole, sample);
  if (!proportion) return missing('no_valid_answers');
  const { share, se, base } = proportion;
  return scaled({ estimate: share, se, interval: wilsonInterval(share, base) }, 100);
}

/**
 * SE of a weighted mean where whole clusters were invited, all staff of one practice say (METHODS.md 2.5): w(y-ȳ) is summed by
 * cluster, then SE² = m/(m-1) · Σ over the m clusters / (Σw)². `clusters` is m, of the whole sample. Null with fewer than two.
 */
export function clusteredError<C extends Count & { cluster: string }>(
  counts: readonly C[],
  value: (count: C) => number,
  clusters: number,
): number | null {
  const people = peopled(counts);
  if (clusters < 2 || people.length === 0) return null;
  const weight = weightOf(people);
  const mean = sumOf(people, (count) => count.weight * value(count)) / weight;
  const residuals = new Map<string, number>();
  for (const count of people) {
    const residual = count.weight * (value(count) - mean);
    residuals.set(count.cluster, (residuals.get(count.cluster) ?? 0) + residual);
  }
  const squares = sumOf([...residuals.values()], (residual) => residual * residual);
  return Math.sqrt((clusters / (clusters - 1)) * squares) / weight;
}
