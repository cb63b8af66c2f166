import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Log } from '../platform/log';
import { notFound, Problem } from '../platform/problem';
import { show, speakEnglish } from './layout';

export const pageNotFound: RequestHandler = () => {
  throw notFound('Page');
};

/** The one place where what went wrong becomes a page. What is our fault is logged, and never shown. */
export function errorPage(log: Log): ErrorRequestHandler {
  return (error, req, res, next) => {
    const problem = problemOf(error);
    if (problem.status >= 500) log.error({ ...reasonOf(error), route: routeOf(req) }, 'a request failed');
    if (res.headersSent) return next(error);
    if (!(error instanceof Problem)) speakEnglish(res);
    const audience = /^\/[si]\//.test(req.path) ? 'respondent' : 'staff';
    show(res, 'error', { title: problem.title, audience, detail: problem.detail }, problem.status);
  };
}

/** What went wrong, without what a database adds to it: its details can hold the values of a row. */
function reasonOf(error: Error & { code?: unknown }): Record<string, unknown> {
  return { reason: error.message, code: error.code, stack: error.stack };
}

/** The pattern of the route, never its address: an address can hold a token. */
function routeOf(req: Parameters<ErrorRequestHandler>[1]): string {
  return `${req.method} ${req.route?.path ?? '(no route)'}`;
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = (error as { status?: number }).status ?? 500;
  if (status === 413) {
    return new Problem(413, 'What you sent is too large', 'Shorten what you typed, then send it again.');
  }
  if (status >= 400 && status < 500) {
    return new Problem(status, 'We could not read what was sent', 'Go back, reload the page and try again.');
  }
  return new Problem(
    500,
    'Sorry, there is a problem with the service',
    'Try again later. What you have already sent has been kept.',
  );
}
