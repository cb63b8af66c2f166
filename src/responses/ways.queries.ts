import type { Database } from '../platform/database';

/** How many came by a link. Exact: nobody is shown it unrounded. */
export interface ByLink {
  linkId: string;
  /** Began to answer, and what they began is there still or was sent. */
  started: number;
  submitted: number;
}

/**
 * How many have begun and sent their answers by each link of a survey; links that nobody came by are left out. Spent drafts
 * forget their link when they are shuffled, and are counted by it then: the two together are everybody, once.
 */
export async function countByLink(db: Database, surveyId: string): Promise<ByLink[]> {
  const { rows } = await db.raw<{ rows: ByLink[] }>(
    `select came.link_id            as "linkId",
            sum(came.started)::int   as started,
            sum(came.submitted)::int as submitted
       from (select link_id, count(*) as started, count(*) filter (where submitted) as submitted
               from drafts
              where survey_id = :surveyId
                and link_id is not null
              group by link_id
              union all
             select key::uuid, count, count
               from survey_counts
              where survey_id = :surveyId
                and kind = 'link'
              union all
             select key::uuid, count, 0
               from survey_counts
              where survey_id = :surveyId
                and kind = 'begun by link') as came
      group by came.link_id`,
    { surveyId },
  );
  return rows;
}
