import { Router } from 'express';
import { getNoticeInForce } from '../notices/notices.queries';
import type { Services } from '../services';
import { show } from '../web/layout';
import { openWalks } from './open-walk.routes';
import { viaQuery } from './pages.routes';
import { privacyPage } from './told.page';

/** What a survey tells, in full: for whoever thinks of answering, is answering or has answered. */
export function privacyRoutes(services: Services): Router {
  const { db, clock } = services;
  const { open } = openWalks(services);
  const router = Router();

  router.get('/s/:code/privacy', async (req, res) => {
    const { survey, address, plan, words, personal } = await open(req, res, true);
    const notice = await getNoticeInForce(db, survey.id, clock.now());
    const start = address + viaQuery(req);
    show(res, 's/privacy', privacyPage({ ...survey, words, address: start, personal }, plan, notice));
  });

  return router;
}
