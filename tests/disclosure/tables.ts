import type { Sighting } from '../../src/disclosure/auditor';
import type { Lattice } from '../../src/disclosure/lattice';
import { latticeOf } from '../../src/disclosure/lattice';

/** The worked example of METHODS.md 3.4: four nursing fields by four settings. */
export const worked = latticeOf(
  [4, 4],
  [
    [14, 31, 9, 22],
    [12, 27, 18, 4],
    [11, 40, 95, 38],
    [3, 8, 12, 13],
  ].flatMap((row, field) => row.map((count, setting) => ({ place: [field, setting], count }))),
);

/** What a reader sees of a lattice of which some nodes are withheld. */
export function sightingsOf({ nodes }: Lattice, withheld: ReadonlySet<number>): Sighting[] {
  return nodes.map(({ key, count }, place) => ({ key, seen: withheld.has(place) ? null : count }));
}

export function placeOf({ nodes }: Lattice, key: readonly (number | null)[]): number {
  return nodes.findIndex((node) => node.key.every((category, dimension) => category === key[dimension]));
}

/** A sparse table of people over dimensions of these sizes; the same seed gives the same. */
export function randomTable(sizes: readonly number[], seed: number): Lattice {
  const random = randomOf(seed);
  const cells = sizes.reduce<number[][]>(
    (found, size) => found.flatMap((cell) => Array.from({ length: size }, (_, c) => [...cell, c])),
    [[]],
  );
  return latticeOf(
    sizes,
    cells.map((place) => ({ place, count: sizeOf(random) })),
  );
}

/** Many small cells, some empty, a few large. */
function sizeOf(random: () => number): number {
  const kind = random();
  if (kind < 0.15) return 0;
  if (kind < 0.45) return 1 + Math.floor(random() * 10);
  return 11 + Math.floor(random() ** 2 * 80);
}

/** Mulberry32: small, and good enough to make tables. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
