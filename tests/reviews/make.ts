import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import type { Definition } from '../../src/questionnaires/definition';
import { createQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import type { World } from '../support/world';

/** Two pages: what is heard, what is said. */
export const listening: Definition = {
  title: 'How do you listen?',
  pages: [
    {
      name: 'hearing',
      title: 'Hearing',
      elements: [
        { type: 'radiogroup', name: 'hears', title: 'Do you hear what people say?', choices: ['yes', 'no'] },
        { type: 'comment', name: 'how', title: 'How do you hear it?', maxLength: 500 },
      ],
    },
    {
      name: 'saying',
      title: 'Saying',
      elements: [
        { type: 'radiogroup', name: 'says', title: 'Do you say what you heard?', choices: ['yes', 'no'] },
      ],
    },
  ],
};

export interface ReviewPlace {
  projectId: string;
  questionnaireId: string;
  /** The address of the review. */
  review: string;
}

/** A project with a draft of a questionnaire. */
export async function makeDraft({ db }: World, definition: Definition = listening): Promise<ReviewPlace> {
  return db.transaction(async (trx) => {
    const projectId = await createProject(trx, operator, { name: 'Listening', purpose: '' }, undefined);
    const questionnaire = { projectId, frameworkId: null, title: 'How do you listen?', definition };
    const questionnaireId = await createQuestionnaire(trx, operator, questionnaire);
    return { projectId, questionnaireId, review: `/questionnaires/${questionnaireId}/review` };
  });
}

/** Changes what a questionnaire says, as its builder would. */
export async function change(
  { db }: World,
  questionnaireId: string,
  edit: (definition: Definition) => void,
): Promise<void> {
  const { definition } = await db('questionnaires').where({ id: questionnaireId }).first('definition');
  edit(definition);
  await db('questionnaires')
    .where({ id: questionnaireId })
    .update({ definition: JSON.stringify(definition) });
}
