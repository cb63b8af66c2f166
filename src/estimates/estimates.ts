import { effectiveSize, largestShare, peopleIn, type Sample, weightOf } from '../gaps/count';
import { meanFigure, percentFigure } from '../gaps/estimate';
import type { Figure } from '../gaps/figure';
import { rankedBy } from '../gaps/ranking';
import { type ReliabilityFlag, reliabilityFlags } from '../gaps/reliability-flags';
import {
  method,
  type RequiredLevelEstimates,
  requiredLevelEstimates,
} from '../gaps/required-level-estimates';
import { gap, type LevelCount } from '../gaps/required-level-gap';
import type { Trimming } from '../gaps/weighting';
import type { HeadcountTable } from '../populations/headcount';
import { codes, firstValueCode } from '../questionnaires/coding';
import type { Measure } from '../questionnaires/definition';
import { ratingMeasures } from '../questionnaires/measures';
import type { Tally } from '../tallies/tally';
import { type Counted, type Counting, countingOf } from './counting';
import type { Dimension } from './dimension';
import { nodesOver } from './nodes';
import { type PeopleBelow, peopleBelowIn } from './people-below';
import { type ScaleEstimates, scaleReliabilities } from './scales';
import { type StatisticFamily, statisticFamilies } from './statistics';
import { answersOf, type Sums, sumsOf, unweighted } from './sums';
import type { WeightScheme } from './weights';

/** The figures of a survey at full precision and before disclosure control: for an analyst on the server only. */
export interface Estimates {
  method: { weighting: 'none' | WeightScheme; gap: string };
  weights: EstimateWeights;
  dimensions: { key: string; categories: { code: string; label: string }[] }[];
  nodes: EstimateNode[];
  /** Of everybody together: how far the ratings of a domain measure one thing. */
  scales: ScaleEstimates[];
}

export interface EstimateWeights {
  scheme: 'none' | WeightScheme;
  /** How many people of equal weight would say as much; by how much weighting multiplies variance (METHODS.md 2.4). */
  effectiveSize: number;
  designEffect: number | null;
  /** What became of the limit to a weight; null where there is none. */
  trimming?: Trimming | null;
  /** Margins that were brought to the first one's total. */
  rescaled?: { margin: string; factor: number }[];
}

/** The people who share a category of each dimension; null stands for all of it. */
export interface EstimateNode {
  key: Record<string, string | null>;
  status: 'published' | 'empty';
  respondents: number;
  items: ItemEstimates[];
}

export interface ItemEstimates {
  /** Its place in the plan. */
  item: number;
  competency: string;
  domain: string | null;
  measure: Measure;
  status: 'published' | 'no-requirement' | 'no-answers';
  /** People whose answer counts: with a level and, where levels are required, with a requirement. */
  n: number;
  /** The level required where it is the same for all of them, else null. */
  required: number | null;
  /** Per cent at or above the level required. */
  percentMeeting: Figure | null;
  /** In levels; being above what is required is no shortfall. */
  meanShortfall: Figure | null;
  meanShortfallOfThoseBelow: Figure | null;
  meanSurplus: Figure | null;
  /** Level less requirement. */
  meanSignedGap: Figure | null;
  meanLevel: Figure | null;
  /** Per cent at each level of the scale, the lowest first. */
  distribution: number[] | null;
  /** Per cent at each level less requirement, from as far below as the scale goes to as far above. */
  gapDistribution: { gap: number; percent: number }[] | null;
  /**
   * The place of its gap in the node: by mean shortfall, then per cent below, the largest first; those alike share one, and stand in
   * the order of their codes.
   */
  rank: number | null;
  /** People below what is required in the workforce; null where the staff of this node are not counted. */
  peopleBelow: Figure | null;
  /** The same where everybody weighs 1, beside weighted figures. */
  unweighted: { percentMeeting: Figure | null; meanShortfall: Figure | null; meanLevel: Figure } | null;
  /** People who count in none of these, and why; with n they are all of the node. */
  excluded: Excluded;
  flags: ReliabilityFlag[];
  /** What comes of several ratings, by its name; null where nobody gave them. */
  statistics: Record<string, object | null>;
}

export interface Excluded {
  skipped: number;
  notShown: number;
  notMyRole: number;
  dontKnow: number;
  /** Nothing is required of them while something is of others, whatever they answered. */
  noRequirement: number;
}

export interface EstimatesInput extends Counted {
  dimensions: readonly Dimension[];
  /** The staff the survey speaks about, where they are counted. */
  staff?: HeadcountTable | null;
}

/** Above this share of all weight the largest is a voice that drowns the others: only unweighted figures hold (METHODS.md 3.3, step 7). */
export const dominantShare = 0.5;

/**
 * Estimates of everything asked for the whole lattice of the dimensions: everybody, every margin, every cell (METHODS.md 1(a) to (g), 2.4
 * to 2.6, 2.9). From tallies, so it costs by cells, not by responses.
 */
export function estimatesOf({ dimensions, staff, ...input }: EstimatesInput): Estimates {
  const counting = countingOf(input);
  const below = staff ? peopleBelowIn({ ...input, counting, dimensions, staff }) : undefined;
  return estimatesFrom(counting, dimensions, below);
}

/** The same of what is counted already. */
export function estimatesFrom(
  counting: Counting,
  dimensions: readonly Dimension[],
  peopleBelow: PeopleBelow = () => null,
): Estimates {
  const items = itemsOf(counting);
  const scheme = counting.weights?.scheme ?? 'none';
  return {
    method: { weighting: scheme, gap: `${method.name} v${method.version}` },
    weights: weightsInUse(counting),
    dimensions: dimensions.map(({ key, categories }) => ({
      key,
      categories: categories.map(({ code, label }) => ({ code, label })),
    })),
    nodes: nodesOver(counting.plan, dimensions, counting.tallies).map(({ key, members }) => {
      const { respondents } = sumsOf(counting, members);
      return {
        key,
        status: respondents > 0 ? 'published' : 'empty',
        respondents,
        items:
          respondents > 0
            ? ranked(items.map((item) => itemOf(counting, item, members, peopleBelow(key, item.place))))
            : [],
      };
    }),
    scales: scaleReliabilities(counting),
  };
}

function weightsInUse(counting: Counting): EstimateWeights {
  if (!counting.weights) {
    const { respondents } = sumsOf(counting, counting.tallies);
    return { scheme: 'none', effectiveSize: respondents, designEffect: respondents > 0 ? 1 : null };
  }
  const { scheme, weighting } = counting.weights;
  const { effectiveSize: effective, designEffect: effect, trimming, rescaled } = weighting;
  return { scheme, effectiveSize: effective, designEffect: effect, trimming, rescaled };
}

/** Something there are figures of. */
interface EstimatedItem {
  place: number;
  isRating: boolean;
  /** Everybody who gave a value; of a level also those of whom it is required. */
  sample: Sample;
  comparedSample: Sample;
  families: StatisticFamily[];
}

/** Everything that is rated, and where its gaps come from. The main sources are told with the sources. */
function itemsOf(counting: Counting): EstimatedItem[] {
  const { plan, tallies, weights } = counting;
  const families = statisticFamilies(counting);
  const everybody = sumsOf(counting, tallies);
  return plan.items.flatMap(({ measure }, place) => {
    const isRating = ratingMeasures.has(measure);
    if (!isRating && measure !== 'where') return [];
    const values = answersOf(counting, everybody, place).filter(({ code }) => code >= firstValueCode);
    const weighted = weights !== null;
    return {
      ...{ place, isRating },
      sample: { n: peopleIn(values), weighted },
      comparedSample: { n: peopleIn(values.filter(({ required }) => required !== null)), weighted },
      families: families.filter(({ item }) => item === place),
    };
  });
}

function itemOf(
  counting: Counting,
  item: EstimatedItem,
  members: readonly Tally[],
  peopleBelow: Figure | null,
): ItemEstimates {
  const { competency, domain, measure, name } = counting.plan.items[item.place]!;
  const sums = sumsOf(counting, members);
  const { levels, isCompared, lacksRequirement, excluded } = answered(counting, sums, item.place);
  const n = peopleIn(levels);
  const status = lacksRequirement ? 'no-requirement' : n === 0 ? 'no-answers' : 'published';
  return {
    item: item.place,
    competency: competency ?? (item.isRating ? name : (domain ?? name)),
    domain,
    measure,
    status,
    n,
    ...(n > 0 && item.isRating ? ratingFigures(counting, item, levels, isCompared) : noFigures),
    rank: null,
    peopleBelow,
    excluded,
    statistics: Object.fromEntries(
      item.families.map(({ name: family, estimate }) => [family, estimate(members)]),
    ),
  };
}

const noFigures = {
  required: null,
  percentMeeting: null,
  meanShortfall: null,
  meanShortfallOfThoseBelow: null,
  meanSurplus: null,
  meanSignedGap: null,
  meanLevel: null,
  distribution: null,
  gapDistribution: null,
  unweighted: null,
  flags: [],
};

/**
 * Who counts in an item's figures, and who does not. Of a level that is compared with what is required it is everybody with a requirement
 * and a level; of any other rating, and of a level where nothing is required of anybody, everybody with a value.
 */
function answered(counting: Counting, sums: Sums, place: number) {
  const answers = answersOf(counting, sums, place);
  const isCompared = answers.some(({ required }) => required !== null);
  const counts = (code: number) =>
    peopleIn(answers.filter((count) => count.code === code && (!isCompared || count.required !== null)));
  const { values, measure } = counting.plan.items[place]!;
  const levels = answers
    .filter(({ code, required }) => code >= firstValueCode && (!isCompared || required !== null))
    .map(({ n, weight, squares, heaviest, code, required }) => {
      const level = values[code - firstValueCode]!;
      return { n, weight, squares, heaviest, required: required ?? 0, level };
    });
  return {
    levels,
    isCompared,
    lacksRequirement: measure === 'level' && !isCompared,
    excluded: {
      skipped: counts(codes.skipped),
      notShown: counts(codes.notShown),
      notMyRole: counts(codes.notMyRole),
      dontKnow: counts(codes.dontKnow),
      noRequirement: isCompared ? peopleIn(answers.filter(({ required }) => required === null)) : 0,
    },
  };
}

function ratingFigures(
  counting: Counting,
  item: EstimatedItem,
  levels: readonly LevelCount[],
  isCompared: boolean,
) {
  const { values } = counting.plan.items[item.place]!;
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const sample = isCompared ? item.comparedSample : item.sample;
  const compared = isCompared ? requiredLevelEstimates(levels, sample, highest) : null;
  const meanLevel = meanFigure(levels, ({ level }) => level, sample, [lowest, highest]);
  const needed = new Set(levels.map(({ required }) => required));
  const weight = weightOf(levels);
  const largest = largestShare(levels);
  return {
    required: isCompared && needed.size === 1 ? [...needed][0]! : null,
    percentMeeting: compared?.percentMeeting ?? null,
    meanShortfall: compared?.meanShortfall ?? null,
    meanShortfallOfThoseBelow: compared?.meanShortfallOfThoseBelow ?? null,
    meanSurplus: compared?.meanSurplus ?? null,
    meanSignedGap: compared?.meanSignedGap ?? null,
    meanLevel,
    distribution: values.map(
      (value) => (100 * weightOf(levels.filter(({ level }) => level === value))) / weight,
    ),
    gapDistribution: compared && gapsOf(compared, highest),
    unweighted: sample.weighted
      ? unweightedFigures(levels, { ...sample, weighted: false }, [lowest, highest], isCompared)
      : null,
    flags: reliabilityFlags({
      n: peopleIn(levels),
      effective: effectiveSize(levels),
      largestShare: largest,
      interval: compared ? compared.percentMeeting.interval : meanLevel.interval,
      unit: compared ? 'per cent' : 'levels',
      unweightedOnly: sample.weighted && largest > dominantShare,
    }),
  };
}

function gapsOf({ distribution }: RequiredLevelEstimates, highest: number) {
  // More may be required than the question offers.
  const reach = Math.max(highest, ...distribution.map(({ gap: signed }) => Math.abs(signed)));
  const shares = Array.from({ length: 2 * reach + 1 }, (_, step) => ({ gap: step - reach, percent: 0 }));
  for (const { gap: signed, percent } of distribution) shares[signed + reach]!.percent = percent.estimate!;
  return shares;
}

function unweightedFigures(
  weighted: readonly LevelCount[],
  sample: Sample,
  [lowest, highest]: [number, number],
  isCompared: boolean,
): NonNullable<ItemEstimates['unweighted']> {
  const levels = unweighted(weighted);
  const meeting = levels.filter(({ required, level }) => level >= required);
  const shortfall = ({ required, level }: LevelCount) => gap(required, level);
  return {
    percentMeeting: isCompared ? percentFigure(meeting, levels, sample) : null,
    meanShortfall: isCompared ? meanFigure(levels, shortfall, sample, [0, highest]) : null,
    meanLevel: meanFigure(levels, ({ level }) => level, sample, [lowest, highest]),
  };
}

/** The items, each with the place of its gap (METHODS.md 1(a), "Reading"). */
function ranked(items: ItemEstimates[]): ItemEstimates[] {
  const gaps = items.filter(({ meanShortfall }) => meanShortfall);
  const inOrder = rankedBy(
    gaps.map((item) => ({ item })),
    ({ item }) => [item.meanShortfall!.estimate, 100 - item.percentMeeting!.estimate!],
    ({ item }) => item.competency,
  );
  for (const { item, rank } of inOrder) item.rank = rank;
  return items;
}
