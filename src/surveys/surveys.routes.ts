import { Router } from 'express';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { closurePage, surveyPage } from './survey.page';
import { closeSurvey } from './surveys.commands';
import { getSurvey } from './surveys.queries';

/** A survey's page, and its closing. */
export function surveysRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/surveys/:id', async (req, res) => {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, 'see the survey');
    const may = { run: visit.may('run the survey'), seeFigures: visit.may('see working figures') };
    show(res, 'surveys/show', surveyPage(visit.project, survey, config.baseUrl, clock.now(), may));
  });

  router.get('/surveys/:id/closure', async (req, res) => {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const { project } = await visitProject(services, res, survey.projectId, 'run the survey');
    show(res, 'surveys/closure', closurePage(project, survey));
  });

  router.post('/surveys/:id/closure', async (req, res) => {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const { actor } = await visitProject(services, res, survey.projectId, 'run the survey');
    await closeSurvey(services, actor, survey.id);
    redirectWithNotice(res, config, `/surveys/${survey.id}`, 'The survey is closed');
  });

  return router;
}
