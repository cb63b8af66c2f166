import { appendAuditEntry } from '../audit/audit.queries';
import { notFound } from '../platform/problem';
import type { Services } from '../services';
import { deleteSessionOf, endSessions } from './sessions.queries';

/** Ends one of one's own sessions, as on a computer that was left signed in. */
export async function endOwnSession(
  { db }: Pick<Services, 'db'>,
  accountId: string,
  sessionId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    if (!(await deleteSessionOf(trx, accountId, sessionId))) throw notFound('Session');
    await appendAuditEntry(
      trx,
      { kind: 'account', accountId },
      { action: 'session ended', subject: 'account', subjectId: accountId, detail: { sessions: 1 } },
    );
  });
}

/** Ends all sessions of one's own but the one in use; gives how many there were. */
export async function endOtherSessions(
  { db }: Pick<Services, 'db'>,
  accountId: string,
  inUse: string,
): Promise<number> {
  return db.transaction(async (trx) => {
    const sessions = await endSessions(trx, accountId, inUse);
    await appendAuditEntry(
      trx,
      { kind: 'account', accountId },
      { action: 'other sessions ended', subject: 'account', subjectId: accountId, detail: { sessions } },
    );
    return sessions;
  });
}
