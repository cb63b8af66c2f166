import type { Role } from '../accounts/account';
import type { Database } from '../platform/database';

/** A published report as a list names it. */
export interface ListedReport {
  id: string;
  survey: string;
  title: string;
  number: number;
  publishedAt: Date;
  /** The role that the person was given in its project. */
  membership: Role | null;
}

/** The published reports of the projects a person is in, or of all of them for the platform administrator; the newest first. */
export async function listReports(
  db: Database,
  accountId: string,
  { everywhere }: { everywhere: boolean },
): Promise<ListedReport[]> {
  const reports = db({ r: 'releases' })
    .join({ s: 'surveys' }, 's.id', 'r.survey_id')
    .leftJoin({ m: 'project_members' }, (join) =>
      join.on('m.project_id', 's.project_id').andOnVal('m.account_id', accountId),
    )
    .where('r.state', 'published')
    .orderBy([{ column: 'r.published_at', order: 'desc' }, 'r.id'])
    .select({
      ...{ id: 'r.id', survey: 's.code', title: 's.name', number: 'r.number' },
      ...{ publishedAt: 'r.published_at', membership: 'm.role' },
    });
  return everywhere ? reports : reports.whereNotNull('m.role');
}

/** The published reports of a project, the newest first. */
export async function listReportsOf(
  db: Database,
  projectId: string,
): Promise<Omit<ListedReport, 'membership'>[]> {
  return db({ r: 'releases' })
    .join({ s: 'surveys' }, 's.id', 'r.survey_id')
    .where({ 's.project_id': projectId, 'r.state': 'published' })
    .orderBy([{ column: 'r.published_at', order: 'desc' }, 'r.id'])
    .select({
      ...{ id: 'r.id', survey: 's.code', title: 's.name', number: 'r.number', publishedAt: 'r.published_at' },
    });
}
