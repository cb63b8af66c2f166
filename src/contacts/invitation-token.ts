import { keyedHash, randomToken } from '../platform/secrets';

/** What a personal link holds: 256 random bits, of which only the keyed hash is kept. One for every message. */
export function newInvitationToken(secret: string): { token: string; hash: Buffer } {
  const token = randomToken();
  return { token, hash: invitationHash(secret, token) };
}

/** What a token is known by. */
export function invitationHash(secret: string, token: string): Buffer {
  return keyedHash(secret, 'invitation', token);
}

/** Can this be a token at all? Asked before anything is looked up. */
export function isInvitationToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** The personal link. */
export function invitationAddress({ baseUrl }: { baseUrl: string }, token: string): string {
  return `${baseUrl}/i/${token}`;
}
