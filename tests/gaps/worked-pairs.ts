import type { ImportanceAbilityCount } from '../../src/gaps/borich';
import { each } from './figures';

/** METHODS.md 1(c), also for (d) and (e): importance and ability of eight respondents; of c4 one skipped importance. */
const ratings: Record<string, [(number | null)[], number[]]> = {
  c1: [
    [5, 5, 4, 5, 4, 5, 5, 4],
    [3, 2, 3, 4, 3, 2, 3, 3],
  ],
  c2: [
    [4, 3, 4, 4, 5, 3, 4, 4],
    [4, 3, 3, 4, 4, 3, 3, 4],
  ],
  c3: [
    [5, 4, 5, 5, 5, 4, 5, 5],
    [4, 4, 5, 4, 5, 4, 4, 4],
  ],
  c4: [
    [3, 3, 2, 4, 3, 3, 2, null],
    [4, 3, 3, 4, 4, 3, 3, 3],
  ],
};

export const abilityRatings: Record<string, ImportanceAbilityCount[]> = Object.fromEntries(
  Object.entries(ratings).map(([competency, [importances, abilities]]) => [
    competency,
    each(
      importances.flatMap((importance, person) =>
        importance === null ? [] : [{ importance, ability: abilities[person]! }],
      ),
    ),
  ]),
);
