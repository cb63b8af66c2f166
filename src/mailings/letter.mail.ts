import { escapeHtml } from '../web/html';
import { directionOf, wordsIn } from '../web/words';
import { type Blank, filledIn } from './mail-text';
import type { MailText } from './mailing';
import { footerIn } from './usual-texts.mail';

/** Whom a letter is for, and what is theirs in it. */
export interface Addressee {
  name: string;
  language: string;
  link: string;
  unsubscribe: string;
}

/** What letters say of the survey. */
export interface SurveyFacts {
  title: string;
  organisation: string;
  /** Its last day, at noon. */
  closesOn: Date;
  minutes: number;
}

/** The same as it is said in a language: worked out once for all letters, for it costs more than the rest of a letter. */
export interface SaidOfSurvey {
  title: string;
  organisation: string;
  closes: string;
  minutes: string;
  direction: 'ltr' | 'rtl';
}

export function sayOfSurvey(
  { title, organisation, closesOn, minutes }: SurveyFacts,
  language: string,
): SaidOfSurvey {
  return {
    title,
    organisation,
    closes: dateIn(language, closesOn),
    minutes: minutesIn(language, minutes),
    direction: directionOf(language),
  };
}

export interface WrittenLetter {
  subject: string;
  text: string;
  html: string;
  language: string;
}

/** The letter exactly as it is sent: subject, plain text, and the same as HTML. */
export function writeLetter(said: MailText, survey: SaidOfSurvey, person: Addressee): WrittenLetter {
  const { language, link, unsubscribe } = person;
  const values: Record<Blank, string> = {
    name: person.name,
    link,
    title: survey.title,
    organisation: survey.organisation,
    closes: survey.closes,
    minutes: survey.minutes,
  };
  const { subject, body } = filledIn(said, values);
  const footer = `${footerIn(language, survey.organisation)}\n${unsubscribe}`;
  const text = `${body.trim()}\n\n-- \n${footer}\n`;
  const direction = survey.direction === 'rtl' ? ' dir="rtl"' : '';
  const html = `<!DOCTYPE html>
<html lang="${escapeHtml(language)}"${direction}>
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body>
${htmlOf(body.trim(), [link])}
<hr>
${htmlOf(footer, [unsubscribe])}
</body>
</html>
`;
  return { subject, text, html, language };
}

function dateIn(language: string, day: Date): string {
  return wordsIn(language === 'en' ? 'en-GB' : language).date(day);
}

/** "1 minute", "10 minutes", "10 munud". */
function minutesIn(language: string, minutes: number): string {
  const unit = { style: 'unit', unit: 'minute', unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(language, unit).format(minutes);
}

/** Paragraphs and lines as typed; only our own addresses become links. */
export function htmlOf(text: string, addresses: readonly string[]): string {
  return text
    .split(/\n{2,}/)
    .map(
      (paragraph) =>
        `<p>${paragraph
          .split('\n')
          .map((line) => lineOf(line, addresses))
          .join('<br>\n')}</p>`,
    )
    .join('\n');
}

function lineOf(line: string, addresses: readonly string[]): string {
  const escaped = escapeHtml(line);
  return addresses.reduce((html, address) => {
    const safe = escapeHtml(address);
    return address === '' ? html : html.replace(safe, () => `<a href="${safe}">${safe}</a>`);
  }, escaped);
}
