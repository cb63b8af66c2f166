import { Router } from 'express';
import { isMigrated, pingDatabase } from '../platform/database';
import type { Services } from '../services';

/** For operators: `/health` says the process lives, `/ready` that it can serve. */
export function healthRoutes(services: Services): Router {
  const router = Router();

  router.get('/health', (_req, res) => {
    res.json({ status: 'alive' });
  });

  router.get('/ready', async (_req, res) => {
    const failed = await failedChecks(services);
    res.status(failed.length > 0 ? 503 : 200);
    res.json({ status: failed.length > 0 ? 'not ready' : 'ready', failed });
  });

  return router;
}

/** What keeps this process from serving: nothing, or the names of the parts that do not answer. */
async function failedChecks({ db, queue, log }: Services): Promise<string[]> {
  const checks: [string, () => Promise<unknown>][] = [
    ['database', () => pingDatabase(db)],
    ['migrations', () => refuseUnless(isMigrated(db), 'Migrations are waiting to be applied')],
    ['queue', () => queue.ping()],
  ];
  const results = await Promise.allSettled(checks.map(([, check]) => check()));
  return results.flatMap((result, index) => {
    if (result.status === 'fulfilled') return [];
    const check = checks[index]![0];
    log.warn({ check, reason: (result.reason as Error).message }, 'not ready');
    return [check];
  });
}

async function refuseUnless(claim: Promise<boolean>, otherwise: string): Promise<void> {
  if (!(await claim)) throw new Error(otherwise);
}
