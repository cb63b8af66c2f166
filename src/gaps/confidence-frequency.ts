import { type Count, peopled, peopleIn, type Sample, squaresOf, sumOf } from './count';
import { meanFigure, percentFigure } from './estimate';
import { type Figure, missing, plainFigure } from './figure';

export const method = { name: 'confidence-frequency', version: 1 };

/** People of one confidence, 1 to 5, and one frequency: 0 never, 1 yearly, 2 monthly, 3 weekly, 4 daily. */
export interface ConfidenceFrequencyCount extends Count {
  confidence: number;
  frequency: number;
}

/** What confidence and frequency of use say together. */
export interface ConfidenceFrequency {
  /** People who gave both. */
  n: number;
  /** People who use it weekly or daily. */
  users: number;
  /** Per cent of the users, and of all, who use it with low confidence. */
  atRiskOfUsers: Figure;
  atRiskOfAll: Figure;
  /** Per cent who are confident and use it yearly or never: a skill that fades. */
  dormant: Figure;
  /** Levels of confidence short of the highest, where use counts as often as it happens. 0 to 4. */
  useWeightedGap: Figure;
  /** The same with everybody counting alike. */
  plainGap: Figure;
  /** Spearman's rank correlation of the two, unweighted, -1 to 1. Missing, with `no_variation`, where one is constant. */
  spearman: Figure;
}

const mostConfident = 5;

/**
 * Confidence against frequency of use (METHODS.md 1(f)): users have a frequency of 3 or more, low confidence is 2 or less, dormant is a
 * confidence of 4 or more with a frequency of 1 or less. The use-weighted gap Σw·F·(5-C)/Σw·F is missing where nobody uses it at all.
 */
export function confidenceFrequency(
  counts: readonly ConfidenceFrequencyCount[],
  sample: Sample,
): ConfidenceFrequency {
  const people = peopled(counts);
  const users = people.filter(({ frequency }) => frequency >= 3);
  const atRisk = users.filter(({ confidence }) => confidence <= 2);
  const dormant = people.filter(({ confidence, frequency }) => confidence >= 4 && frequency <= 1);
  const gap = ({ confidence }: ConfidenceFrequencyCount) => mostConfident - confidence;
  return {
    n: peopleIn(people),
    users: peopleIn(users),
    // How many users there are in the population is not known, so it has no finite size here.
    atRiskOfUsers:
      people.length > 0 && users.length === 0
        ? missing('zero_denominator')
        : percentFigure(atRisk, users, { n: sample.n, weighted: sample.weighted }),
    atRiskOfAll: percentFigure(atRisk, people, sample),
    dormant: percentFigure(dormant, people, sample),
    useWeightedGap: useWeightedGap(people, gap, sample),
    plainGap: meanFigure(people, gap, sample, [0, mostConfident - 1]),
    spearman: spearman(people),
  };
}

/** Each use is a voice: whoever uses it daily weighs four times who uses it yearly. */
function useWeightedGap(
  people: readonly ConfidenceFrequencyCount[],
  gap: (count: ConfidenceFrequencyCount) => number,
  sample: Sample,
): Figure {
  const uses = people
    .filter(({ frequency }) => frequency > 0)
    .map((count) => ({
      ...count,
      weight: count.weight * count.frequency,
      squares: squaresOf(count) * count.frequency ** 2,
    }));
  if (people.length > 0 && uses.length === 0) return missing('zero_denominator');
  return meanFigure(uses, gap, { n: sample.n, weighted: true }, [0, mostConfident - 1]);
}

/** Pearson's correlation of the mid-ranks, from joint counts, unweighted (METHODS.md 1(f)). */
function spearman(people: readonly ConfidenceFrequencyCount[]): Figure {
  const n = peopleIn(people);
  if (n === 0) return missing('no_valid_answers');
  const confidence = midRanks(people, (count) => count.confidence);
  const frequency = midRanks(people, (count) => count.frequency);
  // Mid-ranks always sum to n(n+1)/2.
  const middle = (n + 1) / 2;
  const product = (
    one: (count: ConfidenceFrequencyCount) => number,
    other: (count: ConfidenceFrequencyCount) => number,
  ) => sumOf(people, (count) => count.n * (one(count) - middle) * (other(count) - middle));
  const spread = product(confidence, confidence) * product(frequency, frequency);
  if (spread === 0) return missing('no_variation');
  return plainFigure(product(confidence, frequency) / Math.sqrt(spread));
}

/** The rank of each value, the mean of the ranks of the people who share it. */
function midRanks<C extends Count>(
  people: readonly C[],
  answerOf: (count: C) => number,
): (count: C) => number {
  const holders = new Map<number, number>();
  for (const count of people) holders.set(answerOf(count), (holders.get(answerOf(count)) ?? 0) + count.n);
  let below = 0;
  const ranks = new Map<number, number>();
  for (const [value, n] of [...holders].sort(([a], [b]) => a - b)) {
    ranks.set(value, below + (n + 1) / 2);
    below += n;
  }
  return (count) => ranks.get(answerOf(count))!;
}
