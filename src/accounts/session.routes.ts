import type { RequestHandler, Response } from 'express';
import type { Services } from '../services';
import type { Account } from './account';
import { sessionHash } from './accounts.commands';
import { findSessionAccount } from './sessions.queries';

export const sessionCookie = 'session';

/** Finds out who is signed in, for every page that is not a respondent's. */
export function readSession({ db, clock, secret }: Services): RequestHandler {
  return async (req, res, next) => {
    const token = req.signedCookies?.[sessionCookie];
    if (token) res.locals.account = await findSessionAccount(db, sessionHash(secret, token), clock.now());
    next();
  };
}

/** Pages for people signed in: others are asked to sign in and brought back. */
export const requireAccount: RequestHandler = (req, res, next) => {
  if (res.locals.account) return next();
  const back = req.method === 'GET' ? `?next=${encodeURIComponent(req.originalUrl)}` : '';
  res.redirect(303, `/sign-in${back}`);
};

/** The person signed in, on a route behind `requireAccount`. */
export function accountOf(res: Response): Account {
  return res.locals.account;
}
