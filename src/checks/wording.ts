import type { Definition } from '../questionnaires/definition';
import { textIn } from '../questionnaires/text';
import { type Asked, askedIn, isAnswered, isRating, quoted, statementsOf, textsIn } from './asked';
import { type CheckFinding, ofPage, ofQuestion, wholeQuestionnaire } from './check-finding';

const mostAbbreviations = 8;

/** A rule over one statement: which words are at fault, if any. */
type Fault = (words: string) => string | undefined;

const doing = '[a-z]{2,}ing';
/** Words that end like doing something and name a thing. */
const things =
  /^(being|wellbeing|during|including|following|according|nursing|training|learning|meeting|building|hearing|morning|evening|setting|thing|nothing|something|anything|everything|wing|ring|king|spring|string|ceiling|finding|feeling|housing|funding|staffing|counselling|coaching|mentoring|dressing|screening|bleeding|breathing|eating|sleeping|drinking|hearing|living|ongoing|existing|long-standing|outstanding|willing|missing|using|regarding|concerning|planning|teaching|understanding|caring|upbringing|clothing|lighting|parking)$/i;
const twoDoings = new RegExp(
  String.raw`\b(${doing})\b((?:\s+[\w’'-]+){0,4}?)\s+(?:and|or|and/or)\s+(${doing})\b`,
  'gi',
);
const skills =
  'assess|manage|recognise|respond|plan|deliver|identify|treat|support|explain|monitor|review|refer|record|evaluate|develop|provide|prescribe|supervise|teach|lead|understand|apply|use|discuss|agree|listen|communicate|document|prevent|escalate|diagnose|advise|promote|respect|adapt';
const twoSkills = new RegExp(
  String.raw`\b(${skills})\b((?:\s+[\w’'-]+){0,4}?)\s+(?:and|or|and/or)\s+(${skills})\b`,
  'i',
);
const twoOwned = /\b(my|your|the|our)\s+[a-z-]+\s+(?:and|or)\s+(?:my|your|the|our)\s+[a-z-]+\b/i;
const togetherAnyway =
  /\b(moving and handling|time and the place|signs and the symptoms|parents? (and|or) (the |your |my )?carers?)\b/i;
const alternatives =
  /\b(?!(?:he|she|his|him|her|and|s|24|n)\/)[a-z]{3,}\/(?!(?:she|her|hers|or|him|they|a|7)\b)[a-z]{3,}\b/i;

/** Two things asked at once: two doings ("assessing and treating"), two things of one's own, or a slash. */
export const twoInOne: Fault = (words) => {
  for (const [found, first, , second] of words.matchAll(twoDoings)) {
    if (!things.test(first!) && !things.test(second!) && !togetherAnyway.test(found)) return found;
  }
  const owned = twoOwned.exec(words)?.[0];
  return (
    twoSkills.exec(words)?.[0] ??
    (owned && !togetherAnyway.test(owned) ? owned : undefined) ??
    /\band\/or\b/i.exec(words)?.[0] ??
    alternatives.exec(words)?.[0]
  );
};

const suggesting =
  /\b((do|wo|would|is|are|should|ca|could|have|has)n[’']t (you|it|they|there|nurses|staff|we|everybody|everyone|people)|do you not (agree|think|feel|believe)|do(n[’']t| not)? you agree that|would(n[’']t)? you agree that|is(n[’']t)? it true that|obviously|clearly (?=(is|are|was|were|should|must|need|import|better|best)\b)|surely|of course|naturally|needless to say|as (you know|everybody knows|everyone knows|we all know)|everybody knows|everyone knows|it is well known|undoubtedly|without doubt|unfortunately|fortunately|(how|the|this|your|our) (excellent|wonderful|outstanding|fantastic|terrible|dreadful|awful))\b/i;
/** Not "Should a patient fall, …", which says when. */
const opinionAsked =
  /^(should|shouldn[’']t|must|why should)\b(?![^?]*, (how|what|who|where|when|which|I|do|can)\b)/i;

/** Words that suggest an answer: "Don't you agree", "obviously", "Should …?" */
export const leading: Fault = (words) => {
  const found = suggesting.exec(words)?.[0] ?? opinionAsked.exec(words.trim())?.[0];
  return found?.trim();
};

const negative =
  /\b(not|cannot|never|no|nobody|none|nothing|without|hardly|rarely|unable|fails? to|failing to|lacks?|\w+n[’']t)\b/gi;

/** Two negatives in one sentence. */
export const doubleNegative: Fault = (words) => {
  for (const sentence of words.split(/[.!?;:]\s/)) {
    const found = [...sentence.matchAll(negative)].map(([word]) => word.toLowerCase());
    const once = found.join(' ') === 'not without' ? [] : found;
    if (once.length >= 2) return once.slice(0, 2).join(' … ');
  }
  return undefined;
};

const sweeping =
  /\b(always|never|all the time|every (single )?time|at all times|everybody|everyone|nobody|no one|completely|totally|entirely|in every case|without exception)\b/i;

/** Words that leave no exception, where it is not asked already how often or how far. */
export const absolute: Fault = (words) =>
  /^how (often|far|much)\b/i.test(words.trim()) ? undefined : sweeping.exec(words)?.[0];

/** Words that lead people astray. Of the ways of rating one competency only the first is named. */
export function wordingFindings(definition: Definition): CheckFinding[] {
  const asked = askedIn(definition).filter(isAnswered).filter(isFirstOfItsWords());
  const rated = asked.filter(isRating);
  const of = (
    ones: Asked[],
    rule: CheckFinding['rule'],
    severity: CheckFinding['severity'],
    fault: Fault,
    say: (found: string) => string,
  ) => ones.flatMap((one) => wordFindings(one, { rule, severity, fault, say }));
  return [
    ...of(
      rated,
      'two in one',
      'hint',
      twoInOne,
      (found) => `${found} may be two questions: ask each by itself.`,
    ),
    ...of(asked, 'leading', 'warning', leading, (found) => `${found} suggests an answer. Ask without it.`),
    ...of(
      asked,
      'double negative',
      'warning',
      doubleNegative,
      (found) => `Two negatives (${found}) in one sentence. Say what is so.`,
    ),
    ...of(
      rated,
      'absolute',
      'hint',
      absolute,
      (found) => `${found} leaves no exception. Ask how often, or how far.`,
    ),
    ...abbreviations(definition),
  ];
}

interface WordRule {
  rule: CheckFinding['rule'];
  severity: CheckFinding['severity'];
  fault: Fault;
  say(found: string): string;
}

/** One finding for a question, however many of its rows are at fault. */
function wordFindings(one: Asked, { rule, severity, fault, say }: WordRule): CheckFinding[] {
  const faults = statementsOf(one).flatMap((words) => {
    const found = fault(words);
    return found === undefined ? [] : [{ words, found }];
  });
  const [first, ...others] = faults;
  if (!first) return [];
  const place = ofQuestion(one.question.name);
  return [
    {
      ...{ rule, severity, place },
      sentence: `${quoted(first.words)}: ${say(quoted(first.found, 60))}`,
      ...(others.length > 0
        ? { details: others.map(({ words, found }) => `${quoted(words)}: also ${quoted(found, 60)}`) }
        : {}),
      judged: faults.map(({ words }) => words).join('\n'),
    },
  ];
}

function isFirstOfItsWords(): (one: Asked) => boolean {
  const seen = new Set<string>();
  return (one) => {
    const words = statementsOf(one).join('\n');
    const known = one.question.competency !== undefined && seen.has(words);
    seen.add(words);
    return !known;
  };
}

/** What everybody who answers knows. */
const wellKnown = new Set(
  'NHS UK GP GPs IT PDF OK ID TV USA EU COVID AIDS HIV MRI CT PC CD DVD SMS PIN BBC FAQ GMT BST AM PM A4 CV HR'.split(
    ' ',
  ),
);
const capitals = /\b[A-Z][A-Z&]{1,5}s?\b(?!-?\d)/g;

/** Abbreviations that are explained nowhere, each where it first stands. */
function abbreviations(definition: Definition): CheckFinding[] {
  const texts = textsIn(definition).map(({ part, name, text }) => ({ part, name, words: textIn(text) }));
  const explained = explainedIn(texts.map(({ words }) => words));
  const offered = vocabularyWords(definition);
  const found = new Map<string, CheckFinding>();
  for (const { part, name, words } of texts) {
    if (words === words.toUpperCase() || offered.has(words)) continue;
    for (const [written] of words.matchAll(capitals)) {
      const short = written.replace(/s$/, '');
      if (wellKnown.has(short) || wellKnown.has(written) || explained.has(short) || found.has(short))
        continue;
      if (/^[IVX]+$/.test(short)) continue;
      found.set(short, {
        rule: 'abbreviation',
        severity: 'hint',
        place: part === 'page' ? ofPage(name) : part === 'question' ? ofQuestion(name) : wholeQuestionnaire,
        sentence: `“${written}” is explained nowhere. Write it out where it first stands: ${quoted(words, 60)}.`,
        judged: short,
      });
    }
  }
  return [...found.values()].slice(0, mostAbbreviations);
}

/** "attention deficit hyperactivity disorder (ADHD)", or the other way round. */
function explainedIn(texts: string[]): Set<string> {
  const explained = new Set<string>();
  for (const words of texts) {
    for (const [, short] of words.matchAll(/\(([A-Z][A-Z&]{1,5})s?\)/g)) explained.add(short!);
    for (const [, short] of words.matchAll(/\b([A-Z][A-Z&]{1,5})s? \((?=[^)]*[a-z]{3})/g))
      explained.add(short!);
  }
  return explained;
}

/** The words of choices that come from a vocabulary: they are the project's, not the questionnaire's. */
function vocabularyWords(definition: Definition): Set<string> {
  return new Set(
    askedIn(definition)
      .filter(({ question }) => question.facet !== undefined || question.vocabulary !== undefined)
      .flatMap(({ question }) => question.choices ?? [])
      .flatMap((choice) => (typeof choice === 'object' ? textIn(choice.text) : [])),
  );
}
