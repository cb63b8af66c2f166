import type { WrittenLetter } from '../mailings/letter.mail';
import { plainLetter, settingsFooter } from '../readers/letter.mail';

/** A report as letters name it. */
export interface LetterReport {
  title: string;
  /** Its whole address. */
  address: string;
}

/** What is not said in e-mails, and why they are so short. */
const wordsStayInside =
  'What was said is not in this e-mail: it may quote figures that are for readers of the report only.';

/** Tells somebody that they are mentioned. */
export function mentionLetter(
  report: LetterReport,
  { by, about, link }: { by: string; about: string; link: string },
): WrittenLetter {
  const footer = settingsFooter(report.address);
  const body = `Hello,

${by} mentions you in a comment on the report “${report.title}”, about “${about}”. Read it and answer:
${link}

${wordsStayInside}

-- 
${footer.words}`;
  return plainLetter(`You are mentioned in a comment on ${report.title}`, body, [link, footer.link]);
}

const mostLines = 50;

/** Tells somebody what is new. */
export function digestLetter(
  report: LetterReport,
  news: readonly { words: string; link: string }[],
): WrittenLetter {
  const footer = settingsFooter(report.address);
  const shown = news.slice(0, mostLines);
  const more = news.length - shown.length;
  const all = `${report.address}/comments`;
  const count = news.length === 1 ? 'One thing is new' : `${news.length} things are new`;
  const body = `Hello,

${count} at the report “${report.title}”.

${shown.map(({ words, link }) => `${words}:\n${link}`).join('\n\n')}
${more > 0 ? `\nAnd ${more} more:\n${all}\n` : ''}
${wordsStayInside}

-- 
${footer.words}`;
  return plainLetter(`${count} at ${report.title}`, body, [
    ...shown.map(({ link }) => link),
    all,
    footer.link,
  ]);
}
