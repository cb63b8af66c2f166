import { latticeOf } from '../disclosure/lattice';
import type { Tally } from '../tallies/tally';
import { type Dimension, placesOf } from './dimension';
import { together } from './sums';

/** The people who share one category, or all, of each dimension. */
export interface NodeMembers {
  /** Category codes by dimension; null is all of it. */
  key: Record<string, string | null>;
  /** The strata of these people, without those of which nobody is. */
  members: readonly Tally[];
}

/**
 * Everybody, every margin and every cell of the dimensions, each with its strata: in the order of `latticeOf`, so that a node's place
 * here is its place there (METHODS.md 3.3, "Lattice").
 */
export function nodesOver(
  plan: Parameters<typeof placesOf>[0],
  dimensions: readonly Dimension[],
  tallies: readonly Tally[],
): NodeMembers[] {
  const sizes = dimensions.map(({ categories }) => categories.length);
  const keys = latticeOf(sizes, []).nodes.map(({ key }) => key);
  const cells = new Map<string, { places: readonly number[]; members: Tally[] }>();
  const placesOfTally = placesOf(plan, dimensions);
  for (const tally of tallies) {
    if (tally.respondents === 0) continue;
    const places = placesOfTally(tally);
    const cell = cells.get(written(places)) ?? { places, members: [] };
    cells.set(written(places), cell);
    cell.members.push(tally);
  }
  const within = new Map<string, Tally[][]>();
  for (const { places, members } of cells.values()) {
    for (const key of above(places)) {
      const lists = within.get(written(key)) ?? [];
      within.set(written(key), lists);
      lists.push(members);
    }
  }
  return keys.map((key) => {
    const lists = within.get(written(key)) ?? [];
    return {
      key: Object.fromEntries(
        dimensions.map((dimension, index) => {
          const place = key[index]!;
          return [dimension.key, place === null ? null : dimension.categories[place]!.code];
        }),
      ),
      members: lists.length === 1 ? lists[0]! : together(lists),
    };
  });
}

/** Every node that a cell is counted in. */
function above(places: readonly number[]): (number | null)[][] {
  return places.reduce<(number | null)[][]>(
    (found, place) =>
      found.flatMap((key) => [
        [...key, null],
        [...key, place],
      ]),
    [[]],
  );
}

function written(key: readonly (number | null)[]): string {
  return key.map((place) => place ?? '*').join(' ');
}
