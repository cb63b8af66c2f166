import type { Account } from '../accounts/account';
import type { Database } from '../platform/database';
import type { AccountLink } from './link';

const columns = {
  ...{ id: 'id', kind: 'kind', email: 'email' },
  ...{ nextAddress: 'next_address', askedAt: 'asked_at', expiresAt: 'expires_at' },
};

export async function insertLink(trx: Database, link: AccountLink & { tokenHash: Buffer }): Promise<void> {
  await trx('account_links').insert({
    ...{ id: link.id, kind: link.kind, email: link.email, token_hash: link.tokenHash },
    ...{ next_address: link.nextAddress, asked_at: link.askedAt, expires_at: link.expiresAt },
  });
}

/** A link that was written to somebody, has not been used and has not ended. */
export async function findOpenLink(
  db: Database,
  tokenHash: Buffer,
  now: Date,
): Promise<AccountLink | undefined> {
  return open(db, now).where({ token_hash: tokenHash }).first(columns);
}

/** Uses a link up; nothing where somebody else just has. */
export async function useLink(trx: Database, id: string, now: Date): Promise<boolean> {
  return (await open(trx, now).where({ id }).update({ used_at: now })) === 1;
}

function open(db: Database, now: Date) {
  return db('account_links').whereNull('used_at').whereNotNull('written_at').where('expires_at', '>', now);
}

export async function findLink(db: Database, id: string, now: Date): Promise<AccountLink | undefined> {
  return db('account_links').where({ id }).whereNull('used_at').where('expires_at', '>', now).first(columns);
}

/** Was this address sent another link of this kind since, that is still unused? */
export async function hasFreshLink(
  db: Database,
  link: AccountLink,
  since: Date,
  now: Date,
): Promise<boolean> {
  const { id, kind, email } = link;
  const other = await open(db, now)
    .where({ kind, email })
    .whereNot({ id })
    .where('written_at', '>', since)
    .first('id');
  return other !== undefined;
}

export async function setWritten(db: Database, id: string, now: Date): Promise<void> {
  await db('account_links').where({ id }).update({ written_at: now });
}

/** No link that was sent to an address before is worth anything. */
export async function deleteLinksTo(trx: Database, email: string): Promise<void> {
  await trx('account_links').where({ email }).delete();
}

export async function deleteEndedLinks(db: Database, now: Date): Promise<void> {
  await db('account_links').where('expires_at', '<=', now).delete();
}

/** Whose address it is, as long as they have not left. The row is held until the transaction ends. */
export async function lockAccountAt(trx: Database, email: string): Promise<Account | undefined> {
  return trx('accounts').where({ email }).whereNull('left_at').forUpdate().first('id', 'email', 'role');
}
