import {
  type NoReliability,
  type ScaleReliability,
  type ScaleSums,
  scaleReliability,
} from '../gaps/scale-reliability';
import type { Measure } from '../questionnaires/definition';
import type { ScaleCells } from '../tallies/layout';
import type { Tally } from '../tallies/tally';
import type { Counting } from './counting';
import { sumsOf } from './sums';

/** How far the ratings of a domain, all given in one way, measure one thing. */
export interface ScaleEstimates {
  domain: string;
  measure: Measure;
  /** The competencies rated, in the order of everything that is said item by item. */
  items: string[];
  /** Items by their place in the plan. */
  places: number[];
  reliability: ScaleReliability | NoReliability;
}

/**
 * Alpha and omega of every scale, of everybody or of some strata (METHODS.md 1(k)): unweighted, over the people who rated all of it.
 * How many chose which value of each item would not be enough, for it does not say who chose what together. So a tally keeps besides,
 * for each scale, how many rated all of it, the sum of each item and the sum of the products of each two. That is enough, because
 * alpha and omega come of the items' variances and covariances alone, and those of these sums; and it is little, because they add up
 * over strata and come out again with an answer that is taken back. No answer of one person is kept for it.
 */
export function scaleReliabilities(
  counting: Counting,
  members: readonly Tally[] = counting.tallies,
): ScaleEstimates[] {
  const sums = sumsOf(counting, members).n;
  return counting.layout.scales.map((scale) => ({
    domain: scale.domain,
    measure: scale.measure,
    items: scale.items.map((place) => {
      const { competency, name } = counting.plan.items[place]!;
      return competency ?? name;
    }),
    places: scale.items,
    reliability: scaleReliability(scaleSums(counting, sums, scale)),
  }));
}

/** The sums of one scale, as its cells hold them: people, items, then the products (0,0), (0,1) … (1,1), (1,2) … */
function scaleSums({ blocks }: Counting, sums: Float64Array, { items, offset }: ScaleCells): ScaleSums {
  const start = offset + blocks.shift;
  const k = items.length;
  const product = (i: number, j: number): number => {
    const [row, column] = i <= j ? [i, j] : [j, i];
    // Before a row stand k, k-1, k-2 … products.
    return sums[start + 1 + k + row * k - (row * (row - 1)) / 2 + (column - row)]!;
  };
  return {
    n: sums[start]!,
    sums: items.map((_, item) => sums[start + 1 + item]!),
    products: items.map((_, i) => items.map((__, j) => product(i, j))),
  };
}
