import { type Database, run } from '../platform/database';
import type { Account } from './account';

export async function insertSession(
  db: Database,
  session: { tokenHash: Buffer; accountId: string; device: string; openedAt: Date; expiresAt: Date },
): Promise<void> {
  await db('sessions').insert({
    token_hash: session.tokenHash,
    account_id: session.accountId,
    device: session.device,
    created_at: session.openedAt,
    last_seen_at: session.openedAt,
    expires_at: session.expiresAt,
  });
}

/** A session that can still be used, and whose it is. */
export interface OpenSession extends Account {
  sessionId: string;
  lastSeenAt: Date;
}

/** The person behind a session that has not come to its end. Prepared: every page of a person signed in asks. */
export async function findSession(
  db: Database,
  tokenHash: Buffer,
  now: Date,
): Promise<OpenSession | undefined> {
  const [session] = await run<OpenSession>(
    db,
    {
      name: 'find-session',
      text: `select a.id,
                    a.email,
                    a.role,
                    s.id as "sessionId",
                    s.last_seen_at as "lastSeenAt"
               from sessions s
               join accounts a on a.id = s.account_id
              where s.token_hash = $1
                and s.expires_at > $2
                and a.left_at is null`,
    },
    [tokenHash, now],
  );
  return session;
}

export interface ListedSession {
  id: string;
  device: string;
  openedAt: Date;
  lastSeenAt: Date;
}

/** Where somebody is signed in, the last used first. */
export async function listSessions(db: Database, accountId: string, now: Date): Promise<ListedSession[]> {
  return db('sessions')
    .where({ account_id: accountId })
    .where('expires_at', '>', now)
    .orderBy([{ column: 'last_seen_at', order: 'desc' }, 'id'])
    .select('id', 'device', { openedAt: 'created_at', lastSeenAt: 'last_seen_at' });
}

export async function markSessionSeen(db: Database, sessionId: string, now: Date): Promise<void> {
  await db('sessions').where({ id: sessionId }).update({ last_seen_at: now });
}

export async function deleteSession(db: Database, tokenHash: Buffer): Promise<void> {
  await db('sessions').where({ token_hash: tokenHash }).delete();
}

/** Ends one session of this account, by its id; says whether there was one. */
export async function deleteSessionOf(db: Database, accountId: string, sessionId: string): Promise<boolean> {
  return (await db('sessions').where({ id: sessionId, account_id: accountId }).delete()) > 0;
}

/** Ends all sessions of somebody, or all but one of theirs; says how many those were. */
export async function endSessions(trx: Database, accountId: string, except?: string): Promise<number> {
  const theirs = trx('sessions').where({ account_id: accountId });
  return except ? theirs.whereNot({ id: except }).delete() : theirs.delete();
}

export async function deleteEndedSessions(db: Database, now: Date): Promise<void> {
  await db('sessions').where('expires_at', '<=', now).delete();
}

/** Deletes counts of wrong tries whose time is over. */
export async function deleteEndedLimits(db: Database, now: Date): Promise<void> {
  await db('sign_in_limits').where('expire', '<', now.getTime()).delete();
}
