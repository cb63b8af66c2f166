import { codesOf, firstValueCode } from '../questionnaires/coding';
import type { Measure } from '../questionnaires/definition';
import { ratingMeasures } from '../questionnaires/measures';
import type { Plan, PlanItem } from '../questionnaires/plan';

/**
 * Where what is counted stands in a tally's counts: first a cell for each code of each item, then the pairs of ratings that are only worth
 * something together, then what scales are judged by. All of it adds up over strata, and can be taken out again.
 */
export interface TallyLayout {
  /** Where each item's cells begin, in the plan's order. */
  offsets: number[];
  pairs: PairCells[];
  scales: ScaleCells[];
  /** How many cells there are in all. */
  cells: number;
}

/**
 * People by both ratings they gave one competency, for methods that subtract one from the other (METHODS.md 0, "Pairs"): a cell for each value
 * of the first item and, within it, each of the second. Whoever left one of the two without a value is in none.
 */
export interface PairCells {
  /** Items by their place in the plan. */
  first: number;
  second: number;
  /** How many values the second has. */
  width: number;
  offset: number;
}

/**
 * A domain's ratings on one scale, of the people who rated all of it: how many they are, the sum of each item, and the sums of the products of each
 * two items, (0,0), (0,1) … (1,1), (1,2) …: all that alpha and omega need (METHODS.md 1(k)). Single items' counts would not do.
 */
export interface ScaleCells {
  domain: string;
  measure: Measure;
  /** Items by their place in the plan, two or more. */
  items: number[];
  /** The value that each of an item's codes stands for, in the order of the items. */
  values: number[][];
  offset: number;
}

/** Ratings that methods take together. */
const pairedMeasures: readonly (readonly [Measure, Measure])[] = [
  ['needed', 'level'],
  ['importance', 'performance'],
  ['confidence', 'frequency'],
];

/** Where everything stands that is counted of a plan's items. */
export function layoutOf({ items }: Pick<Plan, 'items'>): TallyLayout {
  let cells = 0;
  const next = (size: number) => {
    cells += size;
    return cells - size;
  };
  const offsets = items.map((item) => next(codesOf(item)));
  const pairs = pairsOf(items).map(([first, second]) => {
    const width = items[second]!.values.length;
    return { first, second, width, offset: next(items[first]!.values.length * width) };
  });
  const scales = scalesOf(items).map((scale) => {
    const size = scale.items.length;
    return { ...scale, offset: next(1 + size + (size * (size + 1)) / 2) };
  });
  return { offsets, pairs, scales, cells };
}

function pairsOf(items: readonly PlanItem[]): [number, number][] {
  return items.flatMap((item, place) =>
    pairedMeasures.flatMap(([first, second]): [number, number][] => {
      if (item.measure !== first || item.competency === null) return [];
      const other = items.findIndex((o) => o.measure === second && o.competency === item.competency);
      return other < 0 ? [] : [[place, other]];
    }),
  );
}

/** Items of one domain that are rated in the same way on the same values. */
function scalesOf(items: readonly PlanItem[]): Omit<ScaleCells, 'offset'>[] {
  const found = new Map<string, Omit<ScaleCells, 'offset'>>();
  for (const [place, { domain, measure, values }] of items.entries()) {
    if (domain === null || !ratingMeasures.has(measure)) continue;
    const key = JSON.stringify([domain, measure, values]);
    const scale = found.get(key) ?? { domain, measure, items: [], values: [] };
    found.set(key, scale);
    scale.items.push(place);
    scale.values.push([...Array<number>(firstValueCode).fill(Number.NaN), ...values]);
  }
  return [...found.values()].filter((scale) => scale.items.length > 1);
}
