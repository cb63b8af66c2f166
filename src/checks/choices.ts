import type { Definition } from '../questionnaires/definition';
import { type Asked, answersOf, askedIn, choicesOf, quoted } from './asked';
import { type CheckFinding, ofQuestion } from './check-finding';

const mostButtons = 15;

/** Choices nobody can choose between, or more than one of which is right. */
export function choiceFindings(definition: Definition): CheckFinding[] {
  return askedIn(definition).flatMap((one) => [
    ...tooFew(one),
    ...tooMany(one),
    ...rangeFindings(one),
    ...unbalanced(one),
  ]);
}

function tooFew({ question, kind, title }: Asked): CheckFinding[] {
  const needed = kind === 'one' || kind === 'matrix' || kind === 'ranking';
  const choices = choicesOf(question);
  if (!needed || choices.length !== 1) return [];
  return [
    {
      rule: 'too few choices',
      severity: 'warning',
      place: ofQuestion(question.name),
      sentence: `${quoted(title)} has one choice only: ${quoted(choices[0]!.text, 60)}.`,
      judged: JSON.stringify(choices.map(({ value }) => value)),
    },
  ];
}

function tooMany({ question, title }: Asked): CheckFinding[] {
  const count = choicesOf(question).length;
  if (question.type !== 'radiogroup' || count <= mostButtons) return [];
  return [
    {
      rule: 'too many choices',
      severity: 'hint',
      place: ofQuestion(question.name),
      sentence: `${quoted(title)} has ${count} choices, each a button of its own.`,
      fix: {
        words: 'Ask it with a drop-down list',
        edit: { kind: 'change question', question: question.name, settings: { type: 'dropdown' } },
      },
      judged: String(count),
    },
  ];
}

/** Whole numbers from and to, both included. */
interface Range {
  text: string;
  from: number;
  to: number;
}

/** "1-5", "5 to 10", "under 5", "5 or fewer", "over 10", "10+": the numbers a choice stands for, if that is what it says. */
export function rangeIn(text: string): Range | undefined {
  const plain = text.replace(/,(?=\d{3})/g, '').toLowerCase();
  const numbers = plain.match(/\d+(?:\.\d+)?/g)?.map(Number) ?? [];
  if (numbers.some((number) => !Number.isInteger(number))) return undefined;
  const [one, other] = numbers as [number?, number?];
  if (one === undefined || numbers.length > 2) return undefined;
  if (other !== undefined) {
    const isRange = /^\D{0,12}\d+\s*\w{0,6}\s*(-|–|—|to|and)\s*\d+(?!\d)\s*[a-z ]{0,20}$/.test(plain);
    return isRange && one <= other ? { text, from: one, to: other } : undefined;
  }
  if (/^(under|below|less than|fewer than|younger than|<)\s*\d+/.test(plain))
    return { text, from: 0, to: one - 1 };
  if (/^(up to|at most)\s*\d+/.test(plain) || /\d+\s*[a-z]* or (less|fewer|under|younger)\b/.test(plain)) {
    return { text, from: 0, to: one };
  }
  if (/^(over|above|more than|older than|>)\s*\d+/.test(plain)) {
    return { text, from: one + 1, to: Number.POSITIVE_INFINITY };
  }
  if (
    /^(at least|from)\s*\d+/.test(plain) ||
    /\d+\s*(\+|[a-z]* ?or (more|over|older|above)\b|[a-z]* and (over|above|older)\b)/.test(plain)
  ) {
    return { text, from: one, to: Number.POSITIVE_INFINITY };
  }
  return undefined;
}

function rangeFindings({ question, kind, title }: Asked): CheckFinding[] {
  if (kind !== 'one' || question.measure) return [];
  const ranges = answersOf(question)
    .flatMap(({ text }) => rangeIn(text) ?? [])
    .sort((one, other) => one.from - other.from || one.to - other.to);
  if (ranges.length < 2) return [];
  const judged = JSON.stringify(ranges.map(({ text }) => text));
  const place = ofQuestion(question.name);
  const pairs = ranges.slice(1).map((second, index) => [ranges[index]!, second] as const);
  const both = pairs.find(([first, second]) => second.from <= first.to);
  const none = pairs.find(([first, second]) => second.from > first.to + 1);
  if (both) {
    const sentence = `${quoted(title)}: ${both[1].from} stands in both ${quoted(both[0].text, 40)} and ${quoted(both[1].text, 40)}.`;
    return [{ rule: 'overlap', severity: 'warning', place, sentence, judged }];
  }
  if (!none) return [];
  const sentence = `${quoted(title)}: nothing stands between ${quoted(none[0].text, 40)} and ${quoted(none[1].text, 40)}.`;
  return [{ rule: 'range gap', severity: 'hint', place, sentence, judged }];
}

const poles = [
  { yes: /^(?!.*\b(dis|neither|nor)).*\bagree/i, no: /\bdisagree/i },
  { yes: /^(?!.*\b(dis|neither|nor|un)).*\bsatisfied/i, no: /\b(dis|un)satisfied/i },
  { yes: /^(?!.*\b(un|neither|nor)).*\blikely/i, no: /\bunlikely/i },
];

/** More steps of agreeing than of disagreeing, or the other way round. */
function unbalanced({ question, kind, title }: Asked): CheckFinding[] {
  if (kind !== 'one' && kind !== 'matrix') return [];
  const texts = answersOf(question).map(({ text }) => text);
  const lopsided = poles
    .map(({ yes, no }) => ({
      up: texts.filter((text) => yes.test(text) && !/neither|nor\b/i.test(text) && !no.test(text)).length,
      down: texts.filter((text) => no.test(text) && !/neither|nor\b/i.test(text)).length,
    }))
    .find(({ up, down }) => up > 0 && down > 0 && up !== down);
  if (!lopsided) return [];
  const { up, down } = lopsided;
  return [
    {
      rule: 'unbalanced',
      severity: 'hint',
      place: ofQuestion(question.name),
      sentence: `${quoted(title)} has ${up} ${up === 1 ? 'step' : 'steps'} on one side and ${down} on the other.`,
      judged: JSON.stringify(texts),
    },
  ];
}
