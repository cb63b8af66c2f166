import { Router } from 'express';
import { notFound } from '../platform/problem';
import { readPart } from '../releases/releases.queries';
import type { Services } from '../services';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { saidPage } from './said.page';
import { openReportFor } from './visit.routes';

/** What people wrote, as far as it was released with the report. */
export function saidRoutes(services: Services): Router {
  const router = Router();

  router.get('/reports/:id/said', async (req, res) => {
    const { report, visit } = await openReportFor(services, res, readId(req, 'Report'));
    const texts = await readPart(services.db, report.id, 'texts');
    if (!texts || texts.questions.length === 0) throw notFound('Page');
    show(res, 'reports/said', saidPage(visit, report, texts));
  });

  return router;
}
