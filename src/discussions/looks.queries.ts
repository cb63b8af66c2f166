import type { Database } from '../platform/database';
import type { Subject, SubjectState } from './subject';

/** What somebody last saw of a subject: when, and in which state. */
export interface Look {
  lookedAt: Date;
  revision: string;
  content: unknown;
}

/** Keeps a state of a subject, once. */
export async function keepState(trx: Database, { kind, id }: Subject, state: SubjectState): Promise<void> {
  await trx('discussion_states')
    .insert({
      subject_kind: kind,
      subject_id: id,
      revision: state.revision,
      content: JSON.stringify(state.content),
    })
    .onConflict(['subject_kind', 'subject_id', 'revision'])
    .ignore();
}

/** What a subject said in a state somebody has seen. */
export async function findState(
  db: Database,
  { kind, id }: Subject,
  revision: string,
): Promise<unknown | undefined> {
  const row = await db('discussion_states')
    .where({ subject_kind: kind, subject_id: id, revision })
    .first('content');
  return row?.content;
}

/**
 * Keeps that somebody looks at a state now. Gives what they had seen by the end of the sitting before; a look later than
 * `sittingBegan` belongs to this sitting. Whoever looks for the first time has seen this state.
 */
export async function insertLook(
  trx: Database,
  { kind, id }: Subject,
  look: { accountId: string; revision: string; at: Date; sittingBegan: Date },
): Promise<Look> {
  const { rows } = await trx.raw<{ rows: Look[] }>(
    `
    with looked as (
      insert into discussion_looks as l
        (subject_kind, subject_id, account_id, looked_at, revision, since_looked_at, since_revision)
      values (:kind, :id, :accountId, :at, :revision, :at, :revision)
      on conflict (subject_kind, subject_id, account_id) do update set
        since_looked_at = case when l.looked_at < :sittingBegan then l.looked_at else l.since_looked_at end,
        since_revision = case when l.looked_at < :sittingBegan then l.revision else l.since_revision end,
        looked_at = excluded.looked_at,
        revision = excluded.revision
      returning l.since_looked_at, l.since_revision
    )
    select looked.since_looked_at as "lookedAt", s.revision, s.content
    from looked
    join discussion_states s
      on s.subject_kind = :kind and s.subject_id = :id and s.revision = looked.since_revision`,
    { kind, id, ...look },
  );
  return rows[0]!;
}
