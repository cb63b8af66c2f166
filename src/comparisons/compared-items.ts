import type { ReleasedItem } from '../releases/release';
import {
  differenceOfMeans,
  differenceOfShares,
  type MarkedDifference,
  markedFamily,
  type ShownDifference,
  type ShownFigure,
} from './comparison';
import { endsOf, type Metric, type Shown, type Telling, tellingOf } from './metric';

/** One item with what is shown of it on both sides; or a reason for which the sides are no matter. */
export interface ItemPair {
  item: ReleasedItem;
  first: Shown;
  second: Shown;
  refusal: string | null;
}

/** An item whose sides can be compared. */
export interface ComparedItem {
  item: ReleasedItem;
  first: Shown;
  second: Shown;
  figures: [ShownFigure, ShownFigure];
  difference: MarkedDifference;
}

/** An item whose sides cannot, and why. */
export interface UncomparedItem {
  item: ReleasedItem;
  reason: string;
}

export interface Compared {
  rows: ComparedItem[];
  refused: UncomparedItem[];
}

/**
 * Compares the items of a family: one report, one metric, one kind of comparison (METHODS.md 2.8). The order stays; what cannot be
 * compared stands apart with its reason and enters no test.
 */
export function compareItems(
  pairs: readonly ItemPair[],
  metric: Metric,
  names: readonly [string, string],
): Compared {
  const tried = pairs.map((pair) => ({ pair, outcome: outcomeOf(pair, metric, names) }));
  const marked = markedFamily(tried.map(({ outcome }) => outcome.difference));
  return {
    rows: tried.flatMap(({ pair: { item, first, second }, outcome }, place) =>
      outcome.difference
        ? [{ item, first, second, figures: outcome.figures, difference: marked[place]! }]
        : [],
    ),
    refused: tried.flatMap(({ pair: { item }, outcome }) =>
      outcome.difference ? [] : [{ item, reason: outcome.reason }],
    ),
  };
}

type Outcome =
  | { difference: ShownDifference; figures: [ShownFigure, ShownFigure] }
  | { difference: null; reason: string };

function outcomeOf(
  { item, first, second, refusal }: ItemPair,
  metric: Metric,
  names: readonly [string, string],
): Outcome {
  if (refusal) return { difference: null, reason: refusal };
  const [one, other] = [tellingOf(first, metric), tellingOf(second, metric)];
  if (!one.figure || !other.figure) return { difference: null, reason: reasonOf([one, other], names) };
  const difference =
    metric.of === 'below'
      ? differenceOfShares(one.figure, other.figure)
      : differenceOfMeans(one.figure, other.figure, endsOf(metric, item));
  if (!difference) {
    return {
      difference: null,
      reason: 'An interval covers everything there could be: there is nothing to compare',
    };
  }
  return { difference, figures: [one.figure, other.figure] };
}

/** "Midwife: nobody gave an answer that counts". Said once where it is the same of both. */
function reasonOf(sides: readonly [Telling, Telling], names: readonly [string, string]): string {
  const whys = sides.map((side) => (side.figure ? null : side.why));
  if (whys[0] && whys[0] === whys[1]) return `Both: ${whys[0]}`;
  return whys.flatMap((why, place) => (why ? [`${names[place]}: ${why}`] : [])).join('; ');
}

/** The largest difference first, whichever way it goes; those alike keep the order of the framework. */
export function bySize(rows: readonly ComparedItem[]): ComparedItem[] {
  return [...rows].sort(
    (one, other) => Math.abs(other.difference.difference) - Math.abs(one.difference.difference),
  );
}
