import type { Request, RequestHandler } from 'express';
import { notFound } from '../platform/problem';
import { pageNotFound } from './errors';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id in the address. What cannot be one is not found, in the words of the noun. */
export function readId(req: Request, what: string, name = 'id'): string {
  const id = String(req.params[name]);
  if (!uuid.test(id)) throw notFound(what);
  return id;
}

/** Whether something that came with a request can be an id. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

/** PostgreSQL keeps no NUL in a text: a path that holds one leads nowhere, and a query that does is read without it. */
export const readableAddress: RequestHandler = (req, res, next) => {
  if (req.path.includes('%00')) {
    pageNotFound(req, res, next);
    return;
  }
  req.url = req.url.replaceAll('%00', '');
  next();
};
