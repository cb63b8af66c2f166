import { operator } from '../../src/audit/actor';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { createProject } from '../../src/projects/projects.commands';
import { smallFramework } from '../support/make';
import type { World } from '../support/world';

/** A project with a small published framework. */
export async function makeFramework({ db }: World): Promise<{ projectId: string; frameworkId: string }> {
  const projectId = await createProject(db, operator, { name: 'Listening', purpose: '' }, undefined);
  const frameworkId = await createFramework(db, operator, projectId, smallFramework());
  await publishFramework(db, operator, frameworkId, new Date());
  return { projectId, frameworkId };
}
