import type { Translatable } from './translatable';

/** What a translation was made from. */
export interface MadeFrom {
  key: string;
  translation: string;
  source: string;
}

/** The English that translations were made from, as `sourceOf` finds it. */
export type Sources = ReadonlyMap<string, string>;

/** "needless": there are no words in it. */
export type TextState = 'translated' | 'missing' | 'changed' | 'needless';

export const statesInWords: Record<TextState, string> = {
  translated: 'Translated',
  missing: 'Missing',
  changed: 'English changed since',
  needless: 'Nothing to translate',
};

/** Keeps sources to be found by the text and by what it says: an older translation, brought back, has its own source. */
export function sourcesFrom(made: readonly MadeFrom[]): Sources {
  return new Map(made.map(({ key, translation, source }) => [`${key}\n${translation}`, source]));
}

export function sourceOf(sources: Sources, key: string, translation: string): string | undefined {
  return sources.get(`${key}\n${translation}`);
}

/** How a text stands in a language. Where nobody knows what a translation was made from, it counts as fitting. */
export function stateOf({ key, own, in: said }: Translatable, language: string, sources: Sources): TextState {
  const translation = said[language] ?? '';
  if (translation === '') return /\p{L}/u.test(own) ? 'missing' : 'needless';
  return (sourceOf(sources, key, translation) ?? own) === own ? 'translated' : 'changed';
}

export interface Progress {
  /** The texts that have a translation, whether or not the English was changed since. */
  translated: number;
  changed: number;
  /** All that have one or need one. */
  of: number;
}

export function progressIn(texts: readonly Translatable[], language: string, sources: Sources): Progress {
  const states = texts.map((text) => stateOf(text, language, sources));
  const count = (...wanted: TextState[]) => states.filter((state) => wanted.includes(state)).length;
  return {
    translated: count('translated', 'changed'),
    changed: count('changed'),
    of: count('translated', 'changed', 'missing'),
  };
}

/** "1 text", "12 texts" */
export function textsInWords(count: number): string {
  return count === 1 ? '1 text' : `${count.toLocaleString('en-GB')} texts`;
}

/** A text, or several that say the same in English and in the language: they are translated together. */
export interface Row {
  text: Translatable;
  /** How many they are, the text itself among them. */
  places: number;
  state: TextState;
  /** Of a translation that is no longer sure to fit: the English it was made from. */
  source: string | null;
}

/** The rows of a language's table: each text for itself, or those that say the same shown where the first stands. */
export function rowsOf(
  texts: readonly Translatable[],
  language: string,
  sources: Sources,
  each: boolean,
): Row[] {
  const rows = new Map<string, Row>();
  for (const text of texts) {
    const sameness = each ? text.key : samenessOf(text, language);
    const row: Row = rows.get(sameness) ?? { text, places: 0, state: 'translated', source: null };
    const state = stateOf(text, language, sources);
    row.places += 1;
    // Where one of them was made from other words, all are worth a look.
    if (row.state !== 'changed') row.state = state;
    if (state === 'changed') row.source ??= sourceOf(sources, text.key, text.in[language]!)!;
    rows.set(sameness, row);
  }
  return [...rows.values()];
}

/** The same for texts that say the same, in English and in the language. */
export function samenessOf({ own, in: said }: Translatable, language: string): string {
  return JSON.stringify([own, said[language] ?? '']);
}
