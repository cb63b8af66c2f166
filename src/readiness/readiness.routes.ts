import { type Request, type Response, Router } from 'express';
import { inLondonTime } from '../platform/london-time';
import { notFound } from '../platform/problem';
import type { Right } from '../projects/access';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { launchSurvey, readReadiness } from './readiness.commands';
import { readinessPage } from './readiness.page';

/** What is missing before a survey can open, and its opening. */
export function readinessRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/surveys/:id/readiness', async (req, res) => {
    const { project, survey, may } = await visit(req, res, 'see the survey');
    if (survey.launchedAt !== null) return res.redirect(303, `/surveys/${survey.id}`);
    const now = clock.now();
    const lines = await readReadiness(db, survey, now);
    show(
      res,
      'surveys/readiness',
      readinessPage(project, survey, lines, { mayRun: may('run the survey'), now }),
    );
  });

  router.post('/surveys/:id/launch', async (req, res) => {
    const { project, survey, actor } = await visit(req, res, 'run the survey');
    const launched = await launchSurvey(services, actor, survey.id);
    if (launched.outcome === 'refused') {
      const page = readinessPage(project, survey, launched.lines, {
        mayRun: true,
        refused: true,
        now: clock.now(),
      });
      return show(res, 'surveys/readiness', page, 409);
    }
    redirectWithNotice(res, config, `/surveys/${survey.id}`, noticeOf(launched));
  });

  function noticeOf(
    launched: { outcome: 'launched'; opensAt: Date } | { outcome: 'launched before' },
  ): string {
    if (launched.outcome === 'launched before') return 'The survey has been opened already.';
    return launched.opensAt > clock.now()
      ? `All is settled. The survey opens on ${inLondonTime(launched.opensAt)}.`
      : 'The survey is open. Pass its link on.';
  }

  /** A survey that counts, and somebody who may do this with it. */
  async function visit(req: Request, res: Response, right: Right) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visited = await visitProject(services, res, survey.projectId, right);
    if (survey.trialOf) throw notFound('Survey');
    return { ...visited, survey };
  }

  return router;
}
