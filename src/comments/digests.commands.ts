import { randomUUID } from 'node:crypto';
import { listAuthors, listCommentsWritten } from '../discussions/threads.queries';
import type { Database } from '../platform/database';
import type { ComposedLetter, ReportLetter } from '../readers/letter';
import { letterFacts } from '../readers/letters.commands';
import { insertLetter } from '../readers/letters.queries';
import { listReportPeople, type ReportPerson } from '../readers/readers.queries';
import type { Services } from '../services';
import { digestLetter } from './comment.mail';
import { reportSubject } from './comment-status';
import { commentKey, threadAddress, wants } from './comments.commands';
import type { News, NewsSource } from './news';
import { digestDay, digestOf, type NotificationChoice, takesPart, usualNotification } from './notification';
import {
  insertDigestDay,
  insertTold,
  isAnybodyToldAtOnce,
  isDigestDayDone,
  listNotifications,
  listTold,
  lockTold,
} from './notifications.queries';

export const digestKind = 'digest';
/** What is older is no news, however long nobody was told. */
const newsMilliseconds = 35 * 86_400_000;

/** Are there digests of today to be made, or people who are told at once? */
export async function areDigestsDue({ db, clock }: Services): Promise<boolean> {
  return !(await isDigestDayDone(db, digestDay(clock.now()))) || isAnybodyToldAtOnce(db);
}

/**
 * Makes the digests of today, once for each person and report, and tells those at once who want it. What somebody is told is
 * written down together with the letter that tells it: whatever dies when, and however many do this at a time, nobody is told
 * a thing twice.
 */
export async function makeDigests(services: Services, sources: readonly NewsSource[]): Promise<void> {
  const { db, clock, queue } = services;
  const now = clock.now();
  const day = digestDay(now);
  const isDone = await isDigestDayDone(db, day);
  const within = { after: new Date(now.getTime() - newsMilliseconds), until: now };
  const news: News[] = [];
  for (const source of sources) news.push(...(await source(db, within)));
  let made = 0;
  for (const [reportId, items] of byReport(news)) {
    for (const { person, choice, since } of await listWilling(db, reportId)) {
      const digest = isDone ? undefined : digestOf(choice, day);
      const until = choice === 'at once' ? now : digest?.until;
      if (!until) continue;
      const theirs = items.filter(({ at, byId }) => at <= until && at >= since && byId !== person.accountId);
      if (theirs.length > 0 && (await tell(services, reportId, person, theirs, digest?.occasion))) made += 1;
    }
  }
  if (!isDone) await insertDigestDay(db, day);
  if (made > 0) await queue.add('letters', {});
}

function byReport(news: readonly News[]): Map<string, News[]> {
  const reports = new Map<string, News[]>();
  for (const item of [...news].sort((one, other) => one.at.getTime() - other.at.getTime())) {
    reports.set(item.reportId, [...(reports.get(item.reportId) ?? []), item]);
  }
  return reports;
}

/** Who takes part in what is said about a report, when they want to be told, and from when on. */
async function listWilling(
  db: Database,
  reportId: string,
): Promise<{ person: ReportPerson; choice: NotificationChoice; since: Date }[]> {
  const people = (await listReportPeople(db, reportId)).filter(takesPart);
  const chosen = await listNotifications(db, reportId);
  const authors = await listAuthors(db, reportSubject(reportId));
  return people.map((person) => {
    const { accountId } = person;
    const { choice, since } = chosen.get(accountId) ?? usualNotification(person, authors.get(accountId));
    // Of what was said while somebody had no access they are not told, whatever they chose before.
    return { person, choice, since: person.since && person.since > since ? person.since : since };
  });
}

/** Writes down a letter with what somebody has not been told yet; false where there is nothing. */
async function tell(
  { db, clock }: Services,
  reportId: string,
  { accountId, email }: ReportPerson,
  news: readonly News[],
  occasion: string | undefined,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    await lockTold(trx, reportId, accountId);
    const keys = news.map(({ key }) => key);
    const told = new Set(await listTold(trx, reportId, accountId, keys));
    const fresh = news.filter(({ key }) => !told.has(key));
    if (fresh.length === 0) return false;
    const letter = {
      ...{ id: randomUUID(), releaseId: reportId, kind: digestKind, recipient: email },
      occasion: occasion ?? `news:${fresh[0]!.key}`,
      content: { accountId, news: fresh.map(({ words, href }) => ({ words, href })) },
    };
    if (!(await insertLetter(trx, letter, clock.now()))) return false;
    await insertTold(
      trx,
      reportId,
      accountId,
      fresh.map(({ key }) => key),
    );
    return true;
  });
}

/** Writes the letter of a digest, if the person still takes part and wants it. */
export async function writeDigest(
  services: Services,
  { releaseId, content }: ReportLetter,
): Promise<ComposedLetter | undefined> {
  const { db, config } = services;
  const { accountId, news } = content as { accountId: string; news: { words: string; href: string }[] };
  if (!(await wants(db, releaseId, accountId))) return undefined;
  const facts = await letterFacts(services, releaseId);
  const lines = news.map(({ words, href }) => ({ words, link: `${config.baseUrl}${href}` }));
  return { fromName: facts.fromName, ...digestLetter(facts, lines) };
}

/** Comments as news: new threads, and replies. */
export const commentNews: NewsSource = async (db, within) => {
  const comments = await listCommentsWritten(db, 'report', within);
  return comments.map(({ id, threadId, subjectId, placeTitle, authorId, author, writtenAt, isFirst }) => ({
    key: commentKey(id),
    reportId: subjectId,
    at: writtenAt,
    byId: authorId,
    words: `${author} ${isFirst ? 'commented on' : 'replied about'} “${placeTitle}”`,
    href: threadAddress(subjectId, threadId),
  }));
};
