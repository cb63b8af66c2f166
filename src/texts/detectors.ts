/** What a detector takes a part of a text for; in the words that stand in its place. */
export type Found =
  | 'e-mail address'
  | 'web address'
  | 'NHS number'
  | 'NMC PIN'
  | 'phone number'
  | 'postcode'
  | 'date'
  | 'number'
  | 'organisation'
  | 'role and place'
  | 'name';

/** A part of a text, from one place up to another. */
export interface Span {
  from: number;
  to: number;
  found: Found;
}

/** What detectors look for besides patterns, and what they leave alone. */
export interface Known {
  organisations: readonly string[];
  /** Terms written in capitals that name nobody: "Mental Health", the professions and settings. */
  terms: readonly string[];
}

/** Whether words written large are known to name nobody. */
type IsNoName = (words: readonly string[]) => boolean;

/** Made once, for many texts. */
export interface Detectors {
  spansIn(text: string): Span[];
}

/**
 * Finds what may tell who somebody is (METHODS.md 3.7). Whoever wonders about a part sees it masked until a redactor has looked: it is better to
 * mask a word too many. Every pattern has bounds on what it repeats, so that no text takes long.
 */
export function detectorsFor({ organisations, terms }: Known): Detectors {
  const named = namesPattern(organisations);
  const isNoName = phrasesIn(terms);
  const detectors: ((text: string) => Span[])[] = [
    (text) => matches(text, email, 'e-mail address'),
    (text) => matches(text, webAddress, 'web address'),
    tenDigits,
    (text) => matches(text, nmcPin, 'NMC PIN'),
    (text) => matches(text, phone, 'phone number'),
    (text) => matches(text, extension, 'phone number'),
    (text) => matches(text, postcode, 'postcode'),
    (text) => matches(text, day, 'date'),
    (text) => matches(text, longNumber, 'number'),
    (text) => (named ? matches(text, named, 'organisation') : []),
    (text) => placesOfAKind(text, isNoName),
    rolesAtPlaces,
    (text) => titledNames(text, isNoName),
    (text) => capitalisedPairs(text, isNoName),
  ];
  return {
    spansIn: (text) => {
      const masks = [...text.matchAll(anyMask)].map(({ 0: mask, index }) => [index, index + mask.length]);
      const isMasked = ({ from, to }: Span) => masks.some(([begin, end]) => begin! <= from && to <= end!);
      return together(detectors.flatMap((detect) => detect(text)).filter((span) => !isMasked(span)));
    },
  };
}

/** What stands in place of what was found. */
export function maskOf(found: Found): string {
  return `[${found}]`;
}

const anyMask =
  /\[(?:e-mail address|web address|NHS number|NMC PIN|phone number|postcode|date|number|organisation|role and place|name)\]/g;

const email = /[\p{L}\d._%+'-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){0,8}/gu;
const webAddress = /(?:https?:\/\/|\bwww\.)[^\s<>"]{1,300}|(?<![\p{L}\d])@[\p{L}\d_]{2,40}/giu;
const nmcPin = /(?<![\p{L}\d])\d{2} ?\p{L} ?\d{4} ?[A-Z](?![\p{L}\d])/giu;
const phone = /(?<![\d])(?:\+ ?44|0044|0)(?:[ ().-]{0,3}\d){9,11}(?!\d)/g;
const extension =
  /(?<!\p{L})(?:ext|extension|bleep|pager|extn)(?:\.|\b)(?: (?:no|number)\.?)?[ :]{0,3}\d{3,6}(?!\d)/giu;
const postcode = /(?<![\p{L}\d])[A-Z]{1,2}\d[A-Z\d]? {0,2}\d[A-Z]{2}(?![\p{L}\d])/giu;
const day = /(?<!\d)\d{1,2}(?:[/.]|-)\d{1,2}(?:[/.]|-)(?:\d{4}|\d{2})(?!\d)/g;
const longNumber = /(?<!\d)\d(?:[ -]?\d){6,30}(?!\d)/g;

const tenDigitsPattern = /(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g;

function tenDigits(text: string): Span[] {
  return matches(text, tenDigitsPattern, 'NHS number').filter(({ from, to }) =>
    isNhsNumber(text.slice(from, to).replace(/\D/g, '')),
  );
}

/** Ten digits of which the last checks the others, by modulus 11. */
export function isNhsNumber(digits: string): boolean {
  if (!/^\d{10}$/.test(digits)) return false;
  const sum = [...digits.slice(0, 9)].reduce(
    (total, digit, place) => total + Number(digit) * (10 - place),
    0,
  );
  const check = 11 - (sum % 11);
  return check !== 10 && check % 11 === Number(digits[9]);
}

/** Organisations by their names, the longest first, in whatever case. */
function namesPattern(names: readonly string[]): RegExp | null {
  const known = [...new Set(names.map((name) => name.trim()))].filter(
    (name) =>
      name.length >= 4 &&
      !plainly(name)
        .split(' ')
        .every((word) => commonWords.has(word)),
  );
  if (known.length === 0) return null;
  const written = known
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&').replace(/\s+/g, '\\s{1,3}'));
  return new RegExp(`(?<![\\p{L}\\d])(?:${written.join('|')})(?![\\p{L}\\d])`, 'giu');
}

/** A name that ends in what kind of place it is. */
const kindOfPlace =
  /(?<![\p{L}\d])((?:\p{Lu}[\p{L}’'.-]{0,30} {1,2}(?:(?:of|and|&|the) {1,2})?){1,6})(?:NHS (?:Foundation )?Trust|Foundation Trust|Trust|Hospitals?|Infirmary|Surgery|Practice|Medical Centre|Health Centre|Clinic|Hospice|School|Academy|College|University|Care Home|Nursing Home|Ward|Unit)(?![\p{L}\d])/gu;

function placesOfAKind(text: string, isNoName: IsNoName): Span[] {
  return [...text.matchAll(kindOfPlace)].flatMap(({ 0: whole, 1: before, index }) => {
    const isGeneral = before!
      .trim()
      .split(/ +/)
      .every((word) => isNoName([word]));
    return isGeneral ? [] : [{ from: index, to: index + whole.length, found: 'organisation' }];
  });
}

const roles =
  /(?<![\p{L}\d])(?:(?:ward|practice|team|service|line|deputy|clinical|care|unit|general|assistant|business|senior|locality) ){0,2}(?:managers?|leads?|leaders?|matrons?|sisters?|charge nurses?|consultants?|gps?|doctors?|nurses?|directors?|head(?: of [\p{L}-]{1,30})?|supervisors?|partners?|registrars?|pharmacists?|receptionists?|clinicians?)(?![\p{L}\d])/giu;
const atPlace =
  / {1,2}(?:at (?:the |our |my )?[\p{L}\d][\p{L}\d’'-]{0,30}(?: \p{Lu}[\p{L}\d’'-]{0,30}){0,5}|(?:in|on|of|for|from) (?:the |our |my )?(?:(?:ward|unit|bay|team) (?:\d{1,3}[A-Za-z]?|\p{Lu}[\p{L}\d’'-]{0,30})|\p{Lu}[\p{L}\d’'-]{0,30}(?: \p{Lu}[\p{L}\d’'-]{0,30}){0,5}))(?![\p{L}\d])/uy;

/** "The ward manager at the Grange": somebody, though nobody is named. */
function rolesAtPlaces(text: string): Span[] {
  return matches(text, roles, 'role and place').flatMap((span) => {
    atPlace.lastIndex = span.to;
    const [place] = atPlace.exec(text) ?? [];
    return place === undefined ? [] : [{ ...span, to: span.to + place.length }];
  });
}

const titled =
  /(?<![\p{L}\d])(?:[Dd]r|[Mm]rs?|[Mm]s|[Mm]iss|[Mm]x|[Pp]rof(?:essor)?|[Dd]octor|[Ss]ister|[Mm]atron|[Nn]urse|[Ss]r|[Rr]ev)\.? {1,2}(\p{Lu}[\p{L}’'-]{1,40}(?: \p{Lu}[\p{L}’'-]{1,40}){0,2})/gu;

function titledNames(text: string, isNoName: IsNoName): Span[] {
  return [...text.matchAll(titled)].flatMap(({ 0: whole, 1: name, index }) => {
    const isRole = isNoName(whole.split(/ +/)) || name!.split(' ').every((word) => isNoName([word]));
    return isRole ? [] : [{ from: index, to: index + whole.length, found: 'name' }];
  });
}

/** At least one small letter: abbreviations are no names. */
const word = "\\p{Lu}(?=[\\p{L}’'-]{0,40}\\p{Ll})[\\p{L}’'-]{1,40}";
const capitalised = new RegExp(
  `(?<![\\p{L}\\d])${word}(?: {1,2}(?:${word}|\\p{Lu}\\.?(?!\\p{L}))){1,30}`,
  'gu',
);

/** Two words and more in capitals that no vocabulary knows. */
function capitalisedPairs(text: string, isNoName: IsNoName): Span[] {
  return [...text.matchAll(capitalised)].flatMap(({ 0: run, index }) => {
    const words = [...run.matchAll(/\S+/g)].map(({ 0: word, index: at }) => ({ word, at: index + at }));
    return namesAmong(words, isNoName);
  });
}

const longestPhrase = 8;

function namesAmong(words: readonly { word: string; at: number }[], isNoName: IsNoName): Span[] {
  const isKnown = words.map(() => false);
  for (let begin = 0; begin < words.length; begin += 1) {
    for (let end = Math.min(words.length, begin + longestPhrase); end > begin; end -= 1) {
      const phrase = words.slice(begin, end).map(({ word }) => word);
      if (!isNoName(phrase)) continue;
      isKnown.fill(true, begin, end);
      break;
    }
  }
  const found: Span[] = [];
  let begin = 0;
  for (let place = 0; place <= words.length; place += 1) {
    if (place < words.length && !isKnown[place]) continue;
    if (place - begin >= 2) {
      const last = words[place - 1]!;
      found.push({ from: words[begin]!.at, to: last.at + last.word.length, found: 'name' });
    }
    begin = place + 1;
  }
  return found;
}

/** Words that begin sentences, or that health care writes large, and that are no part of anybody's name. */
const commonWords = new Set(
  (
    'a about after again all also although always an and another any are as at because been before but by can could did do does ' +
    'during each even every everyone few for from get give had has have he her here his how i if in is it its just last less ' +
    'management managers many maybe more most much my need needs never no nobody none not nothing now of often on once one only or other ' +
    'our overall people perhaps please really she should since so some sometimes staff such than thank thanks that the their them then ' +
    'there these they this those though time to today too training until very was we were what when where which while who why with ' +
    'within without would yes yesterday tomorrow yet you your ' +
    'monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october ' +
    'november december christmas easter covid english welsh british england wales scotland ireland britain london nhs ' +
    'organisation organisations practitioner practitioners manager consultant associate prescriber assistant support worker ' +
    'mental health nurse nursing nurses community children child adult young service services team care primary secondary learning disability ' +
    'disabilities school specialist clinical practice general practitioner registered public act first aid'
  ).split(' '),
);

function phrasesIn(terms: readonly string[]): IsNoName {
  const phrases = new Set(terms.map(plainly));
  const isCommon = (word: string) => commonWords.has(plainly(word));
  return (words) => phrases.has(plainly(words.join(' '))) || (words.length === 1 && isCommon(words[0]!));
}

function plainly(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();
}

function matches(text: string, pattern: RegExp, found: Found): Span[] {
  return [...text.matchAll(pattern)].map(({ 0: match, index }) => ({
    ...{ from: index, to: index + match.length },
    found,
  }));
}

/** Spans that overlap are one, told for what stands first in the list of detectors. */
function together(spans: readonly Span[]): Span[] {
  const ranked = spans.map((span, rank) => ({ span, rank }));
  ranked.sort((one, other) => one.span.from - other.span.from || one.rank - other.rank);
  const found: { span: Span; rank: number }[] = [];
  for (const { span, rank } of ranked) {
    const last = found.at(-1);
    if (!last || span.from >= last.span.to) {
      found.push({ span: { ...span }, rank });
      continue;
    }
    last.span.to = Math.max(last.span.to, span.to);
    if (rank < last.rank) Object.assign(last, { rank, span: { ...last.span, found: span.found } });
  }
  return found.map(({ span }) => span);
}

/** A text with what was found in it masked, and what that was; each once, in the order of the text. */
export interface Masked {
  text: string;
  found: Found[];
}

/**
 * Masks all that detectors find, and what they find of what is left: a masked text has nothing in it that they would find.
 */
export function masked(detectors: Detectors, text: string): Masked {
  const found = new Set<Found>();
  let left = text;
  for (;;) {
    const spans = detectors.spansIn(left);
    if (spans.length === 0) return { text: left, found: [...found] };
    let from = 0;
    let next = '';
    for (const span of spans) {
      found.add(span.found);
      next += left.slice(from, span.from) + maskOf(span.found);
      from = span.to;
    }
    left = next + left.slice(from);
  }
}
