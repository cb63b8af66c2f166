import { csvOf } from '../platform/csv';
import { cellText, type Rows } from '../platform/table';
import { limits } from '../questionnaires/shape';
import type { ImportFinding } from '../staging/staged-import';
import { type Sources, stateOf, statesInWords } from './progress';
import { faultOf } from './sent';
import type { Translatable } from './translatable';

/** The columns of a translations file, in the order they are written. */
export const fileColumns = ['key', 'place', 'what', 'English', 'translation', 'state'] as const;

/** The texts in one language as a CSV file: one row for each text. */
export function translationsFile(texts: readonly Translatable[], language: string, sources: Sources): string {
  return csvOf([
    fileColumns,
    ...texts.map((text) => [
      ...[text.key, text.place, text.what, text.own, text.in[language] ?? ''],
      statesInWords[stateOf(text, language, sources)],
    ]),
  ]);
}

/** What is understood of a translations file. Survives JSON. */
export interface ImportedTranslations {
  language: string;
  texts: ImportedText[];
}

export interface ImportedText {
  key: string;
  translation: string;
  /** The English it was made from; null where the file does not say. */
  english: string | null;
}

/**
 * Understands the rows of a translations file. Empty translations leave things as they are, so that a file in which
 * others' work is missing does not take it away.
 */
export function readTranslations(
  rows: Rows,
  texts: readonly Translatable[],
): { texts: ImportedText[]; findings: ImportFinding[] } {
  const top = rows.findIndex((row) => row.some((cell) => cell !== ''));
  if (top < 0) return nothingRead('', 'The file is empty.');
  const header = rows[top]!.map((cell) => cell.toLowerCase());
  const column = (name: string) => header.indexOf(name.toLowerCase());
  const [keys, translations, english] = [column('key'), column('translation'), column('English')];
  if (keys < 0 || translations < 0) {
    const sentence = 'The first row must name the columns. It needs “key” and “translation”.';
    return nothingRead(`Row ${top + 1}`, sentence);
  }
  if (rows.length - top > limits.entries) {
    const most = limits.entries.toLocaleString('en-GB');
    return nothingRead('', `A file can hold ${most} rows at most. Leave out those without a translation.`);
  }
  const known = new Map(texts.map((text) => [text.key, text]));
  const read = new Map<string, ImportedText>();
  const findings: ImportFinding[] = [];
  rows.slice(top + 1).forEach((cells, index) => {
    const say = (severity: ImportFinding['severity'], sentence: string) =>
      findings.push({ place: `Row ${top + index + 2}`, sentence, severity });
    const [key = '', translation = ''] = [cells[keys], cells[translations]];
    if (translation === '') return;
    const text = known.get(key);
    if (!text) {
      const name = key === '' ? 'There is a translation without a key' : `No text has the key “${key}”`;
      say('warning', `${name}. It is left out.`);
      return;
    }
    if (read.has(key)) say('error', `The key “${key}” is there twice. Keep one of them.`);
    const fault = faultOf(key, translation);
    if (fault) say('error', `${fault}.`);
    const made = english < 0 ? null : (cells[english] ?? '');
    if (made !== null && made !== cellText(text.own)) {
      say('warning', `The English was “${made}” in the file, and is “${text.own}” now.`);
    }
    read.set(key, { key, translation, english: made });
  });
  return { texts: [...read.values()], findings };
}

export function nothingRead(place: string, sentence: string) {
  return { texts: [], findings: [{ place, sentence, severity: 'error' as const }] };
}

/** A translation that a file brings. */
export interface PlannedText {
  text: Translatable;
  before: string;
  after: string;
  source: string;
}

/** What a file would change now: the texts that are still there and say something else. */
export function planImport(
  texts: readonly Translatable[],
  { language, texts: imported }: ImportedTranslations,
): PlannedText[] {
  const known = new Map(texts.map((text) => [text.key, text]));
  return imported.flatMap(({ key, translation, english }) => {
    const text = known.get(key);
    const before = text?.in[language] ?? '';
    if (!text || cellText(before) === translation) return [];
    // Cells hold no spaces at their ends; a text may.
    const isToday = english === null || english === cellText(text.own);
    return [{ text, before, after: translation, source: isToday ? text.own : english }];
  });
}
