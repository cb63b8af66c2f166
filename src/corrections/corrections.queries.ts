import type { Database } from '../platform/database';
import type { Change } from '../questionnaires/difference';

/** A correction of a live survey, on record for good. */
export interface CorrectionOnRecord {
  id: string;
  surveyId: string;
  fromVersionId: string;
  toVersionId: string;
  changes: Change[];
  reason: string;
  /** Who made it; empty where nobody signed in did. */
  by: string;
  madeAt: Date;
}

export async function insertCorrection(
  trx: Database,
  correction: Omit<CorrectionOnRecord, 'id' | 'by'> & { accountId: string | null },
): Promise<void> {
  await trx('corrections').insert({
    survey_id: correction.surveyId,
    from_version_id: correction.fromVersionId,
    to_version_id: correction.toVersionId,
    changes: JSON.stringify(correction.changes),
    reason: correction.reason,
    account_id: correction.accountId,
    made_at: correction.madeAt,
  });
}

/** The corrections of a survey, the newest first. */
export async function listCorrections(db: Database, surveyId: string): Promise<CorrectionOnRecord[]> {
  return db('corrections as c')
    .leftJoin('accounts as a', 'a.id', 'c.account_id')
    .where({ survey_id: surveyId })
    .orderBy('c.made_at', 'desc')
    .select({
      id: 'c.id',
      surveyId: 'c.survey_id',
      fromVersionId: 'c.from_version_id',
      toVersionId: 'c.to_version_id',
      changes: 'c.changes',
      reason: 'c.reason',
      by: db.raw("coalesce(a.email, '')"),
      madeAt: 'c.made_at',
    });
}
