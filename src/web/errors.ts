import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Log } from '../platform/log';
import { notFound, Problem } from '../platform/problem';
import { show, speak, wordsToAnswerIn } from './layout';
import type { Words } from './words';

export const pageNotFound: RequestHandler = (req, res) => {
  if (!isRespondents(req)) throw notFound('Page');
  const words = wordsToAnswerIn(req, res);
  throw new Problem(404, words.say('pageMissingTitle'), words.say('pageMissingText'));
};

/** The one place where what went wrong becomes a page. What is our fault is logged, and never shown. */
export function errorPage(log: Log): ErrorRequestHandler {
  return (error, req, res, next) => {
    const words = wordsToAnswerIn(req, res);
    const problem = problemOf(error, words);
    if (problem.status >= 500) log.error({ ...reasonOf(error), route: routeOf(req) }, 'a request failed');
    if (res.headersSent) return next(error);
    speak(res, words, res.locals.languageLinks ?? []);
    const { title, detail, more } = problem;
    const { section, sentences = [], ways = [] } = more;
    const page = { title, detail, sentences, ways, ...(section ? { section } : {}) };
    const audience = isRespondents(req) ? 'respondent' : 'staff';
    show(res, 'error', { ...page, audience }, problem.status);
  };
}

/** PostgreSQL's code for something that cannot be a text, such as a NUL in an address. */
const notText = '22021';

function isRespondents({ path }: { path: string }): boolean {
  return /^\/(s|i|unsubscribe)\//.test(path);
}

/** What went wrong, without what a database adds to it: its details can hold the values of a row. */
function reasonOf(error: Error & { code?: unknown }): Record<string, unknown> {
  return { reason: error.message, code: error.code, stack: error.stack };
}

/** The pattern of the route, never its address: an address can hold a token. */
function routeOf(req: Parameters<ErrorRequestHandler>[1]): string {
  return `${req.method} ${req.route?.path ?? '(no route)'}`;
}

function problemOf(error: unknown, words: Words): Problem {
  if (error instanceof Problem) return error;
  const { code, status = code === notText ? 400 : 500 } = error as { status?: number; code?: unknown };
  if (status === 413) return new Problem(413, words.say('tooLargeTitle'), words.say('tooLargeText'));
  if (status >= 400 && status < 500) {
    return new Problem(status, words.say('unreadableTitle'), words.say('unreadableText'));
  }
  return new Problem(500, words.say('troubleTitle'), words.say('troubleText'));
}
