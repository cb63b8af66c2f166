import type { Request } from 'express';
import { notFound } from '../platform/problem';

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
