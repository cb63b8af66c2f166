import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Subject, SubjectPlace } from './subject';
import type { Comment, Thread, ThreadRecord } from './thread';

const columns = {
  id: 't.id',
  place: 't.place',
  placeTitle: 't.place_title',
  startedBy: 't.started_by',
  startedAt: 't.started_at',
  resolvedBy: 'r.email',
  resolvedAt: 't.resolved_at',
};

function threadsOf(db: Database, { kind, id }: Subject) {
  return db({ t: 'discussion_threads' })
    .leftJoin({ r: 'accounts' }, 'r.id', 't.resolved_by')
    .where({ 't.subject_kind': kind, 't.subject_id': id });
}

/** Every thread of a subject, the oldest first, each with its comments. */
export async function listThreads(db: Database, subject: Subject): Promise<Thread[]> {
  const threads = await threadsOf(db, subject).orderBy(['t.started_at', 't.id']).select(columns);
  return withComments(db, threads);
}

/** The threads at one place of a subject, the oldest first. */
export async function listThreadsAt(db: Database, subject: Subject, place: string): Promise<Thread[]> {
  const threads = await threadsOf(db, subject)
    .where('t.place', place)
    .orderBy(['t.started_at', 't.id'])
    .select(columns);
  return threads.length === 0 ? [] : withComments(db, threads);
}

/** A thread of this subject. One of another subject is not found. */
export async function getThread(db: Database, subject: Subject, threadId: string): Promise<Thread> {
  const threads = await withComments(
    db,
    await threadsOf(db, subject).where('t.id', threadId).select(columns),
  );
  if (!threads[0]) throw notFound('Thread');
  return threads[0];
}

async function withComments(db: Database, threads: Omit<Thread, 'comments'>[]): Promise<Thread[]> {
  const comments: (Comment & { threadId: string })[] = await db({ c: 'discussion_comments' })
    .join({ a: 'accounts' }, 'a.id', 'c.author_id')
    .whereIn(
      'c.thread_id',
      threads.map(({ id }) => id),
    )
    .orderBy(['c.written_at', 'c.id'])
    .select({
      id: 'c.id',
      threadId: 'c.thread_id',
      authorId: 'c.author_id',
      author: 'a.email',
      text: 'c.text',
      writtenAt: 'c.written_at',
      withdrawnAt: 'c.withdrawn_at',
    });
  const byThread = new Map<string, Comment[]>(threads.map(({ id }) => [id, []]));
  for (const { threadId, ...comment } of comments) byThread.get(threadId)!.push(comment);
  return threads.map((thread) => ({
    ...thread,
    comments: byThread.get(thread.id)!,
  }));
}

/** Every thread of a subject as it is stored, the oldest first. */
export async function listThreadRecords(db: Database, { kind, id }: Subject): Promise<ThreadRecord[]> {
  const { rows } = await db.raw<{ rows: ThreadRecord[] }>(
    `select t.id, t.place, t.place_title as "placeTitle", t.started_by as "startedBy",
            ${utc('t.started_at')} as "startedAt", t.resolved_by as "resolvedBy", ${utc('t.resolved_at')} as "resolvedAt",
            (select coalesce(jsonb_agg(jsonb_build_object(
               'id', c.id, 'author', c.author_id, 'text', c.text,
               'writtenAt', ${utc('c.written_at')}, 'withdrawnAt', ${utc('c.withdrawn_at')}
             ) order by c.written_at, c.id), '[]')
             from discussion_comments c where c.thread_id = t.id) as comments
     from discussion_threads t
     where t.subject_kind = :kind and t.subject_id = :id
     order by t.started_at, t.id`,
    { kind, id },
  );
  return rows;
}

/** An instant as text that no session's time zone changes. */
function utc(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24\\:MI\\:SS.US"Z"')`;
}

export async function countThreads(db: Database, { kind, id }: Subject): Promise<number> {
  const row = await db('discussion_threads')
    .where({ subject_kind: kind, subject_id: id })
    .count({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** How many threads there are at each place of a subject, and how many of them nobody has resolved. */
export async function countThreadsByPlace(
  db: Database,
  { kind, id }: Subject,
): Promise<Map<string, { threads: number; open: number }>> {
  const { rows } = await db.raw<{ rows: { place: string; threads: number; open: number }[] }>(
    `select place,
            count(*)::integer                                     as threads,
            count(*) filter (where resolved_at is null)::integer as open
       from discussion_threads
      where subject_kind = :kind
        and subject_id = :id
      group by place`,
    { kind, id },
  );
  return new Map(rows.map(({ place, ...counts }) => [place, counts]));
}

/** A comment as news: by whom, where, and whether it began its thread. */
export interface WrittenComment {
  id: string;
  threadId: string;
  subjectId: string;
  placeTitle: string;
  authorId: string;
  author: string;
  writtenAt: Date;
  isFirst: boolean;
}

/** The comments on subjects of a kind that were written within a time and not withdrawn since, the oldest first. */
export async function listCommentsWritten(
  db: Database,
  kind: Subject['kind'],
  { after, until }: { after: Date; until: Date },
): Promise<WrittenComment[]> {
  const { rows } = await db.raw<{ rows: WrittenComment[] }>(
    `select c.id, t.id as "threadId", t.subject_id as "subjectId", t.place_title as "placeTitle",
            a.id as "authorId", a.email as author, c.written_at as "writtenAt",
            c.written_at = t.started_at and c.author_id = t.started_by as "isFirst"
       from discussion_comments c
       join discussion_threads t on t.id = c.thread_id
       join accounts a on a.id = c.author_id
      where t.subject_kind = :kind
        and c.withdrawn_at is null
        and c.written_at > :after
        and c.written_at <= :until
      order by c.written_at, c.id`,
    { kind, after, until },
  );
  return rows;
}

/** Everybody who has written about a subject, and when they first did. */
export async function listAuthors(db: Database, { kind, id }: Subject): Promise<Map<string, Date>> {
  const rows: { authorId: string; since: Date }[] = await db({ c: 'discussion_comments' })
    .join({ t: 'discussion_threads' }, 't.id', 'c.thread_id')
    .where({ 't.subject_kind': kind, 't.subject_id': id })
    .groupBy('c.author_id')
    .select({ authorId: 'c.author_id', since: db.raw('min(c.written_at)') });
  return new Map(rows.map(({ authorId, since }) => [authorId, since]));
}

/** The thread that somebody has begun at a place with just these words since then, if there is one. */
export async function findThreadSaying(
  db: Database,
  { kind, id }: Subject,
  said: { place: string; accountId: string; text: string; since: Date },
): Promise<string | undefined> {
  const row = await db({ t: 'discussion_threads' })
    .join({ c: 'discussion_comments' }, (join) =>
      join.on('c.thread_id', 't.id').andOn('c.written_at', 't.started_at'),
    )
    .where({ 't.subject_kind': kind, 't.subject_id': id, 't.place': said.place })
    .where({ 't.started_by': said.accountId, 'c.author_id': said.accountId, 'c.text': said.text })
    .where('t.started_at', '>', said.since)
    .first('t.id');
  return row?.id;
}

/** Lets nobody else start a thread of this subject, or ask about it, until the transaction ends. */
export async function lockDiscussion(trx: Database, { kind, id }: Subject): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`discussion ${kind} ${id}`]);
}

/** Lets nobody else write into a thread until the transaction ends. */
export async function lockThread(trx: Database, { kind, id }: Subject, threadId: string): Promise<void> {
  const row = await trx('discussion_threads')
    .where({ id: threadId, subject_kind: kind, subject_id: id })
    .forUpdate()
    .first('id');
  if (!row) throw notFound('Thread');
}

export async function insertThread(
  trx: Database,
  { kind, id }: Subject,
  place: SubjectPlace,
  by: { accountId: string; at: Date },
): Promise<string> {
  const [row] = await trx('discussion_threads')
    .insert({
      subject_kind: kind,
      subject_id: id,
      place: place.name,
      place_title: place.title,
      started_by: by.accountId,
      started_at: by.at,
    })
    .returning('id');
  return row.id;
}

export async function insertComment(
  trx: Database,
  threadId: string,
  text: string,
  by: { accountId: string; at: Date },
): Promise<string> {
  const [row] = await trx('discussion_comments')
    .insert({ thread_id: threadId, author_id: by.accountId, text, written_at: by.at })
    .returning('id');
  return row.id;
}

export async function setResolved(
  trx: Database,
  threadId: string,
  by: { accountId: string; at: Date } | null,
): Promise<void> {
  await trx('discussion_threads')
    .where({ id: threadId })
    .update({ resolved_by: by?.accountId ?? null, resolved_at: by?.at ?? null });
}

/** Takes a comment's words away and leaves the mark. */
export async function setWithdrawn(trx: Database, commentId: string, at: Date): Promise<void> {
  await trx('discussion_comments').where({ id: commentId }).update({ text: '', withdrawn_at: at });
}
