import { distance } from 'fastest-levenshtein';

/** Words that say nothing about what a competency is about. */
const smallWords = new Set([
  ...[
    'a',
    'an',
    'and',
    'are',
    'as',
    'at',
    'be',
    'by',
    'can',
    'do',
    'for',
    'from',
    'has',
    'have',
    'how',
    'in',
  ],
  ...[
    'into',
    'is',
    'it',
    'its',
    'of',
    'on',
    'or',
    'that',
    'the',
    'their',
    'them',
    'they',
    'this',
    'to',
    'what',
  ],
  ...['when', 'which', 'who', 'with', 'within'],
]);

/** From here on a pair is worth a person's look; from there on it is most likely the same. */
const alike = 0.65;
const veryAlike = 0.85;

/** What one text inside another is worth: "Safeguarding children" in "Safeguarding of children and young people". */
const contained = 0.7;
const fewestContainedWords = 2;

/** Like descriptions count a little less than like titles. */
const descriptionWeight = 0.95;

/** A competency's words, made ready to be compared many times. */
export interface Wording {
  lineageId: string;
  title: ReadyText;
  description: ReadyText;
}

interface ReadyText {
  words: Set<string>;
  sorted: string;
}

/** A competency that is likely to mean the same as another. */
export interface Suggestion {
  lineageId: string;
  /** From 0, nothing alike, to 1, the same words. */
  score: number;
  words: 'Very alike' | 'Alike';
}

/** Makes a competency's title and description comparable: without case, accents, punctuation, order and small words. */
export function wordingOf(competency: { lineageId: string; title: string; description: string }): Wording {
  return {
    lineageId: competency.lineageId,
    title: readyText(competency.title),
    description: readyText(competency.description),
  };
}

function readyText(text: string): ReadyText {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !smallWords.has(word))
    .sort();
  return { words: new Set(words), sorted: words.join(' ') };
}

/**
 * How alike two competencies are, from 0 to 1: by title or by description, whichever is more. The share of letters that
 * need no change (1 - Levenshtein distance / length of the longer) between the words in alphabetical order; where all
 * words of one title stand in the other it is 0.7 at least.
 */
export function likeness(one: Wording, other: Wording): number {
  const titles = textLikeness(one.title, other.title);
  const descriptions = textLikeness(one.description, other.description) * descriptionWeight;
  const floor = holdsAll(one.title, other.title) || holdsAll(other.title, one.title) ? contained : 0;
  return Math.max(titles, descriptions, floor);
}

function textLikeness({ sorted: one }: ReadyText, { sorted: other }: ReadyText): number {
  const longer = Math.max(one.length, other.length);
  const shorter = Math.min(one.length, other.length);
  // Lengths this far apart cannot come to anything, whatever the letters.
  if (shorter === 0 || shorter / longer < alike) return 0;
  return 1 - distance(one, other) / longer;
}

function holdsAll({ words: outer }: ReadyText, { words: inner }: ReadyText): boolean {
  return inner.size >= fewestContainedWords && [...inner].every((word) => outer.has(word));
}

/** The likeliest of the candidates, best first, at most `most` of them. */
export function suggestionsFor(wanted: Wording, candidates: readonly Wording[], most: number): Suggestion[] {
  return candidates
    .map((candidate) => ({ lineageId: candidate.lineageId, score: likeness(wanted, candidate) }))
    .filter(({ score }) => score >= alike)
    .sort((one, other) => other.score - one.score)
    .slice(0, most)
    .map(({ lineageId, score }) => ({
      lineageId,
      score,
      words: score >= veryAlike ? 'Very alike' : 'Alike',
    }));
}
