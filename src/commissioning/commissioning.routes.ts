import { Router } from 'express';
import { notFound } from '../platform/problem';
import { readPart } from '../releases/releases.queries';
import { openReportFor } from '../reports/visit.routes';
import type { Services } from '../services';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { commissioningPage } from './commissioning.page';
import { readAsked, readBudget } from './training.form';
import { trainingPage } from './training.page';

/** What to do about the gaps of a report: the training there is and what is missing, group by group. All of it is frozen with the release. */
export function commissioningRoutes(services: Services): Router {
  const { db } = services;
  const router = Router();

  router.get('/reports/:id/training', async (req, res) => {
    const { report, visit } = await openReportFor(services, res, readId(req, 'Report'));
    const asked = readAsked(report.document, req.query);
    const node = asked && report.nodeAt(asked.key);
    if (!node) throw notFound('Group');
    const offers = await readPart(db, report.id, 'training');
    const form = readBudget(asked.budget);
    const budget = form.value?.budget ?? null;
    const facts = { report, node, offers, typed: asked.budget, budget };
    show(
      res,
      'reports/training',
      trainingPage(visit, form.errors ? { ...facts, errors: form.errors } : facts),
    );
  });

  router.get('/reports/:id/commissioning', async (req, res) => {
    const { report, visit } = await openReportFor(services, res, readId(req, 'Report'));
    const asked = readAsked(report.document, req.query);
    if (asked?.budget !== '') throw notFound('Group');
    const offers = await readPart(db, report.id, 'training');
    show(res, 'reports/commissioning', commissioningPage(visit, report, asked.key, offers));
  });

  return router;
}
