import { type Request, type Response, Router } from 'express';
import { accountOf, readSession } from '../accounts/session.routes';
import { findFile, listSharedFiles, readFileBytes } from '../files/files.queries';
import { fromRoot } from '../platform/paths';
import { forbidden, notFound, Problem } from '../platform/problem';
import type { ReportChart } from '../reports/report-chart';
import { reportCharts } from '../reports/report-charts';
import type { ReportIndex } from '../reports/report-index';
import type { AtReport } from '../reports/report-visit';
import { noteDownload } from '../reports/reports.commands';
import { refuseFilters } from '../reports/reports.routes';
import { openReportFor, visitReport } from '../reports/visit.routes';
import type { Services } from '../services';
import { loadChartStyles } from '../web/chart-styles';
import { redirectWithNotice, show } from '../web/layout';
import type { Live } from '../web/live';
import { readId } from '../web/params';
import { openPictures } from './pictures.commands';
import {
  type FileFormat,
  fileFormats,
  fileKind,
  formatOf,
  isFileFormat,
  partName,
  rightTo,
} from './report-file';
import { chartDrawing } from './report-pictures';
import { askReportFile, optionsOf } from './takeaways.commands';
import { type CurrentEditions, filesPart, takeawaysPage } from './takeaways.page';

/** Taking a published report away: files that workers make, and its pictures one by one. Rights are asked each time, also of a file that has long been made. */
export function takeawaysRoutes(services: Services, live: Live): Router {
  const { db, clock, config } = services;
  const router = Router();
  const styles = loadChartStyles(fromRoot('dist/public'));
  const pictures = openPictures();

  router.get('/reports/:id/files', async (req, res) => {
    const { report, visit } = await openReportFor(services, res, readId(req, 'Report'));
    refuseFilters(req);
    const charts = reportCharts(report);
    show(
      res,
      'reports/files',
      takeawaysPage(visit, report, { ...(await filesNow(report.id, formatsFor(visit))), charts }),
    );
  });

  router.post('/reports/:id/files', async (req, res) => {
    const { release, visit } = await visitReport(services, res, readId(req, 'Report'));
    const { format } = req.body;
    if (!isFileFormat(format)) throw notFound('Form of the report');
    if (!visit.may(rightTo(format))) throw forbidden();
    const { state } = await askReportFile(services, visit.account.id, release.id, format);
    const sentence = state === 'ready' ? 'The file is ready' : 'The file is being made';
    redirectWithNotice(res, config, `/reports/${release.id}/files`, sentence);
  });

  router.get('/reports/:id/files/events', async (req, res) => {
    const { release, visit } = await visitReport(services, res, readId(req, 'Report'));
    await live.open(req, res, {
      topic: `${formatsFor(visit).join(' ')} of report ${release.id}`,
      person: visit.account.id,
      read: () => filesInWords(res, release.id, formatsFor(visit)),
      mayStay: () => mayStay(req, res, release.id, formatsFor(visit)),
    });
  });

  router.get('/reports/:id/files/:file', async (req, res) => {
    const { release, visit } = await visitReport(services, res, readId(req, 'Report'));
    const file = await findFile(db, readId(req, 'File', 'file'), clock.now());
    const format = file && formatOf(file);
    if (!file || !format || !file.shared || file.subjectId !== release.id) throw notFound('File');
    if (!visit.may(rightTo(format))) throw notFound('File');
    const content = await readFileBytes(db, file.id);
    if (!content) return res.redirect(303, `/reports/${release.id}/files`);
    await noteDownload(services, visit.actor, release.id, format);
    res.attachment(file.name!).type(file.mediaType!).send(content.bytes);
  });

  router.get('/reports/:id/charts/:name.svg', async (req, res) => {
    const { report, chart, visit } = await openChart(req, res);
    await noteDownload(services, visit.actor, report.id, 'svg');
    res.attachment(partName(report, chart.name, 'svg')).type('image/svg+xml');
    res.send(chartDrawing(chart, styles));
  });

  router.get('/reports/:id/charts/:name.png', async (req, res) => {
    const { report, chart, visit } = await openChart(req, res);
    const picture = await pictures.pngOf(`${report.id} ${chart.name}`, () => chartDrawing(chart, styles));
    await noteDownload(services, visit.actor, report.id, 'png');
    res
      .attachment(partName(report, chart.name, 'png'))
      .type('image/png')
      .send(picture);
  });

  async function openChart(req: Request, res: Response) {
    const opened = await openReportFor(services, res, readId(req, 'Report'));
    refuseFilters(req);
    return { ...opened, chart: chartNamed(opened.report, String(req.params.name)) };
  }

  async function filesNow(reportId: string, formats: readonly FileFormat[]) {
    const kinds = formats.map(fileKind);
    const files = await listSharedFiles(db, reportId, kinds, clock.now());
    const options = await Promise.all(formats.map((format) => optionsOf(db, reportId, format)));
    const editions: CurrentEditions = Object.fromEntries(
      formats.map((format, place) => [format, options[place]]),
    );
    return { formats, files, editions };
  }

  /** How the files stand, as a part of the page. */
  async function filesInWords(
    res: Response,
    reportId: string,
    formats: readonly FileFormat[],
  ): Promise<string> {
    const { files, editions } = await filesNow(reportId, formats);
    return new Promise((resolve, reject) => {
      res.app.render('reports/files-list', { files: filesPart(reportId, files, editions) }, (error, html) =>
        error ? reject(error) : resolve(html),
      );
    });
  }

  /** Asked again while somebody watches: they may have signed out, or no longer be in the project. */
  async function mayStay(
    req: Request,
    res: Response,
    reportId: string,
    formats: readonly FileFormat[],
  ): Promise<boolean> {
    res.locals.account = undefined;
    await readSession(services)(req, res, () => undefined);
    if (!accountOf(res)) return false;
    try {
      const { visit } = await visitReport(services, res, reportId);
      return formats.every((format) => visit.may(rightTo(format)));
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  }

  return router;
}

/** The forms that somebody may have. */
function formatsFor({ may }: Pick<AtReport, 'may'>): FileFormat[] {
  return fileFormats.filter((format) => may(rightTo(format)));
}

function chartNamed(report: ReportIndex, name: string): ReportChart {
  const chart = reportCharts(report).find((one) => one.name === name);
  if (!chart) throw notFound('Picture');
  return chart;
}
