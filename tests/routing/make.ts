import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import type { Definition } from '../../src/questionnaires/definition';
import { createQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { definitionOf, radios, ticks, words } from '../questionnaires/definitions';
import type { World } from '../support/world';

/** A first page about the person, ratings, and a page for those in schools. */
export function ward(change: Partial<Definition> = {}): Definition {
  return {
    ...definitionOf(
      {
        name: 'about you/1',
        title: 'About you',
        elements: [
          radios('setting', {
            title: 'Setting',
            isRequired: true,
            choices: [
              { value: 'camhs', text: 'CAMHS' },
              { value: 'school', text: 'School' },
              { value: 'it\'s {x} "y" \\ é', text: 'Somewhere <else>' },
              { value: 'ends\\', text: 'Elsewhere' },
            ],
          }),
          { type: 'text', name: 'years', title: 'Years', inputType: 'number', min: 0, max: 50 },
          { type: 'text', name: 'since', title: 'Since', inputType: 'date' },
          ticks('sources', { title: 'Sources' }),
        ],
      },
      {
        name: 'skills',
        title: 'Skills',
        elements: [
          {
            type: 'matrix',
            name: 'now',
            title: 'How able are you?',
            columns: [0, 1, 2, { value: 'na', text: 'Not part of my role' }],
            rows: [{ value: 'A1', text: 'Hearing' }],
          },
          {
            type: 'matrix',
            name: 'needed',
            title: 'How able need you be?',
            columns: [0, 1, 2],
            rows: [{ value: 'A1', text: 'Hearing' }],
            pairedWith: 'now',
          },
        ],
      },
      { name: 'schools', title: 'In schools', elements: [words('remarks', { title: 'Remarks' })] },
      { name: 'end', title: 'At the end', elements: [words('last', { title: 'Last words' })] },
    ),
    ...change,
  };
}

/** A project with a questionnaire that says this. */
export async function makeQuestionnaire(
  { db }: World,
  definition: Definition = ward(),
): Promise<{ projectId: string; questionnaireId: string }> {
  const projectId = await createProject(db, operator, { name: 'Schools', purpose: '' }, undefined);
  const questionnaireId = await db.transaction((trx) =>
    createQuestionnaire(trx, operator, { projectId, frameworkId: null, title: 'On the ward', definition }),
  );
  return { projectId, questionnaireId };
}
