import { type Count, peopled, peopleIn, type Sample, weightOf } from './count';
import { meanFigure, percentFigure } from './estimate';
import { type Figure, missing, plainFigure, scaled } from './figure';
import { type Ranked, rankedBy } from './ranking';

export const method = { name: 'barriers', version: 1 };

/** People shown a barrier: not ticked (null), ticked with a severity from 1 to 5, or ticked without saying how severe. */
export interface BarrierCount extends Count {
  severity: number | 'unrated' | null;
}

export interface Barrier {
  /** People shown the question. */
  n: number;
  /** Per cent of them who ticked it. */
  percent: Figure;
  /** Mean severity among those who ticked and rated it, 1 to 5. */
  severity: Figure;
  /** Severity over the highest, with 0 for who did not tick it: 0 to 1. Who ticked and did not rate is left out. */
  burden: Figure;
}

const mostSevere = 5;

/**
 * One barrier of a question with several ticks (METHODS.md 1(j)): burden = Σw·severity/(5·W). Missing for nobody; nobody who ticked it
 * has no severity.
 */
export function barrier(counts: readonly BarrierCount[], sample: Sample): Barrier {
  const people = peopled(counts);
  const ticked = people.filter(({ severity }) => severity !== null);
  const rated = ticked.filter(({ severity }) => severity !== 'unrated');
  const answered = people.filter(({ severity }) => severity !== 'unrated');
  // How many of a population are hindered is not known, so the severity has no finite population.
  const ofTicked = { n: sample.n, weighted: sample.weighted };
  return {
    n: peopleIn(people),
    percent: percentFigure(ticked, people, sample),
    severity: meanFigure(rated, severityOf, ofTicked, [1, mostSevere]),
    burden: meanFigure(answered, (count) => severityOf(count) / mostSevere, sample, [0, 1]),
  };
}

function severityOf({ severity }: BarrierCount): number {
  return typeof severity === 'number' ? severity : 0;
}

/** Barriers by burden, the heaviest first, then by code. */
export function rankedByBurden<T extends { code: string; barrier: Barrier }>(
  barriers: readonly T[],
): Ranked<T>[] {
  return rankedBy(
    barriers,
    ({ barrier }) => [barrier.burden.estimate],
    ({ code }) => code,
  );
}

/** People of one agreement, from 1 (strongly disagree) to 5 (strongly agree). */
export interface AgreementCount extends Count {
  rating: number;
}

export interface Agreement {
  n: number;
  mean: Figure;
  /** No interval: show the distribution (METHODS.md 2.7). */
  median: Figure;
  /** Per cent of 4 and 5. */
  agree: Figure;
  /** Per cent of 4 and 5 less per cent of 1 and 2, from -100 to 100. Of "how well did it prepare you": net adequacy. */
  net: Figure;
  /** Relative importance index: mean over the highest, 0.2 to 1. */
  relativeImportance: Figure;
}

const mostAgreed = 5;

/** Answers on a scale of agreement from 1 to 5 (METHODS.md 1(j)). Missing for nobody. */
export function agreement(counts: readonly AgreementCount[], sample: Sample): Agreement {
  const people = peopled(counts);
  const mean = meanFigure(people, ({ rating }) => rating, sample, [1, mostAgreed]);
  const side = ({ rating }: AgreementCount) => (rating >= 4 ? 1 : rating <= 2 ? -1 : 0);
  return {
    n: peopleIn(people),
    mean,
    median: weightedMedian(people, ({ rating }) => rating),
    agree: percentFigure(
      people.filter(({ rating }) => rating >= 4),
      people,
      sample,
    ),
    net: scaled(meanFigure(people, side, sample, [-1, 1]), 100),
    relativeImportance: scaled(mean, 1 / mostAgreed),
  };
}

/**
 * The smallest value at which the weight up to it is at least half of all; when it is exactly half, halfway to the next value
 * (METHODS.md 1(j)). Without an interval. Missing for nobody.
 */
export function weightedMedian<C extends Count>(
  counts: readonly C[],
  answerOf: (count: C) => number,
): Figure {
  const people = peopled(counts).sort((a, b) => answerOf(a) - answerOf(b));
  if (people.length === 0) return missing('no_valid_answers');
  const half = weightOf(people) / 2;
  // Sums of weights such as 0.1 and 0.2 come out a hair beside what they are.
  const hair = 1e-9 * half;
  let upTo = 0;
  for (const [index, count] of people.entries()) {
    upTo += count.weight;
    if (upTo < half - hair) continue;
    const next = people.slice(index + 1).find((other) => answerOf(other) > answerOf(count));
    const exactlyHalf = upTo <= half + hair && next !== undefined;
    // People of one value may stand in several cells, so the weight up to it may not be complete yet.
    const isLastOfValue = people[index + 1] === next;
    if (exactlyHalf && isLastOfValue) return plainFigure((answerOf(count) + answerOf(next)) / 2);
    return plainFigure(answerOf(count));
  }
  return plainFigure(answerOf(people.at(-1)!));
}
