import { Router } from 'express';
import type { Walks } from '../responses/open-walk.routes';
import { whereNext } from '../responses/pages.routes';
import { alreadyAnsweredPage } from '../responses/walk.page';
import { show } from '../web/layout';
import { leavePage, leftPage } from './returns.page';
import { askedSurvey } from './save.routes';

/**
 * Being forgotten by a browser. Its draft stays for whoever has a key to it.
 *
 * Only a post forgets. A get that did could be had by any other site's link, and would cost people their answers. The
 * script of a page left alone on a shared computer therefore posts to `/idle`, and without script the cookie ends by itself.
 * Either way nobody goes on with Back: pages are not stored by browsers, and asked for anew without the cookie each of
 * them leads to the start.
 */
export function leaveRoutes({ open, forget }: Walks): Router {
  const router = Router();

  router.get('/s/:code/leave', async (req, res) => {
    const asked = await open(req, res, true);
    const survey = askedSurvey(asked);
    const { draft, plan } = asked;
    if (!draft) return res.redirect(303, `${asked.address}/left`);
    if (draft.submitted) return show(res, 's/answered', alreadyAnsweredPage(survey));
    show(res, 's/leave', leavePage(survey, whereNext({ survey, plan }, draft)));
  });

  for (const [post, then, why] of [
    ['leave', 'left', 'asked'],
    ['idle', 'idle', 'idle'],
  ] as const) {
    router.post(`/s/:code/${post}`, async (req, res) => {
      const { survey, address } = await open(req, res, true);
      forget(res, survey);
      res.redirect(303, `${address}/${then}`);
    });

    router.get(`/s/:code/${then}`, async (req, res) => {
      const asked = await open(req, res, true);
      // Not true yet: whoever comes here with a draft is asked whether it is to be forgotten.
      if (asked.draft) return res.redirect(303, `${asked.address}/leave`);
      show(res, 's/state', leftPage(askedSurvey(asked), why));
    });
  }

  return router;
}
