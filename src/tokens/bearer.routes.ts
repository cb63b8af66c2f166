import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { createSignInLimit } from '../accounts/sign-in-limit';
import { limitPerMinute } from '../platform/minute-limit';
import { forbidden, Problem, tooManyTries } from '../platform/problem';
import type { Services } from '../services';
import { bearerOf, type Scope } from './token';
import { useToken } from './tokens.commands';

/** How many questions one token may ask in a minute. */
export const mostPerMinute = 120;

/**
 * Lets in whoever shows a token that holds and has this scope; `accountOf` then gives its account, as with a session. No cookie is read.
 * Wrong tokens count like wrong passwords, by the address they come from.
 */
export function requireToken(services: Services, scope: Scope): RequestHandler {
  const wrongTries = createSignInLimit(services.db);
  const perToken = limitPerMinute(services.clock, mostPerMinute);
  return async (req, res, next) => {
    const token = bearerOf(req.get('authorization'));
    const held = token && (await useToken(services, token));
    if (!held) {
      const seconds = token ? await wrongTries.countTry('a token', req.ip ?? '') : 0;
      if (seconds > 0) throw waiting(res, seconds);
      res.set('WWW-Authenticate', `Bearer realm="api"${token ? ', error="invalid_token"' : ''}`);
      throw new Problem(
        401,
        'A token is needed',
        'Send the header “Authorization: Bearer” with a token that has not expired.',
      );
    }
    const seconds = perToken(held.id);
    if (seconds > 0) throw waiting(res, seconds);
    if (!held.scopes.includes(scope)) {
      res.set('WWW-Authenticate', `Bearer realm="api", error="insufficient_scope", scope="${scope}"`);
      throw forbidden(`This token does not have the scope ${scope}.`);
    }
    res.locals.account = held.account;
    next();
  };
}

function waiting(res: Response, seconds: number): Problem {
  res.set('Retry-After', String(seconds));
  return tooManyTries(seconds);
}

/** What went wrong, as programs read it (RFC 9457). What is our fault is logged, and never told. */
export function problemDetails({ log }: Pick<Services, 'log'>): ErrorRequestHandler {
  return (error, req, res, next) => {
    const { status, title, detail } = problemOf(error);
    if (status >= 500) {
      const { message: reason, code, stack } = error;
      log.error(
        { reason, code, stack, route: `${req.method} ${req.route?.path ?? '(no route)'}` },
        'a request failed',
      );
    }
    if (res.headersSent) return next(error);
    res.status(status).type('application/problem+json');
    res.send(JSON.stringify({ type: 'about:blank', title, status, detail }));
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = (error as { status?: number }).status ?? 500;
  return status >= 400 && status < 500
    ? new Problem(status, 'The request cannot be read', 'Check the address and the headers.')
    : new Problem(500, 'Something went wrong', 'Try again later.');
}
