import { formatTime } from '../platform/dates';
import { english } from './words-english';
import { welsh } from './words-welsh';

/** A text of the interface, by what it is for. */
export type WordKey = keyof typeof english;
export type Texts = Record<WordKey, string>;

/** What respondents' pages say around a questionnaire, in one language. */
export interface Words {
  /** As HTML names it. */
  lang: string;
  dir: 'ltr' | 'rtl';
  /** The text, with what is to be filled in. */
  say(key: WordKey, filled?: Readonly<Record<string, string | number>>): string;
  /** "21 November 2026" from an instant, as the day is in London. */
  date(instant: Date): string;
  /** "5:30pm", "17:30" in languages other than English: London time. */
  time(instant: Date): string;
}

/** The languages the interface can be had in without anybody translating it. */
const shipped: Record<string, Texts> = { 'en-GB': english, cy: welsh };

const rightToLeft = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Syrc', 'Thaa']);

export const interfaceKeys = Object.keys(english) as WordKey[];

/** The interface in English. */
export const englishWords = wordsIn('en-GB');

export function isShipped(language: string): boolean {
  return Object.hasOwn(shipped, language);
}

/** The interface in a language: the product's own texts, or those a questionnaire brings; where it brings none, English. */
export function wordsIn(lang: string, brought: Readonly<Partial<Texts>> = {}): Words {
  const texts: Texts = { ...english, ...brought, ...(isShipped(lang) ? shipped[lang] : {}) };
  const dates = new Intl.DateTimeFormat(lang, {
    timeZone: 'Europe/London',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    calendar: 'gregory',
    numberingSystem: 'latn',
  });
  const times = new Intl.DateTimeFormat(lang, {
    timeZone: 'Europe/London',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    numberingSystem: 'latn',
  });
  return {
    lang,
    dir: directionOf(lang),
    say: (key, filled = {}) => filledIn(texts[key], filled),
    date: (instant) => dates.format(instant),
    time: (instant) => (lang === 'en-GB' ? formatTime(instant) : times.format(instant)),
  };
}

/** A text of the interface as it is written, with its blanks. */
export function englishText(key: WordKey): string {
  return english[key];
}

/** What a text leaves to be filled in: "%place". */
export function blanksOf(text: string): string[] {
  return [...text.matchAll(/%[a-z]+/g)].map(([blank]) => blank).sort();
}

function filledIn(text: string, filled: Readonly<Record<string, string | number>>): string {
  return text.replace(/%([a-z]+)/g, (blank, name) => String(filled[name] ?? blank));
}

/** The direction a language is written in. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return rightToLeft.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';
}

/** What those who speak a language call it, as a word that stands by itself: "Cymraeg", "Polski". */
export function ownNameOf(language: string): string {
  const [first = '', ...rest] =
    new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return first.toLocaleUpperCase(language) + rest.join('');
}
