import { type ShareBound, shareBound } from '../disclosure/class-disclosure';
import { groupStatus, toNearestFive } from '../disclosure/threshold';
import { displayed } from '../platform/rounding';
import type { Theme } from './theme';

/** What a release tells of what people wrote: displayed figures, of everybody together, and words that two people agreed to quote. */
export interface ReleasedTexts {
  questions: ReleasedTextQuestion[];
}

export interface ReleasedTextQuestion {
  name: string;
  title: string;
  /** Too few: fewer people than the threshold wrote something that was read, and so nothing else is told. */
  status: 'shown' | 'too few';
  /** People whose texts were read, to the nearest five; null where they are too few. */
  answered: number | null;
  /** Some of what was written had not been read when this was counted. */
  partly: boolean;
  /** The release whose figures these are, where too little has changed since. */
  carriedFrom: number | null;
  themes: ReleasedTheme[];
  quotes: ReleasedQuote[];
}

export interface ReleasedTheme {
  title: string;
  definition: string;
  /** Of 100 people whose texts were read, how many wrote about it; null where a bound stands in its place. */
  percent: number | null;
  /** People, to the nearest five; null likewise. */
  n: number | null;
  bound: ShareBound | null;
}

export interface ReleasedQuote {
  text: string;
  /** The group it comes from, where that is shown in the report; null otherwise. */
  group: string | null;
}

/** The themes of each text that was counted, by its id. Kept with the release, for the next one; no reader gets it. */
export type CountedTexts = Record<string, string[]>;

/** What one question's figures are worked out from. */
export interface TextsOfQuestion {
  name: string;
  title: string;
  /** Released and coded. */
  counted: CountedTexts;
  /** Is there more that nobody has read yet? */
  partly: boolean;
  frame: readonly Theme[];
  quotes: readonly QuotedText[];
}

export interface QuotedText {
  words: string;
  groups: Record<string, string>;
  /** The dimensions its group may be named by; none where it may not. */
  label: readonly string[];
}

/** What an earlier release counted. */
export interface EarlierTexts {
  number: number;
  question: string;
  counted: CountedTexts;
}

/** Everything about a release that decides what may be told of texts. */
export interface TextsFrame {
  threshold: number;
  /** Is the group of everybody shown? */
  isEverybodyShown: boolean;
  /** The name of a group by its codes, where it is shown. */
  groupName(codes: Record<string, string>): string | null;
  /** What the last published release told. */
  before: ReleasedTexts | undefined;
  /** What each earlier release counted anew. */
  earlier: readonly EarlierTexts[];
}

/** What is released, and what was counted for it where it was counted anew. */
export interface WorkedOutTexts {
  released: ReleasedTexts;
  counted: { question: string; texts: CountedTexts }[];
}

/**
 * Works out what a release tells of what people wrote (METHODS.md 3.7): themes are statistics of everybody who wrote, under the rules of 3.3. Where texts came, went
 * or were coded otherwise since an earlier release, but fewer than the threshold, its figures stay: their difference would be those people's.
 */
export function workOutTexts(questions: readonly TextsOfQuestion[], frame: TextsFrame): WorkedOutTexts {
  const counted: WorkedOutTexts['counted'] = [];
  const released = questions.map((question) => {
    const kept = keptOf(question, frame);
    if (kept) return kept;
    const told = tellQuestion(question, frame);
    if (told.status === 'shown') counted.push({ question: question.name, texts: question.counted });
    return told;
  });
  return { released: { questions: released }, counted };
}

function tellQuestion(question: TextsOfQuestion, frame: TextsFrame): ReleasedTextQuestion {
  const { name, title, counted, partly } = question;
  const texts = Object.values(counted);
  const isShown = frame.isEverybodyShown && groupStatus(texts.length, frame.threshold) === 'shown';
  if (!isShown) {
    return { ...{ name, title, status: 'too few', answered: null, partly: false }, ...nothingTold };
  }
  return {
    ...{ name, title, status: 'shown', answered: toNearestFive(texts.length), partly, carriedFrom: null },
    themes: question.frame.map((theme) => tellTheme(theme, texts)),
    quotes: tellQuotes(question, frame),
  };
}

const nothingTold = { carriedFrom: null, themes: [], quotes: [] };

function tellTheme({ id, title, definition }: Theme, texts: readonly (readonly string[])[]): ReleasedTheme {
  const having = texts.filter((themes) => themes.includes(id)).length;
  const bound = shareBound(having, texts.length);
  if (bound) return { title, definition, percent: null, n: null, bound };
  const percent = displayed((100 * having) / texts.length, 0);
  return { title, definition, percent, n: toNearestFive(having), bound: null };
}

/** Words name their group only where that is shown. */
function tellQuotes({ quotes }: TextsOfQuestion, { groupName }: TextsFrame): ReleasedQuote[] {
  return quotes.map(({ words, groups, label }) => ({
    text: words,
    group:
      label.length === 0
        ? null
        : groupName(Object.fromEntries(label.map((dimension) => [dimension, groups[dimension] ?? '']))),
  }));
}

/** What was told before, where too little has changed since any release that counted anew. Quotes are words, and may come and go. */
function keptOf(question: TextsOfQuestion, frame: TextsFrame): ReleasedTextQuestion | undefined {
  const earlier = frame.earlier.filter((one) => one.question === question.name);
  const tooFew = earlier.some(({ counted }) => {
    const changed = changesBetween(counted, question.counted);
    return changed > 0 && changed < frame.threshold;
  });
  const before = frame.before?.questions.find(({ name }) => name === question.name);
  const last = earlier.at(-1);
  if (!tooFew || !last) return undefined;
  if (!frame.isEverybodyShown || before?.status !== 'shown') {
    return { ...tellQuestion(question, { ...frame, isEverybodyShown: false }) };
  }
  return { ...before, carriedFrom: before.carriedFrom ?? last.number, quotes: tellQuotes(question, frame) };
}

/** How many texts only one of two releases counts, or both with other themes. */
function changesBetween(one: CountedTexts, other: CountedTexts): number {
  const written = (themes: readonly string[] | undefined) => themes && [...themes].sort().join();
  const ids = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...ids].filter((id) => written(one[id]) !== written(other[id])).length;
}
