import { type Count, peopled, peopleIn, type Sample } from './count';
import { normalTwoSided, tQuantile, tTwoSided } from './distributions';
import { meanFigure, type Proportion } from './estimate';
import { comparable, type Estimate, type Figure, type Interval, type Reason } from './figure';
import { wilsonInterval, z95 } from './interval';

export const method = { name: 'comparison', version: 1 };

/** The first group less the second. A reader is told the difference and its interval, never a verdict alone (METHODS.md 2.8). */
export interface Difference {
  difference: number;
  interval: Interval | null;
  /** How likely so large a difference is where there is none. Null where it cannot be worked out. */
  p: number | null;
}

/** No difference to tell, and why. */
export interface NoDifference {
  difference: null;
  interval: null;
  p: null;
  reason: Reason | 'not_comparable';
}

export type Comparison = Difference | NoDifference;

function noDifference(reason: NoDifference['reason']): NoDifference {
  return { difference: null, interval: null, p: null, reason };
}

/** A mean and how many people are behind it. */
export interface ComparedMean {
  figure: Figure;
  n: number;
}

/**
 * The difference of the means of two groups that share nobody, or of two waves that are not linked: SE = √(SE1² + SE2²) and Student's t,
 * with n - 2 degrees of freedom when weighted, n being the people of both, and Welch's when not (METHODS.md 2.8). Unlinked waves
 * count as independent, which is on the safe side where the same people answered.
 */
export function compareMeans(first: ComparedMean, second: ComparedMean, weighted: boolean): Comparison {
  if (first.figure.estimate === null || second.figure.estimate === null)
    return noDifference('no_valid_answers');
  const difference = first.figure.estimate - second.figure.estimate;
  const [a, b] = [first.figure.se, second.figure.se];
  if (a === null || b === null) return { difference, interval: null, p: null };
  const df = weighted ? first.n + second.n - 2 : welchDf(a * a, first.n, b * b, second.n);
  return differenceByT(difference, Math.sqrt(a * a + b * b), df);
}

/** Welch's degrees of freedom, from the squared standard errors. */
function welchDf(a: number, n: number, b: number, m: number): number {
  return (a + b) ** 2 / ((a * a) / (n - 1) + (b * b) / (m - 1));
}

function differenceByT(difference: number, se: number, df: number): Difference {
  // A weighted mean of equal ratings may be a hair beside them: that is no spread.
  if (comparable(se) === 0) return { difference, interval: [difference, difference], p: null };
  const reach = tQuantile(0.975, df) * se;
  return {
    difference,
    interval: [difference - reach, difference + reach],
    p: tTwoSided(difference / se, df),
  };
}

/** A share from 0 to 1 and the base of its Wilson interval. */
export type ComparedShare = Pick<Proportion, 'share' | 'base'>;

/**
 * The difference of two shares in percentage points, with Newcombe's hybrid score interval from Wilson's of each (METHODS.md 2.8; Newcombe
 * 1998, Stat Med 17:873). METHODS.md names no p; this one is of the test that goes with the interval: 1 less the level at which the
 * interval just reaches 0, so that p < 0.05 exactly where the 95 % interval leaves out 0.
 */
export function compareProportions(first: ComparedShare | null, second: ComparedShare | null): Comparison {
  if (!first || !second) return noDifference('no_valid_answers');
  const [lower, upper] = newcombe(first, second, z95);
  return {
    difference: 100 * (first.share - second.share),
    interval: [100 * lower, 100 * upper],
    p: normalTwoSided(pointAtZero(first, second)),
  };
}

function newcombe(first: ComparedShare, second: ComparedShare, z: number): Interval {
  const difference = first.share - second.share;
  const [l1, u1] = wilsonInterval(first.share, first.base, z)!;
  const [l2, u2] = wilsonInterval(second.share, second.base, z)!;
  return [
    difference - Math.hypot(first.share - l1, u2 - second.share),
    difference + Math.hypot(u1 - first.share, second.share - l2),
  ];
}

/** The point of the normal distribution at which Newcombe's interval just reaches 0, by halving. 0 where there is no difference. */
function pointAtZero(first: ComparedShare, second: ComparedShare): number {
  if (first.share === second.share) return 0;
  const [more, less] = first.share > second.share ? [first, second] : [second, first];
  const leavesOutZero = (z: number) => newcombe(more, less, z)[0] > 0;
  let low = 0;
  let high = 1;
  while (leavesOutZero(high) && high < mostPoints) [low, high] = [high, 2 * high];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (leavesOutZero(middle)) low = middle;
    else high = middle;
  }
  return high;
}

/** Beyond this a p is 0 to any number of digits; only shares known for certain get there. */
const mostPoints = 64;

/** What a rating was given to: two waves compare only where all of it is the same. */
export interface ComparedItem {
  competency: string;
  scaleVersion: string;
  requirementVersion: string;
}

/** Can two waves be compared on an item (METHODS.md 2.8)? */
export function areComparable(one: ComparedItem, other: ComparedItem): boolean {
  return (
    one.competency === other.competency &&
    one.scaleVersion === other.scaleVersion &&
    one.requirementVersion === other.requirementVersion
  );
}

/** A comparison of two waves, refused as `not_comparable` where the item is not the same in both. */
export function compareWaves(one: ComparedItem, other: ComparedItem, compare: () => Comparison): Comparison {
  return areComparable(one, other) ? compare() : noDifference('not_comparable');
}

/** People who answered in both waves, linked by their key, with the same two answers. */
export interface LinkedCount extends Count {
  before: number;
  after: number;
}

/**
 * The mean change of the people who answered in both waves, after less before, in levels of 0 to `highest` (METHODS.md 2.8). Told
 * apart from the cross-section, which has other people in it.
 *
 * Surveys collect no key across waves, so nothing calls this yet. What would have to be kept: with each response of a confidential survey a
 * hash of the key, as long as the key lives; and in the later wave's tallies, for each item and stratum, a cell for each pair of answers
 * before and after, counted when a response is folded whose hash the earlier wave knows, and taken out with it. That is enough, for the mean
 * change, its error and its p rest on how many people gave each pair of answers and on nothing else of them; pairs add up over strata as
 * the pairs of two ratings do, and the keys may be destroyed without losing the comparison.
 */
export function linkedChange(
  counts: readonly LinkedCount[],
  sample: Sample,
  highest: number,
): Comparison & { n: number } {
  const people = peopled(counts);
  const n = peopleIn(people);
  const figure = meanFigure(people, ({ before, after }) => after - before, sample, [-highest, highest]);
  if (figure.estimate === null) return { n, ...noDifference(figure.reason) };
  return { n, difference: figure.estimate, interval: figure.interval, p: pairedP(figure, sample.n - 1) };
}

function pairedP({ estimate, se }: Estimate, df: number): number | null {
  return se !== null && comparable(se) > 0 ? tTwoSided(estimate / se, df) : null;
}

/** Below this a difference is called clear. */
const clear = 0.05;

/** What Benjamini and Hochberg make of a p among its family. */
export interface Adjusted {
  /** Null where there is no p, or it is not published: it is not of the family then. */
  q: number | null;
  isClear: boolean;
}

/**
 * The p of a family (one report, one metric, one kind of comparison) adjusted for being many (METHODS.md 2.8; Benjamini & Hochberg 1995):
 * q(i) = min over j >= i of m·p(j)/j, at most 1. Give null for what has no p or may not be published.
 */
export function adjustForMany(family: readonly (number | null)[]): Adjusted[] {
  const inOrder = family.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => b.p - a.p);
  const adjusted: Adjusted[] = family.map(() => ({ q: null, isClear: false }));
  let q = 1;
  for (const [above, { p, index }] of inOrder.entries()) {
    q = Math.min(q, p * (inOrder.length / (inOrder.length - above)));
    adjusted[index] = { q, isClear: comparable(q) < clear };
  }
  return adjusted;
}
