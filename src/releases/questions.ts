import type { Counting } from '../estimates/counting';
import { firstValueCode } from '../questionnaires/coding';
import { ratingMeasures } from '../questionnaires/measures';
import type { Plan, PlanItem } from '../questionnaires/plan';
import type { Layered } from './answer-tables';

/** An item of the plan that a release speaks of. */
export interface Question {
  item: PlanItem;
  /** Its place in the plan. */
  place: number;
  /** Compared with what is required: sums are of how far people are above or below it. Else sums are of the values themselves. */
  compared: boolean;
  layered: Layered;
}

/** What a release speaks of: every rating, and where gaps come from, in the plan's order. */
export function reportedItems({ items }: Pick<Plan, 'items'>): { item: PlanItem; place: number }[] {
  return items
    .map((item, place) => ({ item, place }))
    .filter(({ item }) => ratingMeasures.has(item.measure) || item.measure === 'where');
}

/**
 * The questions of a survey as disclosure control takes them. Where levels are compared with what is required, everything that is shown of a group
 * whose people need different levels follows from one family of sums: how many are so far above or below. A distribution of levels beside it
 * would be a second one over the same people, and the two together can be taken apart person by person.
 */
export function questionsOf(counting: Counting): Question[] {
  return reportedItems(counting.plan).map(({ item, place }) => {
    const start = counting.layout.offsets[place]! + firstValueCode;
    const countsOf = (counts: readonly number[]) => counts.slice(start, start + item.values.length);
    const compared = item.measure === 'level' ? comparedLayers(counting, item, place, countsOf) : null;
    const layered = compared ?? {
      layers: item.values.length,
      countsOf: ({ tally }) => countsOf(tally.counts),
    };
    return { item, place, compared: compared !== null, layered };
  });
}

/** Null where the matrix requires nothing of anybody who answered. */
function comparedLayers(
  { requiredLevels, tallies }: Counting,
  { values }: PlanItem,
  place: number,
  countsOf: (counts: readonly number[]) => number[],
): Layered | null {
  const requiredOf = (tally: Counting['tallies'][number]) => requiredLevels.get(tally)?.[place] ?? null;
  const required = new Set(tallies.map(requiredOf).filter((level) => level !== null));
  if (required.size === 0) return null;
  const gaps = [...new Set([...required].flatMap((level) => values.map((value) => value - level)))];
  gaps.sort((one, other) => one - other);
  return {
    layers: gaps.length,
    countsOf({ tally }) {
      const level = requiredOf(tally);
      if (level === null) return null;
      const counts = countsOf(tally.counts);
      return gaps.map((gap) => counts[values.indexOf(level + gap)] ?? 0);
    },
    possible({ tally }, layer) {
      const level = requiredOf(tally);
      return level !== null && values.includes(level + gaps[layer]!);
    },
    classOf: (layer) => (gaps[layer]! < 0 ? 0 : 1),
  };
}
