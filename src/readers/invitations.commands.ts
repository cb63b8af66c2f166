import { randomBytes, randomUUID } from 'node:crypto';
import type { Account } from '../accounts/account';
import { addAccount } from '../accounts/accounts.commands';
import { findAccountByEmail } from '../accounts/accounts.queries';
import { hashPassword } from '../accounts/password';
import type { Actor } from '../audit/actor';
import { system } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { insertReportReader } from '../reports/report-readers.queries';
import type { Services } from '../services';
import {
  holds,
  invitationHash,
  invitationKind,
  invitationToken,
  isInvitationToken,
  lastDayOfLink,
  invitationLimits as limits,
  type ReportInvitation,
} from './invitation';
import type { InvitationWish, KnownAddresses } from './invitation.form';
import { invitationLetter } from './invitation.mail';
import {
  findInvitationByToken,
  getInvitation,
  getInviter,
  insertInvitation,
  listInvitations,
  lockInvitation,
  lockInvitationOf,
  renewInvitation,
  setInvitationWithdrawn,
  setJoined,
} from './invitations.queries';
import type { ComposedLetter, ReportLetter } from './letter';
import { letterFacts } from './letters.commands';
import { countLettersTo, insertLetter, leaveOutLettersTo } from './letters.queries';
import { deleteReportReader, listReportPeople } from './readers.queries';

const day = 86_400_000;
/** To ask for a letter again within this time is a form sent twice. */
const againMilliseconds = 60_000;

/** What is known of addresses that are to be invited. */
export async function knownAddresses(
  { db, clock }: Services,
  releaseId: string,
  emails: readonly string[],
): Promise<KnownAddresses> {
  const people = await listReportPeople(db, releaseId);
  const invitations = await listInvitations(db, releaseId);
  const written = await countLettersTo(db, invitationKind, emails, new Date(clock.now().getTime() - day));
  return {
    members: new Set(people.filter(({ isGuest }) => !isGuest).map(({ email }) => email)),
    invited: new Set(invitations.map(({ email }) => email)),
    crowded: new Set(emails.filter((email) => (written.get(email) ?? 0) >= limits.lettersPerDay)),
  };
}

/** Invites people to one report; whoever has an invitation that holds gets no other. Gives how many there are. */
export async function inviteReaders(
  services: Services,
  who: { accountId: string; actor: Actor },
  releaseId: string,
  { emails, message }: InvitationWish,
): Promise<number> {
  const { db, clock, secret, queue } = services;
  const now = clock.now();
  const invited = await db.transaction(async (trx) => {
    let count = 0;
    for (const email of [...emails].sort()) {
      const letterId = randomUUID();
      const tokenHash = invitationHash(secret, invitationToken(secret, letterId));
      const invitation = { releaseId, email, message, tokenHash, invitedBy: who.accountId, now };
      const invitationId = await insertInvitation(trx, invitation);
      if (!invitationId) continue;
      await refuseCrowded(trx, email, now);
      await writeDown(trx, { id: letterId, releaseId, recipient: email, invitationId }, now);
      await audit(trx, who.actor, 'report reader invited', releaseId, { invitationId });
      count += 1;
    }
    if ((await listInvitations(trx, releaseId)).length > limits.perReport) {
      throw conflict(
        'Too many people are invited',
        `${limits.perReport} people can be invited to a report at most. Withdraw invitations first.`,
      );
    }
    return count;
  });
  if (invited > 0) await queue.add('letters', {});
  return invited;
}

/** Sends an invitation again, with a new link: the one before is worth nothing from now on. */
export async function sendInvitationAgain(
  services: Services,
  actor: Actor,
  releaseId: string,
  invitationId: string,
): Promise<void> {
  const { db, clock, secret, queue } = services;
  const now = clock.now();
  await db.transaction(async (trx) => {
    const invitation = await lockOf(trx, releaseId, invitationId);
    if (invitation.withdrawnAt) throw conflict('This invitation is withdrawn', 'Invite the person again.');
    if (invitation.joinedAt) {
      throw conflict('This person has joined', 'They can read the report, and need no other link.');
    }
    if (now.getTime() - invitation.sentAt.getTime() < againMilliseconds) return;
    const { email } = invitation;
    await refuseCrowded(trx, email, now);
    const letterId = randomUUID();
    await leaveOutLettersTo(trx, { releaseId, kind: invitationKind, recipient: email });
    await renewInvitation(trx, invitationId, invitationHash(secret, invitationToken(secret, letterId)), now);
    await writeDown(trx, { id: letterId, releaseId, recipient: email, invitationId }, now);
    await audit(trx, actor, 'report invitation sent again', releaseId, { invitationId });
  });
  await queue.add('letters', {});
}

/** Whatever page the wish comes from, nobody's mailbox is filled. */
async function refuseCrowded(trx: Database, email: string, now: Date): Promise<void> {
  const written = await countLettersTo(trx, invitationKind, [email], new Date(now.getTime() - day));
  if ((written.get(email) ?? 0) < limits.lettersPerDay) return;
  throw conflict(
    'This person has been written to often enough',
    `${limits.lettersPerDay} invitations went to ${email} since yesterday. Try again tomorrow.`,
  );
}

/** Withdraws an invitation: its link leads nowhere, and whoever had joined reads the report no more. What they wrote stays. */
export async function withdrawInvitation(
  { db, clock }: Services,
  actor: Actor,
  releaseId: string,
  invitationId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const { email, accountId, withdrawnAt } = await lockOf(trx, releaseId, invitationId);
    if (withdrawnAt) return;
    await setInvitationWithdrawn(trx, invitationId, clock.now());
    await leaveOutLettersTo(trx, { releaseId, kind: invitationKind, recipient: email });
    if (accountId) await deleteReportReader(trx, releaseId, accountId);
    await audit(trx, actor, 'report invitation withdrawn', releaseId, { invitationId });
  });
}

/**
 * Lets somebody read a report who was invited to another one and has joined there. It is an invitation like theirs was, so that it is seen and can be
 * withdrawn; its link was written to nobody.
 */
export async function carryReader(
  trx: Database,
  releaseId: string,
  { accountId, email }: { accountId: string; email: string },
  by: { accountId: string; now: Date },
): Promise<void> {
  const invitation = { releaseId, email, message: '', invitedBy: by.accountId, now: by.now };
  await insertInvitation(trx, { ...invitation, tokenHash: randomBytes(32) });
  const held = await lockInvitationOf(trx, releaseId, email);
  if (held && !held.joinedAt) await setJoined(trx, held.id, accountId, by.now);
  await insertReportReader(trx, {
    ...{ releaseId, accountId, invitedBy: by.accountId, invitedAt: by.now },
  });
}

/** The invitation a personal link belongs to, as long as it holds. */
export async function findInvited(
  { db, clock, secret }: Services,
  token: string,
): Promise<ReportInvitation | undefined> {
  if (!isInvitationToken(token)) return undefined;
  const invitation = await findInvitationByToken(db, invitationHash(secret, token));
  return invitation && holds(invitation, clock.now()) ? invitation : undefined;
}

/** Has somebody an account for the address that was invited? */
export async function hasAccount({ db }: Services, { email }: ReportInvitation): Promise<boolean> {
  return (await findAccountByEmail(db, email)) !== undefined;
}

/** Lets the person who was invited read the report. Done twice it changes nothing; false where the link holds no more. */
export async function joinReport(
  { db, clock }: Services,
  account: Account,
  invitationId: string,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const invitation = await lockInvitation(trx, invitationId);
    const now = clock.now();
    if (!invitation || !holds(invitation, now) || invitation.email !== account.email) return false;
    await join(trx, invitation, account.id, now);
    return true;
  });
}

/** Gives whoever was invited an account for just that address, and the report with it; false where there is one meanwhile. */
export async function joinWithPassword(
  { db, clock }: Services,
  invitationId: string,
  password: string,
): Promise<boolean> {
  const passwordHash = await hashPassword(password);
  return db.transaction(async (trx) => {
    const invitation = await lockInvitation(trx, invitationId);
    const now = clock.now();
    if (!invitation || !holds(invitation, now) || invitation.joinedAt) return false;
    const { email } = invitation;
    if (await findAccountByEmail(trx, email)) return false;
    const accountId = await addAccount(trx, system, { email, role: 'eag_member', passwordHash });
    await join(trx, invitation, accountId, now);
    return true;
  });
}

async function join(
  trx: Database,
  invitation: ReportInvitation,
  accountId: string,
  now: Date,
): Promise<void> {
  if (invitation.joinedAt) return;
  const { id, releaseId, invitedBy } = invitation;
  await setJoined(trx, id, accountId, now);
  await insertReportReader(trx, { releaseId, accountId, invitedBy, invitedAt: now });
  const actor: Actor = { kind: 'account', accountId };
  await audit(trx, actor, 'report reader joined', releaseId, { invitationId: id });
}

/** Writes the letter of an invitation that still holds, with the link that it holds by. */
export async function writeInvitation(
  services: Services,
  letter: ReportLetter,
): Promise<ComposedLetter | undefined> {
  const { db, secret, config } = services;
  const invitation = await getInvitation(db, letter.releaseId, String(letter.content.invitationId));
  if (!invitation || invitation.withdrawnAt || invitation.joinedAt) return undefined;
  const facts = await letterFacts(services, letter.releaseId);
  const words = {
    ...{ title: facts.title, organisation: facts.organisation, message: invitation.message },
    invitedBy: await getInviter(db, invitation.id),
    lastDay: lastDayOfLink(invitation),
  };
  const link = `${config.baseUrl}/reports/invitations/${invitationToken(secret, letter.id)}`;
  return { fromName: facts.fromName, ...invitationLetter(words, link) };
}

async function lockOf(trx: Database, releaseId: string, invitationId: string): Promise<ReportInvitation> {
  await getInvitation(trx, releaseId, invitationId);
  return (await lockInvitation(trx, invitationId))!;
}

async function writeDown(
  trx: Database,
  letter: { id: string; releaseId: string; recipient: string; invitationId: string },
  now: Date,
): Promise<void> {
  const { id, releaseId, recipient, invitationId } = letter;
  const occasion = `${invitationKind}:${id}`;
  await insertLetter(
    trx,
    { id, releaseId, kind: invitationKind, recipient, occasion, content: { invitationId } },
    now,
  );
}

function audit(
  trx: Database,
  actor: Actor,
  action: string,
  releaseId: string,
  detail: Record<string, unknown>,
): Promise<void> {
  return appendAuditEntry(trx, actor, { action, subject: 'report', subjectId: releaseId, detail });
}
