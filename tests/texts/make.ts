import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import type { Definition } from '../../src/questionnaires/definition';
import { publishQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { insertQuestionnaire } from '../../src/questionnaires/questionnaires.queries';
import type { Services } from '../../src/services';
import type { Survey } from '../../src/surveys/survey';
import { openSurvey } from '../../src/surveys/surveys.commands';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { foldResponses } from '../../src/tallies/tallies.commands';
import { gatherTexts } from '../../src/texts/gathering.commands';
import { makeResponses } from '../support/make';
import type { World } from '../support/world';

const warning = 'Do not name people, places or patients.';

/** Who you are at work, one rating, and two questions that are answered in one's own words. */
const writtenDefinition: Definition = {
  title: 'What helps you?',
  introduction: 'We ask what helps.',
  thanks: 'Thank you.',
  seed: 1,
  pages: [
    {
      name: 'about',
      title: 'About you',
      elements: [
        {
          type: 'radiogroup',
          name: 'profession',
          facet: 'profession',
          title: 'What is your profession?',
          isRequired: true,
          requiredErrorText: 'Select your profession',
          choices: ['rn_adult', 'rn_child', 'midwife'].map((value) => ({ value, text: value })),
        },
        {
          type: 'radiogroup',
          name: 'setting',
          facet: 'setting',
          title: 'Where do you work?',
          isRequired: true,
          requiredErrorText: 'Select where you work',
          choices: ['gp_practice', 'acute_ward'].map((value) => ({ value, text: value })),
        },
      ],
    },
    {
      name: 'words',
      title: 'In your own words',
      elements: [
        {
          type: 'radiogroup',
          name: 'confident',
          measure: 'confidence',
          title: 'How confident are you?',
          choices: [1, 2, 3, 4, 5].map((value) => ({ value, text: String(value) })),
        },
        { type: 'comment', name: 'helps', title: 'What would help?', description: warning },
        { type: 'text', name: 'else', title: 'Anything else?', description: warning },
      ],
    },
  ],
};

let made = 0;

export async function makeWrittenSurvey(
  services: Services,
  wish: { promise?: Survey['promise']; threshold?: number; definition?: Definition } = {},
): Promise<Survey> {
  made += 1;
  const { db, clock } = services;
  const surveyId = await db.transaction(async (trx) => {
    const projectId = await createProject(trx, operator, { name: `Words ${made}`, purpose: '' }, undefined);
    const definition = wish.definition ?? writtenDefinition;
    const questionnaire = { projectId, frameworkId: null, title: 'What helps you?', definition };
    const questionnaireId = await insertQuestionnaire(trx, questionnaire);
    const versionId = await publishQuestionnaire(trx, operator, questionnaireId, clock.now());
    const opening = {
      ...{ versionId, code: `WORDS${made}`, name: `Words ${made}`, dimensions: ['profession', 'setting'] },
      ...{ promise: wish.promise ?? 'anonymous', threshold: wish.threshold ?? 8 },
    };
    return openSurvey(trx, operator, opening, clock.now());
  });
  return getSurvey(db, surveyId);
}

/** Has people write, each something of their own, and puts it with the texts. */
export async function write(
  world: World,
  survey: Survey,
  texts: readonly string[],
  also: Record<string, string> = {},
): Promise<void> {
  for (const helps of texts) await makeResponses(world.services, survey, { helps, ...also });
  await foldResponses(world.services, survey.id);
  await gatherTexts(world.services, survey.id);
}

/** So many texts, none like the other. */
export const manyTexts = (count: number, beginning = 'More time for') =>
  Array.from({ length: count }, (_, number) => `${beginning} task ${number + 1}`);

/** Nothing can be sent any more: what is left is put with the other texts. Sign in afterwards. */
export async function gatherAll(world: World, survey: Survey): Promise<void> {
  world.clock.advance(29 * 86_400_000);
  await foldResponses(world.services, survey.id);
  await gatherTexts(world.services, survey.id);
}
