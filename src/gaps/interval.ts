import type { Interval } from './figure';

/** 97.5 % point of the normal distribution. */
export const z95 = 1.959963984540054;

/**
 * Wilson's interval for a proportion (METHODS.md 2.6; Wilson 1927, JASA 22:209), of 95 % unless another point `z` of the
 * normal distribution is given. `share` is 0 to 1, `n` the unweighted base, or what takes its place: `weightedBase`,
 * `finiteBase`. Null without a base; exactly 0 or 1 at the ends; the share itself where the base is infinite.
 */
export function wilsonInterval(share: number, n: number, z = z95): Interval | null {
  if (n <= 0) return null;
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const centre = share + (z * z) / (2 * n);
  const scale = 1 + (z * z) / n;
  return [
    share <= 0 ? 0 : Math.max(0, (centre - spread) / scale),
    share >= 1 ? 1 : Math.min(1, (centre + spread) / scale),
  ];
}

/**
 * n*, the base of Wilson's interval for a weighted share (METHODS.md 2.6): min(n, p(1-p)/SE²), which never says more than
 * the people who answered; where everybody or nobody is in the share, their effective number.
 */
export function weightedBase(share: number, se: number | null, n: number, effective: number): number {
  if (share <= 0 || share >= 1 || !se) return effective;
  return Math.min(n, (share * (1 - share)) / (se * se));
}

/**
 * The base when `n` of a population of known size answered: base · (N-1)/(N-n), infinite when all did (METHODS.md 2.6).
 * Throws a RangeError where more answered than there are.
 */
export function finiteBase(base: number, n: number, population: number): number {
  checkPopulation(n, population);
  return n === population ? Number.POSITIVE_INFINITY : (base * (population - 1)) / (population - n);
}

/** What a standard error is multiplied by when `n` of a population of known size answered: √(1 - n/N), 0 to 1. */
export function finiteFactor(n: number, population: number): number {
  checkPopulation(n, population);
  return Math.sqrt(1 - n / population);
}

function checkPopulation(n: number, population: number): void {
  if (n > population) throw new RangeError('More people answered than there are');
}

/**
 * How many answers an interval of ±`margin` needs for a share (0 to 1; 0.5 is the worst case) in a population:
 * n0 = z²p(1-p)/d², n = n0/(1+(n0-1)/N) (METHODS.md 2.6, "Planning"), rounded up.
 */
export function plannedSize(margin: number, population: number, share = 0.5): number {
  const needed = (z95 * z95 * share * (1 - share)) / (margin * margin);
  return Math.ceil(needed / (1 + (needed - 1) / population));
}
