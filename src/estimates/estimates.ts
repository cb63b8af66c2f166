import { designEffect, effectiveSize, largestShare, peopleIn, type Sample } from '../gaps/count';
import { meanFigure } from '../gaps/estimate';
import type { Figure } from '../gaps/figure';
import { type ReliabilityFlag, reliabilityFlags } from '../gaps/reliability-flags';
import { method, requiredLevelEstimates } from '../gaps/required-level-estimates';
import type { LevelCount } from '../gaps/required-level-gap';
import { ratingMeasures } from '../questionnaires/measures';
import type { PlanItem } from '../questionnaires/plan';
import type { Tally } from '../tallies/tally';
import { type Counted, type Counting, countingOf, levelCounts, membersOf, valueCounts } from './counting';
import { categoriesOf } from './dimension';

/** The figures of a survey at full precision and before disclosure control: for an analyst on the server only. */
export interface Estimates {
  method: { weighting: 'none'; gap: string };
  weights: { scheme: 'none'; effectiveSize: number; designEffect: number | null };
  dimensions: { key: string; categories: { code: string; label: string }[] }[];
  nodes: EstimateNode[];
}

/** The people who share a category of each dimension; null stands for all of it. */
export interface EstimateNode {
  key: Record<string, string | null>;
  status: 'published' | 'empty';
  respondents: number;
  items: ItemEstimates[];
}

export interface ItemEstimates {
  competency: string;
  measure: PlanItem['measure'];
  status: 'published' | 'no-requirement' | 'no-answers';
  /** People whose answer counts: with a level and, where levels are required, with a requirement. */
  n: number;
  /** The level required where it is the same for all of them, else null. */
  required: number | null;
  /** Per cent at or above the level required. */
  percentMeeting: Figure | null;
  /** In levels; being above what is required is no shortfall. */
  meanShortfall: Figure | null;
  meanLevel: Figure | null;
  /** Per cent at each level of the scale, the lowest first. */
  distribution: number[] | null;
  flags: ReliabilityFlag[];
  statistics: Record<string, never>;
}

export interface EstimatesInput extends Counted {
  dimensions: readonly string[];
  labelOf: (dimension: string, code: string) => string;
}

/**
 * Estimates of every rated item for the whole lattice of the dimensions: everybody, every margin, every cell (METHODS.md 1(a), 2.5,
 * 2.6), unweighted. From tallies, so it costs by cells, not by responses.
 */
export function estimatesOf({ dimensions, labelOf, ...counted }: EstimatesInput): Estimates {
  const counting = countingOf(counted);
  const { plan, tallies } = counting;
  const items = plan.items.filter(({ measure }) => ratingMeasures.has(measure));
  const samples = new Map(items.map((item) => [item, sampleOf(counting, item)]));
  const everybody = tallies.map(({ respondents }) => ({ n: respondents, weight: respondents }));
  return {
    method: { weighting: 'none', gap: `${method.name} v${method.version}` },
    weights: {
      scheme: 'none',
      effectiveSize: effectiveSize(everybody),
      designEffect: designEffect(everybody),
    },
    dimensions: dimensions.map((key) => ({
      key,
      categories: categoriesOf(plan, key).map((code) => ({ code, label: labelOf(key, code) })),
    })),
    nodes: keysOf(plan, dimensions).map((key) => {
      const members = membersOf(counting, chosen(key));
      const respondents = members.reduce((total, tally) => total + tally.respondents, 0);
      return {
        key,
        status: respondents > 0 ? 'published' : 'empty',
        respondents,
        items:
          respondents > 0 ? items.map((item) => itemOf(counting, item, members, samples.get(item)!)) : [],
      };
    }),
  };
}

/** Every combination of one category or all of each dimension: the whole first, then margins, then cells. */
function keysOf(plan: Counting['plan'], dimensions: readonly string[]): EstimateNode['key'][] {
  const keys = dimensions.reduce<EstimateNode['key'][]>(
    (found, dimension) =>
      found.flatMap((key) =>
        [null, ...categoriesOf(plan, dimension)].map((code) => ({ ...key, [dimension]: code })),
      ),
    [{}],
  );
  const depth = (key: EstimateNode['key']) => Object.values(key).filter((code) => code !== null).length;
  return keys.sort((one, other) => depth(one) - depth(other));
}

function chosen(key: EstimateNode['key']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(key).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

/** Of a level that is compared, everybody with a requirement and a level; of any other rating, everybody with a value. */
function sampleOf(counting: Counting, item: PlanItem): Sample {
  return { n: peopleIn(countsOf(counting, item, counting.tallies).counts), weighted: false };
}

function countsOf(
  counting: Counting,
  item: PlanItem,
  members: readonly Tally[],
): { counts: LevelCount[]; required: boolean } {
  if (item.measure === 'level') {
    const found = levelCounts(counting, item, [...members]);
    if (found.required) return found;
  }
  const values = valueCounts(counting, item, [...members]);
  const counts = values.map((n, index) => ({ required: 0, level: item.values[index]!, n, weight: n }));
  return { counts, required: false };
}

function itemOf(
  counting: Counting,
  item: PlanItem,
  members: readonly Tally[],
  sample: Sample,
): ItemEstimates {
  const { counts, required } = countsOf(counting, item, members);
  const valid = counts.filter(({ n }) => n > 0);
  const n = peopleIn(valid);
  const isCompared = item.measure === 'level';
  const common = { competency: item.competency ?? item.name, measure: item.measure, n, statistics: {} };
  if (n === 0) {
    return {
      ...common,
      status: isCompared && !required ? 'no-requirement' : 'no-answers',
      ...{ required: null, percentMeeting: null, meanShortfall: null, meanLevel: null, distribution: null },
      flags: [],
    };
  }
  // Where nothing is required of this group, its people are no part of the sample that is compared.
  const asked = { ...sample, n: Math.max(sample.n, n) };
  const [lowest, highest] = [Math.min(...item.values), Math.max(...item.values)];
  const compared = required ? requiredLevelEstimates(valid, asked, highest) : null;
  const meanLevel = meanFigure(valid, ({ level }) => level, asked, [lowest, highest]);
  const needed = new Set(valid.map((count) => count.required));
  return {
    ...common,
    status: isCompared && !required ? 'no-requirement' : 'published',
    required: required && needed.size === 1 ? [...needed][0]! : null,
    percentMeeting: compared?.percentMeeting ?? null,
    meanShortfall: compared?.meanShortfall ?? null,
    meanLevel,
    distribution: item.values.map(
      (value) => (100 * peopleIn(valid.filter(({ level }) => level === value))) / n,
    ),
    flags: reliabilityFlags({
      n,
      effective: effectiveSize(valid),
      largestShare: largestShare(valid),
      interval: compared ? compared.percentMeeting.interval : meanLevel.interval,
      unit: compared ? 'per cent' : 'levels',
      unweightedOnly: false,
    }),
  };
}
