import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from './config';

/** The secret that signs cookies and keys hashes: given, or made once and kept in the data folder. */
export function sessionSecret(config: Pick<Config, 'sessionSecret' | 'dataDir'>): string {
  if (config.sessionSecret) return config.sessionSecret;
  const file = path.join(config.dataDir, 'session-secret');
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

/** 256 bits that nobody can guess, safe in a link or a cookie. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Six letters and digits that cannot be taken for each other: to tell apart, not to keep secret. */
export function readableCode(): string {
  const signs = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
  return Array.from({ length: 6 }, () => signs[randomInt(signs.length)]).join('');
}

/** A keyed hash, so that whoever reads the table cannot make or check a token. `purpose` keeps uses apart. */
export function keyedHash(secret: string, purpose: string, token: string): Buffer {
  return createHmac('sha256', secret).update(`${purpose}\n${token}`).digest();
}

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** What a sealed text belongs to: it opens with the same secret, for the same purpose and beside the same thing only. */
export interface Seal {
  secret: string;
  purpose: string;
  boundTo: Buffer;
}

/** Encrypts what somebody else is to keep for us, so that they can neither read nor change it. */
export function seal({ secret, purpose, boundTo }: Seal, contents: Buffer): string {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, keyFor(secret, purpose), nonce, { authTagLength: tagBytes });
  sealing.setAAD(boundTo);
  const encrypted = Buffer.concat([sealing.update(contents), sealing.final()]);
  return Buffer.concat([nonce, sealing.getAuthTag(), encrypted]).toString('base64url');
}

/** What was sealed; undefined where the text is not just what `seal` gave for this. */
export function unseal({ secret, purpose, boundTo }: Seal, text: string): Buffer | undefined {
  const sealed = Buffer.from(text, 'base64url');
  // Letters that a decoder passes over would make two texts of one.
  if (sealed.length < nonceBytes + tagBytes || sealed.toString('base64url') !== text) return undefined;
  const opening = createDecipheriv(cipher, keyFor(secret, purpose), sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  opening.setAAD(boundTo);
  opening.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  const contents = opening.update(sealed.subarray(nonceBytes + tagBytes));
  try {
    return Buffer.concat([contents, opening.final()]);
  } catch {
    return undefined; // Altered, or sealed for something else.
  }
}

function keyFor(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
}
