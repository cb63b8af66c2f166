import { adjustForMany, compareProportions } from '../gaps/comparison';
import { tQuantile, tTwoSided } from '../gaps/distributions';
import type { Interval } from '../gaps/figure';
import { z95 } from '../gaps/interval';

// Differences between two figures of published reports (METHODS.md 2.8), worked out from what the reports show and from nothing else. What is out
// already can give nothing further away. In return a difference is a little less sure than the answers would allow: every shown number may
// have been rounded by half of its last digit, and each interval here is the widest that any numbers behind them would give.

/** A figure as a report shows it: a number with its 95 % interval, both rounded, and how many people are behind it, to the nearest five. */
export interface ShownFigure {
  value: number;
  interval: Interval;
  n: number;
}

/** The first less the second. */
export interface ShownDifference {
  /** Of the numbers as they are shown. */
  difference: number;
  interval: Interval;
  p: number;
}

/** Half of the last digit: of per cents, of levels, of people to the nearest five. */
const roundings = { percent: 0.5, level: 0.05, people: 2 };

/**
 * The difference of two shares in percentage points with Newcombe's interval (METHODS.md 2.8). The base behind each share is the smallest whose
 * Wilson interval is no wider than the one shown, taken to the outer edges of its rounding; and both shares stand where their rounding brings
 * them nearest to each other for p and for the end towards 0, and farthest apart for the other. So p is never smaller, and the interval
 * never narrower, than the exact shares and bases would have it. Null where an interval tells nothing.
 */
export function differenceOfShares(first: ShownFigure, second: ShownFigure): ShownDifference | null {
  const [one, other] = [baseBehind(first), baseBehind(second)];
  if (one === null || other === null) return null;
  const moved = (by: number) =>
    compareProportions(
      { share: shareAt(first.value + by), base: one },
      { share: shareAt(second.value - by), base: other },
    );
  const [lowest, highest] = [moved(-roundings.percent), moved(roundings.percent)];
  if (!lowest.interval || !highest.interval) return null;
  const difference = first.value - second.value;
  const nearest = difference > 0 ? lowest : highest;
  return {
    difference,
    interval: [lowest.interval[0], highest.interval[1]],
    p: Math.abs(difference) <= 2 * roundings.percent ? 1 : (nearest.p ?? 1),
  };
}

/** A per cent as a share from 0 to 1. */
function shareAt(percent: number): number {
  return Math.min(1, Math.max(0, percent / 100));
}

/**
 * The smallest base whose Wilson interval for the share is no wider than what is shown, each end taken out by its rounding. Its width is
 * W = 2√(kp(1-p) + k²/4)/(1+k) with k = z²/n, which is solved for k; of the shares that the shown one may be, the one farthest from a half
 * has the smallest base. Null where the interval is all there is from 0 to 100.
 */
function baseBehind({ value, interval: [low, high] }: ShownFigure): number | null {
  const width = shareAt(high + roundings.percent) - shareAt(low - roundings.percent);
  if (width >= 1) return null;
  const share = shareAt(value + (value < 50 ? -roundings.percent : roundings.percent));
  const squared = width * width;
  const half = squared - 2 * share * (1 - share);
  const k = (half + Math.sqrt(half * half + squared * (1 - squared))) / (1 - squared);
  return (z95 * z95) / k;
}

/**
 * The difference of two means in levels (METHODS.md 2.8), from the largest standard errors that the shown intervals leave room for: half of an interval
 * over the normal point, which is the smallest that intervals are made with. Student's t has the degrees of freedom of the smaller group less
 * one; neither Welch's nor those of weighted means fall short of them. Null where an interval was cut at both ends of the scale
 * (`ends`), for then it tells nothing.
 */
export function differenceOfMeans(
  first: ShownFigure,
  second: ShownFigure,
  ends: Interval,
): ShownDifference | null {
  const [one, other] = [armOf(first, ends), armOf(second, ends)];
  if (one === null || other === null) return null;
  const df = Math.max(1, Math.min(first.n, second.n) - roundings.people - 1);
  const se = Math.hypot(one, other) / z95;
  const reach = 2 * roundings.level + tQuantile(0.975, df) * se;
  const difference = tenth(first.value - second.value);
  const least = Math.abs(difference) - 2 * roundings.level;
  return {
    difference,
    interval: [difference - reach, difference + reach],
    p: least <= 0 ? 1 : tTwoSided(least / se, df),
  };
}

/** How far a mean's interval reaches at most. An end at the scale's own end may have been cut there: the other arm tells. */
function armOf({ value, interval: [low, high] }: ShownFigure, [lowest, highest]: Interval): number | null {
  if (low <= lowest && high >= highest) return null;
  if (low > lowest && high < highest) return (high - low) / 2 + roundings.level;
  return Math.max(value - low, high - value) + 2 * roundings.level;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A difference and what is made of it among all that were compared beside it. */
export interface MarkedDifference extends ShownDifference {
  /** Less than 0.05 is left of its p after Benjamini and Hochberg's adjustment. */
  isClear: boolean;
}

/**
 * Marks the clear differences of a family: those of one report, one metric and one kind of comparison that could be worked out
 * (METHODS.md 2.8). What could not be is null, and counts for nothing.
 */
export function markedFamily(family: readonly (ShownDifference | null)[]): (MarkedDifference | null)[] {
  const adjusted = adjustForMany(family.map((one) => one?.p ?? null));
  return family.map((one, place) => one && { ...one, isClear: adjusted[place]!.isClear });
}

/** An interval to so many digits, rounded outwards: it never looks surer than it is. */
export function outwards([low, high]: Interval, digits: number): Interval {
  const scale = 10 ** digits;
  const hair = 1e-9;
  // Adding 0 makes a zero of minus zero.
  return [Math.floor(low * scale + hair) / scale + 0, Math.ceil(high * scale - hair) / scale + 0];
}
