import { type Request, type Response, Router } from 'express';
import { readForm } from '../platform/form';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { surveyState } from '../surveys/survey';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { sortChanges } from './correction';
import { correctionForm } from './correction.form';
import { correctionPage, type Retry } from './correction.page';
import { correctSurvey, definitionsOf } from './corrections.commands';
import { listCorrections } from './corrections.queries';

/** Corrections of a live survey: what may be corrected, and what has been. */
export function correctionsRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/surveys/:id/corrections', async (req, res) => {
    await showPage(req, res);
  });

  router.post('/surveys/:id/corrections', async (req, res) => {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const { actor } = await visitProject(services, res, survey.projectId, 'run the survey');
    const form = readForm(correctionForm, req.body);
    if (form.errors) return showPage(req, res, { body: req.body, errors: form.errors });
    const { change: keys, reason } = form.value;
    await db.transaction((trx) => correctSurvey(trx, actor, survey.id, { keys, reason }, clock.now()));
    redirectWithNotice(
      res,
      config,
      `/surveys/${survey.id}/corrections`,
      'Corrected. Whoever opens the survey from now on reads the new words.',
    );
  });

  async function showPage(req: Request, res: Response, retry?: Retry): Promise<void> {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const { project, may } = await visitProject(services, res, survey.projectId, 'see the survey');
    const { live, now, questionnaireId } = await definitionsOf(db, survey);
    const made = await listCorrections(db, survey.id);
    const rights = {
      correct: may('run the survey'),
      isClosed: surveyState(survey, clock.now()) === 'closed',
    };
    const page = correctionPage(
      ...([project, survey, questionnaireId, sortChanges(live, now), made, rights] as const),
      retry,
    );
    show(res, 'surveys/corrections', page);
  }

  return router;
}
