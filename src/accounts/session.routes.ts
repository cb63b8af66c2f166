import type { RequestHandler, Response } from 'express';
import type { Services } from '../services';
import { cookieOptions } from '../web/cookies';
import { redirectWithNotice } from '../web/layout';
import { type Account, sessionHours } from './account';
import { openSession, sessionHash, type WayIn } from './accounts.commands';
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

/** The one way in: whoever has shown who they are gets a session in their browser, and goes on to an address of ours. */
export async function letIn(
  services: Services,
  res: Response,
  account: Pick<Account, 'id'>,
  way: WayIn,
  next: string,
  notice?: string,
): Promise<void> {
  const token = await openSession(services, account, way);
  res.cookie(sessionCookie, token, { ...cookieOptions(services.config), maxAge: sessionHours * 3_600_000 });
  if (notice) redirectWithNotice(res, services.config, next, notice);
  else res.redirect(303, next);
}
