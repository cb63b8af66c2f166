import type { Response } from 'express';
import { accountOf } from '../accounts/session.routes';
import type { Database } from '../platform/database';
import { forbidden, notFound } from '../platform/problem';
import { mayDo, type Right, roleInProject } from '../projects/access';
import { findProjectFor } from '../projects/projects.queries';
import type { Visit } from '../projects/visit.routes';
import type { Release } from '../releases/release';
import { getRelease, readFrozenRelease } from '../releases/releases.queries';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { type ReportIndex, reportIndex } from './report-index';
import { isReportReader } from './report-readers.queries';
import type { AtReport } from './report-visit';

/** Somebody at a report. */
export type ReportVisit = Visit & AtReport;

/** A guest has the rights of an expert, at the report they were invited to. */
const guestRole = 'eag_member';

/**
 * The one place that asks who may do what at a published report: people in its project by their role, and those invited to this report. To
 * everybody else it does not exist, and one that is not published exists for nobody.
 */
export async function visitReport(
  { db }: Pick<Services, 'db'>,
  res: Response,
  reportId: string,
  right: Right = 'read reports',
): Promise<{ release: Release; visit: ReportVisit }> {
  const release = await getRelease(db, reportId);
  if (release.state !== 'published') throw notFound('Report');
  const account = accountOf(res);
  const { projectId } = await getSurvey(db, release.surveyId);
  const found = await findProjectFor(db, projectId, account.id);
  if (!found) throw notFound('Report');
  const inProject = roleInProject(account.role, found.membership);
  const isGuest = !inProject && (await isReportReader(db, reportId, account.id));
  const role = inProject ?? (isGuest ? guestRole : undefined);
  if (!role) throw notFound('Report');
  const may = (asked: Right) => mayDo(role, asked);
  if (!may(right)) throw forbidden();
  const visit = {
    ...{ account, actor: { kind: 'account', accountId: account.id } as const },
    ...{ project: found.project, role, may, isGuest },
  };
  return { release, visit };
}

/** The same with everything the report shows. */
export async function openReportFor(
  services: Pick<Services, 'db'>,
  res: Response,
  reportId: string,
  right: Right = 'read reports',
): Promise<{ report: ReportIndex; visit: ReportVisit }> {
  const { visit } = await visitReport(services, res, reportId, right);
  return { report: await readReport(services.db, reportId), visit };
}

/** Reports somebody read lately, by their database: a published one never changes, and reading its thousands of figures is most of a page's time. */
const lately = new WeakMap<Database, Map<string, ReportIndex>>();
const mostKept = 4;

async function readReport(db: Database, reportId: string): Promise<ReportIndex> {
  const kept = lately.get(db) ?? new Map<string, ReportIndex>();
  lately.set(db, kept);
  const report = kept.get(reportId) ?? reportIndex(await readFrozenRelease(db, reportId));
  // The one read last is the last to go.
  kept.delete(reportId);
  kept.set(reportId, report);
  for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
  return report;
}
