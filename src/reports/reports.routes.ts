import { type Request, type Response, Router } from 'express';
import { csvOf, fileNameOf } from '../platform/csv';
import { isoDay } from '../platform/dates';
import { notFound, Problem } from '../platform/problem';
import { listParts, readPart } from '../releases/releases.queries';
import type { Services } from '../services';
import { show } from '../web/layout';
import { readId } from '../web/params';
import type { ReportCompanions } from './companions';
import { readGroup } from './group.form';
import { groupPage } from './group.page';
import { itemPage } from './item.page';
import { readItemNumber, readMapChoice } from './map.form';
import { mapPage } from './map.page';
import { releasedReport } from './released-report';
import { type Beside, reportPage } from './report.page';
import { reportCharts } from './report-charts';
import type { Comments } from './report-comments';
import type { ReportIndex } from './report-index';
import { figurePlace } from './report-place';
import { noteDownload, type ReportFormat } from './reports.commands';
import { openReportFor, type ReportVisit } from './visit.routes';

/** A published report: its pages, and its figures for programs. All of them show what was released, and nothing else is read for them. */
export function reportsRoutes(services: Services, companions: ReportCompanions): Router {
  const router = Router();
  const { db } = services;

  router.get('/reports/:id.json', async (req, res) => {
    const { report } = await openFile(req, res, 'json');
    res.attachment(fileName(report, 'json')).json(releasedReport(report, await listParts(db, report.id)));
  });

  /** The figures behind a picture; the picture itself is made elsewhere. */
  router.get('/reports/:id/charts/:name.csv', async (req, res) => {
    const { report, visit } = await openReport(req, res);
    refuseFilters(req);
    const chart = reportCharts(report).find(({ name }) => name === req.params.name);
    if (!chart) throw notFound('Picture');
    await noteDownload(services, visit.actor, report.id, 'csv');
    res.attachment(fileName(report, 'csv', chart.name)).type('text/csv; charset=utf-8');
    res.send(csvOf([chart.table.headings, ...chart.table.rows]));
  });

  router.get('/reports/:id', async (req, res) => {
    const { report, visit } = await openReport(req, res);
    refuseFilters(req);
    show(res, 'reports/show', reportPage(visit, report, await readBeside(visit, report)));
  });

  router.get('/reports/:id/map', async (req, res) => {
    const { report, visit } = await openReport(req, res);
    const choice = readMapChoice(report, req.query);
    if (!choice) throw noSuchMap(report);
    show(res, 'reports/map', mapPage(visit, report, choice));
  });

  router.get('/reports/:id/items/:number', async (req, res) => {
    const { report, visit } = await openReport(req, res);
    const item = readItemNumber(report.document, req.params.number);
    if (item === undefined) throw notFound('Competency');
    const key = readGroup(report, req.query);
    const node = key && report.nodeAt(key);
    if (!node) throw notFound('Group');
    const comments = await commentsFor(visit, report);
    const beside = await commentsAt(visit, report, figurePlace(report, item, node.key));
    const texts = (await companions.texts?.(db, report.id, node.key)) ?? null;
    const written = await readPart(db, report.id, 'texts');
    const recommends = (await companions.recommends?.(db, report.id)) ?? false;
    const of = { item, node, comments, beside, texts, written, recommends };
    show(res, 'reports/items', itemPage(visit, report, of));
  });

  router.get('/reports/:id/groups', async (req, res) => {
    const { report, visit } = await openReport(req, res);
    const key = readGroup(report, req.query);
    const node = key && report.nodeAt(key);
    if (!node) throw notFound('Group');
    show(res, 'reports/groups', groupPage(visit, report, node));
  });

  /** What is said about places of the report, for those who take part; who only reads it learns not even how much. */
  async function commentsFor(visit: ReportVisit, { id }: ReportIndex): Promise<Comments> {
    return visit.may('comment') ? ((await companions.comments?.(db, id)) ?? null) : null;
  }

  async function commentsAt(visit: ReportVisit, { id }: ReportIndex, place: string) {
    return visit.may('comment') ? ((await companions.commentsAt?.(db, id, place)) ?? null) : null;
  }

  async function readBeside(visit: ReportVisit, report: ReportIndex): Promise<Beside> {
    const { id } = report;
    return {
      comments: await commentsFor(visit, report),
      training: (await companions.training?.(db, id)) ?? null,
      texts: (await companions.texts?.(db, id, {})) ?? null,
      recommendations: (await companions.recommendations?.(db, id)) ?? null,
      standing: (await companions.standing?.(db, id)) ?? null,
    };
  }

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

function noSuchMap({ id }: ReportIndex): Problem {
  return new Problem(
    400,
    'There is no such map',
    'A map shows what was asked by one dimension of the report, or one thing asked by two different ones. Choose again from the maps that there are.',
    { ways: [{ href: `/reports/${id}#map`, text: 'Back to the report' }] },
  );
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

/** "autumn26-report-1-2026-11-21.json". */
function fileName({ document, number, publishedAt }: ReportIndex, extension: string, part = ''): string {
  return fileNameOf(`${document.survey.code} report ${number} ${isoDay(publishedAt)} ${part}`, extension);
}
