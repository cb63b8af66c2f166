import { Router } from 'express';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { accountOf, sessionOf } from './session.routes';
import { endOtherSessions, endOwnSession } from './sessions.commands';
import { othersEnded, sessionsPage } from './sessions.page';
import { listSessions } from './sessions.queries';

/** Where one is signed in, and ending that. */
export function sessionsRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();
  const address = '/account/sessions';

  router.get(address, async (_req, res) => {
    const { sessionId } = sessionOf(res);
    const sessions = await listSessions(db, accountOf(res).id, clock.now());
    show(res, 'account/sessions', sessionsPage(sessions, sessionId));
  });

  router.post(`${address}/end-others`, async (_req, res) => {
    const count = await endOtherSessions(services, accountOf(res).id, sessionOf(res).sessionId);
    redirectWithNotice(res, config, address, othersEnded(count));
  });

  router.post(`${address}/:id/end`, async (req, res) => {
    await endOwnSession(services, accountOf(res).id, readId(req, 'Session'));
    redirectWithNotice(res, config, address, 'Signed out there');
  });

  return router;
}
