import { Router } from 'express';
import { limitPerMinute } from '../platform/minute-limit';
import type { Asked, Walks } from '../responses/open-walk.routes';
import { whereNext } from '../responses/pages.routes';
import { alreadyAnsweredPage } from '../responses/walk.page';
import type { Services } from '../services';
import { show } from '../web/layout';
import { saveDraft, savesKept } from './returns.commands';
import { type RecognisedSurvey, savedPage, savePage } from './returns.page';

/** How often one draft is saved a minute. */
export const savesPerMinute = 20;

export function saveRoutes(services: Services, { open }: Walks): Router {
  const { baseUrl } = services.config;
  const saves = limitPerMinute(services.clock, savesPerMinute);
  const router = Router();

  router.get('/s/:code/save', async (req, res) => {
    const asked = await open(req, res);
    const survey = askedSurvey(asked);
    const { draft, plan, address } = asked;
    if (!draft) return res.redirect(303, address);
    if (draft.submitted) return show(res, 's/answered', alreadyAnsweredPage(survey));
    show(res, 's/save', savePage(survey, whereNext({ survey, plan }, draft)));
  });

  /**
   * The keys are shown in answer to the post itself, and nowhere else: to show them after a redirect they would have to
   * stand in an address or a cookie of this browser, where the next person at a shared computer finds them. Sent again by
   * a reload, it makes new keys, and those before go on working.
   */
  router.post('/s/:code/save', async (req, res) => {
    const asked = await open(req, res);
    const survey = askedSurvey(asked);
    const { draft, held, plan, address } = asked;
    if (!draft || !held) return res.redirect(303, address);
    const next = whereNext({ survey, plan }, draft);
    const wait = saves(held.token);
    if (wait > 0) {
      const busy = { form: survey.words.say('tooManySaves') };
      res.set('Retry-After', String(wait));
      return show(res, 's/save', savePage(survey, next, busy), 429);
    }
    const keys = draft.submitted ? undefined : await saveDraft(services, survey.id, held.token);
    if (!keys) return show(res, 's/answered', alreadyAnsweredPage(survey));
    const { device } = held;
    show(res, 's/saved', savedPage(survey, { keys, baseUrl, savesKept, device, next }));
  });

  return router;
}

/** A survey as pages tell of it. */
export function askedSurvey({ survey, address, words, plan }: Asked): Asked['survey'] & RecognisedSurvey {
  return { ...survey, address, words, question: plan.title };
}
