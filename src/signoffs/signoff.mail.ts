import type { WrittenLetter } from '../mailings/letter.mail';
import { plainLetter } from '../readers/letter.mail';

/** Asks somebody who has to sign a report to do it. Why they are asked is said; what they are to sign is on the page only. */
export function signatureLetter({ title, link }: { title: string; link: string }): WrittenLetter {
  const body = `Hello,

You are one of those who have to sign the report “${title}”. The discussion is closed, and it can be signed now: sign it, or say why you object.
${link}

You get this e-mail once, as the project lead named you. It is sent whichever e-mails about this report you have chosen.`;
  return plainLetter(`Please sign the report ${title}`, body, [link]);
}
