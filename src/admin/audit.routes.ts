import { Router } from 'express';
import { findEntries } from '../audit/audit.queries';
import { visitPlatform } from '../projects/visit.routes';
import type { Services } from '../services';
import { show } from '../web/layout';
import { readAuditSearch } from './audit.form';
import { auditPage, entriesAPage } from './audit.page';

/** Who did what, for the platform's administrators. */
export function auditRoutes({ db }: Services): Router {
  const router = Router();

  router.get('/admin/audit', async (req, res) => {
    visitPlatform(res, 'see the audit trail');
    const search = readAuditSearch(req.query);
    if (search.errors) return show(res, 'admin/audit', auditPage(req.query, [], search.errors));
    show(res, 'admin/audit', auditPage(req.query, await findEntries(db, search.value, entriesAPage + 1)));
  });

  return router;
}
