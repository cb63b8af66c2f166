import { Router } from 'express';
import { getFrameworkContent } from '../frameworks/content.queries';
import { skillsMatrix } from '../frameworks/required-level';
import { notFound } from '../platform/problem';
import { visitProject } from '../projects/visit.routes';
import { getPlan, getQuestionnaire, getVersion } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { isEverythingCounted } from '../tallies/tallies.commands';
import { readTallies } from '../tallies/tallies.queries';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { termsByCode } from '../vocabularies/vocabulary';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { workingReport } from './working-report';
import { workingReportPage } from './working-report.page';

/** The working report of a survey: for the project team, while answers come in. */
export function workingReportRoutes(services: Services): Router {
  const { db } = services;
  const router = Router();

  router.get('/surveys/:id/working-report', async (req, res) => {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const { project } = await visitProject(services, res, survey.projectId, 'see working figures');
    const version = await getVersion(db, survey.versionId);
    const { frameworkId } = await getQuestionnaire(db, version.questionnaireId);
    if (!frameworkId) throw notFound('Framework');
    const framework = await getFrameworkContent(db, frameworkId);
    const terms = await labelsFor(db, project.id, ['profession', ...survey.dimensions]);
    const termsOf = (dimension: string) => termsByCode(terms.filter((term) => term.vocabulary === dimension));
    const professions = termsOf('profession');
    // Asked before the tallies are read: a fold in between makes the report say less than it shows, never more.
    const everythingCounted = await isEverythingCounted(services, survey.id);
    const report = workingReport({
      plan: await getPlan(db, survey.versionId),
      tallies: await readTallies(db, survey.id),
      matrix: skillsMatrix(framework.requiredLevels),
      tierOf: (profession) => professions.get(profession)?.tier ?? null,
      dimensions: survey.dimensions,
      threshold: survey.threshold,
    });
    const facts = { project, survey, framework, report, termsOf, everythingCounted };
    show(res, 'surveys/working-report', workingReportPage(facts));
  });

  return router;
}
