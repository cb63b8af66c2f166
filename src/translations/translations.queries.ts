import type { Database } from '../platform/database';
import type { MadeFrom } from './progress';

/** What translations of a questionnaire were made from, in one language. */
export async function listSources(
  db: Database,
  questionnaireId: string,
  language: string,
): Promise<MadeFrom[]> {
  return db('questionnaire_translations')
    .where({ questionnaire_id: questionnaireId, language })
    .select('key', 'translation', 'source');
}

/** Keeps what translations were made from; of one that was kept before, the newer source. */
export async function recordSources(
  trx: Database,
  record: { questionnaireId: string; language: string; accountId: string | null; madeAt: Date },
  made: readonly MadeFrom[],
): Promise<void> {
  await trx.raw(
    `insert into questionnaire_translations
       (questionnaire_id, language, key, translation, source, made_at, account_id)
     select :questionnaireId, :language, m.key, m.translation, m.source, :madeAt, :accountId
     from jsonb_to_recordset(:made) as m (key text, translation text, source text)
     on conflict (questionnaire_id, language, md5(key), md5(translation))
     do update set source = excluded.source, made_at = excluded.made_at, account_id = excluded.account_id`,
    { ...record, made: JSON.stringify(made) },
  );
}

/** The languages a questionnaire is to be translated into, also those nothing is said in yet. */
export async function listLanguages(db: Database, questionnaireId: string): Promise<string[]> {
  return db('questionnaire_languages').where({ questionnaire_id: questionnaireId }).pluck('language');
}

/** Adds a language; false where it was there already. */
export async function insertLanguage(
  trx: Database,
  row: { questionnaireId: string; language: string; accountId: string | null; addedAt: Date },
): Promise<boolean> {
  const added = await trx('questionnaire_languages')
    .insert({
      questionnaire_id: row.questionnaireId,
      language: row.language,
      added_at: row.addedAt,
      account_id: row.accountId,
    })
    .onConflict(['questionnaire_id', 'language'])
    .ignore()
    .returning('language');
  return added.length > 0;
}

export async function deleteLanguage(
  trx: Database,
  questionnaireId: string,
  language: string,
): Promise<number> {
  return trx('questionnaire_languages').where({ questionnaire_id: questionnaireId, language }).delete();
}
