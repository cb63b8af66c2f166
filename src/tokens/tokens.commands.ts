import { findAccountByEmail } from '../accounts/accounts.queries';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { isoDay } from '../platform/dates';
import { notFound } from '../platform/problem';
import { keyedHash, randomToken } from '../platform/secrets';
import type { Services } from '../services';
import { type Scope, tokenBeginning } from './token';
import { findToken, type HeldToken, insertToken, markUsed } from './tokens.queries';

const day = 86_400_000;

/** Gives a program a token to read with as this account. It is shown this once: only its hash is kept. */
export async function createToken(
  { db, clock, secret }: Pick<Services, 'db' | 'clock' | 'secret'>,
  actor: Actor,
  wish: { email: string; name: string; scopes: readonly Scope[]; days: number },
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const account = await findAccountByEmail(db, wish.email.trim().toLowerCase());
  if (!account) throw notFound('Account');
  const token = tokenBeginning + randomToken();
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + wish.days * day);
  const id = await db.transaction(async (trx) => {
    const { name, scopes } = wish;
    const tokenId = await insertToken(trx, {
      ...{ accountId: account.id, name, scopes, tokenHash: hashOf(secret, token), createdAt, expiresAt },
    });
    await appendAuditEntry(trx, actor, {
      action: 'token created',
      subject: 'token',
      subjectId: tokenId,
      detail: { accountId: account.id, scopes, expires: isoDay(expiresAt) },
    });
    return tokenId;
  });
  return { id, token, expiresAt };
}

/** Whose token it is, if it holds still; the day of its use is kept. */
export async function useToken(
  { db, clock, secret }: Pick<Services, 'db' | 'clock' | 'secret'>,
  token: string,
): Promise<HeldToken | undefined> {
  const now = clock.now();
  const held = await findToken(db, hashOf(secret, token), now);
  if (held) await markUsed(db, held.id, isoDay(now));
  return held;
}

function hashOf(secret: string, token: string): Buffer {
  return keyedHash(secret, 'api token', token);
}
