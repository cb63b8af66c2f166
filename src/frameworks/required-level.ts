import type { MatrixColumn, RequiredLevel } from './framework';

/** Whom a requirement is looked up for. `tier` is the staff tier of the profession, where it has one. */
export interface Role {
  profession: string | null;
  tier: string | null;
  setting: string | null;
}

/** Required levels, indexed for lookup. */
export type SkillsMatrix = ReadonlyMap<string, number>;

export function skillsMatrix(requiredLevels: readonly RequiredLevel[]): SkillsMatrix {
  return new Map(
    requiredLevels.map((row) => [key(row.competency, row.profession, row.tier, row.setting), row.level]),
  );
}

/**
 * The level the work requires of this role for a competency, or null where nothing is required of it.
 * Most specific first: profession and setting, profession, tier and setting, tier, setting, anybody
 * (METHODS.md 1(a)). Null is not level 0: it puts a person outside the base.
 */
export function requiredLevelOf(matrix: SkillsMatrix, competency: string, role: Role): number | null {
  for (const { profession, tier, setting } of placesFor(role)) {
    const level = matrix.get(key(competency, profession, tier, setting));
    if (level !== undefined) return level;
  }
  return null;
}

/** Where in the matrix a role's requirement may stand, most specific first. What the role does not say has no place. */
export function placesFor({ profession, tier, setting }: Role): MatrixColumn[] {
  const whom: Pick<MatrixColumn, 'profession' | 'tier'>[] = [
    ...(profession === null ? [] : [{ profession, tier: null }]),
    ...(tier === null ? [] : [{ profession: null, tier }]),
    { profession: null, tier: null },
  ];
  return whom.flatMap((one) => [
    ...(setting === null ? [] : [{ ...one, setting }]),
    { ...one, setting: null },
  ]);
}

function key(
  competency: string,
  profession: string | null,
  tier: string | null,
  setting: string | null,
): string {
  return JSON.stringify([competency, profession, tier, setting]);
}
