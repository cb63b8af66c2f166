import { listAuthors } from '../discussions/threads.queries';
import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import { findReportPerson } from '../readers/readers.queries';
import type { Services } from '../services';
import { reportSubject } from './comment-status';
import { type Notification, type NotificationChoice, usualNotification } from './notification';
import { listNotifications, saveNotification } from './notifications.queries';

/** What somebody has chosen about a report, or is taken to want. */
export async function notificationOf(
  db: Database,
  reportId: string,
  accountId: string,
): Promise<Notification> {
  const chosen = (await listNotifications(db, reportId)).get(accountId);
  if (chosen) return chosen;
  const person = await findReportPerson(db, reportId, accountId);
  if (!person) throw notFound('Report');
  const authors = await listAuthors(db, reportSubject(reportId));
  return usualNotification(person, authors.get(accountId));
}

/**
 * Keeps which e-mails somebody wants. Whoever wanted no digests is told of what comes from now on; whoever has been getting them
 * misses nothing by choosing another day for them.
 */
export async function chooseNotifications(
  { db, clock }: Services,
  reportId: string,
  accountId: string,
  choice: NotificationChoice,
): Promise<void> {
  await db.transaction(async (trx) => {
    const before = await notificationOf(trx, reportId, accountId);
    const wasOff = before.choice === 'none' || before.choice === 'mentions';
    const since = wasOff ? clock.now() : before.since;
    await saveNotification(trx, { reportId, accountId, choice, since });
  });
}
