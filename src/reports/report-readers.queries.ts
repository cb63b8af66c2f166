import type { Database } from '../platform/database';

/** Was this person invited to this report, though they are in no project? */
export async function isReportReader(db: Database, releaseId: string, accountId: string): Promise<boolean> {
  const row = await db('report_readers')
    .where({ release_id: releaseId, account_id: accountId })
    .first('release_id');
  return row !== undefined;
}

/** Lets a person read and discuss a report. Done twice it changes nothing. */
export async function insertReportReader(
  trx: Database,
  reader: { releaseId: string; accountId: string; invitedBy: string | null; invitedAt: Date },
): Promise<void> {
  await trx('report_readers')
    .insert({
      release_id: reader.releaseId,
      account_id: reader.accountId,
      invited_by: reader.invitedBy,
      invited_at: reader.invitedAt,
    })
    .onConflict(['release_id', 'account_id'])
    .ignore();
}

/** The accounts that were invited to a report. */
export async function listReportReaders(db: Database, releaseId: string): Promise<string[]> {
  return db('report_readers').where({ release_id: releaseId }).orderBy('account_id').pluck('account_id');
}
