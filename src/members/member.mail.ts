import { htmlOf } from '../mailings/letter.mail';
import { escapeHtml } from '../web/html';

/** Tells somebody that they are in a project now. */
export function memberLetter(project: string, role: string, link: string) {
  const subject = 'You are in a project of the skills gap survey';
  const body = `Hello,

You are in the project “${project}” now, as ${role.toLowerCase()}. Sign in to see it:
${link}

If you do not know what this is about, ask whoever runs the project, or leave it on its page “People”.`;
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
