import { operator } from '../../src/audit/actor';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { createProject } from '../../src/projects/projects.commands';
import {
  generateQuestionnaire,
  publishQuestionnaire,
} from '../../src/questionnaires/questionnaires.commands';
import type { Survey } from '../../src/surveys/survey';
import { openSurvey } from '../../src/surveys/surveys.commands';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { writeWords } from '../../src/vocabularies/project-terms.queries';
import { listTerms } from '../../src/vocabularies/vocabularies.queries';
import { termsByCode } from '../../src/vocabularies/vocabulary';
import { professions, settings, smallFramework } from '../support/make';
import type { World } from '../support/world';

export const organisations = {
  own_north: 'North Trust',
  own_south: 'South Trust',
  own_care: 'Care Together',
};
export type Organisation = keyof typeof organisations;

let made = 0;

/** An open survey of a project with three organisations, which asks people whom they work for. */
export async function makeSurveyOfSeveral({ services, db }: World): Promise<Survey> {
  made += 1;
  const now = services.clock.now();
  const surveyId = await db.transaction(async (trx) => {
    const project = { name: `Partnership ${made}`, purpose: '' };
    const projectId = await createProject(trx, operator, project, undefined);
    const own = Object.entries(organisations).map(([code, label]) => ({
      ...{ vocabulary: 'organisation', code, label, tier: null },
    }));
    for (const { vocabulary, code, label } of own) {
      const words = { label, tier: null, staffGroup: null, parent: null };
      await writeWords(trx, projectId, { vocabulary, code }, words);
    }
    const frameworkId = await createFramework(trx, operator, projectId, smallFramework());
    await publishFramework(trx, operator, frameworkId, now);
    const known = termsByCode(await listTerms(trx, ['profession', 'setting']));
    const questionnaireId = await generateQuestionnaire(trx, operator, frameworkId, {
      title: 'How do you listen?',
      introduction: ['We ask how you listen.'],
      thanks: 'Thank you.',
      facets: [
        { facet: 'profession', terms: professions.map((code) => known.get(code)!) },
        { facet: 'setting', terms: settings.map((code) => known.get(code)!) },
        { facet: 'organisation', terms: own },
      ],
    });
    const opening = {
      versionId: await publishQuestionnaire(trx, operator, questionnaireId, now),
      ...{ code: `MANY${made}`, name: `Survey of several ${made}`, promise: 'anonymous' as const },
      ...{ dimensions: ['profession', 'setting'], threshold: 11 },
    };
    return openSurvey(trx, operator, opening, now);
  });
  return getSurvey(db, surveyId);
}

/** Somebody signed in who coordinates an organisation. */
export async function coordinatorOf(world: World, survey: Survey, organisation: Organisation) {
  const browser = await world.signedIn('coordinator', survey.projectId);
  await world.db('project_coordinators').insert({
    ...{ project_id: survey.projectId, account_id: browser.accountId, organisation },
  });
  return browser;
}
