import { type Request, type Response, Router } from 'express';
import { csvOf, fileNameOf } from '../platform/csv';
import { isoDay } from '../platform/dates';
import { notFound, Problem } from '../platform/problem';
import type { Services } from '../services';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { readGroup } from './group.form';
import { groupPage } from './group.page';
import { releasedReport } from './released-report';
import { reportPage } from './report.page';
import type { ReportIndex } from './report-index';
import { figuresTable } from './report-table';
import { reportWorkbook } from './report-workbook';
import { noteDownload, type ReportFormat } from './reports.commands';
import { openReportFor, type ReportVisit } from './visit.routes';

/** A published report: its pages and its files. All of them show what was released, and nothing else is read for them. */
export function reportsRoutes(services: Services): Router {
  const router = Router();

  router.get('/reports/:id.csv', async (req, res) => {
    const { report } = await openFile(req, res, 'csv');
    const { header, rows } = figuresTable(report);
    res.attachment(fileName(report, 'csv')).type('text/csv; charset=utf-8');
    res.send(csvOf([header, ...rows]));
  });

  router.get('/reports/:id.xlsx', async (req, res) => {
    const { report } = await openFile(req, res, 'xlsx');
    res.attachment(fileName(report, 'xlsx')).send(await reportWorkbook(report));
  });

  router.get('/reports/:id.json', async (req, res) => {
    const { report } = await openFile(req, res, 'json');
    res.attachment(fileName(report, 'json')).json(releasedReport(report));
  });

  router.get('/reports/:id', async (req, res) => {
    const { report, visit } = await openReport(req, res);
    refuseFilters(req);
    show(res, 'reports/show', reportPage(visit, report));
  });

  router.get('/reports/:id/groups', async (req, res) => {
    const { report, visit } = await openReport(req, res);
    const key = readGroup(report, req.query);
    const node = key && report.nodeAt(key);
    if (!node) throw notFound('Group');
    show(res, 'reports/groups', groupPage(visit, report, node));
  });

  async function openReport(
    req: Request,
    res: Response,
  ): Promise<{ report: ReportIndex; visit: ReportVisit }> {
    return openReportFor(services, res, readId(req, 'Report'));
  }

  async function openFile(req: Request, res: Response, format: ReportFormat) {
    const opened = await openReport(req, res);
    refuseFilters(req);
    await noteDownload(services, opened.visit.actor, opened.report.id, format);
    return opened;
  }

  return router;
}

/** Nobody is given part of a report by what stands behind its address: figures are those of its groups only. */
export function refuseFilters(req: Request): void {
  if (Object.keys(req.query).length === 0) return;
  throw new Problem(
    400,
    'This report cannot be filtered',
    'Take everything from the ? off the address. The figures of a group are found through the tables of the report.',
  );
}

/** "autumn26-report-1-2026-11-21.csv". */
function fileName({ document, number, publishedAt }: ReportIndex, extension: string): string {
  return fileNameOf(`${document.survey.code} report ${number} ${isoDay(publishedAt)}`, extension);
}
