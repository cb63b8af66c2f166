import type { Database } from '../platform/database';
import type { Account, Role } from './account';

export async function insertAccount(
  trx: Database,
  account: { email: string; role: Role; passwordHash: string },
): Promise<string> {
  const [row] = await trx('accounts')
    .insert({ email: account.email, role: account.role, password_hash: account.passwordHash })
    .returning('id');
  return row.id;
}

export async function updatePassword(trx: Database, accountId: string, passwordHash: string): Promise<void> {
  await trx('accounts').where({ id: accountId }).update({ password_hash: passwordHash });
}

export async function findAccountByEmail(
  db: Database,
  email: string,
): Promise<(Account & { passwordHash: string | null; leftAt: Date | null }) | undefined> {
  const columns = { passwordHash: 'password_hash', leftAt: 'left_at' };
  return db('accounts').where({ email }).first('id', 'email', 'role', columns);
}

export async function countAccounts(db: Database): Promise<number> {
  const row = await db('accounts').count({ count: '*' }).first();
  return Number(row?.count ?? 0);
}
