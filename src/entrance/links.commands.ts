import { randomUUID } from 'node:crypto';
import type { Account } from '../accounts/account';
import { setPassword } from '../accounts/accounts.commands';
import { findAccountByEmail } from '../accounts/accounts.queries';
import { hashPassword } from '../accounts/password';
import type { Database } from '../platform/database';
import { listRolesInProjects } from '../projects/projects.queries';
import type { ComposedLetter, ReportLetter } from '../readers/letter';
import { deleteAccountLetters, insertAccountLetter } from '../readers/letters.queries';
import type { Services } from '../services';
import { serviceName } from '../web/layout';
import {
  type AccountLink,
  changedLetter,
  isLinkToken,
  type LinkKind,
  linkHash,
  linkLetter,
  linkMinutes,
  linkToken,
  maySignInByLink,
  quietMinutes,
} from './link';
import { linkLetterOf, passwordChangedLetter } from './link.mail';
import {
  deleteEndedLinks,
  deleteLinksTo,
  findLink,
  findOpenLink,
  hasFreshLink,
  insertLink,
  lockAccountAt,
  setWritten,
  useLink,
} from './links.queries';

const minute = 60_000;
const day = 86_400_000;
/** So long it is kept that a letter about an account was sent. */
const letterDays = 7;

/**
 * Writes down that a link was asked for, and nothing else: whether there is an account for the address is looked up by the worker, so that neither the answer
 * nor its time tells.
 */
export async function askForLink(
  { db, clock, secret, queue }: Services,
  wish: { kind: LinkKind; email: string; nextAddress: string },
): Promise<void> {
  const id = randomUUID();
  const askedAt = clock.now();
  const expiresAt = new Date(askedAt.getTime() + linkMinutes[wish.kind] * minute);
  const tokenHash = linkHash(secret, linkToken(secret, id));
  await db.transaction(async (trx) => {
    await insertLink(trx, { ...wish, id, askedAt, expiresAt, tokenHash });
    await insertAccountLetter(trx, { id, kind: linkLetter, recipient: wish.email }, askedAt);
  });
  await queue.add('letters', {});
}

/** Writes the letter with a link, if there is somebody it is for. */
export async function writeLink(
  { db, clock, secret, config }: Services,
  letter: ReportLetter,
): Promise<ComposedLetter | undefined> {
  const now = clock.now();
  const link = await findLink(db, letter.id, now);
  if (!link) return undefined;
  const account = await findAccountByEmail(db, link.email);
  if (!account || account.leftAt || !(await leadsIn(db, link, account))) return undefined;
  if (await hasFreshLink(db, link, new Date(now.getTime() - quietMinutes * minute), now)) return undefined;
  await setWritten(db, link.id, now);
  const address = `${config.baseUrl}/sign-in/links/${linkToken(secret, link.id)}`;
  return { ...linkLetterOf(link.kind, address), fromName: serviceName };
}

/** Writes the letter that a password has been changed. */
export async function writePasswordChanged({ config }: Services): Promise<ComposedLetter> {
  return { ...passwordChangedLetter(`${config.baseUrl}/sign-in/forgotten`), fromName: serviceName };
}

/** The link a token belongs to, as long as it leads anywhere. Looking at it uses nothing up. */
export async function findLinkOf(
  { db, clock, secret }: Services,
  token: string,
): Promise<AccountLink | undefined> {
  if (!isLinkToken(token)) return undefined;
  const link = await findOpenLink(db, linkHash(secret, token), clock.now());
  const account = link && (await findAccountByEmail(db, link.email));
  return link && account && !account.leftAt && (await leadsIn(db, link, account)) ? link : undefined;
}

/** Sets the password that somebody chose by a link: they are signed out everywhere, and told. Gives whose it is; nothing where the link leads nowhere now. */
export async function choosePassword(
  { db, clock, queue }: Services,
  link: AccountLink,
  password: string,
): Promise<Account | undefined> {
  const passwordHash = await hashPassword(password);
  const now = clock.now();
  const account = await db.transaction(async (trx) => {
    const found = await lockAccountAt(trx, link.email);
    if (!found || !(await useLink(trx, link.id, now))) return undefined;
    await deleteLinksTo(trx, link.email);
    await setPassword(trx, { kind: 'account', accountId: found.id }, found.id, passwordHash);
    await insertAccountLetter(trx, { id: randomUUID(), kind: changedLetter, recipient: found.email }, now);
    return found;
  });
  if (account) await queue.add('letters', {});
  return account;
}

/** Uses up a link to sign in by. Gives whom it lets in; nothing where it leads nowhere now. */
export async function takeLink({ db, clock }: Services, link: AccountLink): Promise<Account | undefined> {
  return db.transaction(async (trx) => {
    const account = await lockAccountAt(trx, link.email);
    if (!account || !(await leadsIn(trx, link, account))) return undefined;
    return (await useLink(trx, link.id, clock.now())) ? account : undefined;
  });
}

async function leadsIn(
  db: Database,
  { kind }: AccountLink,
  { id, role }: Pick<Account, 'id' | 'role'>,
): Promise<boolean> {
  return kind === 'password' || maySignInByLink([role, ...(await listRolesInProjects(db, id))]);
}

/** Links that have ended are forgotten, and after some days that letters were written. */
export async function forgetOldLinks({ db, clock }: Services): Promise<void> {
  const now = clock.now();
  await deleteEndedLinks(db, now);
  await deleteAccountLetters(db, new Date(now.getTime() - letterDays * day));
}
