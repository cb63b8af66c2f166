import { type Database, run } from '../platform/database';
import type { Account } from './account';

export async function insertSession(
  db: Database,
  session: { tokenHash: Buffer; accountId: string; expiresAt: Date },
): Promise<void> {
  await db('sessions').insert({
    token_hash: session.tokenHash,
    account_id: session.accountId,
    expires_at: session.expiresAt,
  });
}

/** The person behind a session that has not ended. Prepared: every page of a person signed in asks. */
export async function findSessionAccount(
  db: Database,
  tokenHash: Buffer,
  now: Date,
): Promise<Account | undefined> {
  const [account] = await run<Account>(
    db,
    {
      name: 'find-session-account',
      text: `select a.id, a.email, a.role
               from sessions s
               join accounts a on a.id = s.account_id
              where s.token_hash = $1
                and s.expires_at > $2
                and a.left_at is null`,
    },
    [tokenHash, now],
  );
  return account;
}

export async function deleteSession(db: Database, tokenHash: Buffer): Promise<void> {
  await db('sessions').where({ token_hash: tokenHash }).delete();
}

/** Ends every session of an account. */
export async function deleteSessionsOf(trx: Database, accountId: string): Promise<void> {
  await trx('sessions').where({ account_id: accountId }).delete();
}

export async function deleteEndedSessions(db: Database, now: Date): Promise<void> {
  await db('sessions').where('expires_at', '<=', now).delete();
}

/** Deletes counts of wrong tries whose time is over. */
export async function deleteEndedLimits(db: Database, now: Date): Promise<void> {
  await db('sign_in_limits').where('expire', '<', now.getTime()).delete();
}
