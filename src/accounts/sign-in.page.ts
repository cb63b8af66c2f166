import type { FieldErrors } from '../platform/form';
import type { Page } from '../web/layout';

export interface SignInPage extends Page {
  email: string;
  next: string;
  /** Hands on to the other ways in where to go afterwards. */
  nextQuery: string;
}

/** The sign-in page: what was typed (never the password), and where to go afterwards. */
export function signInPage(next: unknown, email: unknown = '', errors?: FieldErrors): SignInPage {
  return {
    title: 'Sign in',
    audience: 'staff',
    email: String(email ?? ''),
    next: safeNext(next),
    nextQuery: next === undefined ? '' : `?next=${encodeURIComponent(safeNext(next))}`,
    ...(errors ? { errors } : {}),
  };
}

/** An address within the product, whatever was asked for. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : '/projects';
}
