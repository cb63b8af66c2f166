import type { Role } from '../accounts/account';
import type { Database } from '../platform/database';
import { roleInProject } from '../projects/access';

/** Somebody who can open a report, shown by their address. */
export interface ReportPerson {
  accountId: string;
  email: string;
  /** The role they have there. */
  role: Role;
  /** Invited to this report, and in its project not at all. */
  isGuest: boolean;
  /** Since when, of guests. */
  since: Date | null;
}

/** Everybody in the project of a report, and whoever was invited to it, by address. */
export async function listReportPeople(db: Database, releaseId: string): Promise<ReportPerson[]> {
  const { rows } = await db.raw<{ rows: PersonRow[] }>(
    `select a.id as "accountId", a.email, a.role as "platformRole", m.role as membership, g.invited_at as since
       from releases r
       join surveys s on s.id = r.survey_id
       cross join accounts a
       left join project_members m on m.project_id = s.project_id and m.account_id = a.id
       left join report_readers g on g.release_id = r.id and g.account_id = a.id
      where r.id = :releaseId
        and a.id in (
          select account_id from project_members where project_id = s.project_id
          union all
          select account_id from report_readers where release_id = r.id
        )
      order by a.email`,
    { releaseId },
  );
  return rows.map(({ accountId, email, platformRole, membership, since }) => {
    const inProject = roleInProject(platformRole, membership ?? undefined);
    return { accountId, email, role: inProject ?? 'eag_member', isGuest: !inProject, since };
  });
}

interface PersonRow {
  accountId: string;
  email: string;
  platformRole: Role;
  membership: Role | null;
  since: Date | null;
}

/** Somebody who can open this report; nobody where they cannot. */
export async function findReportPerson(
  db: Database,
  releaseId: string,
  accountId: string,
): Promise<ReportPerson | undefined> {
  const people = await listReportPeople(db, releaseId);
  return people.find((person) => person.accountId === accountId);
}

/** A report somebody was invited to, as a list names it. */
export interface InvitedReport {
  id: string;
  title: string;
  number: number;
  publishedAt: Date;
}

/** The reports a person was invited to whose project they are not in, the newest first. */
export async function listReportsInvitedTo(db: Database, accountId: string): Promise<InvitedReport[]> {
  return db({ g: 'report_readers' })
    .join({ r: 'releases' }, 'r.id', 'g.release_id')
    .join({ s: 'surveys' }, 's.id', 'r.survey_id')
    .leftJoin({ m: 'project_members' }, (join) =>
      join.on('m.project_id', 's.project_id').andOn('m.account_id', 'g.account_id'),
    )
    .where({ 'g.account_id': accountId, 'r.state': 'published' })
    .whereNull('m.role')
    .orderBy([{ column: 'r.published_at', order: 'desc' }, 'r.id'])
    .select({ id: 'r.id', title: 's.name', number: 'r.number', publishedAt: 'r.published_at' });
}

/** Takes a guest's access away. */
export async function deleteReportReader(trx: Database, releaseId: string, accountId: string): Promise<void> {
  await trx('report_readers').where({ release_id: releaseId, account_id: accountId }).delete();
}
