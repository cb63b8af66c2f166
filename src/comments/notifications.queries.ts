import type { Database } from '../platform/database';
import type { Notification } from './notification';

/** What people have chosen about a report, by account. */
export async function listNotifications(db: Database, reportId: string): Promise<Map<string, Notification>> {
  const rows = await db('report_notifications')
    .where({ release_id: reportId })
    .select({ accountId: 'account_id', choice: 'choice', since: 'since' });
  return new Map(rows.map(({ accountId, choice, since }) => [accountId, { choice, since }]));
}

/** Keeps a choice; there is news for the person from `since` on. */
export async function saveNotification(
  trx: Database,
  { reportId, accountId, choice, since }: Notification & { reportId: string; accountId: string },
): Promise<void> {
  await trx('report_notifications')
    .insert({ release_id: reportId, account_id: accountId, choice, since })
    .onConflict(['release_id', 'account_id'])
    .merge(['choice', 'since']);
}

/** Does anybody want to be told at once? */
export async function isAnybodyToldAtOnce(db: Database): Promise<boolean> {
  return (await db('report_notifications').where({ choice: 'at once' }).first('choice')) !== undefined;
}

/** Lets nobody else tell this person of this report until the transaction ends. */
export async function lockTold(trx: Database, reportId: string, accountId: string): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`told ${reportId} ${accountId}`]);
}

/** Of these, what somebody has been told already. */
export async function listTold(
  db: Database,
  reportId: string,
  accountId: string,
  what: readonly string[],
): Promise<string[]> {
  return db('report_news_told')
    .where({ release_id: reportId, account_id: accountId })
    .whereIn('what', what)
    .pluck('what');
}

export async function insertTold(
  trx: Database,
  reportId: string,
  accountId: string,
  what: readonly string[],
): Promise<void> {
  await trx('report_news_told')
    .insert(what.map((one) => ({ release_id: reportId, account_id: accountId, what: one })))
    .onConflict(['release_id', 'account_id', 'what'])
    .ignore();
}

/** Have all digests of a day been made? */
export async function isDigestDayDone(db: Database, day: string): Promise<boolean> {
  return (await db('digest_days').where({ day }).first('day')) !== undefined;
}

export async function insertDigestDay(db: Database, day: string): Promise<void> {
  await db('digest_days').insert({ day }).onConflict('day').ignore();
}
