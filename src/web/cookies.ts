import type { CookieOptions } from 'express';
import type { Config } from '../platform/config';

/** What every cookie of ours is: out of reach of scripts, not sent along from other sites, signed. */
export function cookieOptions(config: Pick<Config, 'baseUrl'>, path = '/'): CookieOptions {
  return {
    httpOnly: true,
    sameSite: 'lax',
    secure: config.baseUrl.startsWith('https:'),
    signed: true,
    path,
  };
}
