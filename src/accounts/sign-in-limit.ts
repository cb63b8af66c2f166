import { createHash } from 'node:crypto';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../platform/database';

/** How many wrong tries are let through in a quarter of an hour, from one address for one account and in all. */
export const triesPerAccount = 10;
export const triesPerAddress = 100;
const windowSeconds = 15 * 60;

/** Slows guessing down. The keys join account and address, so that nobody can lock somebody else out. */
export interface SignInLimit {
  secondsToWait(email: string, address: string): Promise<number>;
  noteFailure(email: string, address: string): Promise<void>;
  forget(email: string, address: string): Promise<void>;
}

export function createSignInLimit(db: Database): SignInLimit {
  const account = limiter(db, 'account', triesPerAccount);
  const address = limiter(db, 'address', triesPerAddress);
  return {
    secondsToWait: async (email, ip) => {
      const [one, all] = await Promise.all([account.get(accountKey(email, ip)), address.get(hashed(ip))]);
      return Math.max(waiting(one, triesPerAccount), waiting(all, triesPerAddress));
    },
    noteFailure: async (email, ip) => {
      await account.penalty(accountKey(email, ip));
      await address.penalty(hashed(ip));
    },
    forget: async (email, ip) => {
      await account.delete(accountKey(email, ip));
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

function waiting(state: RateLimiterRes | null, points: number): number {
  return state && state.consumedPoints >= points ? Math.ceil(state.msBeforeNext / 1000) : 0;
}

function accountKey(email: string, ip: string): string {
  return hashed(`${email} ${ip}`);
}

/** The table holds nobody's address. */
function hashed(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
