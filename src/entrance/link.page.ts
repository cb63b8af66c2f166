import { safeNext } from '../accounts/sign-in.page';
import type { FieldErrors } from '../platform/form';
import type { Page } from '../web/layout';
import { type AccountLink, type LinkKind, linkMinutes } from './link';

const longestAddress = 500;

export interface AskPage extends Page {
  action: string;
  sentences: string[];
  email: string;
  next: string;
}

const wishes: Record<LinkKind, { title: string; action: string; sentences: string[] }> = {
  password: {
    title: 'Choose a new password',
    action: '/sign-in/forgotten',
    sentences: ['We send you a link with which you choose a new password.'],
  },
  'sign-in': {
    title: 'Sign in with a link',
    action: '/sign-in/email',
    sentences: [
      'Members of an expert advisory group and readers of reports can sign in with a link that we send them. Everybody else signs in with a password.',
    ],
  },
};

/** Where a link is asked for. */
export function askPage(kind: LinkKind, next: unknown, email: unknown = '', errors?: FieldErrors): AskPage {
  return {
    ...wishes[kind],
    audience: 'staff',
    back: { href: '/sign-in', text: 'Back to signing in' },
    email: typeof email === 'string' ? email : '',
    next: shortNext(next),
    ...(errors ? { errors } : {}),
  };
}

/** Where to go on afterwards, if it is of a length that addresses of ours have. */
export function shortNext(next: unknown): string {
  const address = safeNext(next);
  return address.length <= longestAddress ? address : safeNext(undefined);
}

/** The same for everybody, whatever was asked for whichever address. */
export function askedPage(kind: LinkKind): Page & { sentences: string[] } {
  const whose = kind === 'password' ? 'an account' : 'an account of a group member or reader';
  return {
    title: 'Check your email',
    audience: 'staff',
    sentences: [
      `If there is ${whose} for the address you entered, we have sent a link to it. It works for ${linkMinutes[kind]} minutes, and once.`,
      'If nothing comes within five minutes, look among unwanted emails, and check that you entered the address your account has. An older link that you have not used still works until it ends.',
    ],
  };
}

export interface LinkPage extends Page {
  address: string;
  email: string;
  setsPassword: boolean;
}

/** What whoever opens a link is asked. Opening it changes nothing: mail scanners open links. */
export function linkPage({ kind, email }: AccountLink, token: string, errors?: FieldErrors): LinkPage {
  return {
    title: kind === 'password' ? 'Choose a new password' : 'Sign in',
    audience: 'staff',
    address: `/sign-in/links/${token}`,
    email,
    setsPassword: kind === 'password',
    ...(errors ? { errors } : {}),
  };
}
