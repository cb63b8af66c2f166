import { operator } from '../../src/audit/actor';
import type { FrameworkSource } from '../../src/frameworks/framework';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { createProject } from '../../src/projects/projects.commands';
import type { GapSources } from '../../src/questionnaires/generation';
import { nextStep } from '../../src/questionnaires/journey';
import type { Plan } from '../../src/questionnaires/plan';
import {
  generateQuestionnaire,
  publishQuestionnaire,
} from '../../src/questionnaires/questionnaires.commands';
import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import { readPageAnswers } from '../../src/responses/answer.form';
import { importResponses } from '../../src/responses/import.commands';
import { draftKey, keepPage, startDraft, submitDraft } from '../../src/responses/responses.commands';
import type { FileResponse } from '../../src/responses/responses-file.form';
import type { Services } from '../../src/services';
import type { Survey } from '../../src/surveys/survey';
import { openSurvey } from '../../src/surveys/surveys.commands';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { listTerms } from '../../src/vocabularies/vocabularies.queries';
import { termsByCode } from '../../src/vocabularies/vocabulary';

export const professions = ['rn_adult', 'rn_child', 'midwife'];
export const settings = ['gp_practice', 'acute_ward'];

export const scale = [0, 1, 2, 3, 4].map((level) => ({
  level,
  label: `Label ${level}`,
  descriptor: `Descriptor ${level}`,
}));

/** Two domains, three competencies; everybody needs level 3 of A1, 2 of A2, and nobody anything of B1. */
export function smallFramework(change: Partial<FrameworkSource> = {}): FrameworkSource {
  return {
    title: 'A small framework',
    source: 'Made for tests',
    licenceNote: '',
    scale,
    domains: [
      {
        code: 'A',
        title: 'Listening',
        competencies: [
          { code: 'A1', title: 'Hearing', description: 'Hearing what people say' },
          { code: 'A2', title: 'Asking', description: 'Asking what people mean' },
        ],
      },
      {
        code: 'B',
        title: 'Writing',
        competencies: [{ code: 'B1', title: 'Noting', description: 'Writing it down' }],
      },
    ],
    requiredLevels: [
      { competency: 'A1', level: 3 },
      { competency: 'A2', level: 2 },
    ],
    ...change,
  };
}

export const gapSources: GapSources = {
  question: 'Where do the gaps come from?',
  hint: 'Select all that apply',
  choices: [
    { value: 'prereg', text: 'Pre-registration training' },
    { value: 'workplace', text: 'Workplace training' },
    { value: 'offer', text: 'The training on offer now' },
  ],
  none: 'No gap here',
  mainQuestion: 'Which is the main one?',
};

export interface SurveyWish {
  code?: string;
  lastDay?: string;
  promise?: Survey['promise'];
  threshold?: number;
  dimensions?: string[];
  framework?: FrameworkSource;
  gapSources?: GapSources;
  measures?: string[];
}

let made = 0;

/** A project with a small framework, its questionnaire, and an open survey of it. */
export async function makeSurvey(services: Services, wish: SurveyWish = {}): Promise<Survey> {
  made += 1;
  const { db, clock } = services;
  const surveyId = await db.transaction(async (trx) => {
    const project = { name: `Project ${made}`, purpose: '' };
    const projectId = await createProject(trx, operator, project, undefined);
    const frameworkId = await createFramework(trx, operator, projectId, wish.framework ?? smallFramework());
    await publishFramework(trx, operator, frameworkId, clock.now());
    const terms = await listTerms(trx, ['profession', 'setting']);
    const known = termsByCode(terms);
    const questionnaireId = await generateQuestionnaire(trx, operator, frameworkId, {
      title: 'How do you listen?',
      introduction: ['We ask how you listen.'],
      thanks: 'Thank you.',
      facets: [
        { facet: 'profession', terms: professions.map((code) => known.get(code)!) },
        { facet: 'setting', terms: settings.map((code) => known.get(code)!) },
      ],
      ...(wish.gapSources ? { gapSources: wish.gapSources } : {}),
      ...(wish.measures ? { measures: wish.measures } : {}),
    });
    const versionId = await publishQuestionnaire(trx, operator, questionnaireId, clock.now());
    const opening = {
      versionId,
      code: wish.code ?? `TEST${made}`,
      name: `Survey ${made}`,
      promise: wish.promise ?? 'anonymous',
      ...(wish.lastDay ? { lastDay: wish.lastDay } : {}),
      dimensions: wish.dimensions ?? ['profession', 'setting'],
      threshold: wish.threshold ?? 11,
    };
    return openSurvey(trx, operator, opening, clock.now());
  });
  return getSurvey(db, surveyId);
}

/** Has `count` people answer, each the same, through the code every respondent goes through. */
export async function makeResponses(
  services: Services,
  survey: Survey,
  { count = 1, ...answers }: Record<string, string | string[] | number | undefined> & { count?: number },
): Promise<void> {
  const plan = await getPlan(services.db, survey.versionId);
  const body: Record<string, unknown> = { profession: 'rn_adult', setting: 'gp_practice' };
  for (const [name, answer] of Object.entries(answers))
    body[name] = Array.isArray(answer) ? answer : String(answer);
  for (let person = 0; person < count; person += 1) {
    const token = await startDraft(services, survey.id);
    let given = {};
    for (let step = nextStep(plan, given, 0); step; step = nextStep(plan, given, step.number)) {
      const names = step.questions.map(({ name }) => name);
      const page = Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)));
      const form = readPageAnswers(step.questions, page);
      if (form.errors) throw new Error(JSON.stringify(form.errors));
      await keepPage(services, draftKey(services.secret, survey.id, token), step.page.name, form.value);
      given = { ...given, ...form.value.given };
    }
    await submitDraft(services, survey, plan, token);
  }
}

/** Stores the responses of a file, as the command line does; gives how many were new. */
export async function storeFile(
  services: Services,
  survey: Survey,
  plan: Plan,
  responses: FileResponse[],
): Promise<number> {
  const origin = { tool: 'own' as const, fileName: 'answers.csv' };
  return services.db.transaction((trx) =>
    importResponses(trx, services, operator, { survey, plan, origin }, responses),
  );
}
