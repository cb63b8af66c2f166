import { type Request, type Response, Router } from 'express';
import { forbidden } from '../platform/problem';
import { keptState } from '../responses/kept-state.page';
import { addressOf, openWalks } from '../responses/open-walk.routes';
import { drawOf } from '../responses/shown-order';
import type { Services } from '../services';
import { readCode } from '../surveys/survey';
import { hasConditions, offlineBundle } from './offline.page';

/** What somebody's own device fetches to go on without a signal, and asks before it sends what has waited. */
export function offlineRoutes(services: Services): Router {
  const { open } = openWalks(services);
  const router = Router();

  router.get('/s/:code/offline', async (req, res) => {
    const { survey, address, words, plan, draft, held } = await openOwn(req, res);
    const asked = { ...survey, address, words };
    const draw = drawOf(held.key.tokenHash);
    const keeping = keptState(asked, held, draft.revision, draw);
    const organisationName = services.config.organisationName ?? '';
    const bundle = { survey: asked, plan, draw, progress: draft, keeping, organisationName };
    res.json(offlineBundle(bundle, res.app.locals.asset));
  });

  /**
   * Cookies of the browser's session may be gone by the time it sends: it asks for a token, whether there is still anything
   * to send, and by the draw whether the browser still holds the draft that was answered.
   */
  router.get('/s/:code/offline/token', async (req, res) => {
    const { draft, held } = await open(req, res);
    res.json({
      token: res.locals.csrfToken(),
      draft: draft ? (draft.submitted ? 'submitted' : 'open') : 'unknown',
      draw: held ? drawOf(held.key.tokenHash) : null,
    });
  });

  /**
   * The worker of one survey: it may answer for the survey's own addresses and no others. What decides conditions is large,
   * so only surveys that have conditions bring it along.
   */
  router.get('/s/:code/worker.js', async (req, res) => {
    const { plan } = await openOwn(req, res);
    const { asset } = res.app.locals;
    const address = addressOf({ code: readCode(req.params.code) });
    const library = hasConditions(plan) ? asset('conditions.js') : null;
    const settings = JSON.stringify({ address, library });
    res
      .type('text/javascript')
      .set('Service-Worker-Allowed', address)
      .send(`self.offline=${settings};importScripts(${JSON.stringify(asset('worker.js'))});\n`);
  });

  async function openOwn(req: Request, res: Response) {
    const asked = await open(req, res);
    const { draft, held } = asked;
    if (!draft || draft.submitted || held?.device !== 'own') {
      throw forbidden('Only a device of your own can hold answers.');
    }
    return { ...asked, draft, held };
  }

  return router;
}
