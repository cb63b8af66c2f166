import { distance } from 'fastest-levenshtein';

/** What the correction of one text would do to what people understand. */
export type Judgement =
  /** Nothing but letters, signs and small words that were plainly mistyped. */
  { isTypingError: true } | { isTypingError: false; reason: string };

/**
 * Words that carry the sense of a question: with another of them, or without it, people answer another question.
 * However alike two of them look, one is never the other mistyped.
 */
const bearing = new Set([
  ...['not', 'no', 'none', 'never', 'nor', 'neither', 'without', 'cannot', 'unless', 'except', 'but'],
  ...['all', 'any', 'some', 'few', 'many', 'most', 'each', 'every', 'both', 'either', 'only', 'other', 'own'],
  ...['always', 'often', 'sometimes', 'rarely', 'seldom', 'usually', 'daily', 'weekly', 'monthly', 'yearly'],
  ...['must', 'should', 'may', 'might', 'can', 'could', 'would', 'will', 'need', 'needs', 'needed'],
  ...[
    'more',
    'less',
    'least',
    'fewer',
    'better',
    'worse',
    'best',
    'worst',
    'over',
    'under',
    'above',
    'below',
  ],
  ...[
    'before',
    'after',
    'now',
    'then',
    'past',
    'next',
    'last',
    'first',
    'since',
    'until',
    'during',
    'within',
  ],
  ...[
    'and',
    'or',
    'if',
    'with',
    'alone',
    'you',
    'your',
    'they',
    'their',
    'we',
    'our',
    'he',
    'she',
    'his',
    'her',
  ],
]);
const small = new Set(['a', 'an', 'the', 'of', 'to', 'in', 'on', 'at', 'is', 'are', 'that', 'for']);
const turning = /^(un|in|im|il|ir|dis|non|mis|de|anti|under|over|pre|post|sub|super|hyper|hypo)-?/;

/** A word may differ by so many letters for each it has. */
const lettersPerError = 3;
const mostLetters = 2;
/** Longer texts are not compared: the work grows with the square. */
const mostWords = 1000;

/**
 * Is a changed text the same text without a typing error? Only then do answers given before and after mean the same.
 * Signs and capitals may change; a word may lose or gain a letter or two where the other words stay; a small word may
 * be doubled or missing. Numbers, negations, words of degree, time and duty may not.
 */
export function judge(before: string, after: string): Judgement {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  if (Math.max(old.length, fresh.length) > mostWords) return meaning('The text is too long to be sure.');
  if (fresh.length === 0 && old.length > 0) return meaning('The text would be gone.');
  if (old.length === 0 && fresh.length > 0) return meaning('There was no text before.');
  const numbers = old.filter(isNumber).join(' ') !== fresh.filter(isNumber).join(' ');
  if (numbers) return meaning('A number would change.');
  for (const { lost, gained } of differences(old, fresh)) {
    const reason = reasonAgainst(lost, gained);
    if (reason) return meaning(reason);
  }
  return { isTypingError: true };
}

function meaning(reason: string): Judgement {
  return { isTypingError: false, reason };
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[’‘]/g, "'")
      .match(/[\p{L}\p{N}']+/gu) ?? []
  );
}

function isNumber(word: string): boolean {
  return /\p{N}/u.test(word);
}

/** Why words in a place of a text are more than mistyped, if they are. */
function reasonAgainst(lost: string[], gained: string[]): string | undefined {
  if (lost.join('') === gained.join('')) return undefined;
  if (lost.length !== gained.length) {
    const extra = lost.length > gained.length ? surplus(lost, gained) : surplus(gained, lost);
    const others = extra?.filter((word) => !small.has(word)) ?? [];
    if (extra && others.length === 0) return undefined;
    return lost.length > gained.length
      ? `“${lost.join(' ')}” would be left out.`
      : `“${gained.join(' ')}” would be new.`;
  }
  for (const [index, word] of lost.entries()) {
    if (!isMistyped(word, gained[index]!)) return `“${word}” would become “${gained[index]}”.`;
  }
  return undefined;
}

/** The words one list has more than the other, which must be in it in order; nothing where it is not. */
function surplus(longer: string[], shorter: string[]): string[] | undefined {
  const extra: string[] = [];
  let at = 0;
  for (const word of longer) {
    if (word === shorter[at]) at += 1;
    else extra.push(word);
  }
  return at === shorter.length ? extra : undefined;
}

/** Could the one word have been typed by mistake for the other? */
function isMistyped(one: string, other: string): boolean {
  if (one === other) return true;
  if ([one, other].some((word) => isNumber(word) || word.includes("n't"))) return false;
  if (bearing.has(one)) return false;
  // Only letters changed round tell that such a word was meant: "yuo".
  if (bearing.has(other)) return other.length > 2 && lettersOf(one) === lettersOf(other);
  if (isTurned(one, other) || isTurned(other, one)) return false;
  const longest = Math.max(one.length, other.length);
  return distance(one, other) <= Math.min(mostLetters, Math.floor(longest / lettersPerError));
}

function lettersOf(word: string): string {
  return [...word].sort().join('');
}

/** "unable" is "able" turned round, and not mistyped. */
function isTurned(turned: string, word: string): boolean {
  const stem = turned.replace(turning, '');
  return stem !== turned && (stem === word || stem === word.replace(turning, ''));
}

/** The places where two lists of words differ: what one lost there and the other gained (longest common subsequence). */
function differences(old: string[], fresh: string[]): { lost: string[]; gained: string[] }[] {
  const common = commonLengths(old, fresh);
  const found: { lost: string[]; gained: string[] }[] = [];
  let place = { lost: [] as string[], gained: [] as string[] };
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      if (place.lost.length + place.gained.length > 0) found.push(place);
      place = { lost: [], gained: [] };
      i += 1;
      j += 1;
    } else if (j === fresh.length || (i < old.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      place.lost.push(old[i]!);
      i += 1;
    } else {
      place.gained.push(fresh[j]!);
      j += 1;
    }
  }
  return place.lost.length + place.gained.length > 0 ? [...found, place] : found;
}

/** How many words the rests of two lists have in common, from each place on. */
function commonLengths(old: string[], fresh: string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      table[i]![j] =
        old[i] === fresh[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  return table;
}
