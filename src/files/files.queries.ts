import type { Database } from '../platform/database';
import type { FileContent, FileOptions, FileProgress, MadeFile } from './made-file';

const columns = {
  ...{ id: 'f.id', kind: 'f.kind', subjectId: 'f.subject_id', options: 'f.options', shared: 'f.shared' },
  ...{ askedBy: 'f.asked_by', askedAt: 'f.asked_at', state: 'f.state', stage: 'f.stage', done: 'f.done' },
  ...{ of: 'f.of', name: 'f.name', mediaType: 'f.media_type', size: 'f.size', madeAt: 'f.made_at' },
  expiresAt: 'f.expires_at',
};

/** A file that is still kept. */
export async function findFile(db: Database, fileId: string, now: Date): Promise<MadeFile | undefined> {
  return db({ f: 'made_files' }).where('f.id', fileId).where('f.expires_at', '>', now).first(columns);
}

/** What is in a file; undefined where it is not ready or no longer kept. */
export async function readFileBytes(
  db: Database,
  fileId: string,
): Promise<{ bytes: Buffer; sha256: Buffer } | undefined> {
  return db('made_files').where({ id: fileId, state: 'ready' }).first('bytes', 'sha256');
}

/** The files of these kinds that anybody with the right to their subject may have, the newest first. */
export async function listSharedFiles(
  db: Database,
  subjectId: string,
  kinds: readonly string[],
  now: Date,
): Promise<MadeFile[]> {
  return db({ f: 'made_files' })
    .where({ 'f.subject_id': subjectId, 'f.shared': true })
    .whereIn('f.kind', kinds)
    .where('f.expires_at', '>', now)
    .orderBy([{ column: 'f.asked_at', order: 'desc' }, 'f.id'])
    .select(columns);
}

/** The files of this kind that one person asked for and nobody else may have, the newest first. */
export async function listOwnFiles(
  db: Database,
  { subjectId, kind, accountId }: { subjectId: string; kind: string; accountId: string },
  now: Date,
): Promise<MadeFile[]> {
  return db({ f: 'made_files' })
    .where({ 'f.subject_id': subjectId, 'f.kind': kind, 'f.asked_by': accountId, 'f.shared': false })
    .where('f.expires_at', '>', now)
    .orderBy([{ column: 'f.asked_at', order: 'desc' }, 'f.id'])
    .select(columns);
}

export interface NewFile {
  kind: string;
  subjectId: string;
  options: FileOptions;
  shared: boolean;
  askedBy: string | null;
  askedAt: Date;
  expiresAt: Date;
}

/** One wish of a person at a time: so that they cannot pass the limit by asking twice at once. */
export async function lockWishes(trx: Database, accountId: string): Promise<void> {
  await trx.raw(`select pg_advisory_xact_lock(hashtextextended('files of ' || :accountId::text, 0))`, {
    accountId,
  });
}

/** The living file of a wish that may be shared. */
export async function findSharedFile(
  trx: Database,
  { subjectId, kind, options }: Pick<NewFile, 'subjectId' | 'kind' | 'options'>,
): Promise<MadeFile | undefined> {
  return trx({ f: 'made_files' })
    .where({ 'f.subject_id': subjectId, 'f.kind': kind, 'f.shared': true })
    .whereRaw('f.options = ?::jsonb', [JSON.stringify(options)])
    .whereNot('f.state', 'failed')
    .first(columns);
}

export async function countUnfinished(trx: Database, accountId: string, now: Date): Promise<number> {
  const row = await trx('made_files')
    .where({ asked_by: accountId })
    .whereIn('state', ['waiting', 'working'])
    .where('expires_at', '>', now)
    .count({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** Undefined where somebody else has wished for the same meanwhile. */
export async function insertFile(trx: Database, file: NewFile): Promise<string | undefined> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `insert into made_files (kind, subject_id, options, shared, asked_by, asked_at, expires_at)
     values (:kind, :subjectId, :options, :shared, :askedBy, :askedAt, :expiresAt)
     on conflict (subject_id, kind, options) where shared and state <> 'failed' do nothing
     returning id`,
    { ...file, options: JSON.stringify(file.options) },
  );
  return rows[0]?.id;
}

/** Those that a worker has been asked for and that nobody has finished. */
export async function listUnfinishedFiles(db: Database, now: Date): Promise<string[]> {
  return db('made_files')
    .whereIn('state', ['waiting', 'working'])
    .where('expires_at', '>', now)
    .orderBy('asked_at')
    .pluck('id');
}

/** Keeps a file to one worker until the transaction ends, whatever becomes of the worker; false where another has it. */
export async function claimFile(trx: Database, fileId: string): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: { claimed: boolean }[] }>(
    `select pg_try_advisory_xact_lock(hashtextextended('file ' || :fileId::text, 0)) as claimed`,
    { fileId },
  );
  return rows[0]!.claimed;
}

/** Notes that work begins, once more perhaps. Gives how many times it has begun; undefined where nothing is to be done. */
export async function beginFile(db: Database, fileId: string): Promise<number | undefined> {
  const [row] = await db('made_files')
    .where({ id: fileId })
    .whereIn('state', ['waiting', 'working'])
    .increment('tries', 1)
    .update({ state: 'working' })
    .returning('tries');
  return row?.tries;
}

/** Has it wait for another worker: the one that had it was told to stop. */
export async function putFileBack(db: Database, fileId: string): Promise<void> {
  await db('made_files')
    .where({ id: fileId, state: 'working' })
    .decrement('tries', 1)
    .update({ state: 'waiting' });
}

/** Says how far the work is. False where nobody wants it any more. */
export async function updateFileProgress(
  db: Database,
  fileId: string,
  { stage, done, of }: FileProgress,
): Promise<boolean> {
  const updated = await db('made_files').where({ id: fileId, state: 'working' }).update({ stage, done, of });
  return updated > 0;
}

export async function updateFileFailed(db: Database, fileId: string): Promise<void> {
  await db('made_files').where({ id: fileId, state: 'working' }).update({ state: 'failed' });
}

/** Keeps what was made, at once whole; of a file that nobody wants any more, nothing. */
export async function updateFileReady(
  db: Database,
  fileId: string,
  { name, mediaType, bytes }: FileContent,
  { madeAt, expiresAt, sha256 }: { madeAt: Date; expiresAt: Date; sha256: Buffer },
): Promise<void> {
  await db('made_files')
    .where({ id: fileId, state: 'working' })
    .update({
      ...{ state: 'ready', name, media_type: mediaType, bytes, size: bytes.length, sha256 },
      ...{ made_at: madeAt, expires_at: expiresAt },
    });
}

/** Gives how many there were. */
export async function deleteExpiredFiles(db: Database, now: Date): Promise<number> {
  return db('made_files').where('expires_at', '<=', now).delete();
}

/** Those of a subject that are each of one person: what they were made of is not as it was. */
export async function deleteOwnFilesOf(trx: Database, subjectId: string): Promise<number> {
  return trx('made_files').where({ subject_id: subjectId, shared: false }).delete();
}
