import { competenciesIn, domainPath } from '../frameworks/content';
import type { Competency, Content, RequiredLevel } from '../frameworks/framework';
import { requiredLevelOf, skillsMatrix } from '../frameworks/required-level';
import type { Requirement } from './training-coverage';

/** Whose required levels are looked at: a profession with its tier, or a staff tier alone. */
export interface Role {
  profession: string | null;
  tier: string | null;
}

/**
 * The levels the work requires, each competency with each of its levels once, in the framework's order, the lowest
 * level first. Of one role: what the lookup of METHODS.md 1(a) gives for it in any setting of the matrix. Of everybody
 * (null): every level anywhere in the matrix. `competency` is the lineage. Level 0 is left out: it asks nobody to learn.
 */
export function requirementsOf(
  content: Pick<Content, 'domains' | 'columns' | 'requiredLevels'>,
  role: Role | null,
): Requirement[] {
  const levelsOf = role ? levelsOfRole(content, role) : levelsOfEverybody(content.requiredLevels);
  return competenciesIn(content.domains).flatMap((competency) =>
    [...new Set(levelsOf(competency))]
      .filter((level) => level > 0)
      .sort((a, b) => a - b)
      .map((level) => ({ competency: competency.lineageId, level })),
  );
}

type LevelsOf = (competency: Competency) => number[];

function levelsOfEverybody(rows: readonly RequiredLevel[]): LevelsOf {
  const byCode = new Map<string, number[]>();
  for (const { competency, level } of rows) {
    if (!byCode.has(competency)) byCode.set(competency, []);
    byCode.get(competency)!.push(level);
  }
  return ({ code }) => byCode.get(code) ?? [];
}

function levelsOfRole({ columns, requiredLevels }: Pick<Content, 'columns' | 'requiredLevels'>, role: Role) {
  const matrix = skillsMatrix(requiredLevels);
  const settings = [...new Set([null, ...columns.map(({ setting }) => setting)])];
  return ({ code }: Competency): number[] =>
    settings.flatMap((setting) => requiredLevelOf(matrix, code, { ...role, setting }) ?? []);
}

/** A domain that holds competencies, with its titles from the top. */
export interface DomainPart {
  lineageId: string;
  path: string;
  competencies: Competency[];
}

/** The domains with competencies of their own, in reading order. */
export function domainParts({ domains }: Pick<Content, 'domains'>): DomainPart[] {
  return domains
    .filter(({ competencies }) => competencies.length > 0)
    .map((domain) => ({
      lineageId: domain.lineageId,
      path: domainPath(domains, domain).join(' > '),
      competencies: domain.competencies,
    }));
}

/** The newest version of each framework, of a list that has the versions of each beside each other, the newest first. */
export function newestVersions<F extends { lineageId: string }>(frameworks: readonly F[]): F[] {
  return frameworks.filter(({ lineageId }, index) => frameworks[index - 1]?.lineageId !== lineageId);
}
