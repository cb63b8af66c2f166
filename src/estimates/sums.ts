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
  /** What all of them weigh. */
  everybody: Count[];
  n: Float64Array;
  weighted: { weight: Float64Array; squares: Float64Array; heaviest: Float64Array } | null;
}

const known = new WeakMap<Counting, WeakMap<readonly Tally[], Sums>>();

/** The sums of some strata, worked out once for each list of them: every figure of a group rests on the same ones. */
export function sumsOf(counting: Counting, members: readonly Tally[]): Sums {
  const own = known.get(counting) ?? new WeakMap<readonly Tally[], Sums>();
  known.set(counting, own);
  const sums = own.get(members) ?? added(counting, members);
  own.set(members, sums);
  return sums;
}

function added(counting: Counting, members: readonly Tally[]): Sums {
  const { blocks, weights, requiredLevels } = counting;
  const array = () => new Float64Array(blocks.cells);
  const sums: Sums = {
    respondents: members.reduce((total, { respondents }) => total + respondents, 0),
    everybody: members.map((tally) => {
      const n = tally.respondents;
      return { n, weight: n * weightIn(counting, tally) };
    }),
    n: array(),
    weighted: weights && { weight: array(), squares: array(), heaviest: array() },
  };
  for (const tally of members) {
    if (tally.respondents === 0) continue;
    addTally(sums, counting, tally, blocks.placesOf.get(requiredLevels.get(tally)!)!);
  }
  return sums;
}

/** What one person of a stratum weighs. */
export function weightIn({ weights }: Counting, tally: Tally): number {
  return weights?.ofTally.get(tally) ?? 1;
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

/** The people of one cell. */
export function countAt({ n, weighted }: Sums, cell: number): Count {
  const people = n[cell]!;
  if (weighted === null) return { n: people, weight: people };
  return {
    n: people,
    weight: weighted.weight[cell]!,
    squares: weighted.squares[cell]!,
    heaviest: weighted.heaviest[cell]!,
  };
}

/** The same people, each weighing 1. */
export function unweighted<C extends Count>(counts: readonly C[]): C[] {
  return counts.map((count) => ({ ...count, weight: count.n, squares: undefined, heaviest: undefined }));
}

/** The people of an item by code and requirement: those without people are left out. */
export function answersOf(
  { plan, blocks }: Counting,
  sums: Sums,
  item: number,
): (Count & { code: number; required: number | null })[] {
  const size = codesOf(plan.items[item]!);
  return blocks.requirements[item]!.flatMap((required, block) =>
    Array.from({ length: size }, (_, code) => blocks.starts[item]! + block * size + code).flatMap(
      (cell, code) => (sums.n[cell] === 0 ? [] : [{ ...countAt(sums, cell), code, required }]),
    ),
  );
}

/** The people of an item who gave a value, whatever is required of them. */
export function valuesOf(
  counting: Counting,
  sums: Sums,
  item: number,
): (Count & { value: number; required: number | null })[] {
  const { values } = counting.plan.items[item]!;
  return answersOf(counting, sums, item)
    .filter(({ code }) => code >= firstValueCode)
    .map(({ code, ...count }) => ({ ...count, value: values[code - firstValueCode]! }));
}

/** The people who gave both ratings of a pair, by what they said. */
export function pairedOf(
  { plan, blocks }: Counting,
  sums: Sums,
  { first, second, offset, width }: PairCells,
): (Count & { first: number; second: number })[] {
  return plan.items[first]!.values.flatMap((one, row) =>
    plan.items[second]!.values.flatMap((other, column) => {
      const cell = offset + blocks.shift + row * width + column;
      return sums.n[cell] === 0 ? [] : [{ ...countAt(sums, cell), first: one, second: other }];
    }),
  );
}
