import { randomUUID } from 'node:crypto';
import type { SubjectPlace } from '../discussions/subject';
import { replyInThread, startThread, type WithComment } from '../discussions/threads.commands';
import { countThreadsByPlace, listThreads, listThreadsAt } from '../discussions/threads.queries';
import type { Database } from '../platform/database';
import type { ComposedLetter, ReportLetter } from '../readers/letter';
import { letterFacts } from '../readers/letters.commands';
import { insertLetter } from '../readers/letters.queries';
import { listReportPeople, type ReportPerson } from '../readers/readers.queries';
import type { PlaceComments, ReportSection } from '../reports/companions';
import type { Services } from '../services';
import { threadsBeside } from './beside';
import type { CommentWish } from './comment.form';
import { mentionLetter } from './comment.mail';
import { reportSubject, statusOf, type ThreadStatus } from './comment-status';
import { insertMentions } from './comments.queries';
import { takesPart } from './notification';
import { insertTold, listNotifications } from './notifications.queries';

export const mentionKind = 'mention';

/** Who can be told of a comment: everybody who takes part but oneself. */
export async function listMentionable(
  db: Database,
  reportId: string,
  accountId: string,
): Promise<ReportPerson[]> {
  const people = await listReportPeople(db, reportId);
  return people.filter((person) => takesPart(person) && person.accountId !== accountId);
}

/** Somebody who comments on a report. */
interface Author {
  accountId: string;
  email: string;
}

/** Starts a thread at a place of a report and tells those who are mentioned. Sent twice, it is one. Gives its id. */
export async function commentOn(
  services: Services,
  author: Author,
  reportId: string,
  place: SubjectPlace,
  { text, told }: CommentWish,
): Promise<string> {
  const tell = telling(services, author, reportId, place.title, told);
  const subject = reportSubject(reportId);
  const threadId = await startThread(services, author.accountId, subject, place, text, tell);
  if (told.length > 0) await services.queue.add('letters', {});
  return threadId;
}

/** Answers in a thread and tells those who are mentioned. Sent twice, it is one. */
export async function answerIn(
  services: Services,
  author: Author,
  reportId: string,
  thread: { id: string; placeTitle: string },
  { text, told }: CommentWish,
): Promise<void> {
  const tell = telling(services, author, reportId, thread.placeTitle, told);
  await replyInThread(services, author.accountId, reportSubject(reportId), thread.id, text, tell);
  if (told.length > 0) await services.queue.add('letters', {});
}

/** Writes down, together with the comment, who is to be told of it. They are not told again by a digest. */
function telling(
  { clock }: Services,
  { email }: Author,
  reportId: string,
  about: string,
  told: readonly string[],
): WithComment {
  return async (trx, { threadId, commentId }) => {
    if (told.length === 0) return;
    await insertMentions(trx, commentId, told);
    const people = await listReportPeople(trx, reportId);
    for (const person of people.filter(({ accountId }) => told.includes(accountId))) {
      await insertTold(trx, reportId, person.accountId, [commentKey(commentId)]);
      const letter = {
        ...{ id: randomUUID(), releaseId: reportId, kind: mentionKind, recipient: person.email },
        occasion: `${mentionKind}:${commentId}`,
        content: { accountId: person.accountId, by: email, about, threadId },
      };
      await insertLetter(trx, letter, clock.now());
    }
  };
}

/** What a comment is known by as news. */
export function commentKey(commentId: string): string {
  return `comment:${commentId}`;
}

/** Writes the letter to somebody who was mentioned, if they still take part and want it. */
export async function writeMention(
  services: Services,
  { releaseId, content }: ReportLetter,
): Promise<ComposedLetter | undefined> {
  const { db, config } = services;
  const { accountId, by, about, threadId } = content as Record<string, string>;
  if (!(await wants(db, releaseId, accountId!))) return undefined;
  const facts = await letterFacts(services, releaseId);
  const link = `${config.baseUrl}${threadAddress(releaseId, threadId!)}`;
  return { fromName: facts.fromName, ...mentionLetter(facts, { by: by!, about: about!, link }) };
}

/** Does somebody still take part in what is said about a report, and want e-mails at all? */
export async function wants(db: Database, reportId: string, accountId: string): Promise<boolean> {
  const people = await listReportPeople(db, reportId);
  const person = people.find((one) => one.accountId === accountId);
  if (!person || !takesPart(person)) return false;
  const chosen = (await listNotifications(db, reportId)).get(accountId);
  return chosen?.choice !== 'none';
}

export function threadAddress(reportId: string, threadId: string): string {
  return `/reports/${reportId}/comments/${threadId}`;
}

/** For the pages of a report: how many threads each place has, and how many of them nobody has resolved. */
export function commentsByPlace(db: Database, reportId: string): Promise<PlaceComments> {
  return countThreadsByPlace(db, reportSubject(reportId));
}

/** For the margin of a figure: what is said about it, the unresolved first. */
export async function commentsAt(
  db: Database,
  reportId: string,
  place: string,
): Promise<ReportSection | null> {
  return threadsBeside(await listThreadsAt(db, reportSubject(reportId), place), reportId, place);
}

/** A thread as it is printed. */
export interface PrintedThread {
  place: string;
  placeTitle: string;
  status: ThreadStatus;
  /** In the order written; no words where one was withdrawn. */
  comments: { author: string; writtenAt: Date; text: string | null }[];
}

/** All that was said about a report, for what is printed of it: the oldest thread first. */
export async function commentsForPdf(db: Database, reportId: string): Promise<PrintedThread[]> {
  const threads = await listThreads(db, reportSubject(reportId));
  return threads.map((thread) => ({
    place: thread.place,
    placeTitle: thread.placeTitle,
    status: statusOf(thread),
    comments: thread.comments.map(({ author, writtenAt, text, withdrawnAt }) => ({
      author,
      writtenAt,
      text: withdrawnAt ? null : text,
    })),
  }));
}
