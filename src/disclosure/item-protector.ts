import type { Solver } from '../platform/solver';
import { type Lattice, totalsIn } from './lattice';
import { openCounts, type Pattern, primaryNodes, protect } from './protector';

/**
 * How much is told of one question's answers: how many gave each level; how many are below what is required and how many
 * meet it; the same for one dimension at a time; or nothing.
 */
export type Detail = 'levels' | 'classes' | 'margins' | 'nothing';

/** One question's answers: the people who count in each node, and the same split by level and by class. */
export interface ItemCounts {
  /** People with an answer that counts. */
  valid: Lattice;
  /** One lattice for each level of the scale. */
  levels: readonly Lattice[];
  /** Below and at what is required; empty where nothing is required. */
  classes: readonly Lattice[];
}

export interface ItemPattern {
  detail: Detail;
  /** Nodes of which nothing is told of this question. */
  withheld: Set<number>;
}

/**
 * What of one question may be shown (METHODS.md 3.3, steps 4 and 5), where `pattern` is withheld of every question: no
 * group of fewer answers than the threshold, and so little detail that of no small group can be told what its people
 * answered. Tries levels first, then classes, then each dimension by itself.
 */
export function protectItem(
  solver: Solver,
  counts: ItemCounts,
  pattern: Pattern,
  threshold: number,
): ItemPattern {
  const { valid, levels, classes } = counts;
  const withheld = protect(solver, valid, threshold, pattern);
  const small = primaryNodes(valid, threshold);
  const inDetail = [
    ['levels', levels],
    ['classes', classes],
  ] as const;
  for (const [detail, layers] of inDetail) {
    if (layers.length > 0 && layersHold(solver, layers, withheld, valid, small)) return { detail, withheld };
  }
  const beyond = valid.nodes.flatMap((node, place) => (isMargin(node, valid) ? [] : [place]));
  const narrower = protect(solver, valid, threshold, [...withheld, ...beyond]);
  const layers = classes.length > 0 ? classes : levels;
  if (layersHold(solver, layers, narrower, valid, small)) return { detail: 'margins', withheld: narrower };
  return { detail: 'nothing', withheld: new Set(valid.nodes.keys()) };
}

/** Everybody, or one category of one dimension. */
function isMargin(node: Lattice['nodes'][number], { sizes }: Lattice): boolean {
  return totalsIn(node) >= sizes.length - 1;
}

const tolerance = 1e-6;

/**
 * Can of no small node be told how many of its people gave an answer? Told means known to one where it is anybody, or
 * known to be half of them at least.
 */
function layersHold(
  solver: Solver,
  layers: readonly Lattice[],
  withheld: Pattern,
  valid: Lattice,
  small: readonly number[],
): boolean {
  return layers.every((layer) => {
    const counts = openCounts(solver, layer, withheld, 0);
    try {
      return small.every((place) => {
        const least = counts.best('least', place);
        if (least < 1 - tolerance) return true;
        if (least >= Math.max(1, valid.nodes[place]!.count / 2) - tolerance) return false;
        return counts.best('most', place) - least > 1 + tolerance;
      });
    } finally {
      counts.close();
    }
  });
}
