import { type Request, type Response, Router } from 'express';
import { accountOf, readSession } from '../accounts/session.routes';
import { Problem } from '../platform/problem';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { type Survey, surveyState } from '../surveys/survey';
import { getSurvey } from '../surveys/surveys.queries';
import { show } from '../web/layout';
import type { Live } from '../web/live';
import { readId } from '../web/params';
import { readProgress } from './progress.commands';
import { figuresPage, progressPage } from './progress.page';

/** How a survey goes, for whoever runs it or sees its figures: a page, and the same as it changes. */
export function progressRoutes(services: Services, live: Live): Router {
  const { db, clock } = services;
  const router = Router();

  router.get('/surveys/:id/progress', async (req, res) => {
    const { project, survey } = await visit(req, res);
    const now = clock.now();
    const progress = isWatched(survey) ? await readProgress(services, survey) : null;
    show(res, 'surveys/progress', progressPage(project, survey, progress, now));
  });

  router.get('/surveys/:id/progress/events', async (req, res) => {
    const { survey, account } = await visit(req, res);
    await live.open(req, res, {
      topic: `progress ${survey.id}`,
      person: account.id,
      read: () => figuresNow(res, survey.id),
      mayStay: () => mayStay(req, res),
    });
  });

  async function visit(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    return { ...(await visitProject(services, res, survey.projectId, 'see working figures')), survey };
  }

  function isWatched(survey: Survey): boolean {
    return surveyState(survey, clock.now()) !== 'being prepared';
  }

  /** The figures as a part of the page. The time is left out: it would make every look a change. */
  async function figuresNow(res: Response, surveyId: string): Promise<string> {
    const survey = await getSurvey(db, surveyId);
    if (!isWatched(survey)) return '';
    const figures = figuresPage(survey, await readProgress(services, survey), clock.now());
    return new Promise((resolve, reject) => {
      res.app.render('surveys/progress-figures', { figures }, (error, html) =>
        error ? reject(error) : resolve(html),
      );
    });
  }

  /** Asked again while somebody watches: they may have signed out, or no longer be in the project. */
  async function mayStay(req: Request, res: Response): Promise<boolean> {
    res.locals.account = undefined;
    await readSession(services)(req, res, () => undefined);
    if (!accountOf(res)) return false;
    try {
      await visit(req, res);
      return true;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  }

  return router;
}
