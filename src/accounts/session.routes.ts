import type { RequestHandler, Response } from 'express';
import type { Services } from '../services';
import { cookieOptions } from '../web/cookies';
import { redirectWithNotice } from '../web/layout';
import { type Account, seenEveryMinutes, sessionHours } from './account';
import { openSession, sessionHash, type WayIn } from './accounts.commands';
import { deviceOf } from './device';
import { findSession, markSessionSeen, type OpenSession } from './sessions.queries';

export const sessionCookie = 'session';

/** Finds out who is signed in, for every page that is not a respondent's. Asked again while a page stays open, it is no new use. */
export function readSession({ db, clock, secret }: Services): RequestHandler {
  return async (req, res, next) => {
    const token = req.signedCookies?.[sessionCookie];
    if (token) {
      const now = clock.now();
      const wasKnown = res.locals.session !== undefined;
      const session = await findSession(db, sessionHash(secret, token), now);
      res.locals.session = session;
      res.locals.account = session && { id: session.id, email: session.email, role: session.role };
      if (session && !wasKnown && isToNote(session.lastSeenAt, now)) {
        await markSessionSeen(db, session.sessionId, now);
      }
    }
    next();
  };
}

function isToNote(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= seenEveryMinutes * 60_000;
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

/** The session of the person signed in, on a route behind `requireAccount`. */
export function sessionOf(res: Response): OpenSession {
  return res.locals.session;
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
  const token = await openSession(services, account, way, deviceOf(res.req.get('user-agent')));
  res.cookie(sessionCookie, token, { ...cookieOptions(services.config), maxAge: sessionHours * 3_600_000 });
  if (notice) redirectWithNotice(res, services.config, next, notice);
  else res.redirect(303, next);
}
