import { doubleCsrf } from 'csrf-csrf';
import type { Request, RequestHandler, Response } from 'express';
import type { Config } from '../platform/config';
import { Problem } from '../platform/problem';
import { cookieOptions } from './cookies';
import { wordsToAnswerIn } from './layout';

/** Each browser session has one of its own. */
export const csrfCookie = 'csrf';

/** Protection against forms sent from elsewhere: a signed cookie and the same token in every form of ours. */
export interface Csrf {
  /** Refuses a post without the token. */
  protect: RequestHandler;
  /** The token for a form on this page; sets its cookie when there is none. */
  token(req: Request, res: Response): string;
}

/** `sessionCookie` names the cookie a token belongs to, so that signing in or out makes old tokens worthless. */
export function createCsrf(config: Config, secret: string, sessionCookie: string): Csrf {
  const { signed, ...options } = cookieOptions(config);
  const { generateCsrfToken, validateRequest } = doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: (req) => req.cookies?.[sessionCookie] ?? req.signedCookies?.[sessionCookie] ?? '',
    cookieName: csrfCookie,
    cookieOptions: options,
    getCsrfTokenFromRequest: (req) => req.body?._csrf,
  });
  const safe = new Set(['GET', 'HEAD', 'OPTIONS']);
  return {
    protect: (req, res, next) => {
      if (safe.has(req.method) || validateRequest(req)) return next();
      const words = wordsToAnswerIn(req, res);
      next(new Problem(403, words.say('oldFormTitle'), words.say('oldFormText')));
    },
    token: (req, res) => generateCsrfToken(req, res, { validateOnReuse: false }),
  };
}
