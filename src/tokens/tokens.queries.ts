import type { Account } from '../accounts/account';
import type { Database } from '../platform/database';
import type { Scope } from './token';

/** A token that still holds, and whose it is. */
export interface HeldToken {
  id: string;
  scopes: Scope[];
  account: Account;
}

export async function insertToken(
  trx: Database,
  token: {
    accountId: string;
    name: string;
    scopes: readonly Scope[];
    tokenHash: Buffer;
    createdAt: Date;
    expiresAt: Date;
  },
): Promise<string> {
  const [row] = await trx('api_tokens')
    .insert({
      account_id: token.accountId,
      name: token.name,
      scopes: token.scopes,
      token_hash: token.tokenHash,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
    })
    .returning('id');
  return row.id;
}

export async function findToken(db: Database, tokenHash: Buffer, now: Date): Promise<HeldToken | undefined> {
  const row = await db({ t: 'api_tokens' })
    .join({ a: 'accounts' }, 'a.id', 't.account_id')
    .where('t.token_hash', tokenHash)
    .where('t.expires_at', '>', now)
    .whereNull('a.left_at')
    .first({ id: 't.id', scopes: 't.scopes', accountId: 'a.id', email: 'a.email', role: 'a.role' });
  if (!row) return undefined;
  const { id, scopes, accountId, email, role } = row;
  return { id, scopes, account: { id: accountId, email, role } };
}

/** Keeps the day of its last use, and not the hour: written once a day. */
export async function markUsed(db: Database, tokenId: string, day: string): Promise<void> {
  await db('api_tokens')
    .where({ id: tokenId })
    .whereRaw('last_used_on is distinct from ?::date', [day])
    .update({ last_used_on: day });
}
