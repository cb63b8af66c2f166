import { createHash } from 'node:crypto';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../platform/database';

/** How many wrong tries are let through in a quarter of an hour, from one address for one account and in all. */
export const triesPerAccount = 10;
export const triesPerAddress = 100;
/** How many links by e-mail are asked for in a quarter of an hour, from one address for one account and in all. */
export const linksPerAccount = 5;
export const linksPerAddress = 30;
const windowSeconds = 15 * 60;

/** Slows guessing down. The keys join account and address, so that nobody can lock somebody else out. */
export interface SignInLimit {
  /**
   * Counts a try before the password is looked at, so that tries made all at once are counted too. Gives the
   * seconds to wait when there have been too many, or 0.
   */
  countTry(email: string, address: string): Promise<number>;
  /** The password was right: the try, and those before it for this account, are forgotten. */
  forget(email: string, address: string): Promise<void>;
}

export function createSignInLimit(db: Database): SignInLimit {
  const account = limiter(db, 'account', triesPerAccount);
  const address = limiter(db, 'address', triesPerAddress);
  return {
    countTry: async (email, ip) => {
      const ofAddress = await address.penalty(hashed(ip));
      const ofAccount = await account.penalty(accountKey(email, ip));
      return Math.max(waiting(ofAccount, triesPerAccount), waiting(ofAddress, triesPerAddress));
    },
    forget: async (email, ip) => {
      await account.delete(accountKey(email, ip));
      await address.reward(hashed(ip));
    },
  };
}

/** Slows asking for links down, by the same keys: who asks for somebody else's shuts that for themselves only. */
export function createLinkLimit(db: Database): Pick<SignInLimit, 'countTry'> {
  const account = limiter(db, 'link account', linksPerAccount);
  const address = limiter(db, 'link address', linksPerAddress);
  return {
    countTry: async (email, ip) => {
      const ofAddress = await address.penalty(hashed(ip));
      const ofAccount = await account.penalty(accountKey(email, ip));
      return Math.max(waiting(ofAccount, linksPerAccount), waiting(ofAddress, linksPerAddress));
    },
  };
}

function limiter(db: Database, keyPrefix: string, points: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: db,
    storeType: 'knex',
    tableName: 'sign_in_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix,
    points,
    duration: windowSeconds,
  });
}

function waiting(state: RateLimiterRes, points: number): number {
  return state.consumedPoints > points ? Math.ceil(state.msBeforeNext / 1000) : 0;
}

function accountKey(email: string, ip: string): string {
  return hashed(`${email} ${ip}`);
}

/** The table holds nobody's address. */
function hashed(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
