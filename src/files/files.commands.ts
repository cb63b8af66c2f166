import { createHash } from 'node:crypto';
import type { Database } from '../platform/database';
import { withNotes } from '../platform/noting';
import { conflict } from '../platform/problem';
import type { Services } from '../services';
import {
  beginFile,
  claimFile,
  countUnfinished,
  deleteExpiredFiles,
  findFile,
  findSharedFile,
  insertFile,
  lockWishes,
  putFileBack,
  updateFileFailed,
  updateFileProgress,
  updateFileReady,
} from './files.queries';
import type { FileContent, FileOptions, FileProgress, MadeFile } from './made-file';

/** What makes the files of one kind. Ends when it is told to stop; the same file asked for again has the same bytes. */
export type FileMaker = (
  services: Services,
  file: MadeFile,
  work: { tell: (progress: FileProgress) => void; signal: AbortSignal },
) => Promise<FileContent>;

export type FileMakers = Readonly<Record<string, FileMaker>>;

export interface FileWish {
  kind: string;
  subjectId: string;
  options?: FileOptions;
  /** Is it the same for whoever asks? */
  shared: boolean;
}

/** So many of a person's files may be in the making at once. */
export const mostUnfinished = 5;
/** A file that did not come about after so many tries never will. */
const mostTries = 5;

/** Asks for a file, in the name of somebody who may have it. What anybody may have is made once: the same wish gives the same file for as long as it is kept. */
export async function askFile(
  { db, clock, queue, config }: Pick<Services, 'db' | 'clock' | 'queue' | 'config'>,
  accountId: string,
  { kind, subjectId, options = {}, shared }: FileWish,
): Promise<MadeFile> {
  const now = clock.now();
  const file = await db.transaction(async (trx) => {
    await deleteExpiredFiles(trx, now);
    await lockWishes(trx, accountId);
    const known = shared ? await findSharedFile(trx, { subjectId, kind, options }) : undefined;
    if (known) return known;
    if ((await countUnfinished(trx, accountId, now)) >= mostUnfinished) {
      throw conflict(
        'Too many files are being made for you',
        `At most ${mostUnfinished} are made for one person at a time. Wait until one is ready, then ask again.`,
      );
    }
    const id = await insertFile(trx, {
      ...{ kind, subjectId, options, shared, askedBy: accountId, askedAt: now },
      expiresAt: keptUntil(now, config.filesKeptDays),
    });
    const made = id ? await findFile(trx, id, now) : await findSharedFile(trx, { subjectId, kind, options });
    if (!made) throw new Error('A file that was asked for is not there');
    return made;
  });
  if (file.state === 'waiting') await queue.add('file', { fileId: file.id });
  return file;
}

function keptUntil(now: Date, days: number): Date {
  return new Date(now.getTime() + days * 86_400_000);
}

/**
 * The job: has a file made and keeps it. Only one worker has a file in hand. Run twice, or killed at any point, it does no harm: nothing is half kept, and the sweep asks
 * again. A kind that this program does not know is left to those who do.
 */
export async function makeFile(
  services: Services,
  makers: FileMakers,
  fileId: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const { db, clock } = services;
  const file = await findFile(db, fileId, clock.now());
  const maker = file && makers[file.kind];
  if (!maker) return;
  await db.transaction(async (claim) => {
    // Only to keep others away: all the work is done outside this transaction.
    if (!(await claimFile(claim, fileId))) return;
    const tries = await beginFile(db, fileId);
    if (tries === undefined) return;
    try {
      if (tries > mostTries) await updateFileFailed(db, fileId);
      else await makeAndKeep(services, maker, file, signal);
    } catch (error) {
      if (signal.aborted) await putFileBack(db, fileId);
      else if (tries >= mostTries) await updateFileFailed(db, fileId);
      throw error;
    }
  });
}

async function makeAndKeep(
  services: Services,
  maker: FileMaker,
  file: MadeFile,
  signal: AbortSignal,
): Promise<void> {
  const { db, clock, config } = services;
  const content = await watched(services, file.id, signal, (work) => maker(services, file, work));
  if (!content) return;
  const madeAt = clock.now();
  await updateFileReady(db, file.id, content, {
    madeAt,
    expiresAt: keptUntil(madeAt, config.filesKeptDays),
    sha256: createHash('sha256').update(content.bytes).digest(),
  });
}

/** Has it made, noting how far it is; undefined where nobody wants it any more. */
function watched(
  { db, log }: Services,
  fileId: string,
  signal: AbortSignal,
  make: (work: Parameters<FileMaker>[2]) => Promise<FileContent>,
): Promise<FileContent | undefined> {
  return withNotes<FileProgress, FileContent>(
    {
      note: (progress) => updateFileProgress(db, fileId, progress),
      missed: ({ message }) => log.warn({ fileId, reason: message }, 'Could not note how far a file is'),
      signal,
    },
    (tell, stop) => make({ tell, signal: stop }),
  );
}

/** Forgets files that were kept long enough. */
export async function forgetOldFiles({
  db,
  clock,
}: {
  db: Database;
  clock: Services['clock'];
}): Promise<void> {
  await deleteExpiredFiles(db, clock.now());
}
