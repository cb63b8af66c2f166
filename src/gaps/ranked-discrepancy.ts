import type { ImportanceAbilityCount } from './borich';
import { peopled, peopleIn, type Sample, weightOf } from './count';
import { estimateAround, meanFigure, percentFigure } from './estimate';
import { type Figure, missing, plainFigure, scaled } from './figure';
import { finiteFactor } from './interval';
import { type Ranked, rankedBy } from './ranking';

export const method = { name: 'ranked-discrepancy', version: 1 };

/** How many people rate their ability below importance, above it, or equal to it. */
export interface RankedDiscrepancy {
  /** People who gave both ratings. */
  n: number;
  /** Per cent whose ability is below the importance (NR). */
  negative: Figure;
  /** Per cent whose ability is above it (PR). */
  positive: Figure;
  /** Per cent whose ability equals it (TR). */
  tied: Figure;
  /**
   * RDS, the ranked discrepancy score: positive less negative, from -100 (everybody below: the greatest need) to 100. Where everybody
   * is of one kind its standard error is 0 and it has no interval: show that of `negative` there.
   */
  score: Figure;
}

/**
 * The ranked discrepancy model (Narine & Harder 2021, doi 10.37433/aad.v2i3.169; METHODS.md 1(d)) of one competency. Unweighted its
 * standard error is 100·√((p + q - (p-q)²)/n), p and q being the shares above and below; weighted it is that of the mean of the
 * scores 1, 0 and -1.
 */
export function rankedDiscrepancy(
  pairs: readonly ImportanceAbilityCount[],
  sample: Sample,
): RankedDiscrepancy {
  const people = peopled(pairs);
  const percentWhere = (sign: number) =>
    percentFigure(
      people.filter((pair) => signOf(pair) === sign),
      people,
      sample,
    );
  return {
    n: peopleIn(people),
    negative: percentWhere(-1),
    positive: percentWhere(1),
    tied: percentWhere(0),
    score: scoreOf(people, sample),
  };
}

function signOf({ importance, ability }: ImportanceAbilityCount): number {
  return Math.sign(ability - importance);
}

function scoreOf(people: readonly ImportanceAbilityCount[], sample: Sample): Figure {
  if (people.length === 0) return missing('no_valid_answers');
  const mean = sample.weighted
    ? meanFigure(people, signOf, sample, [-1, 1])
    : unweightedScore(people, sample);
  const isOfOneKind = new Set(people.map(signOf)).size === 1;
  return scaled(isOfOneKind ? { ...plainFigure(signOf(people[0]!)), se: 0 } : mean, 100);
}

function unweightedScore(people: readonly ImportanceAbilityCount[], sample: Sample): Figure {
  const n = peopleIn(people);
  const share = (sign: number) => weightOf(people.filter((pair) => signOf(pair) === sign)) / weightOf(people);
  const [p, q] = [share(1), share(-1)];
  const se = Math.sqrt((p + q - (p - q) ** 2) / n);
  const factor = sample.population === undefined ? 1 : finiteFactor(n, sample.population);
  return estimateAround(p - q, se * factor, sample, [-1, 1]);
}

/** Competencies by their score, the most negative first, for there the need is greatest; then by code. */
export function rankedByDiscrepancy<T extends { competency: string; discrepancy: RankedDiscrepancy }>(
  competencies: readonly T[],
): Ranked<T>[] {
  return rankedBy(
    competencies,
    ({ discrepancy }) => [discrepancy.score.estimate === null ? null : -discrepancy.score.estimate],
    ({ competency }) => competency,
  );
}
