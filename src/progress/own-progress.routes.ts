import { Router } from 'express';
import { findCoordinated } from '../projects/projects.queries';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { surveyState } from '../surveys/survey';
import { getSurvey } from '../surveys/surveys.queries';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { organisationFacet } from './groups';
import { ownProgressPage } from './own-progress.page';
import { readOwnProgress } from './progress.commands';

/** How a survey goes in the organisation that somebody coordinates. */
export function ownProgressRoutes(services: Services): Router {
  const { db, clock } = services;
  const router = Router();

  router.get('/surveys/:id/own-progress', async (req, res) => {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, 'coordinate an organisation');
    const { project, account } = visit;
    const code = await findCoordinated(db, project.id, account.id);
    const terms = await labelsFor(db, project.id, [organisationFacet]);
    const label = terms.find((term) => term.code === code)?.label ?? code;
    const isWatched = surveyState(survey, clock.now()) !== 'being prepared';
    const progress = code && isWatched ? await readOwnProgress(services, survey, code) : null;
    const organisation = label === undefined ? null : { label };
    const page = ownProgressPage(project, survey, organisation, progress, clock.now());
    show(res, 'surveys/own-progress', page);
  });

  return router;
}
