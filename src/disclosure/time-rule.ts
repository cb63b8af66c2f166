import type { Solver } from '../platform/solver';
import type { Lattice } from './lattice';
import { type Pattern, protectAll } from './protector';

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

/**
 * What a second release must not show anew, so that of no group it can be told that few came or went, nor who: the differences between what both
 * releases show are a table of their own, and no small node of it may follow from the others (METHODS.md 3.3, step 9, "formally"). Gives
 * the nodes withheld besides those of either pattern; they can keep the figures they had. `readers` are the changes for each reader.
 */
export function unchangeable(
  solver: Solver,
  readers: readonly Lattice[],
  { before, after, threshold }: { before: Pattern; after: Pattern; threshold: number },
): Set<number> {
  const either = new Set([...before, ...after]);
  const withheld = protectAll(solver, readers, threshold, { also: either });
  return new Set([...withheld].filter((place) => !either.has(place)));
}
