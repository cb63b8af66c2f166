import { groupStatus } from '../disclosure/threshold';
import { toNearestFive } from '../platform/rounding';

/**
 * How many answered in all organisations, as somebody may see it who coordinates one of them and knows its own number
 * exactly; null where it would tell of another. There must be two others at least with the threshold of answers each, and so
 * many answers in them that each could still have as many different numbers as the threshold: even for somebody who knows
 * how this is decided, and who has found the sum of the others by watching when the total steps to the next five.
 */
export function totalBesideOwn(own: number, others: readonly number[], threshold: number): number | null {
  const neighbours = others.filter((people) => groupStatus(people, threshold) === 'shown').length;
  if (neighbours < 2) return null;
  const total = toNearestFive(own + others.reduce((sum, people) => sum + people, 0));
  const leastOfOthers = total - 2 - own;
  const mostOfOne = leastOfOthers - (neighbours - 1) * threshold;
  return mostOfOne - threshold + 1 < threshold ? null : total;
}
