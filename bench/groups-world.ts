import { getFrameworkContent } from '../src/frameworks/content.queries';
import { type SkillsMatrix, skillsMatrix } from '../src/frameworks/required-level';
import { getQuestionnaire, getVersion } from '../src/questionnaires/questionnaires.queries';
import { countRespondents } from '../src/tallies/tallies.queries';
import { peopleIn, twelveByEight } from './groups';
import { insertCountedRows } from './rows';
import type { Stage } from './stage';
import { openWorld, type World } from './world';

/** A survey whose report has many groups, most of them small. */
export interface GroupsWorld extends World {
  matrix: SkillsMatrix;
}

export async function openGroupsWorld(stage: Stage): Promise<GroupsWorld> {
  const world = await openWorld(stage, twelveByEight('GROUPS26'));
  const { db } = world.services;
  const { questionnaireId } = await getVersion(db, world.survey.versionId);
  const { frameworkId } = await getQuestionnaire(db, questionnaireId);
  const { requiredLevels } = await getFrameworkContent(db, frameworkId!);
  return { ...world, matrix: skillsMatrix(requiredLevels) };
}

/** Stores as many more people's answers as are missing to so many, and counts them. */
export async function storePeople(world: GroupsWorld, count: number): Promise<void> {
  const { services, survey, plan, matrix } = world;
  const known = (await countRespondents(services.db, [survey.id])).get(survey.id) ?? 0;
  await insertCountedRows(world, peopleIn(plan, matrix, count - known, count));
}
