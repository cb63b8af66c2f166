import { type Role, requiredLevelOf, type SkillsMatrix } from '../frameworks/required-level';
import type { LevelCount } from '../gaps/required-level-gap';
import { firstValueCode } from '../questionnaires/coding';
import type { Plan, PlanItem } from '../questionnaires/plan';
import { layoutOf, type TallyLayout } from '../tallies/layout';
import type { Tally } from '../tallies/tally';
import { type Blocks, blocksOf } from './sums';
import type { Weights } from './weights';

/** What every figure of a survey is counted from. */
export interface Counting {
  plan: Plan;
  tallies: readonly Tally[];
  layout: TallyLayout;
  /** The required level of each item for the role that the stratum of a tally stands for; the same list for the same role. */
  requiredLevels: ReadonlyMap<Tally, readonly (number | null)[]>;
  blocks: Blocks;
  /** What people weigh; null where everybody weighs 1. */
  weights: Weights | null;
  /** Of fewer people no mean is compared with others. */
  threshold: number;
}

/** What a counting is worked out from. */
export interface Counted {
  plan: Plan;
  tallies: readonly Tally[];
  matrix: SkillsMatrix;
  /** The staff tier of each profession that has one. */
  tierOf: (profession: string) => string | null;
  threshold: number;
  weights?: Weights | null;
}

/** The tallies with what every figure needs of them, worked out once. */
export function countingOf(counted: Counted): Counting {
  const { plan, tallies, threshold, weights = null } = counted;
  const layout = layoutOf(plan);
  const requiredLevels = requiredLevelsByRole(counted);
  const blocks = blocksOf(plan, layout, requiredLevels.values());
  return { plan, tallies, layout, requiredLevels, blocks, weights, threshold };
}

/** The tallies of the people who share these categories. */
export function membersOf(
  { plan, tallies }: Pick<Counting, 'plan' | 'tallies'>,
  key: Record<string, string>,
): Tally[] {
  const places = Object.entries(key).map(
    ([dimension, code]) => [plan.facets.indexOf(dimension), code] as const,
  );
  return tallies.filter((tally) => places.every(([place, code]) => tally.stratum[place] === code));
}

/** Joint counts of requirement and level over some strata, and whether anything is required in any of them. */
export function levelCounts(
  counting: Counting,
  item: PlanItem,
  members: Tally[],
): { counts: LevelCount[]; required: boolean } {
  const place = counting.plan.items.indexOf(item);
  const start = counting.layout.offsets[place]! + firstValueCode;
  const byRequired = new Map<number, number[]>();
  for (const tally of members) {
    const required = counting.requiredLevels.get(tally)?.[place] ?? null;
    if (required === null) continue;
    const levels = byRequired.get(required) ?? item.values.map(() => 0);
    byRequired.set(required, levels);
    for (let index = 0; index < levels.length; index += 1) levels[index]! += tally.counts[start + index]!;
  }
  const counts = [...byRequired].flatMap(([required, levels]) =>
    levels.map((n, index) => ({ required, level: item.values[index]!, n, weight: n })),
  );
  return { counts, required: byRequired.size > 0 };
}

/** How many people gave each value of an item, in the order of its values. */
export function valueCounts({ plan, layout }: Counting, item: PlanItem, members: Tally[]): number[] {
  const start = layout.offsets[plan.items.indexOf(item)]! + firstValueCode;
  return item.values.map((_, index) =>
    members.reduce((total, tally) => total + tally.counts[start + index]!, 0),
  );
}

/** The role a stratum stands for. */
function roleOf(plan: Plan, stratum: readonly string[], tierOf: Counted['tierOf']): Role {
  const said = (facet: string) => stratum[plan.facets.indexOf(facet)] || null;
  const profession = said('profession');
  return { profession, tier: said('tier') ?? (profession && tierOf(profession)), setting: said('setting') };
}

/**
 * Looks up the required level of every item for each stratum, once for each role. The staff tier is what people said,
 * where the questionnaire asks for it, or else that of their profession.
 */
function requiredLevelsByRole({ plan, matrix, tierOf, tallies }: Counted): Counting['requiredLevels'] {
  const ofRole = new Map<string, (number | null)[]>();
  const ofTally = new Map<Tally, (number | null)[]>();
  for (const tally of tallies) {
    const role = roleOf(plan, tally.stratum, tierOf);
    const key = JSON.stringify(role);
    const levels =
      ofRole.get(key) ??
      plan.items.map(({ measure, competency }) =>
        competency && measure === 'level' ? requiredLevelOf(matrix, competency, role) : null,
      );
    ofRole.set(key, levels);
    ofTally.set(tally, levels);
  }
  return ofTally;
}
