/** 97.5 % point of the normal distribution. */
const z = 1.959963984540054;

/**
 * Wilson's 95 % interval for a proportion (METHODS.md 2.6; Wilson 1927, JASA 22:209).
 * `share` is 0 to 1, `n` the unweighted base. Null without a base; exactly 0 or 1 at the ends.
 */
export function wilsonInterval(share: number, n: number): [number, number] | null {
  if (n <= 0) return null;
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const centre = share + (z * z) / (2 * n);
  const scale = 1 + (z * z) / n;
  return [
    share <= 0 ? 0 : Math.max(0, (centre - spread) / scale),
    share >= 1 ? 1 : Math.min(1, (centre + spread) / scale),
  ];
}
