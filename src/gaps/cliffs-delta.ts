import { type Count, peopled, weightOf } from './count';

export const method = { name: 'cliffs-delta', version: 1 };

/** People who gave one rating. */
export interface RatingCount extends Count {
  rating: number;
}

/**
 * How far one group's ratings lie above another's, between -1 and 1: the share of pairs in which `first` is the higher
 * one less the share in which it is the lower one, each pair weighing as the two people in it. 0 where neither is; null
 * where a group is empty. Cliff (1993), METHODS.md 1(h): (#(x>y) - #(x<y)) / (n_x * n_y).
 */
export function cliffsDelta(first: readonly RatingCount[], second: readonly RatingCount[]): number | null {
  const [ones, others] = [peopled(first), peopled(second)];
  if (ones.length === 0 || others.length === 0) return null;
  let balance = 0;
  for (const one of ones) {
    for (const other of others) balance += one.weight * other.weight * Math.sign(one.rating - other.rating);
  }
  return balance / (weightOf(ones) * weightOf(others));
}
