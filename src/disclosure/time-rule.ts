import type { Lattice } from './lattice';
import type { Pattern } from './protector';

/**
 * Nodes that two releases of one lattice would both show, and between which too few people came, went or were changed to
 * hide among: their difference would be theirs (METHODS.md 3.3, step 9). `changes` counts, in each cell, the responses
 * that only one of the two releases counts.
 */
export function tooFewChanges(
  changes: Lattice,
  { before, after, threshold }: { before: Pattern; after: Pattern; threshold: number },
): number[] {
  return changes.nodes.flatMap(({ count }, place) => {
    const shownTwice = !before.has(place) && !after.has(place);
    return shownTwice && count > 0 && count < threshold ? [place] : [];
  });
}
