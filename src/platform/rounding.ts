/**
 * Rounds half away from zero, for display only: a displayed number never enters another formula
 * (METHODS.md 0). `digits` is the number of decimals.
 */
export function displayed(value: number, digits: number): number {
  const scale = 10 ** digits;
  return (Math.sign(value) * Math.floor(Math.abs(value) * scale + 0.5 + 1e-9)) / scale;
}
