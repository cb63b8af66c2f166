import type { WrittenLetter } from '../mailings/letter.mail';
import { plainLetter } from './letter.mail';

/** What an invitation says besides its link. */
export interface InvitationWords {
  /** Who invites, by their address. */
  invitedBy: string;
  organisation: string | undefined;
  title: string;
  message: string;
  lastDay: string;
}

/** Asks somebody to read one report. */
export function invitationLetter(words: InvitationWords, link: string): WrittenLetter {
  const of = words.organisation ? ` of ${words.organisation}` : '';
  const message = words.message === '' ? '' : `They write:\n\n${words.message}\n\n`;
  const body = `Hello,

${words.invitedBy}${of} invites you to read the gap report “${words.title}”, to comment on it and to advise on what should follow from it.

${message}Open the report with this personal link, until ${words.lastDay}:
${link}

The link is for you alone: please do not pass it on. You sign in with this e-mail address, or choose a password if you have not used this service before.

If you do not know what this is about, do nothing.`;
  return plainLetter(`You are invited to read a report: ${words.title}`, body, [link]);
}
