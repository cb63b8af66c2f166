import { createHash } from 'node:crypto';
import { type FieldErrors, type Meanwhile, mergeEdits } from '../platform/form';
import { cellText } from '../platform/table';
import { limits } from '../questionnaires/shape';
import { blanksOf, englishText, interfaceKeys } from '../web/words';
import { type MadeFrom, samenessOf } from './progress';
import type { Translatable } from './translatable';

/** What the form of a language's table brought back of one row. */
export interface SentText {
  field: string;
  /** What the row said when the page was made. */
  seen: string;
  /** Stands for the English as it was then. */
  stamp: string;
  typed: string;
  /** Somebody has looked: the translation fits the English as it is now. */
  fits: boolean;
}

export interface Sent {
  texts: SentText[];
  /** Is each text translated for itself, also where others say the same? */
  each: boolean;
}

/** What becomes of what was sent: translations to write and their sources, or what keeps it from being saved. */
export interface MergedTexts {
  entries: Map<string, string>;
  made: MadeFrom[];
  /** What the rows are to hold, by field: what was typed, and what others wrote where nothing was. */
  values: Record<string, string>;
  errors: FieldErrors;
  /** Texts that somebody else translated otherwise meanwhile; `field` is the key. */
  clashes: Meanwhile[];
  /** Texts whose English was changed while one was translating it. */
  reworded: Translatable[];
  /** What was typed for texts that are no longer there. */
  gone: string[];
}

/** The name of a text's field. Keys hold any character, ids of fields must not. */
export function fieldOf(key: string): string {
  return `t-${createHash('sha256').update(key).digest('base64url').slice(0, 16)}`;
}

export function stampOf(own: string): string {
  return createHash('sha256').update(own).digest('base64url').slice(0, 16);
}

/** Longer ones are no texts of a questionnaire. */
const longest = 5000;

/** What keeps a translation from being taken, in a sentence without its full stop. */
export function faultOf(key: string, said: string): string | undefined {
  if (said.length > longest) {
    return `A translation must be ${longest.toLocaleString('en-GB')} characters or fewer`;
  }
  const open = said.indexOf('{');
  if (open >= 0 && said.includes('}', open)) return 'A translation cannot hold braces: { }';
  if (/^question:.*:html$/.test(key) && /<[a-z/!]/i.test(said)) {
    return 'This text is shown as it is written: it cannot hold HTML tags';
  }
  return interfaceFault(key, said);
}

/** What is filled in must stand in every language. */
function interfaceFault(key: string, said: string): string | undefined {
  const name = interfaceKeys.find((one) => key === `interface:${one}`);
  if (!name || said === '') return undefined;
  const wanted = blanksOf(englishText(name));
  if (String(blanksOf(said)) === String(wanted)) return undefined;
  return wanted.length === 0
    ? 'A word after a per cent sign would be filled in, but there is nothing to fill in here'
    : `Keep what is filled in as it stands in the English: ${wanted.join(', ')}`;
}

/** Brings together what was typed, what the page showed, and what is there now. */
export function mergeSent(
  texts: readonly Translatable[],
  language: string,
  { texts: sent, each }: Sent,
): MergedTexts {
  const byField = new Map(texts.map((text) => [fieldOf(text.key), text]));
  const merged: MergedTexts = {
    ...{ entries: new Map(), made: [], values: {}, errors: {}, clashes: [], reworded: [], gone: [] },
  };
  for (const row of sent) {
    const text = byField.get(row.field);
    const [seen, typed] = [cellText(row.seen), cellText(row.typed)];
    if (!text) {
      if (typed !== seen) merged.gone.push(typed);
      continue;
    }
    const now = cellText(text.in[language] ?? '');
    const { fields, changes } = mergeEdits({ said: seen }, { said: typed }, { said: now });
    merged.values[row.field] = typed === seen ? now : row.typed;
    if (typed !== seen) judge(merged, text, row, typed);
    // Where only they wrote, theirs stays and there is nothing to decide.
    if (fields.said !== now)
      merged.clashes.push(...changes.map((change) => ({ ...change, field: text.key })));
  }
  const members = membersOf(texts, language, sent, each);
  const taken = new Set<string>();
  for (const row of sent) {
    const text = byField.get(row.field);
    const [seen, typed] = [cellText(row.seen), cellText(row.typed)];
    if (!text || (typed === seen && !row.fits)) continue;
    for (const { key, own, in: said } of members(text)) {
      if (taken.has(key)) continue;
      taken.add(key);
      const translation = typed === seen ? (said[language] ?? '') : typed;
      if (typed !== seen) merged.entries.set(key, typed);
      // What one has not seen, one has not found to fit.
      if (translation !== '' && row.stamp === stampOf(own))
        merged.made.push({ key, translation, source: own });
    }
  }
  return merged;
}

function judge(merged: MergedTexts, text: Translatable, { field, stamp }: SentText, typed: string): void {
  const fault = faultOf(text.key, typed);
  if (fault) merged.errors[field] = fault;
  if (stamp !== stampOf(text.own)) merged.reworded.push(text);
}

/** Gives the texts a row stands for: those that say the same, but for those that have a row of their own. */
function membersOf(
  texts: readonly Translatable[],
  language: string,
  sent: readonly SentText[],
  each: boolean,
): (text: Translatable) => Translatable[] {
  if (each) return (text) => [text];
  const shown = new Set(sent.map(({ field }) => field));
  const alike = new Map<string, Translatable[]>();
  for (const text of texts) {
    const sameness = samenessOf(text, language);
    alike.set(sameness, [...(alike.get(sameness) ?? []), text]);
  }
  return (text) => [
    text,
    ...alike
      .get(samenessOf(text, language))!
      .filter(({ key }) => key !== text.key && !shown.has(fieldOf(key))),
  ];
}

/** How many languages a questionnaire can have besides English. */
export const mostLanguages = limits.languages;
