import { type Count, effectiveSize, peopled, peopleIn, type Sample, weightOf } from './count';
import { meanFigure, percentFigure } from './estimate';
import { type Figure, missing, plainFigure } from './figure';
import { type Ranked, rankedBy } from './ranking';
import { gap, type LevelCount, requiredLevelGap } from './required-level-gap';

export const method = { name: 'required-level', version: 1 };

/** The ways of giving no level (METHODS.md 0, "Answer states"). */
export type NoLevel = 'skipped' | 'not_shown' | 'na' | 'dk';

/** People of one requirement who answered alike. No requirement is null, which is not level 0. */
export interface AnswerCount extends Count {
  required: number | null;
  answer: number | NoLevel;
}

/** How many people stay out of the base, and why. Who has no requirement is counted there, whatever the answer. */
export type Excluded = Record<NoLevel | 'no_requirement', number>;

/** Parts the people who count, having a requirement and a level, from those who do not (METHODS.md 1(a)). */
export function levelCountsOf(answers: readonly AnswerCount[]): { counts: LevelCount[]; excluded: Excluded } {
  const counts: LevelCount[] = [];
  const excluded = { no_requirement: 0, skipped: 0, not_shown: 0, na: 0, dk: 0 };
  for (const { required, answer, n, weight } of peopled(answers)) {
    if (required === null) excluded.no_requirement += n;
    else if (typeof answer === 'number') counts.push({ required, level: answer, n, weight });
    else excluded[answer] += n;
  }
  return { counts, excluded };
}

/** The gap against a skills matrix with its uncertainty. Percentages are 0 to 100, the rest in levels. */
export interface RequiredLevelEstimates {
  /** Unweighted count of the people with a requirement and a level. */
  n: number;
  weight: number;
  effectiveSize: number;
  percentMeeting: Figure;
  percentBelow: Figure;
  meanShortfall: Figure;
  /** Missing, with `zero_denominator`, where nobody is below. */
  meanShortfallOfThoseBelow: Figure;
  meanSurplus: Figure;
  /** Level less requirement: surplus less shortfall. */
  meanSignedGap: Figure;
  meanLevel: Figure;
  meanRequired: Figure;
  /** Per cent of people by signed gap, from the lowest there is to the highest. */
  distribution: { gap: number; percent: Figure }[];
}

/**
 * The required-level gap of METHODS.md 1(a) with standard errors and intervals (2.5, 2.6), from joint counts of requirement
 * and level. Levels and requirements are 0 to `highest`. With nobody counted every figure is missing.
 */
export function requiredLevelEstimates(
  levels: readonly LevelCount[],
  sample: Sample,
  highest: number,
): RequiredLevelEstimates {
  const counts = peopled(levels);
  const below = counts.filter(({ required, level }) => level < required);
  const shortfall = ({ required, level }: LevelCount) => gap(required, level);
  const mean = (of: (count: LevelCount) => number, lowest = 0) =>
    meanFigure(counts, of, sample, [lowest, highest]);
  return {
    n: peopleIn(counts),
    weight: weightOf(counts),
    effectiveSize: effectiveSize(counts),
    percentMeeting: percentFigure(
      counts.filter(({ required, level }) => level >= required),
      counts,
      sample,
    ),
    percentBelow: percentFigure(below, counts, sample),
    meanShortfall: mean(shortfall),
    meanShortfallOfThoseBelow:
      counts.length > 0 && below.length === 0
        ? missing('zero_denominator')
        : meanFigure(below, shortfall, sampleOfPart(sample), [1, highest]),
    meanSurplus: mean(({ required, level }) => gap(level, required)),
    meanSignedGap: mean(({ required, level }) => level - required, -highest),
    meanLevel: mean(({ level }) => level),
    meanRequired: mean(({ required }) => required),
    distribution: [...(requiredLevelGap(counts)?.distribution.keys() ?? [])].map((signed) => ({
      gap: signed,
      percent: percentFigure(
        counts.filter(({ required, level }) => level - required === signed),
        counts,
        sample,
      ),
    })),
  };
}

/** How many there are of those below is not known, so no finite population is. */
function sampleOfPart({ n, weighted }: Sample): Sample {
  return { n, weighted };
}

/** A part of the workforce: how many there are, and how many per cent of them meet the requirement; null if not known. */
export interface StaffGroup {
  headcount: number;
  percentMeeting: number | null;
}

/**
 * People below the requirement in the workforce: Σ N·(1 - M/100) over groups that share a profession and a setting
 * (METHODS.md 1(a)). A count of people. Missing where a group that exists has no answers: nobody can say how many of it are below.
 */
export function peopleBelow(groups: readonly StaffGroup[]): Figure {
  let people = 0;
  for (const { headcount, percentMeeting } of groups) {
    if (headcount === 0) continue;
    if (percentMeeting === null) return missing('group_without_answers');
    people += headcount * (1 - percentMeeting / 100);
  }
  return plainFigure(people);
}

/** Competencies by mean shortfall, the largest first, then by per cent below, then code (METHODS.md 1(a), "Reading"). */
export function rankedByShortfall<T extends { competency: string; estimates: RequiredLevelEstimates }>(
  rows: readonly T[],
): Ranked<T>[] {
  return rankedBy(
    rows,
    ({ estimates }) => [estimates.meanShortfall.estimate, estimates.percentBelow.estimate],
    ({ competency }) => competency,
  );
}
