import type { WrittenLetter } from '../mailings/letter.mail';
import { plainLetter } from '../readers/letter.mail';
import { serviceName } from '../web/layout';
import { type LinkKind, linkMinutes } from './link';

const asked: Record<LinkKind, { subject: string; words: string }> = {
  password: {
    subject: `Choose a new password: ${serviceName}`,
    words: 'Somebody, probably you, asked for a new password for your account.\n\nChoose one with this link',
  },
  'sign-in': {
    subject: `Your link to sign in: ${serviceName}`,
    words: 'Somebody, probably you, asked for a link to sign in to your account.\n\nSign in with this link',
  },
};

/** The e-mail with a one-time link. */
export function linkLetterOf(kind: LinkKind, link: string): WrittenLetter {
  const { subject, words } = asked[kind];
  const body = `Hello,

${words}. It works once, within ${linkMinutes[kind]} minutes of being asked for:
${link}

Do not pass the link on: it opens your account.

If you did not ask for it, do nothing. Nothing changes.`;
  return plainLetter(subject, body, [link]);
}

/** Tells somebody that their password is another one now. */
export function passwordChangedLetter(forgotten: string): WrittenLetter {
  const body = `Hello,

The password of your account has just been changed, and you have been signed out everywhere else.

If it was not you, choose another password at once, and tell whoever runs this service:
${forgotten}`;
  return plainLetter(`Your password was changed: ${serviceName}`, body, [forgotten]);
}
