/**
 * How far one group's ratings lie above another's, between -1 and 1: the share of pairs in which `first` is the higher
 * one less the share in which it is the lower one. 0 where neither is; null where a group is empty.
 * Cliff (1993), METHODS.md 1(h): (#(x>y) - #(x<y)) / (n_x * n_y).
 */
export function cliffsDelta(first: readonly number[], second: readonly number[]): number | null {
  if (first.length === 0 || second.length === 0) return null;
  const others = [...second].sort((a, b) => a - b);
  let balance = 0;
  let below = 0;
  let upTo = 0;
  // Both in order, so that each is passed once: pairing everybody would take as many steps as there are pairs.
  for (const rating of [...first].sort((a, b) => a - b)) {
    while (below < others.length && others[below]! < rating) below += 1;
    while (upTo < others.length && others[upTo]! <= rating) upTo += 1;
    balance += below - (others.length - upTo);
  }
  return balance / (first.length * second.length);
}
