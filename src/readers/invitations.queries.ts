import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { ReportInvitation } from './invitation';

const columns = {
  id: 'i.id',
  releaseId: 'i.release_id',
  email: 'i.email',
  message: 'i.message',
  invitedBy: 'i.invited_by',
  invitedAt: 'i.invited_at',
  sentAt: 'i.sent_at',
  accountId: 'i.account_id',
  joinedAt: 'i.joined_at',
  withdrawnAt: 'i.withdrawn_at',
};

/** The invitations of a report that hold, by address. */
export async function listInvitations(db: Database, releaseId: string): Promise<ReportInvitation[]> {
  return db({ i: 'report_invitations' })
    .where({ 'i.release_id': releaseId })
    .whereNull('i.withdrawn_at')
    .orderBy('i.email')
    .select(columns);
}

/** An invitation of this report. One of another report is not found. */
export async function getInvitation(
  db: Database,
  releaseId: string,
  invitationId: string,
): Promise<ReportInvitation> {
  const found = await db({ i: 'report_invitations' })
    .where({ 'i.id': invitationId, 'i.release_id': releaseId })
    .first(columns);
  if (!found) throw notFound('Invitation');
  return found;
}

/** The invitation, locked until the transaction ends. */
export async function lockInvitation(
  trx: Database,
  invitationId: string,
): Promise<ReportInvitation | undefined> {
  return trx({ i: 'report_invitations' }).where({ 'i.id': invitationId }).forUpdate().first(columns);
}

/** The invitation of an address to a report that holds, locked until the transaction ends. */
export async function lockInvitationOf(
  trx: Database,
  releaseId: string,
  email: string,
): Promise<ReportInvitation | undefined> {
  return trx({ i: 'report_invitations' })
    .where({ 'i.release_id': releaseId, 'i.email': email })
    .whereNull('i.withdrawn_at')
    .forUpdate()
    .first(columns);
}

export async function findInvitationByToken(
  db: Database,
  tokenHash: Buffer,
): Promise<ReportInvitation | undefined> {
  return db({ i: 'report_invitations' }).where({ 'i.token_hash': tokenHash }).first(columns);
}

/** Who invited, by their address. */
export async function getInviter(db: Database, invitationId: string): Promise<string> {
  const row = await db({ i: 'report_invitations' })
    .join({ a: 'accounts' }, 'a.id', 'i.invited_by')
    .where({ 'i.id': invitationId })
    .first('a.email');
  return row.email;
}

/** An invitation of an address to a report; nothing where one holds already. */
export async function insertInvitation(
  trx: Database,
  invitation: {
    releaseId: string;
    email: string;
    message: string;
    tokenHash: Buffer;
    invitedBy: string;
    now: Date;
  },
): Promise<string | undefined> {
  const { rows } = await trx.raw(
    `insert into report_invitations (release_id, email, message, token_hash, invited_by, invited_at, sent_at)
     values (:releaseId, :email, :message, :tokenHash, :invitedBy, :now, :now)
     on conflict (release_id, email) where withdrawn_at is null do nothing
     returning id`,
    { ...invitation },
  );
  return rows[0]?.id;
}

/** Gives an invitation a new link: the one before is worth nothing from now on. */
export async function renewInvitation(
  trx: Database,
  invitationId: string,
  tokenHash: Buffer,
  now: Date,
): Promise<void> {
  await trx('report_invitations').where({ id: invitationId }).update({ token_hash: tokenHash, sent_at: now });
}

export async function setJoined(
  trx: Database,
  invitationId: string,
  accountId: string,
  now: Date,
): Promise<void> {
  await trx('report_invitations')
    .where({ id: invitationId })
    .update({ account_id: accountId, joined_at: now });
}

export async function setInvitationWithdrawn(trx: Database, invitationId: string, now: Date): Promise<void> {
  await trx('report_invitations').where({ id: invitationId }).update({ withdrawn_at: now });
}

/** Deletes invitations sent before an instant by which nobody has joined. */
export async function deleteUntaken(db: Database, before: Date): Promise<void> {
  await db('report_invitations').whereNull('account_id').where('sent_at', '<', before).delete();
}
