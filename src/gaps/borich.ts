import { type Count, peopled, peopleIn, type Sample, sumOf, weightOf } from './count';
import { estimateAround, meanFigure } from './estimate';
import { type Figure, missing } from './figure';
import { type Ranked, rankedBy } from './ranking';

export const method = { name: 'borich', version: 1 };

/** People who rated importance and ability alike, both on the same scale from 1 to `highest`. */
export interface ImportanceAbilityCount extends Count {
  importance: number;
  ability: number;
}

export interface BorichNeed {
  /** People who gave both ratings. */
  n: number;
  importance: Figure;
  ability: Figure;
  /** Importance less ability, summed over everybody's weight. */
  discrepancies: number;
  /** MWDS, the mean weighted discrepancy score. Only its ranks compare between surveys of different scales. */
  score: Figure;
}

/**
 * The needs assessment of Borich (1980, J Teacher Educ 31(3):39-42; METHODS.md 1(c)) of one competency: MWDS = Ī·(Ī - Ā), both means
 * over the people who gave both ratings, from -m²/4 to m(m-1) on a scale to m. Its standard error is that of the mean of
 * z = (2Ī - Ā)·I - Ī·A, for both means are random. Missing without pairs.
 */
export function borichNeed(
  pairs: readonly ImportanceAbilityCount[],
  sample: Sample,
  highest: number,
): BorichNeed {
  const people = peopled(pairs);
  const importance = meanFigure(people, (pair) => pair.importance, sample, [1, highest]);
  const ability = meanFigure(people, (pair) => pair.ability, sample, [1, highest]);
  return {
    n: peopleIn(people),
    importance,
    ability,
    discrepancies: sumOf(people, (pair) => pair.weight * (pair.importance - pair.ability)),
    score: scoreOf(people, sample, highest),
  };
}

function scoreOf(people: readonly ImportanceAbilityCount[], sample: Sample, highest: number): Figure {
  if (people.length === 0) return missing('no_valid_answers');
  const mean = (of: (pair: ImportanceAbilityCount) => number) =>
    sumOf(people, (pair) => pair.weight * of(pair)) / weightOf(people);
  const importance = mean((pair) => pair.importance);
  const ability = mean((pair) => pair.ability);
  const linearised = (pair: ImportanceAbilityCount) =>
    (2 * importance - ability) * pair.importance - importance * pair.ability;
  const { se } = meanFigure(people, linearised, sample, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  const range: [number, number] = [-(highest * highest) / 4, highest * (highest - 1)];
  return estimateAround(importance * (importance - ability), se, sample, range);
}

/** Competencies by their score, the greatest need first, then by code. */
export function rankedByBorich<T extends { competency: string; borich: BorichNeed }>(
  competencies: readonly T[],
): Ranked<T>[] {
  return rankedBy(
    competencies,
    ({ borich }) => [borich.score.estimate],
    ({ competency }) => competency,
  );
}

/**
 * Can a row of a printed table be right? Is there a pair of means that rounds to the two printed (to `digits` decimals) and whose
 * Ī·(Ī - Ā) rounds to the score printed? For tables that somebody pastes from a publication (METHODS.md 4, number 1).
 */
export function isConsistentRow(
  printed: { importance: number; ability: number; score: number },
  digits: number,
): boolean {
  const half = 0.5 * 10 ** -digits + 1e-9;
  const product = (importance: number, ability: number) => importance * (importance - ability);
  // Rising in importance while that is at least half of ability, and falling in ability: the ends are at the corners.
  const lowest = product(printed.importance - half, printed.ability + half);
  const highest = product(printed.importance + half, printed.ability - half);
  return printed.score >= lowest - half && printed.score <= highest + half;
}
