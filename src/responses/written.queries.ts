import type { Database } from '../platform/database';
import type { Answers } from '../questionnaires/plan';

// What people wrote in their own words, on its way out of their responses.

/** Surveys with counted responses that may hold texts which have not been gathered. */
export async function listSurveysToGather(db: Database): Promise<string[]> {
  return db('responses')
    .where({ gathered: false, folded: true })
    .whereNotNull('answers')
    .distinct('survey_id')
    .pluck('survey_id');
}

export async function countUngathered(db: Database, surveyId: string): Promise<number> {
  const row = await db('responses')
    .where({ survey_id: surveyId, gathered: false, folded: true })
    .whereNotNull('answers')
    .count<{ count: number | string }>({ count: '*' })
    .first();
  return Number(row!.count);
}

/** A response that texts are gathered of. */
export interface WrittenResponse {
  facets: string[];
  submittedOn: string;
  answers: Answers;
  batchId: string | null;
  referenceHash: Buffer | null;
}

/**
 * Takes responses whose texts are to be gathered, and marks them; they stay taken until the commit. Of an anonymous
 * survey their answers to these questions leave them, and their rows are to be shuffled once more: they are the ones written last.
 */
export async function takeUngathered(
  trx: Database,
  surveyId: string,
  { most, questions, anonymous }: { most: number; questions: readonly string[]; anonymous: boolean },
): Promise<WrittenResponse[]> {
  const { rows } = await trx.raw<{ rows: WrittenResponse[] }>(
    `with taken as (
       select id, answers
         from responses
        where survey_id = :surveyId
          and answers is not null
          and not gathered
          and folded
        order by id
        limit :most
          for update
     ),
     marked as (
       update responses r
          set gathered = true,
              answers  = case when :anonymous then nullif(r.answers - :questions::text[], '{}') else r.answers end,
              shuffled = r.shuffled and not :anonymous
         from taken t
        where r.id = t.id
       returning r.id, r.facets, r.submitted_on, r.batch_id, r.reference_hash
     )
     select m.facets,
            m.submitted_on   as "submittedOn",
            t.answers,
            m.batch_id       as "batchId",
            m.reference_hash as "referenceHash"
       from marked m
       join taken t on t.id = m.id`,
    { surveyId, most, questions: [...questions], anonymous },
  );
  return rows;
}
