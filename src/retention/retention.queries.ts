import type { Database } from '../platform/database';
import type { KeptSurvey, RuleName } from './retention';

/** A survey as retention sees it. */
export interface SurveyInRetention extends KeptSurvey {
  id: string;
  name: string;
  code: string;
  project: string;
  isTrial: boolean;
}

/** The surveys that have been opened, trial runs too, with the days they told: of one project's survey, or of all. */
export async function listKept(db: Database, now: Date, surveyId?: string): Promise<SurveyInRetention[]> {
  const { rows } = await db.raw<{ rows: SurveyInRetention[] }>(
    `select s.id, s.name, s.code, p.name as project,
            s.trial_of is not null as "isTrial",
            s.launched_at as "launchedAt",
            s.opens_at    as "opensAt",
            s.closes_at   as "closesAt",
            array(select distinct n.content ->> 'deletedOn'
                    from notices n
                   where n.survey_id = s.id
                     and n.content ->> 'deletedOn' <> ''
                     and (n.id = (select f.id
                                    from notices f
                                   where f.survey_id = s.id
                                   order by f.in_force_from <= :now desc, f.number desc
                                   limit 1)
                          or exists (select from responses r where r.survey_id = s.id and r.notice_id = n.id)
                          or exists (select from drafts d where d.survey_id = s.id and d.notice_id = n.id))
            ) as "toldDays"
       from surveys s
       join projects p on p.id = s.project_id
      where s.launched_at is not null
        and (:surveyId::uuid is null or s.id = :surveyId)
      order by s.closes_at, s.id`,
    { now, surveyId: surveyId ?? null },
  );
  return rows;
}

/** How much of a survey each rule would take; `answers` also where only what was worked out of them is left. */
export interface Held {
  surveyId: string;
  counts: Record<RuleName, number>;
  isLeft: Record<RuleName, boolean>;
}

export async function countHeld(db: Database, surveyIds: readonly string[]): Promise<Map<string, Held>> {
  const { rows } = await db.raw<{ rows: Held[] }>(
    `select s.id as "surveyId",
            json_build_object('invitations', h.contacts, 'drafts', h.drafts, 'answers', h.responses) as counts,
            json_build_object(
              'invitations', h.contacts > 0 or exists (select from contact_imports i where i.survey_id = s.id),
              'drafts', h.drafts > 0,
              'answers', h.responses > 0
                         or exists (select from texts t where t.survey_id = s.id)
                         or exists (select from tallies t where t.survey_id = s.id)
                         or exists (select from drafts d where d.survey_id = s.id)
                         or exists (select from survey_counts c where c.survey_id = s.id)
                         or exists (select from response_batches b where b.survey_id = s.id)
                         or exists (select from releases l where l.survey_id = s.id and l.state <> 'published')
            ) as "isLeft"
       from surveys s,
            lateral (select (select count(*)::integer from contacts c where c.survey_id = s.id) as contacts,
                            (select count(*)::integer from drafts d where d.survey_id = s.id and not d.submitted) as drafts,
                            (select count(*)::integer from responses r where r.survey_id = s.id) as responses) as h
      where s.id = any(:surveyIds)`,
    { surveyIds: [...surveyIds] },
  );
  return new Map(rows.map((held) => [held.surveyId, held]));
}

/** Has all that had to go on a day gone? */
export async function isRunDone(db: Database, day: string): Promise<boolean> {
  return (await db('retention_runs').where({ day }).first('day')) !== undefined;
}

export async function insertRun(db: Database, day: string, finishedAt: Date): Promise<void> {
  await db('retention_runs')
    .insert({ day, finished_at: finishedAt })
    .onConflict('day')
    .merge({ finished_at: finishedAt });
}

/** When it was last all done; null where it never was. */
export async function findLastRun(db: Database): Promise<Date | null> {
  const row = await db('retention_runs').orderBy('day', 'desc').first({ finishedAt: 'finished_at' });
  return row?.finishedAt ?? null;
}
