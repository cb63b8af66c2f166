import type { Count } from '../gaps/count';
import { codesOf, firstValueCode } from '../questionnaires/coding';
import type { PairCells, TallyLayout } from '../tallies/layout';
import type { Tally } from '../tallies/tally';
import type { Counting } from './counting';

/**
 * Where counts stand once the strata of a group are added up: each item's codes once for each requirement that its people have, for a
 * level says nothing without it, and then the pairs and sums of scales as the tallies hold them.
 */
export interface Blocks {
  /** Of each item the requirements there are, the lowest first and "none" last. */
  requirements: (number | null)[][];
  /** Where each item's first block begins; one follows the other. */
  starts: number[];
  /** How far pairs and scales stand behind where a tally has them. */
  shift: number;
  cells: number;
  /** The places of each item's codes for people of one role, by the role's requirements. */
  placesOf: ReadonlyMap<readonly (number | null)[], readonly number[]>;
}

/** Where everything stands for these requirements, one list for each role. */
export function blocksOf(
  { items }: Counting['plan'],
  layout: TallyLayout,
  roles: Iterable<readonly (number | null)[]>,
): Blocks {
  const lists = [...new Set(roles)];
  const sizes = items.map(codesOf);
  const requirements = items.map((_, item) => inOrder(lists.map((levels) => levels[item]!)));
  let cells = 0;
  const starts = requirements.map((own, item) => {
    cells += own.length * sizes[item]!;
    return cells - own.length * sizes[item]!;
  });
  const single = sizes.reduce((sum, size) => sum + size, 0);
  const shift = cells - single;
  return {
    ...{ requirements, starts, shift },
    cells: layout.cells + shift,
    placesOf: new Map(
      lists.map((levels) => [
        levels,
        levels.map((level, item) => starts[item]! + requirements[item]!.indexOf(level) * sizes[item]!),
      ]),
    ),
  };
}

function inOrder(levels: readonly (number | null)[]): (number | null)[] {
  const known = [...new Set(levels)].filter((level) => level !== null).sort((a, b) => a - b);
  return levels.includes(null) ? [...known, null] : known;
}

/** What the people of some strata answered, cell by cell: how many, and what they weigh where they are weighted. */
export interface Sums {
  respondents: number;
  n: Float64Array;
  weighted: { weight: Float64Array; squares: Float64Array; heaviest: Float64Array } | null;
}

/** Strata that are those of other lists together. */
const parts = new WeakMap<readonly Tally[], readonly (readonly Tally[])[]>();

/**
 * Strata put together from lists that share none, as a margin of a lattice is from its cells: its sums are the sum of theirs, so that
 * each stratum is added up once and not once for every node it is in.
 */
export function together(lists: readonly (readonly Tally[])[]): readonly Tally[] {
  const all = lists.flat();
  parts.set(all, lists);
  return all;
}

/** How many numbers are kept at most; a large lattice has more than there is room for. */
const mostKept = 20_000_000;

const known = new WeakMap<Counting, Map<readonly Tally[], Sums>>();

/** The sums of some strata, worked out once for each list of them: every figure of a group rests on the same ones. */
export function sumsOf(counting: Counting, members: readonly Tally[]): Sums {
  const kept = known.get(counting) ?? new Map<readonly Tally[], Sums>();
  known.set(counting, kept);
  const found = kept.get(members);
  if (found) return found;
  const sums = addedUp(counting, members);
  const numbers = counting.blocks.cells * (counting.weights ? 4 : 1);
  if ((kept.size + 1) * numbers > mostKept) kept.clear();
  kept.set(members, sums);
  return sums;
}

function addedUp(counting: Counting, members: readonly Tally[]): Sums {
  const { blocks, weights, requiredLevels } = counting;
  const array = () => new Float64Array(blocks.cells);
  const sums: Sums = {
    respondents: members.reduce((total, { respondents }) => total + respondents, 0),
    n: array(),
    weighted: weights && { weight: array(), squares: array(), heaviest: array() },
  };
  const lists = parts.get(members);
  if (lists) {
    for (const list of lists) addSums(sums, sumsOf(counting, list));
    return sums;
  }
  for (const tally of members) {
    if (tally.respondents === 0) continue;
    addTally(sums, counting, tally, blocks.placesOf.get(requiredLevels.get(tally)!)!);
  }
  return sums;
}

function addSums({ n, weighted }: Sums, more: Sums): void {
  for (let cell = 0; cell < n.length; cell += 1) n[cell]! += more.n[cell]!;
  if (weighted === null || more.weighted === null) return;
  const { weight, squares, heaviest } = weighted;
  for (let cell = 0; cell < n.length; cell += 1) {
    weight[cell]! += more.weighted.weight[cell]!;
    squares[cell]! += more.weighted.squares[cell]!;
    if (more.weighted.heaviest[cell]! > heaviest[cell]!) heaviest[cell] = more.weighted.heaviest[cell]!;
  }
}

/** What one person of a stratum weighs. Throws a RangeError where the weights are of other strata. */
export function weightIn({ weights }: Counting, tally: Tally): number {
  if (!weights) return 1;
  const weight = weights.ofTally.get(tally);
  if (weight === undefined) throw new RangeError('The weights are not of these tallies');
  return weight;
}

function addTally(sums: Sums, counting: Counting, tally: Tally, places: readonly number[]): void {
  const { plan, layout, blocks } = counting;
  const { counts } = tally;
  const weight = weightIn(counting, tally);
  let from = 0;
  for (let item = 0; item < places.length; item += 1) {
    from = layout.offsets[item]!;
    const size = codesOf(plan.items[item]!);
    addCells(sums, counts, from, from + size, places[item]! - from, weight);
    from += size;
  }
  addCells(sums, counts, from, layout.cells, blocks.shift, weight);
}

function addCells(
  { n, weighted }: Sums,
  counts: readonly number[],
  from: number,
  to: number,
  shift: number,
  weight: number,
): void {
  for (let cell = from; cell < to; cell += 1) {
    const people = counts[cell]!;
    if (people === 0) continue;
    const place = cell + shift;
    n[place]! += people;
    if (weighted === null) continue;
    weighted.weight[place]! += people * weight;
    weighted.squares[place]! += people * weight * weight;
    if (weight > weighted.heaviest[place]!) weighted.heaviest[place] = weight;
  }
}

/** The people of one cell, all of whose numbers are named, so that those of every cell are alike. */
export type Summed = Required<Count>;

/** The people of the cells from one on that have some, each as `make` has them. */
function cellsFrom<T>(
  { n, weighted }: Sums,
  start: number,
  size: number,
  make: (index: number, n: number, weight: number, squares: number, heaviest: number) => T,
): T[] {
  const found: T[] = [];
  for (let index = 0; index < size; index += 1) {
    const cell = start + index;
    const people = n[cell]!;
    if (people === 0) continue;
    if (weighted === null) found.push(make(index, people, people, people, 1));
    else {
      const { weight, squares, heaviest } = weighted;
      found.push(make(index, people, weight[cell]!, squares[cell]!, heaviest[cell]!));
    }
  }
  return found;
}

export interface AnswerCount extends Summed {
  code: number;
  required: number | null;
}

/** The people of an item by code and requirement: those without people are left out. */
export function answersOf({ plan, blocks }: Counting, sums: Sums, item: number): AnswerCount[] {
  const size = codesOf(plan.items[item]!);
  return blocks.requirements[item]!.flatMap((required, block) =>
    cellsFrom(sums, blocks.starts[item]! + block * size, size, (code, n, weight, squares, heaviest) => {
      return { n, weight, squares, heaviest, code, required };
    }),
  );
}

export interface ValueCount extends Summed {
  value: number;
}

/** The people of an item who gave a value, whatever is required of them. */
export function valuesOf({ plan, blocks }: Counting, sums: Sums, item: number): ValueCount[] {
  const { values } = plan.items[item]!;
  const size = values.length + firstValueCode;
  return blocks.requirements[item]!.flatMap((_, block) =>
    cellsFrom(
      sums,
      blocks.starts[item]! + block * size + firstValueCode,
      values.length,
      (index, n, weight, squares, heaviest) => ({ n, weight, squares, heaviest, value: values[index]! }),
    ),
  );
}

/** The people who gave both ratings of a pair, by what they said, each cell with what `name` calls the two. */
export function pairedOf<T>(
  { plan, blocks }: Counting,
  sums: Sums,
  { first, second, offset, width }: PairCells,
  name: (first: number, second: number, count: Summed) => T,
): T[] {
  const [ones, others] = [plan.items[first]!.values, plan.items[second]!.values];
  return cellsFrom(sums, offset + blocks.shift, ones.length * width, (index, n, weight, squares, heaviest) =>
    name(ones[Math.floor(index / width)]!, others[index % width]!, { n, weight, squares, heaviest }),
  );
}

/** The same people, each weighing 1. */
export function unweighted<C extends Count>(counts: readonly C[]): C[] {
  return counts.map((count) => ({ ...count, weight: count.n, squares: count.n, heaviest: 1 }));
}
