import type { Database } from '../platform/database';

/** Who is named to see the texts of a survey as they were written. */
export async function listRedactors(db: Database, surveyId: string): Promise<string[]> {
  return db('text_redactors').where({ survey_id: surveyId }).orderBy('account_id').pluck('account_id');
}

export async function isRedactor(db: Database, surveyId: string, accountId: string): Promise<boolean> {
  const row = await db('text_redactors')
    .where({ survey_id: surveyId, account_id: accountId })
    .first(db.raw('true as found'));
  return row !== undefined;
}

/** Puts these people in the place of those who were named. */
export async function replaceRedactors(
  trx: Database,
  surveyId: string,
  accountIds: readonly string[],
): Promise<void> {
  await trx('text_redactors').where({ survey_id: surveyId }).delete();
  if (accountIds.length === 0) return;
  await trx('text_redactors').insert(
    accountIds.map((accountId) => ({ survey_id: surveyId, account_id: accountId })),
  );
}
