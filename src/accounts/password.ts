import { hash, verify } from '@node-rs/argon2';

/** What a sign-in with an unknown address is checked against, so that it takes as long as a known one. */
let decoy: Promise<string> | undefined;

/** Argon2id with the library's defaults (19 MiB, two passes), which are those OWASP advises. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/** True when the password fits the hash. Without a hash it takes the same time and is false. */
export async function passwordFits(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  if (passwordHash) return verify(passwordHash, password);
  decoy ??= hash('no account has this password');
  await verify(await decoy, password);
  return false;
}
