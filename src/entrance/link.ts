import type { Role } from '../accounts/account';
import { keyedHash } from '../platform/secrets';

/** What a one-time link is for: to choose a new password, or to sign in without one. */
export type LinkKind = 'password' | 'sign-in';

/** A one-time link that somebody asked for; whether an account belongs to the address is not said here. */
export interface AccountLink {
  id: string;
  kind: LinkKind;
  email: string;
  nextAddress: string;
  askedAt: Date;
  expiresAt: Date;
}

/**
 * An hour, for a password is often wanted on another machine than the one the mailbox is on. To sign in, a quarter of an hour: the link alone opens the
 * account, and is asked for by somebody who is waiting for it.
 */
export const linkMinutes: Record<LinkKind, number> = { password: 60, 'sign-in': 15 };
/** Within so many minutes nobody is sent a second link of a kind while the first is unused: no mailbox can be filled, and none is without a link. */
export const quietMinutes = 5;

/** Kinds of letters this room writes. */
export const linkLetter = 'account link';
export const changedLetter = 'password changed';

/**
 * Who may sign in by a link: people who only read reports and advise on them, on the platform and in every project they are in. A mailbox opens nothing that
 * shows what one person answered.
 */
export function maySignInByLink(roles: readonly Role[]): boolean {
  return roles.every((role) => role === 'eag_member' || role === 'reader');
}

/** The link's secret: made from its id, so that it is stored nowhere and can be written into the letter later. */
export function linkToken(secret: string, linkId: string): string {
  return keyedHash(secret, 'account link', linkId).toString('base64url');
}

/** What a token is known by. */
export function linkHash(secret: string, token: string): Buffer {
  return keyedHash(secret, 'account link token', token);
}

/** Can this be a token at all? Asked before anything is looked up. */
export function isLinkToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}
