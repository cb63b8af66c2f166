import type { Database } from '../platform/database';
import { conflict, forbidden, notFound } from '../platform/problem';
import type { Services } from '../services';
import { record } from './record.commands';
import { discussionLimits as limits, type Subject, type SubjectPlace } from './subject';
import { doublePostMilliseconds, mayResolve, repeatedComment } from './thread';
import {
  countThreads,
  findThreadSaying,
  getThread,
  insertComment,
  insertThread,
  lockDiscussion,
  lockThread,
  setResolved,
  setWithdrawn,
} from './threads.queries';

/** What belongs to a comment besides its words: done in the same transaction, and only when it is new. */
export type WithComment = (trx: Database, comment: { threadId: string; commentId: string }) => Promise<void>;

const nothingElse: WithComment = async () => {};

/** Starts a thread at a place. The same words sent twice start one. Gives its id. */
export async function startThread(
  { db, clock }: Services,
  accountId: string,
  subject: Subject,
  place: SubjectPlace,
  text: string,
  withComment = nothingElse,
): Promise<string> {
  return db.transaction(async (trx) => {
    await lockDiscussion(trx, subject);
    const by = { accountId, at: clock.now() };
    const since = new Date(by.at.getTime() - doublePostMilliseconds);
    const known = await findThreadSaying(trx, subject, { place: place.name, accountId, text, since });
    if (known) return known;
    if ((await countThreads(trx, subject)) >= limits.threads) {
      throw conflict(
        'There is no room for another thread',
        `There can be ${limits.threads} threads at most. Go back, and write into one that is there.`,
      );
    }
    const title = place.title.slice(0, limits.placeTitle);
    const threadId = await insertThread(trx, subject, { name: place.name, title }, by);
    const commentId = await insertComment(trx, threadId, text, by);
    await withComment(trx, { threadId, commentId });
    return threadId;
  });
}

/** Answers in a thread; one that was settled is open again. The same words sent twice are one comment. */
export async function replyInThread(
  { db, clock }: Services,
  accountId: string,
  subject: Subject,
  threadId: string,
  text: string,
  withComment = nothingElse,
): Promise<void> {
  await inThread(db, subject, threadId, async (trx, thread) => {
    const by = { accountId, at: clock.now() };
    if (repeatedComment(thread.comments, { authorId: accountId, text }, by.at)) return;
    if (thread.comments.length >= limits.commentsPerThread) {
      throw conflict(
        'This thread is full',
        `A thread holds ${limits.commentsPerThread} comments at most. Go back, and start a new one at the same place.`,
      );
    }
    const commentId = await insertComment(trx, threadId, text, by);
    await withComment(trx, { threadId, commentId });
    if (!thread.resolvedAt) return;
    await setResolved(trx, threadId, null);
    await record(trx, accountId, 'thread reopened', subject, { threadId });
  });
}

/** Holds a thread to be settled. Done twice it changes nothing. */
export async function resolveThread(
  { db, clock }: Services,
  who: { accountId: string; mayAskForReview: boolean },
  subject: Subject,
  threadId: string,
): Promise<void> {
  await inThread(db, subject, threadId, async (trx, thread) => {
    if (!mayResolve(thread, who.accountId, who.mayAskForReview)) {
      throw forbidden('A thread is resolved by who started it, the project lead or an author.');
    }
    if (thread.resolvedAt) return;
    const { accountId } = who;
    await setResolved(trx, threadId, { accountId, at: clock.now() });
    await record(trx, accountId, 'thread resolved', subject, { threadId });
  });
}

/** Opens a settled thread again. Done twice it changes nothing. */
export async function reopenThread(
  { db }: Services,
  accountId: string,
  subject: Subject,
  threadId: string,
): Promise<void> {
  await inThread(db, subject, threadId, async (trx, thread) => {
    if (!thread.resolvedAt) return;
    await setResolved(trx, threadId, null);
    await record(trx, accountId, 'thread reopened', subject, { threadId });
  });
}

/** Takes one's own comment back: its words are gone, a mark is left. Done twice it changes nothing. */
export async function withdrawComment(
  { db, clock }: Services,
  accountId: string,
  subject: Subject,
  threadId: string,
  commentId: string,
): Promise<void> {
  await inThread(db, subject, threadId, async (trx, { comments }) => {
    const comment = comments.find(({ id }) => id === commentId);
    if (!comment) throw notFound('Comment');
    if (comment.authorId !== accountId) throw forbidden('Only who wrote a comment can withdraw it.');
    if (comment.withdrawnAt) return;
    await setWithdrawn(trx, commentId, clock.now());
    await record(trx, accountId, 'comment withdrawn', subject, { threadId, commentId });
  });
}

/** Does something about a thread as it is while nobody else can change it. */
function inThread(
  db: Database,
  subject: Subject,
  threadId: string,
  act: (trx: Database, thread: Awaited<ReturnType<typeof getThread>>) => Promise<void>,
): Promise<void> {
  return db.transaction(async (trx) => {
    await lockThread(trx, subject, threadId);
    await act(trx, await getThread(trx, subject, threadId));
  });
}
