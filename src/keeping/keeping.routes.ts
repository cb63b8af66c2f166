import { type Request, type Response, Router } from 'express';
import { formatClock } from '../platform/dates';
import { limitPerMinute } from '../platform/minute-limit';
import { findVisitableStep } from '../questionnaires/journey';
import { openWalks } from '../responses/open-walk.routes';
import type { Services } from '../services';
import { keepAnswers } from './keeping.commands';
import { readPartAnswers } from './partial.form';

/** Of one draft: more than anybody gives, and few enough that a script gone wrong does not keep us busy. */
export const answersPerMinute = 240;

/** Each answer kept as it is given. Only scripts ask here, so the answers are JSON. */
export function keepingRoutes(services: Services): Router {
  const { open } = openWalks(services);
  const router = Router();
  const answersKept = limitPerMinute(services.clock, answersPerMinute);

  router.post('/s/:code/pages/:number/answers', async (req, res) => {
    const { survey, plan, words, draft, held } = await open(req, res);
    if (!draft || !held) return refuse(res, 409, 'unknown');
    if (draft.submitted) return refuse(res, 409, 'submitted');
    const wait = answersKept(held.token);
    if (wait > 0) {
      res.set('Retry-After', String(wait));
      return refuse(res, 429, 'later');
    }
    const step = findVisitableStep(plan, draft, Number(req.params.number));
    if (!step) return refuse(res, 409, 'elsewhere');
    const form = readPartAnswers(step.questions, req.body, words);
    if (form.errors) return refuse(res, 422, 'notAsked');
    const { refused, ...answers } = form.value;
    const keeping = await keepAnswers(services, held.key, answers, revisionOf(req));
    if (keeping.outcome === 'moved') {
      // No error: the page has been sent meanwhile, or somebody answers it elsewhere too. It is told what to send with.
      res.json({ saved: false, code: keeping.outcome, revision: keeping.revision });
      return;
    }
    if (keeping.outcome !== 'kept') return refuse(res, 409, keeping.outcome);
    // No exact time in an anonymous survey, not even on the respondent's own screen.
    const at = survey.promise === 'confidential' ? formatClock(services.clock.now()) : null;
    res.json({ saved: true, at, revision: keeping.revision, refused });
  });

  return router;
}

function refuse(res: Response, status: number, code: string): void {
  res.status(status).json({ saved: false, code });
}

/** What the page knew of the draft when it sent; none where it could not know, as when it is being left. */
function revisionOf(req: Request): number | null {
  const { revision } = req.query;
  return typeof revision === 'string' && /^\d{1,9}$/.test(revision) ? Number(revision) : null;
}
