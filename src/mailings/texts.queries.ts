import type { Database } from '../platform/database';
import type { MailingKind, MailText } from './mailing';

export interface SavedText extends MailText {
  kind: MailingKind;
  language: string;
}

/** What the lead of a survey has written for its e-mails. */
export async function listTexts(db: Database, surveyId: string): Promise<SavedText[]> {
  return db('survey_texts')
    .where({ survey_id: surveyId })
    .orderBy(['kind', 'language'])
    .select('kind', 'language', 'subject', 'body');
}

export async function saveText(
  trx: Database,
  surveyId: string,
  text: SavedText,
  { accountId, now }: { accountId: string | null; now: Date },
): Promise<void> {
  await trx('survey_texts')
    .insert({ survey_id: surveyId, ...text, account_id: accountId, saved_at: now })
    .onConflict(['survey_id', 'kind', 'language'])
    .merge(['subject', 'body', 'account_id', 'saved_at']);
}

/** Goes back to the usual text. */
export async function deleteText(
  trx: Database,
  surveyId: string,
  { kind, language }: Pick<SavedText, 'kind' | 'language'>,
): Promise<void> {
  await trx('survey_texts').where({ survey_id: surveyId, kind, language }).delete();
}
