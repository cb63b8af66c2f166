import { escapeHtml } from '../web/html';
import { htmlOf } from './letter.mail';

/** Asks whoever reads the mail of an address whether answers to a project's e-mails may go there. */
export function askToConfirm(organisation: string | undefined, project: string, link: string) {
  const subject = 'Please confirm this address for answers to survey e-mails';
  const body = `Hello,

Somebody who runs the project “${project}”${organisation ? ` of ${organisation}` : ''} would like answers to its survey e-mails to come to this address. Survey e-mails are sent from an address that nobody reads.

To agree, open this link within 7 days and press the button there:
${link}

If you do not know what this is about, do nothing.`;
  const html = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body>
${htmlOf(body, [link])}
</body>
</html>
`;
  return { subject, text: `${body}\n`, html, language: 'en' };
}
