import type { Database } from '../platform/database';

/**
 * Deletes a survey's drafts that were never submitted, and with them the keys that lead back to them. On which days they were begun, by which link, and
 * after which pages they stopped stays counted. Gives how many there were.
 */
export async function deleteUnfinishedDrafts(trx: Database, surveyId: string): Promise<number> {
  const { rows } = await trx.raw<{ rows: { count: number }[] }>(
    `with gone as (
       delete from drafts
        where survey_id = :surveyId
          and not submitted
       returning begun_on, link_id, passed
     ),
     counted as (
       insert into survey_counts (survey_id, kind, key, count)
       select :surveyId, t.kind, t.key, count(*)
         from gone g,
              lateral (values ('begun', g.begun_on::text),
                              ('begun by link', g.link_id::text),
                              ('stopped', to_json(g.passed)::text)) as t (kind, key)
        where t.key is not null
        group by t.kind, t.key
           on conflict (survey_id, kind, key) do update set count = survey_counts.count + excluded.count
     )
     select count(*)::integer as count
       from gone`,
    { surveyId },
  );
  return rows[0]!.count;
}

/**
 * Deletes everything people gave to a survey: responses with their receipts, the batches they came in by, drafts, and what was counted of how it went.
 * Gives how many responses there were.
 */
export async function deleteAnswers(trx: Database, surveyId: string): Promise<number> {
  const responses = await trx('responses').where({ survey_id: surveyId }).delete();
  await trx('response_batches').where({ survey_id: surveyId }).delete();
  await trx('drafts').where({ survey_id: surveyId }).delete();
  await trx('survey_counts').where({ survey_id: surveyId }).delete();
  return responses;
}
