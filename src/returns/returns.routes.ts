import { Router } from 'express';
import { openWalks } from '../responses/open-walk.routes';
import type { Services } from '../services';
import { continueRoutes } from './continue.routes';
import { leaveRoutes } from './leave.routes';
import { saveRoutes } from './save.routes';

/** Saving answers, coming back to them in any browser, and being forgotten by one. */
export function returnsRoutes(services: Services): Router {
  const walks = openWalks(services);
  const router = Router();
  router.use(saveRoutes(services, walks));
  router.use(continueRoutes(services, walks));
  router.use(leaveRoutes(walks));
  return router;
}
