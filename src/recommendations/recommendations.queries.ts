import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type {
  Opinion,
  Recommendation,
  RecommendationContent,
  RecommendationRecord,
  Status,
  Step,
  Version,
} from './recommendation';

const current = `
  select r.id, r.release_id as "releaseId", r.number, r.copied_from as "copiedFrom",
         v.revision, v.text, v.gaps, v.route, v.priority, v.owner, v.due_on as "dueOn",
         m.email as "madeBy", v.made_at as "madeAt",
         s.status, b.email as "statusBy", s.set_at as "statusAt", s.reason as "statusReason"
  from recommendations r
  join lateral (
    select * from recommendation_versions where recommendation_id = r.id order by revision desc limit 1
  ) v on true
  join lateral (
    select * from recommendation_steps where recommendation_id = r.id order by place desc limit 1
  ) s on true
  join accounts m on m.id = v.made_by
  join accounts b on b.id = s.set_by`;

/** What is recommended about a report, in the order it was. */
export async function listRecommendations(db: Database, releaseId: string): Promise<Recommendation[]> {
  const { rows } = await db.raw<{ rows: Recommendation[] }>(
    `${current} where r.release_id = :releaseId order by r.number`,
    { releaseId },
  );
  return rows;
}

/** A recommendation of this report. One of another report is not found. */
export async function getRecommendation(
  db: Database,
  releaseId: string,
  recommendationId: string,
): Promise<Recommendation> {
  const { rows } = await db.raw<{ rows: Recommendation[] }>(
    `${current} where r.release_id = :releaseId and r.id = :recommendationId`,
    { releaseId, recommendationId },
  );
  if (!rows[0]) throw notFound('Recommendation');
  return rows[0];
}

/** The versions of a recommendation, the first one first. */
export async function listVersions(db: Database, recommendationId: string): Promise<Version[]> {
  return db({ v: 'recommendation_versions' })
    .join({ a: 'accounts' }, 'a.id', 'v.made_by')
    .where({ 'v.recommendation_id': recommendationId })
    .orderBy('v.revision')
    .select({
      ...{ revision: 'v.revision', text: 'v.text', gaps: 'v.gaps', route: 'v.route' },
      ...{ priority: 'v.priority', owner: 'v.owner', dueOn: 'v.due_on' },
      ...{ restoredFrom: 'v.restored_from', madeBy: 'a.email', madeAt: 'v.made_at' },
    });
}

/** The steps that a recommendation's status took, the first one first. */
export async function listSteps(db: Database, recommendationId: string): Promise<Step[]> {
  return db({ s: 'recommendation_steps' })
    .join({ a: 'accounts' }, 'a.id', 's.set_by')
    .where({ 's.recommendation_id': recommendationId })
    .orderBy('s.place')
    .select({
      ...{ place: 's.place', status: 's.status', revision: 's.revision', reason: 's.reason' },
      ...{ setBy: 'a.email', setAt: 's.set_at' },
    });
}

/** Every opinion on the recommendations of a report, in the order given. */
export async function listOpinions(db: Database, releaseId: string): Promise<Opinion[]> {
  return db({ o: 'recommendation_answers' })
    .join({ r: 'recommendations' }, 'r.id', 'o.recommendation_id')
    .join({ a: 'accounts' }, 'a.id', 'o.account_id')
    .where({ 'r.release_id': releaseId })
    .orderBy(['r.number', 'o.place'])
    .select({
      ...{ recommendationId: 'o.recommendation_id', place: 'o.place', accountId: 'o.account_id' },
      ...{ email: 'a.email', revision: 'o.revision', answer: 'o.answer', reason: 'o.reason' },
      answeredAt: 'o.answered_at',
    });
}

/** Who may decide for the group besides the lead. */
export async function findChair(
  db: Database,
  releaseId: string,
): Promise<{ accountId: string; email: string } | undefined> {
  return db({ c: 'advisory_chairs' })
    .join({ a: 'accounts' }, 'a.id', 'c.account_id')
    .where({ 'c.release_id': releaseId })
    .first({ accountId: 'a.id', email: 'a.email' });
}

export async function replaceChair(
  trx: Database,
  releaseId: string,
  chair: { accountId: string; by: string; at: Date } | null,
): Promise<void> {
  if (!chair) {
    await trx('advisory_chairs').where({ release_id: releaseId }).delete();
    return;
  }
  await trx('advisory_chairs')
    .insert({ release_id: releaseId, account_id: chair.accountId, named_by: chair.by, named_at: chair.at })
    .onConflict('release_id')
    .merge();
}

export async function countRecommendations(db: Database, releaseId: string): Promise<number> {
  const row = await db('recommendations').where({ release_id: releaseId }).count({ count: '*' }).first();
  return Number(row?.count ?? 0);
}

/** The recommendation that somebody made with just these words since then, if there is one. */
export async function findSaying(
  db: Database,
  releaseId: string,
  said: { text: string; by: string; since: Date },
): Promise<string | undefined> {
  const row = await db({ r: 'recommendations' })
    .join({ v: 'recommendation_versions' }, 'v.recommendation_id', 'r.id')
    .where({ 'r.release_id': releaseId, 'v.revision': 1, 'v.text': said.text, 'v.made_by': said.by })
    .where('v.made_at', '>', said.since)
    .first('r.id');
  return row?.id;
}

/** Adds a recommendation without content; its number follows the last. Gives its id; nothing where this one was copied already. */
export async function insertRecommendation(
  trx: Database,
  releaseId: string,
  copiedFrom: string | null,
): Promise<string | undefined> {
  const last = await trx('recommendations')
    .where({ release_id: releaseId })
    .max({ number: 'number' })
    .first();
  const [row] = await trx('recommendations')
    .insert({ release_id: releaseId, number: (last?.number ?? 0) + 1, copied_from: copiedFrom })
    .onConflict(['release_id', 'copied_from'])
    .ignore()
    .returning('id');
  return row?.id;
}

export async function insertVersion(
  trx: Database,
  recommendationId: string,
  version: RecommendationContent & { revision: number; restoredFrom: number | null },
  by: { accountId: string; at: Date },
): Promise<void> {
  await trx('recommendation_versions').insert({
    recommendation_id: recommendationId,
    revision: version.revision,
    text: version.text,
    gaps: JSON.stringify(version.gaps),
    route: version.route,
    priority: version.priority,
    owner: version.owner,
    due_on: version.dueOn,
    restored_from: version.restoredFrom,
    made_by: by.accountId,
    made_at: by.at,
  });
}

export async function insertStep(
  trx: Database,
  recommendationId: string,
  step: { status: Status; revision: number; reason: string },
  by: { accountId: string; at: Date },
): Promise<void> {
  await trx('recommendation_steps').insert({
    recommendation_id: recommendationId,
    place: await nextPlace(trx, 'recommendation_steps', recommendationId),
    status: step.status,
    revision: step.revision,
    reason: step.reason,
    set_by: by.accountId,
    set_at: by.at,
  });
}

export async function insertOpinion(
  trx: Database,
  recommendationId: string,
  opinion: Pick<Opinion, 'revision' | 'answer' | 'reason'>,
  by: { accountId: string; at: Date },
): Promise<void> {
  await trx('recommendation_answers').insert({
    recommendation_id: recommendationId,
    place: await nextPlace(trx, 'recommendation_answers', recommendationId),
    account_id: by.accountId,
    revision: opinion.revision,
    answer: opinion.answer,
    reason: opinion.reason,
    answered_at: by.at,
  });
}

async function nextPlace(trx: Database, table: string, recommendationId: string): Promise<number> {
  const last = await trx(table)
    .where({ recommendation_id: recommendationId })
    .max({ place: 'place' })
    .first();
  return (last?.place ?? 0) + 1;
}

/** Every recommendation of a report with all that was ever said of it, people by their accounts. */
export async function listRecommendationRecords(
  db: Database,
  releaseId: string,
): Promise<RecommendationRecord[]> {
  const { rows } = await db.raw<{ rows: RecommendationRecord[] }>(
    `select r.id, r.number, r.copied_from as "copiedFrom",
            (select jsonb_agg(jsonb_build_object(
               'revision', v.revision, 'text', v.text, 'gaps', v.gaps, 'route', v.route, 'priority', v.priority,
               'owner', v.owner, 'dueOn', v.due_on, 'restoredFrom', v.restored_from,
               'madeBy', v.made_by, 'madeAt', ${utc('v.made_at')}) order by v.revision)
             from recommendation_versions v where v.recommendation_id = r.id) as versions,
            (select jsonb_agg(jsonb_build_object(
               'place', s.place, 'status', s.status, 'revision', s.revision, 'reason', s.reason,
               'setBy', s.set_by, 'setAt', ${utc('s.set_at')}) order by s.place)
             from recommendation_steps s where s.recommendation_id = r.id) as steps,
            coalesce((select jsonb_agg(jsonb_build_object(
               'place', o.place, 'accountId', o.account_id, 'revision', o.revision, 'answer', o.answer,
               'reason', o.reason, 'answeredAt', ${utc('o.answered_at')}) order by o.place)
             from recommendation_answers o where o.recommendation_id = r.id), '[]') as opinions
     from recommendations r
     where r.release_id = :releaseId
     order by r.number`,
    { releaseId },
  );
  return rows;
}

/** An instant as text that no session's time zone changes. */
function utc(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24\\:MI\\:SS.US"Z"')`;
}
