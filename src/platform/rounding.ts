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
