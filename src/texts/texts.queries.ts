import type { Database } from '../platform/database';
import type { NewText } from './text';

/** Puts texts with the others of their survey, in an order that tells nothing of whose they were. */
export async function insertTexts(trx: Database, surveyId: string, texts: readonly NewText[]): Promise<void> {
  await trx.raw(
    `insert into texts (survey_id, question, week, groups, person, batch_id, original, masked, found)
     select :surveyId, n.question, n.week, n.groups, decode(n.person, 'hex'), n.batch_id, n.original, n.masked,
            array(select jsonb_array_elements_text(n.found))
       from jsonb_to_recordset(:texts)
         as n(question text, week date, groups jsonb, person text, batch_id uuid, original text, masked text,
              found jsonb)
      order by random()`,
    {
      surveyId,
      texts: JSON.stringify(
        texts.map(({ person, batchId, ...text }) => ({
          ...text,
          person: person.toString('hex'),
          batch_id: batchId,
        })),
      ),
    },
  );
}

/**
 * Writes every text of a survey anew in a random order, so that no row version and no place in the table tells those that came last. All columns
 * go along, whatever there will be.
 */
export async function shuffleTexts(trx: Database, surveyId: string): Promise<void> {
  await trx.raw(
    `with gone as (
       delete from texts
        where survey_id = :surveyId
       returning *
     )
     insert into texts
     select g.*
       from gone g
      order by random()`,
    { surveyId },
  );
}

/** Takes away what a person wrote in a survey. */
export async function deleteTextsOf(trx: Database, surveyId: string, person: Buffer): Promise<void> {
  await trx('texts').where({ survey_id: surveyId, person }).delete();
}
