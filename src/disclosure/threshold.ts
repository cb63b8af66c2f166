/** Whether a group's figures may be shown. "Nobody" may be said; "a few" may not. */
export type GroupStatus = 'shown' | 'too few' | 'nobody';

/** A group of fewer people than the threshold is never shown (METHODS.md 3.3, step 1). */
export function groupStatus(respondents: number, threshold: number): GroupStatus {
  if (respondents === 0) return 'nobody';
  return respondents < threshold ? 'too few' : 'shown';
}

/** A count as a reader may see it: to the nearest five (METHODS.md 3.3, step 8). */
export function toNearestFive(count: number): number {
  return 5 * Math.round(count / 5);
}
