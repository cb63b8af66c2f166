import { fQuantile } from './distributions';
import { comparable, type Interval } from './figure';
import { type OneFactor, oneFactor } from './one-factor';

export const method = { name: 'scale-reliability', version: 1 };

/**
 * What has to be kept of the people who answered every item of a scale: how many they are, the sum of each item, and the sum of the
 * products of each two items (of an item with itself: its squares). Variances and covariances need no more, and alpha and omega no
 * more than those; the sums of strata add up, and an answer withdrawn can be taken out again. Tallies of single items would not do.
 */
export interface ScaleSums {
  n: number;
  sums: number[];
  /** Full and symmetric: products[i][j] is the sum of item i times item j. */
  products: number[][];
}

/** People who gave the same answers to all items. */
export interface ScalePattern {
  values: readonly number[];
  n: number;
}

/** The sums of a scale of `items` items. Only people who answered every item belong in `patterns`. */
export function scaleSumsOf(patterns: readonly ScalePattern[], items: number): ScaleSums {
  const each = Array.from({ length: items }, (_, item) => item);
  const sumOver = (of: (values: readonly number[]) => number) =>
    patterns.reduce((total, { values, n }) => total + n * of(values), 0);
  return {
    n: sumOver(() => 1),
    sums: each.map((i) => sumOver((values) => values[i]!)),
    products: each.map((i) => each.map((j) => sumOver((values) => values[i]! * values[j]!))),
  };
}

/** The sums of the people of two strata together. */
export function addedSums(one: ScaleSums, other: ScaleSums): ScaleSums {
  return {
    n: one.n + other.n,
    sums: one.sums.map((sum, item) => sum + other.sums[item]!),
    products: one.products.map((row, i) => row.map((product, j) => product + other.products[i]![j]!)),
  };
}

/** The sums with one item scored the other way round: x' = lowest + highest - x. */
export function reverseScored(scale: ScaleSums, item: number, lowest: number, highest: number): ScaleSums {
  const ends = lowest + highest;
  const { n, sums } = scale;
  const turned = (i: number, j: number, product: number) => {
    if (i === item && j === item) return n * ends * ends - 2 * ends * sums[item]! + product;
    if (i === item) return ends * sums[j]! - product;
    return j === item ? ends * sums[i]! - product : product;
  };
  return {
    n,
    sums: sums.map((sum, i) => (i === item ? n * ends - sum : sum)),
    products: scale.products.map((row, i) => row.map((product, j) => turned(i, j, product))),
  };
}

export type ReliabilityReason =
  | 'no_valid_answers'
  | 'too_few_complete_answers'
  | 'fewer_than_2_items'
  | 'constant_item'
  | 'zero_total_variance';

export type ReliabilityWarning = 'do_not_average' | 'items_may_be_redundant' | 'check_reverse_scoring';

/** One item among the others. */
export interface ScaleItem {
  /** Alpha of the others; null where fewer than two are left, or their sum does not vary. */
  alphaIfDeleted: number | null;
  /** Correlation with the sum of the others, -1 to 1; null where that does not vary. */
  itemTotal: number | null;
  variance: number;
}

export interface ScaleReliability {
  reliable: true;
  n: number;
  /** At most 1; below 0 where items run against each other. */
  alpha: number;
  /** Feldt's 95 % interval. */
  interval: Interval;
  /** Alpha of the items brought to the same variance; null where their sum then does not vary. */
  standardisedAlpha: number | null;
  meanCorrelation: number;
  totalVariance: number;
  items: ScaleItem[];
  /** Omega total with its loadings and uniquenesses, or why there is none. */
  omega: OneFactor;
  warnings: ReliabilityWarning[];
}

/** No reliability, and why. `items` names those that do not vary. */
export interface NoReliability {
  reliable: false;
  n: number;
  reason: ReliabilityReason;
  items: number[];
}

/**
 * How well the items of a scale hang together (METHODS.md 1(k)), unweighted, over the people who answered all of them:
 * Cronbach's alpha = k/(k-1)·(1 - Σs²/s_T²) with n-1 variances, its interval after Feldt (1965), and McDonald's omega. Reported from
 * `fewest` people on; refused with fewer than two items, an item that does not vary, or a sum that does not.
 */
export function scaleReliability(scale: ScaleSums, fewest = 30): ScaleReliability | NoReliability {
  const { n } = scale;
  const k = scale.sums.length;
  const refused = (reason: ReliabilityReason, items: number[] = []): NoReliability => ({
    ...{ reliable: false, n, reason, items },
  });
  if (n === 0) return refused('no_valid_answers');
  if (k < 2) return refused('fewer_than_2_items');
  if (n < Math.max(2, fewest)) return refused('too_few_complete_answers');
  const covariances = covariancesOf(scale);
  const constant = covariances.flatMap((row, item) => (row[item]! <= 0 ? [item] : []));
  if (constant.length > 0) return refused('constant_item', constant);
  const all = covariances.map((_, item) => item);
  const totalVariance = varianceOfSum(covariances, all);
  const alpha = alphaOf(covariances, all);
  if (alpha === null) return refused('zero_total_variance');
  const meanCorrelation = meanCorrelationOf(covariances);
  return {
    reliable: true,
    n,
    alpha,
    interval: feldt(alpha, n, k),
    standardisedAlpha: standardised(meanCorrelation, k),
    meanCorrelation,
    totalVariance,
    items: all.map((item) => itemOf(covariances, item)),
    omega: oneFactor(covariances.map((row) => row.map((covariance) => (covariance * (n - 1)) / n))),
    warnings: warningsOf(alpha),
  };
}

function standardised(meanCorrelation: number, k: number): number | null {
  const together = 1 + (k - 1) * meanCorrelation;
  return isNothing(together, 1) ? null : (k * meanCorrelation) / together;
}

/** With divisor n-1. Ratings are whole, so the numerators are exact and an item that does not vary has exactly 0. */
function covariancesOf({ n, sums, products }: ScaleSums): number[][] {
  return products.map((row, i) =>
    row.map((product, j) => (n * product - sums[i]! * sums[j]!) / (n * (n - 1))),
  );
}

function varianceOfSum(covariances: readonly number[][], items: readonly number[]): number {
  return items.reduce((sum, i) => sum + items.reduce((part, j) => part + covariances[i]![j]!, 0), 0);
}

/** Null with fewer than two items, or where their sum does not vary. */
function alphaOf(covariances: readonly number[][], items: readonly number[]): number | null {
  const k = items.length;
  const apart = items.reduce((sum, item) => sum + covariances[item]![item]!, 0);
  const together = varianceOfSum(covariances, items);
  if (k < 2 || isNothing(together, apart)) return null;
  return (k / (k - 1)) * (1 - apart / together);
}

/** Is a variance 0, but for what rounding leaves of what it was summed from? */
function isNothing(variance: number, summedFrom: number): boolean {
  return variance <= 1e-12 * summedFrom;
}

function meanCorrelationOf(covariances: readonly number[][]): number {
  const correlations = covariances.flatMap((row, i) =>
    row.slice(0, i).map((covariance, j) => covariance / Math.sqrt(row[i]! * covariances[j]![j]!)),
  );
  return correlations.reduce((sum, correlation) => sum + correlation, 0) / correlations.length;
}

function itemOf(covariances: readonly number[][], item: number): ScaleItem {
  const others = covariances.map((_, index) => index).filter((index) => index !== item);
  const variance = covariances[item]![item]!;
  const ofOthers = varianceOfSum(covariances, others);
  const shared = others.reduce((sum, other) => sum + covariances[item]![other]!, 0);
  return {
    alphaIfDeleted: alphaOf(covariances, others),
    itemTotal: isNothing(ofOthers, variance) ? null : shared / Math.sqrt(variance * ofOthers),
    variance,
  };
}

/** 1 - (1-α)·F, at the F of 97.5 % and of 2.5 % with n-1 and (n-1)(k-1) degrees of freedom. */
function feldt(alpha: number, n: number, k: number): Interval {
  const end = (p: number) => 1 - (1 - alpha) * fQuantile(p, n - 1, (n - 1) * (k - 1));
  return [end(0.975), end(0.025)];
}

function warningsOf(alpha: number): ReliabilityWarning[] {
  const score = comparable(alpha);
  return [
    ...(score < 0.7 ? (['do_not_average'] as const) : []),
    ...(score > 0.95 ? (['items_may_be_redundant'] as const) : []),
    ...(score < 0 ? (['check_reverse_scoring'] as const) : []),
  ];
}
