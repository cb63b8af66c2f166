/**
 * Everything a report may show of how many people there are: each combination of one category or all of each of its
 * dimensions (METHODS.md 3.3). All tables, charts and exports of a report lie on these nodes and on no others.
 */
export interface Lattice {
  /** How many categories each dimension has. */
  sizes: readonly number[];
  /** Everybody first; a node stands after those it is a part of. */
  nodes: readonly LatticeNode[];
  /** Of every node that is a total over some dimension: what it is the sum of. */
  equations: readonly Equation[];
}

/** One combination. */
export interface LatticeNode {
  /** The category of each dimension by its place; null is all of it. */
  key: readonly (number | null)[];
  /** How many people share it. */
  count: number;
  /** How many there can be, for all that is known of it besides; without it, any number. 0: nobody can be in it, or everybody in it is known. */
  most?: number;
}

/** A total is the sum of its parts: nodes by their place. */
export interface Equation {
  total: number;
  parts: readonly number[];
}

/** One cell of a table: its category of each dimension by place. */
export interface LatticeCell {
  place: readonly number[];
  count: number;
  most?: number;
}

/** The lattice over dimensions of these sizes, from the people in each cell. A cell that is not named has nobody in it. */
export function latticeOf(sizes: readonly number[], cells: Iterable<LatticeCell>): Lattice {
  return filled(frameOf(sizes), cells);
}

/** Several lattices over the same dimensions. */
export function latticesOf(sizes: readonly number[], tables: readonly Iterable<LatticeCell>[]): Lattice[] {
  const frame = frameOf(sizes);
  return tables.map((cells) => filled(frame, cells));
}

/** What all lattices over the same dimensions share. */
interface Frame {
  sizes: readonly number[];
  keys: readonly (readonly (number | null)[])[];
  places: ReadonlyMap<string, number>;
  equations: readonly Equation[];
}

function frameOf(sizes: readonly number[]): Frame {
  const keys = keysOver(sizes);
  const places = new Map(keys.map((key, place) => [written(key), place]));
  const equations = keys.flatMap((key, total) =>
    key.flatMap((category, dimension) =>
      category === null ? [{ total, parts: partsOf(key, dimension, sizes[dimension]!, places) }] : [],
    ),
  );
  return { sizes, keys, places, equations };
}

function filled({ sizes, keys, places, equations }: Frame, cells: Iterable<LatticeCell>): Lattice {
  const nodes = keys.map((key): LatticeNode => ({ key, count: 0 }));
  for (const { place, count, most } of cells) {
    for (const key of above(place)) nodes[places.get(written(key))!]!.count += count;
    if (most !== undefined) nodes[places.get(written(place))!]!.most = most;
  }
  return { sizes, nodes, equations };
}

/** The place in a lattice of the node of each key, written by `keyText`. */
export function placesByKey({ nodes }: Lattice): Map<string, number> {
  return new Map(nodes.map(({ key }, place) => [written(key), place]));
}

/** One text for a key. */
export function keyText(key: readonly (number | null)[]): string {
  return written(key);
}

/** Over how many dimensions a node is a total. */
export function totalsIn({ key }: LatticeNode): number {
  return key.filter((category) => category === null).length;
}

function keysOver(sizes: readonly number[]): (number | null)[][] {
  const keys = sizes.reduce<(number | null)[][]>(
    (found, size) =>
      found.flatMap((key) => [null, ...Array.from({ length: size }, (_, c) => c)].map((c) => [...key, c])),
    [[]],
  );
  const depth = (key: (number | null)[]) => key.filter((category) => category !== null).length;
  return keys.sort((one, other) => depth(one) - depth(other));
}

/** Every node that a cell is counted in. */
function above(place: readonly number[]): (number | null)[][] {
  return place.reduce<(number | null)[][]>(
    (found, category) =>
      found.flatMap((key) => [
        [...key, null],
        [...key, category],
      ]),
    [[]],
  );
}

function partsOf(
  key: readonly (number | null)[],
  dimension: number,
  size: number,
  places: ReadonlyMap<string, number>,
): number[] {
  return Array.from({ length: size }, (_, category) => {
    const part = key.map((own, place) => (place === dimension ? category : own));
    return places.get(written(part))!;
  });
}

function written(key: readonly (number | null)[]): string {
  return key.map((category) => category ?? '*').join(' ');
}
