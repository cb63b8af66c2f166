/**
 * Rounds half away from zero, for display only: a displayed number never enters another formula
 * (METHODS.md 0). `digits` is the number of decimals.
 */
export function displayed(value: number, digits: number): number {
  const scale = 10 ** digits;
  return (Math.sign(value) * Math.floor(Math.abs(value) * scale + 0.5 + 1e-9)) / scale;
}

/** A count as it is shown while it can still grow: to the nearest five, so that nobody sees one more person in it. */
export function toNearestFive(count: number): number {
  return 5 * Math.round(count / 5);
}

/**
 * The same where it is known how many there can be at most: never rounded up past them, or 15 of 13 would tell that every
 * one of them is among those counted.
 */
export function toNearestFiveOf(count: number, whole: number): number {
  const nearest = toNearestFive(count);
  return count <= whole && nearest > whole ? 5 * Math.floor(whole / 5) : nearest;
}
