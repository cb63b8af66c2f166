import { htmlOf, type WrittenLetter } from '../mailings/letter.mail';
import { escapeHtml } from '../web/html';

const longestSubject = 150;

/** A letter in plain words: the text as typed, our own addresses as links. */
export function plainLetter(subject: string, body: string, links: readonly string[]): WrittenLetter {
  const heading = oneLine(subject);
  const html = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(heading)}</title></head>
<body>
${htmlOf(body, links)}
</body>
</html>
`;
  return { subject: heading, text: `${body}\n`, html, language: 'en' };
}

/** What people typed may hold what would end a header. */
function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  return line.length > longestSubject ? `${line.slice(0, longestSubject - 1)}…` : line;
}

/** The last lines of letters that come without being asked for: where one chooses which come. */
export function settingsFooter(address: string): { words: string; link: string } {
  const link = `${address}/notifications`;
  return { words: `Choose which e-mails you get about this report:\n${link}`, link };
}
