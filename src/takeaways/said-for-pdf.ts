import type { ReleaseParts } from '../releases/release';
import {
  howTextsWereRead,
  ofEverybodyWhoWrote,
  saidHeading,
  shareOf,
  writersInWords,
} from '../reports/said-in-words';
import type { PdfSection } from './pdf-parts';

/** What people said, as a section of a report's document; null where nothing was asked that they could write about. */
export function saidForPdf(texts: ReleaseParts['texts'] | undefined): PdfSection | null {
  if (!texts || texts.questions.length === 0) return null;
  return {
    heading: saidHeading,
    sentences: [ofEverybodyWhoWrote, howTextsWereRead],
    entries: texts.questions.map((question) => ({
      name: question.title,
      lines: [
        ...writersInWords(question),
        ...question.themes.map((theme) => {
          const people = theme.n === null ? '' : `, about ${theme.n} people`;
          return `${theme.title}: ${shareOf(theme)} of those who wrote${people}`;
        }),
        ...question.quotes.map(({ text, group }) => (group ? `“${text}” – ${group}` : `“${text}”`)),
      ],
    })),
  };
}
