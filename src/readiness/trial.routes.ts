import { type Request, type Response, Router } from 'express';
import type { Right } from '../projects/access';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { readTrials } from './readiness.commands';
import { startTrial } from './trial.commands';
import { trialPage } from './trial.page';

/** The trial run of a survey. */
export function trialRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/surveys/:id/trial', async (req, res) => {
    const { project, survey, may } = await visit(req, res, 'see the survey');
    if (survey.trialOf) return res.redirect(303, `/surveys/${survey.trialOf}/trial`);
    const rights = { run: may('run the survey'), seeFigures: may('see working figures') };
    const facts = { now: clock.now(), baseUrl: config.baseUrl, may: rights };
    show(res, 'surveys/trial', trialPage(project, survey, await readTrials(db, survey.id), facts));
  });

  router.post('/surveys/:id/trial', async (req, res) => {
    const { survey, actor } = await visit(req, res, 'run the survey');
    await startTrial(services, actor, survey.id);
    const notice = 'The trial run has started. Open its link, and pass it on to colleagues.';
    redirectWithNotice(res, config, `/surveys/${survey.id}/trial`, notice);
  });

  async function visit(req: Request, res: Response, right: Right) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    return { ...(await visitProject(services, res, survey.projectId, right)), survey };
  }

  return router;
}
