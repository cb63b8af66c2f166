import type { Database } from '../platform/database';

/** A finding set aside. */
export interface Dismissal {
  key: string;
  reason: string;
  accountId: string | null;
  setAsideAt: Date;
}

const columns = {
  key: 'key',
  reason: 'reason',
  accountId: 'account_id',
  setAsideAt: 'set_aside_at',
};

/** What has been set aside of a questionnaire, also of wordings it no longer has. */
export async function listDismissals(db: Database, questionnaireId: string): Promise<Dismissal[]> {
  return db('check_dismissals')
    .where({ questionnaire_id: questionnaireId })
    .select(columns)
    .orderBy(['set_aside_at', 'key']);
}

/** Keeps a finding as set aside; the last reason given is the one kept. */
export async function upsertDismissal(
  trx: Database,
  questionnaireId: string,
  { key, reason, accountId, setAsideAt }: Dismissal,
): Promise<void> {
  await trx('check_dismissals')
    .insert({
      questionnaire_id: questionnaireId,
      key,
      reason,
      account_id: accountId,
      set_aside_at: setAsideAt,
    })
    .onConflict(['questionnaire_id', 'key'])
    .merge(['reason', 'account_id', 'set_aside_at']);
}

/** False where it was not set aside. */
export async function deleteDismissal(trx: Database, questionnaireId: string, key: string): Promise<boolean> {
  const deleted = await trx('check_dismissals').where({ questionnaire_id: questionnaireId, key }).delete();
  return deleted === 1;
}
