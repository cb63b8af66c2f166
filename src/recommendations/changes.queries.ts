import type { Database } from '../platform/database';
import type { Status } from './recommendation';

/** That somebody wrote a recommendation, or had its status take a step. */
export interface RecommendationChange {
  id: string;
  reportId: string;
  number: number;
  /** Of a version its revision, of a step its place. */
  what: 'version' | 'step';
  place: number;
  /** Of a step only. */
  status: Status | null;
  byId: string;
  by: string;
  at: Date;
}

/** What was done about the recommendations of any report within a time, the oldest first. A draft begins with its words, not with a step. */
export async function listRecommendationChanges(
  db: Database,
  { after, until }: { after: Date; until: Date },
): Promise<RecommendationChange[]> {
  const { rows } = await db.raw<{ rows: RecommendationChange[] }>(
    `with changes as (
       select recommendation_id, 'version' as what, revision as place, null as status, made_by as by_id, made_at as at
         from recommendation_versions
       union all
       select recommendation_id, 'step', place, status, set_by, set_at
         from recommendation_steps
        where not (place = 1 and status = 'draft')
     )
     select r.id, r.release_id as "reportId", r.number, c.what, c.place, c.status,
            a.id as "byId", a.email as by, c.at
       from changes c
       join recommendations r on r.id = c.recommendation_id
       join accounts a on a.id = c.by_id
      where c.at > :after
        and c.at <= :until
      order by c.at, r.id, c.what, c.place`,
    { after, until },
  );
  return rows;
}
