import { createHmac, randomBytes } from 'node:crypto';
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

/** A keyed hash, so that whoever reads the table cannot make or check a token. `purpose` keeps uses apart. */
export function keyedHash(secret: string, purpose: string, token: string): Buffer {
  return createHmac('sha256', secret).update(`${purpose}\n${token}`).digest();
}
