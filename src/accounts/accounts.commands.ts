import { type Actor, system } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { keyedHash, randomToken } from '../platform/secrets';
import type { Services } from '../services';
import { type Account, type Role, sessionHours } from './account';
import { findAccountByEmail, insertAccount, updatePassword } from './accounts.queries';
import { hashPassword, passwordFits } from './password';
import { deleteSession, endSessions, insertSession } from './sessions.queries';
import type { SignIn } from './sign-in.form';

/** Gives a person an account. An address has one account at most. */
export async function createAccount(
  { db }: Pick<Services, 'db'>,
  actor: Actor,
  account: { email: string; role: Role; password: string },
): Promise<string> {
  const passwordHash = await hashPassword(account.password);
  return db.transaction((trx) => addAccount(trx, actor, { ...account, passwordHash }));
}

/** The same in the caller's transaction, with the password hashed before it began. */
export async function addAccount(
  trx: Database,
  actor: Actor,
  account: { email: string; role: Role; passwordHash: string },
): Promise<string> {
  const email = account.email.trim().toLowerCase();
  if (await findAccountByEmail(trx, email)) {
    throw conflict('This email address has an account', 'Use another address, or sign in with this one.');
  }
  const accountId = await insertAccount(trx, {
    email,
    role: account.role,
    passwordHash: account.passwordHash,
  });
  await appendAuditEntry(trx, actor, {
    action: 'account created',
    subject: 'account',
    subjectId: accountId,
    detail: { role: account.role },
  });
  return accountId;
}

/** Gives an account another password, in the caller's transaction: whoever is signed in with it is so no more. */
export async function setPassword(
  trx: Database,
  actor: Actor,
  accountId: string,
  passwordHash: string,
): Promise<void> {
  await updatePassword(trx, accountId, passwordHash);
  await endSessions(trx, accountId);
  await appendAuditEntry(trx, actor, {
    action: 'password changed',
    subject: 'account',
    subjectId: accountId,
  });
}

/** Whose address and password these are; nobody's where they do not fit, and of somebody who has left. Takes the same time whether there is such an account or not. */
export async function checkPassword(
  { db }: Pick<Services, 'db'>,
  form: SignIn,
): Promise<Account | undefined> {
  const account = await findAccountByEmail(db, form.email);
  const fits = await passwordFits(account?.passwordHash, form.password);
  return fits && account && account.leftAt === null ? account : undefined;
}

/** By what somebody showed who they are. */
export type WayIn = 'password' | 'e-mail link' | 'single sign-on';

/** Opens a session of somebody who has shown who they are; gives its token. */
export async function openSession(
  { db, clock, secret }: Pick<Services, 'db' | 'clock' | 'secret'>,
  account: Pick<Account, 'id'>,
  way: WayIn,
  device: string,
): Promise<string> {
  const token = randomToken();
  const openedAt = clock.now();
  const expiresAt = new Date(openedAt.getTime() + sessionHours * 3_600_000);
  const tokenHash = sessionHash(secret, token);
  await db.transaction(async (trx) => {
    await insertSession(trx, { tokenHash, accountId: account.id, device, openedAt, expiresAt });
    await appendAuditEntry(
      trx,
      { kind: 'account', accountId: account.id },
      { action: 'signed in', subject: 'account', subjectId: account.id, detail: { way } },
    );
  });
  return token;
}

/** Ends a session; what the browser still holds is worth nothing afterwards. */
export async function signOut(
  { db, secret }: Services,
  account: Account | undefined,
  token: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    await deleteSession(trx, sessionHash(secret, token));
    const actor: Actor = account ? { kind: 'account', accountId: account.id } : system;
    const subjectId = account?.id ?? null;
    await appendAuditEntry(trx, actor, { action: 'signed out', subject: 'account', subjectId });
  });
}

export function sessionHash(secret: string, token: string): Buffer {
  return keyedHash(secret, 'session', token);
}
