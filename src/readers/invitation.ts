import { formatDate } from '../platform/dates';
import { keyedHash } from '../platform/secrets';

/** Somebody who is in no project and was asked to read one report. */
export interface ReportInvitation {
  id: string;
  releaseId: string;
  email: string;
  message: string;
  /** The account of who invites. */
  invitedBy: string;
  invitedAt: Date;
  /** When the link was made that holds now. */
  sentAt: Date;
  accountId: string | null;
  joinedAt: Date | null;
  withdrawnAt: Date | null;
}

export const invitationLimits = {
  addresses: 50,
  message: 1_000,
  /** Invitations of one report that hold at a time. */
  perReport: 300,
  /** So that nobody's mailbox is filled by us: letters to one address within a day, whatever the report. */
  lettersPerDay: 5,
  linkDays: 30,
} as const;

export const invitationKind = 'invitation';

const day = 86_400_000;

/** The personal link's secret: made from the letter it goes out with, so that it is stored nowhere and can be written again. */
export function invitationToken(secret: string, letterId: string): string {
  return keyedHash(secret, 'report invitation link', letterId).toString('base64url');
}

/** What a token is known by. */
export function invitationHash(secret: string, token: string): Buffer {
  return keyedHash(secret, 'report invitation', token);
}

/** Can this be a token at all? Asked before anything is looked up. */
export function isInvitationToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** Until then the link of an invitation holds. */
export function linkEnds({ sentAt }: Pick<ReportInvitation, 'sentAt'>): Date {
  return new Date(sentAt.getTime() + invitationLimits.linkDays * day);
}

/** Does its link still lead anywhere? One that has been used leads to the report for good. */
export function holds(
  invitation: Pick<ReportInvitation, 'sentAt' | 'joinedAt' | 'withdrawnAt'>,
  now: Date,
): boolean {
  if (invitation.withdrawnAt) return false;
  return invitation.joinedAt !== null || now < linkEnds(invitation);
}

/** "22 December 2026", said in the letter. */
export function lastDayOfLink(invitation: Pick<ReportInvitation, 'sentAt'>): string {
  return formatDate(linkEnds(invitation));
}
