import type { Database } from '../platform/database';

/** What stands in the tables of a survey's answers, counted: exact, and for no page as it is. */
export interface AnswerCounts {
  started: number;
  begun: { day: string; count: number }[];
  submitted: { day: string; count: number }[];
  imported: number;
  minutes: { minutes: number; count: number }[];
  stopped: { passed: string[]; count: number }[];
}

/**
 * Counts what people began and submitted. Of spent drafts that were written anew the counts kept then stand in; made-up
 * answers count as answers, those brought in from elsewhere apart. Stopped are drafts that were not touched since before
 * `idleBefore`, and all where nothing can be sent any more, those among them that are deleted by now.
 */
export async function countAnswers(
  db: Database,
  surveyId: string,
  { idleBefore, isOver }: { idleBefore: string; isOver: boolean },
): Promise<AnswerCounts> {
  const { rows } = await db.raw<{ rows: { counts: AnswerCounts }[] }>(
    `
    with of_survey as materialized (
      select begun_on, minutes, submitted, passed, touched_on
        from drafts
       where survey_id = :surveyId
    ),
    kept as (
      select kind, key, count
        from survey_counts
       where survey_id = :surveyId
    ),
    begun as (
      select day, sum(count)::integer as count
        from (select begun_on::text as day, count(*) as count from of_survey where begun_on is not null group by begun_on
              union all
              select key, count from kept where kind = 'begun') as both_kinds
       group by day
    ),
    minutes as (
      select minutes, sum(count)::integer as count
        from (select minutes::integer, count(*) as count from of_survey where submitted and minutes is not null group by minutes
              union all
              select key::integer, count from kept where kind = 'minutes') as both_kinds
       group by minutes
    ),
    sent as (
      select submitted_on::text as day, count(*) as count
        from responses
       where survey_id = :surveyId and source <> 'import'
       group by submitted_on
    ),
    stopped as (
      select passed, sum(count)::integer as count
        from (select passed, count(*) as count
                from of_survey
               where not submitted and (:isOver or touched_on < :idleBefore)
               group by passed
              union all
              select array(select json_array_elements_text(key::json)), count from kept where kind = 'stopped') as both_kinds
       group by passed
    )
    select json_build_object(
      'started', (select count(*) from of_survey)
               + (select coalesce(sum(count), 0)::integer from kept where kind = 'stopped'),
      'begun', (select coalesce(json_agg(json_build_object('day', day, 'count', count)), '[]') from begun),
      'submitted', (select coalesce(json_agg(json_build_object('day', day, 'count', count)), '[]') from sent),
      'imported', (select count(*) from responses where survey_id = :surveyId and source = 'import'),
      'minutes', (select coalesce(json_agg(json_build_object('minutes', minutes, 'count', count)), '[]') from minutes),
      'stopped', (select coalesce(json_agg(json_build_object('passed', passed, 'count', count)), '[]') from stopped)
    ) as counts`,
    { surveyId, idleBefore, isOver },
  );
  return rows[0]!.counts;
}
