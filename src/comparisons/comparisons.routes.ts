import { type Response, Router } from 'express';
import { listDomains } from '../frameworks/content.queries';
import { notFound } from '../platform/problem';
import { readFrozenRelease } from '../releases/releases.queries';
import { type ReportIndex, reportIndex } from '../reports/report-index';
import { isReportReader } from '../reports/report-readers.queries';
import { openReportFor, type ReportVisit, visitReport } from '../reports/visit.routes';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { getSurvey } from '../surveys/surveys.queries';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { readComparison } from './comparison.form';
import { comparisonPage, type Waves } from './comparison.page';
import { listOtherWaves, type WaveReportRow } from './comparisons.queries';
import type { WaveReport } from './waves';

/** Comparisons within a report, and with those of other waves: all of shown figures, none of which is read anew. */
export function comparisonsRoutes(services: Services): Router {
  const { db } = services;
  const router = Router();

  router.get('/reports/:id/comparison', async (req, res) => {
    const { report, visit } = await openReportFor(services, res, readId(req, 'Report'));
    const choice = readComparison(report.document, req.query);
    if (!choice) throw notFound('Comparison');
    const waves = choice.kind === 'waves' ? await readWaves(res, report, visit, choice.wave) : null;
    show(res, 'reports/comparison', comparisonPage(visit, report, choice, waves));
  });

  /** The other waves of the survey's series, and the one asked for, the newest where none is; null where there is no series. */
  async function readWaves(
    res: Response,
    report: ReportIndex,
    visit: ReportVisit,
    asked: string | null,
  ): Promise<Waves | null> {
    const { release } = await visitReport(services, res, report.id);
    const survey = await getSurvey(db, release.surveyId);
    const isInSeries = survey.series !== '' && survey.wave !== null;
    const offered = isInSeries ? await offeredTo(visit, survey) : [];
    const chosen = asked === null ? offered[0] : offered.find(({ id }) => id === asked);
    const own = await waveReport(report, nameOf(survey.wave, report.number));
    if (asked !== null && !chosen) {
      return { own, offered, other: null, refusal: await refusalOf(res, survey, asked) };
    }
    if (!isInSeries) return null;
    const other = chosen ? await readOther(chosen) : null;
    return { own, offered, other, refusal: null };
  }

  /** Those that the visitor may read: a guest only what they were invited to. */
  async function offeredTo(visit: ReportVisit, survey: Survey): Promise<WaveReportRow[]> {
    const { projectId, id: surveyId, series } = survey;
    const rows = await listOtherWaves(db, { projectId, surveyId, series });
    if (!visit.isGuest) return rows;
    const readable: WaveReportRow[] = [];
    for (const row of rows) {
      if (await isReportReader(db, row.id, visit.account.id)) readable.push(row);
    }
    return readable;
  }

  /** Why a report that the visitor may read is not compared with this one; those they may not read are not found. */
  async function refusalOf(res: Response, survey: Survey, asked: string): Promise<string> {
    const { release } = await visitReport(services, res, asked);
    return release.surveyId === survey.id
      ? 'Two reports of the same survey cannot be compared: most people are counted in both, so their difference would be that of a few.'
      : 'These two reports cannot be compared: their surveys are not of the same series.';
  }

  async function readOther({ id, wave, number }: WaveReportRow): Promise<WaveReport> {
    return waveReport(reportIndex(await readFrozenRelease(db, id)), nameOf(wave, number));
  }

  async function waveReport(report: ReportIndex, name: string): Promise<WaveReport> {
    const framework = report.document.sources.framework;
    const domains = framework ? await listDomains(db, framework.id) : [];
    const lineages = new Map([
      ...domains.map(({ code, lineageId }) => [`domain ${code}`, lineageId] as const),
      ...domains.flatMap(({ competencies }) =>
        competencies.map(({ code, lineageId }) => [`competency ${code}`, lineageId] as const),
      ),
    ]);
    return { report, name, lineageOf: (kind, code) => lineages.get(`${kind} ${code}`) };
  }

  return router;
}

function nameOf(wave: number | null, number: number): string {
  return wave === null ? `report ${number}` : `wave ${wave} (report ${number})`;
}
