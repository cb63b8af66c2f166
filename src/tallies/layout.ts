import { codesOf, firstValueCode } from '../questionnaires/coding';
import type { Measure } from '../questionnaires/definition';
import { ratingMeasures } from '../questionnaires/measures';
import type { Plan, PlanItem } from '../questionnaires/plan';

/** Ratings with more values than this are in no pairs: a cell for each two of them would be too many. */
const mostPairedValues = 32;
/** The longest list of ratings judged as one scale; it has a cell for each two of them. */
export const mostInScale = 100;
/**
 * Ratings further from zero are in no scale. Sums are kept to 2^53 - 1 in whole numbers: at this distance of nine thousand million
 * people in one stratum, on a scale of seven points of 180 million million.
 */
const farthestValue = 1000;

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
  /** The value that each code stands for; not a number where it is none. The same for all items. */
  values: number[];
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
      return other >= 0 && arePaired(item, items[other]!) ? [[place, other]] : [];
    }),
  );
}

function arePaired(...both: PlanItem[]): boolean {
  return both.every(({ values }) => values.length <= mostPairedValues);
}

/** Items of one domain that are rated in the same way on the same values. */
function scalesOf(items: readonly PlanItem[]): Omit<ScaleCells, 'offset'>[] {
  const found = new Map<string, Omit<ScaleCells, 'offset'>>();
  for (const [place, { domain, measure, values }] of items.entries()) {
    if (domain === null || !ratingMeasures.has(measure)) continue;
    if (values.some((value) => Math.abs(value) > farthestValue)) continue;
    const key = JSON.stringify([domain, measure, values]);
    const codes = [...Array<number>(firstValueCode).fill(Number.NaN), ...values];
    const scale = found.get(key) ?? { domain, measure, items: [], values: codes };
    found.set(key, scale);
    scale.items.push(place);
  }
  return [...found.values()].filter(({ items }) => items.length > 1 && items.length <= mostInScale);
}
