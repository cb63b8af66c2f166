import { Router } from 'express';
import { accountOf } from '../accounts/session.routes';
import { isoDay } from '../platform/dates';
import { notFound } from '../platform/problem';
import { mayDo, roleInProject } from '../projects/access';
import { listParts } from '../releases/releases.queries';
import type { Services } from '../services';
import { problemDetails, requireToken } from '../tokens/bearer.routes';
import { readId } from '../web/params';
import { releasedReport } from './released-report';
import { noteDownload } from './reports.commands';
import { listReports } from './reports.queries';
import { refuseFilters } from './reports.routes';
import { openReportFor } from './visit.routes';

/** Published reports for programs: what the account of a token may read, with the figures that everybody else sees. */
export function reportsApi(services: Services): Router {
  const router = Router();
  router.use(requireToken(services, 'reports:read'));

  router.get('/reports', async (req, res) => {
    refuseFilters(req);
    const account = accountOf(res);
    const everywhere = roleInProject(account.role, undefined) !== undefined;
    const listed = await listReports(services.db, account.id, { everywhere });
    const reports = listed
      .filter(({ membership }) =>
        mayDo(roleInProject(account.role, membership ?? undefined)!, 'read reports'),
      )
      .map(({ id, survey, title, number, publishedAt }) => ({
        ...{ id, survey, title, number },
        releasedAt: isoDay(publishedAt),
      }));
    res.json({ reports });
  });

  router.get('/reports/:id', async (req, res) => {
    const { report, visit } = await openReportFor(services, res, readId(req, 'Report'));
    refuseFilters(req);
    await noteDownload(services, visit.actor, report.id, 'api');
    res.json(releasedReport(report, await listParts(services.db, report.id)));
  });

  router.use(() => {
    throw notFound('Address');
  });
  router.use(problemDetails(services));
  return router;
}
