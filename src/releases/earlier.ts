import { type Dimension, dimensionOf, type Merge } from '../estimates/dimension';
import type { Plan } from '../questionnaires/plan';
import type { Tally } from '../tallies/tally';
import type { EarlierRelease } from './working-out';

/**
 * The dimensions of a release. A category that anybody had in an earlier one is still there, though nobody may be left in it: their
 * going is a change like any other (METHODS.md 3.3, step 9).
 */
export function dimensionsOf(
  { plan, tallies }: { plan: Plan; tallies: readonly Tally[] },
  keys: readonly string[],
  labelOf: (dimension: string, code: string) => string,
  merges: readonly Merge[],
  earlier: readonly EarlierRelease[],
): Dimension[] {
  const before = earlier.flatMap(({ counts }) =>
    counts.map(({ stratum, respondents }): Tally => ({ ...nobody, stratum, respondents })),
  );
  return keys.map((key) => dimensionOf(plan, key, [...tallies, ...before], labelOf, merges));
}

const nobody = { respondents: 0, withdrawn: 0, counts: [] };
