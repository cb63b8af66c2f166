import type { FieldErrors } from '../platform/form';
import type { Page } from '../web/layout';
import type { ReportInvitation } from './invitation';

export interface InvitedPage extends Page {
  sentences: string[];
  email: string;
  /** Where a password is set by somebody who has no account yet. */
  setPassword: string | null;
  signIn: string | null;
  /** Where to go on after signing out. */
  signOut: string | null;
}

/** What whoever opens the personal link is asked. Opening it changes nothing: mail scanners open links. */
export function invitedPage(
  { email }: Pick<ReportInvitation, 'email'>,
  token: string,
  facts: { title: string; hasAccount: boolean; signedInAs: string | null },
  errors?: FieldErrors,
): InvitedPage {
  const address = `/reports/invitations/${token}`;
  const page = {
    section: facts.title,
    audience: 'staff' as const,
    email,
    ...{ setPassword: null, signIn: null, signOut: null },
    ...(errors ? { errors } : {}),
  };
  if (facts.signedInAs !== null) {
    return {
      ...page,
      title: 'This invitation is for somebody else',
      sentences: [
        `It is for ${email}, and you are signed in as ${facts.signedInAs}.`,
        'If both addresses are yours, sign out and open the report with the address that was invited.',
      ],
      signOut: address,
    };
  }
  const what = `You are invited to read the gap report “${facts.title}”.`;
  if (facts.hasAccount) {
    return {
      ...page,
      title: 'Read the report',
      sentences: [what, `Sign in as ${email} to open it.`],
      signIn: `/sign-in?next=${encodeURIComponent(address)}`,
    };
  }
  return {
    ...page,
    title: 'Choose a password to read the report',
    sentences: [what, 'You sign in with your e-mail address and this password from now on.'],
    setPassword: address,
  };
}
