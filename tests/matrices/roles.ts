import { operator } from '../../src/audit/actor';
import type { FrameworkSource } from '../../src/frameworks/framework';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { createProject } from '../../src/projects/projects.commands';
import type { Services } from '../../src/services';
import { smallFramework } from '../support/make';

type Requirement = FrameworkSource['requiredLevels'][number];

/** The levels of METHODS.md 1(h), for three professions in any setting; 0 there is no requirement here. */
const curricula: Record<string, number[]> = {
  cwp: [3, 3, 2, 3, 0, 2, 0, 2],
  emhp: [3, 3, 3, 2, 3, 2, 0, 0],
  pwp: [3, 2, 2, 0, 0, 0, 3, 2],
};

/** Eight competencies in two domains, one within the other; the last is optional. */
export function curriculaFramework(change: Partial<FrameworkSource> = {}): FrameworkSource {
  const competency = (number: number) => ({
    code: `k${number}`,
    title: `Skill ${number}`,
    optional: number === 8,
  });
  return smallFramework({
    title: 'Low-intensity work',
    domains: [
      {
        code: 'A',
        title: 'Assessing',
        competencies: [1, 2, 3, 4].map(competency),
        domains: [{ code: 'A.1', title: 'Assessing risk', competencies: [5, 6, 7, 8].map(competency) }],
      },
    ],
    requiredLevels: Object.entries(curricula).flatMap(([profession, levels]) =>
      levels.flatMap((level, index): Requirement[] =>
        level > 0 ? [{ profession, competency: `k${index + 1}`, level }] : [],
      ),
    ),
    ...change,
  });
}

/** A project with a framework in it, a draft unless it is to be published. */
export async function makeFramework(
  { db, clock }: Services,
  source: FrameworkSource = curriculaFramework(),
  published = false,
): Promise<{ projectId: string; frameworkId: string }> {
  return db.transaction(async (trx) => {
    const projectId = await createProject(trx, operator, { name: 'Roles', purpose: '' }, undefined);
    const frameworkId = await createFramework(trx, operator, projectId, source);
    if (published) await publishFramework(trx, operator, frameworkId, clock.now());
    return { projectId, frameworkId };
  });
}
