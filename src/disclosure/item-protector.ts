import type { Solver } from '../platform/solver';
import { type Lattice, totalsIn } from './lattice';
import { openCounts, type Pattern, primaryNodes, protectAll } from './protector';

/**
 * How much is told of one question's answers: how many gave each value; how many are below what is required and how many
 * meet it; the same for one dimension at a time; for everybody together; or nothing.
 */
export type Detail = 'levels' | 'classes' | 'margins' | 'everybody' | 'nothing';

/**
 * One question's answers as a reader has them to work out: all of them, or those of people whose answers this reader does not know anyway.
 * Values are those that sums are shown of: levels, or where levels are compared with what is required, how far they are above or below it.
 */
export interface ItemCounts {
  /** People with an answer that counts. */
  valid: Lattice;
  /** One lattice for each value; what people weigh where figures are weighted. */
  levels: readonly Lattice[];
  /** Below and at what is required; empty where nothing is required. */
  classes: readonly Lattice[];
  /** What a person weighs in each node on average; left out where everybody weighs one. */
  units?: readonly number[];
}

export interface ItemPattern {
  detail: Detail;
  /** Nodes of which nothing is told of this question. */
  withheld: Set<number>;
}

/**
 * What of one question may be shown (METHODS.md 3.3, steps 4 and 5), where `pattern` is withheld of every question: no
 * group of fewer answers than the threshold, and so little detail that of no small group can be told what its people
 * answered. Tries values first, then classes, then each dimension by itself, then everybody. `readers` are all who may try to find out, the first
 * of them knowing nobody's answer; what holds must hold against each.
 */
export function protectItem(
  solver: Solver,
  readers: readonly ItemCounts[],
  pattern: Pattern,
  threshold: number,
  from: Exclude<Detail, 'nothing'> = 'levels',
): ItemPattern {
  const { nodes } = readers[0]!.valid;
  const tables = readers.map(({ valid }) => valid);
  const coarsest = (counts: ItemCounts) => (counts.classes.length > 0 ? counts.classes : counts.levels);
  const beyond = (most: number) => places(nodes, (node) => categoriesIn(node) > most);
  const rungs = [
    { detail: 'levels', layersOf: (counts: ItemCounts) => counts.levels, without: [] },
    { detail: 'classes', layersOf: (counts: ItemCounts) => counts.classes, without: [] },
    { detail: 'margins', layersOf: coarsest, without: beyond(1) },
    { detail: 'everybody', layersOf: coarsest, without: beyond(0) },
  ] as const;
  for (const { detail, layersOf, without } of rungs.slice(rungs.findIndex((rung) => rung.detail === from))) {
    if (layersOf(readers[0]!).length === 0) continue;
    const withheld = protectAll(solver, tables, threshold, { also: [...pattern, ...without] });
    if (readers.every((counts) => layersHold(solver, counts, layersOf(counts), withheld, threshold))) {
      return { detail, withheld };
    }
  }
  return { detail: 'nothing', withheld: new Set(nodes.keys()) };
}

function places(nodes: Lattice['nodes'], which: (node: Lattice['nodes'][number]) => boolean): number[] {
  return nodes.flatMap((node, place) => (which(node) ? [place] : []));
}

function categoriesIn(node: Lattice['nodes'][number]): number {
  return node.key.length - totalsIn(node);
}

const tolerance = 1e-6;

/**
 * Can of no small node be told how many of its people gave an answer? Told means known to one where it is anybody, or
 * known to be half of them at least.
 */
function layersHold(
  solver: Solver,
  { valid, units }: ItemCounts,
  layers: readonly Lattice[],
  withheld: Pattern,
  threshold: number,
): boolean {
  const small = primaryNodes(valid, threshold);
  const peopleIn = (place: number, value: number) => value / (units?.[place] ?? 1);
  return layers.every((layer) => {
    const counts = openCounts(solver, layer, withheld, 0);
    try {
      const isNobody = (values: readonly number[]) => (place: number) =>
        peopleIn(place, values[place]!) < 1 - tolerance;
      // One table that could be clears every node that is empty in it: most are in the first.
      let left = small;
      if (left.length > 0) {
        const nobody = isNobody(counts.best('least', left).values);
        left = left.filter((place) => !nobody(place));
      }
      while (left.length > 0) {
        const [place, ...others] = left as [number, ...number[]];
        const found = counts.best('least', [place]);
        const least = peopleIn(place, found.value);
        if (least >= 1 - tolerance) {
          if (least >= Math.max(1, valid.nodes[place]!.count / 2) - tolerance) return false;
          if (peopleIn(place, counts.best('most', [place]).value) - least <= 1 + tolerance) return false;
        }
        const nobody = isNobody(found.values);
        left = others.filter((other) => !nobody(other));
      }
      return true;
    } finally {
      counts.close();
    }
  });
}
