import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import type { Definition } from '../../src/questionnaires/definition';
import { publishQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { insertQuestionnaire } from '../../src/questionnaires/questionnaires.queries';
import type { Services } from '../../src/services';
import type { Survey } from '../../src/surveys/survey';
import { openSurvey } from '../../src/surveys/surveys.commands';
import { getSurvey } from '../../src/surveys/surveys.queries';

const often = [
  { value: 1, text: 'Never' },
  { value: 2, text: 'Sometimes' },
  { value: 3, text: 'Often' },
  { value: 'na', text: 'Not part of my role' },
];
const skills = [
  { value: 'listen', text: 'Listening to people' },
  { value: 'plan', text: 'Planning care', hint: 'With the person and their family' },
];

/** A questionnaire with every kind of question, conditions on them, and a tick to begin with. */
export const everyKindDefinition: Definition = {
  title: 'How do you care?',
  introduction: 'We ask how you care.',
  participation: 'I have read what happens to my answers, and I take part',
  thanks: 'Thank you.',
  seed: 3,
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
          choices: [
            { value: 'rn_adult', text: 'Adult nurse' },
            { value: 'midwife', text: 'Midwife' },
          ],
        },
        {
          type: 'text',
          inputType: 'number',
          name: 'years',
          title: 'How many years have you been a nurse?',
          min: 0,
          max: 60,
          isRequired: true,
          requiredErrorText: 'Enter how many years you have been a nurse',
        },
        {
          type: 'text',
          inputType: 'date',
          name: 'started',
          title: 'When did you start in this job?',
          min: '1970-01-01',
          max: '2026-11-22',
        },
        { type: 'text', name: 'ward', title: 'What is your ward called?', maxLength: 30 },
      ],
    },
    {
      name: 'read',
      title: 'Before you go on',
      elements: [
        {
          type: 'html',
          name: 'words',
          title: 'What we mean',
          html: 'Care is more than work.\nTake your time.',
        },
      ],
    },
    {
      name: 'skills',
      title: 'What you do',
      elements: [
        {
          type: 'matrix',
          name: 'often',
          title: 'How often do you do this?',
          description: 'Think of the last month',
          columns: often,
          rows: skills,
          eachRowRequired: true,
          rowOrder: 'random',
          measure: 'frequency',
        },
      ],
    },
    {
      name: 'dual',
      title: 'How you see it',
      visibleIf: '{often.listen} > 1',
      elements: [
        {
          type: 'matrix',
          name: 'matters',
          title: 'How much does it matter?',
          columns: ['Little', 'Much'],
          rows: skills,
        },
        {
          type: 'matrix',
          name: 'sure',
          title: 'How sure are you?',
          columns: [1, 2, 3],
          rows: skills,
          pairedWith: 'matters',
        },
      ],
    },
    {
      name: 'order',
      title: 'What helps',
      elements: [
        {
          type: 'ranking',
          name: 'helps',
          title: 'What would help you most?',
          description: 'Give each a position: 1 helps most',
          choices: [
            { value: 'time', text: 'More time' },
            { value: 'course', text: 'A course' },
            { value: 'team', text: 'A larger team' },
          ],
          choicesOrder: 'random',
        },
        {
          type: 'checkbox',
          name: 'topics',
          title: 'Which topics interest you?',
          choices: ['Pain', 'Sleep', { value: 'none', text: 'None of these', isExclusive: true }],
        },
        { type: 'comment', name: 'remarks', title: 'Anything else?', maxLength: 200 },
      ],
    },
  ],
};

/** An open survey of a definition. */
export async function openSurveyOf(
  { db, clock }: Services,
  definition: Definition,
  code: string,
  promise: Survey['promise'] = 'anonymous',
): Promise<Survey> {
  const surveyId = await db.transaction(async (trx) => {
    const projectId = await createProject(trx, operator, { name: 'Kinds', purpose: '' }, undefined);
    const questionnaire = { projectId, frameworkId: null, title: 'Kinds', definition };
    const questionnaireId = await insertQuestionnaire(trx, questionnaire);
    const versionId = await publishQuestionnaire(trx, operator, questionnaireId, clock.now());
    const dimensions = ['profession'];
    const opening = { versionId, code, name: 'Kinds', promise, dimensions };
    return openSurvey(trx, operator, opening, clock.now());
  });
  return getSurvey(db, surveyId);
}
