import type { ChoiceDefinition, RowDefinition } from '../questionnaires/definition';
import { limits } from '../questionnaires/shape';
import { type Text, textIn } from '../questionnaires/text';
import type { Say } from './note';
import { type Part, sayKept, sortSettings } from './settings';
import { inEachLanguage, readText } from './text';

export type Choice = string | number | ChoiceDefinition;

const lost = 'The choice is left out.';
/** Parts a value from its text where both stand in one string, as the first versions wrote it and all still read it. */
const separator = '|';
const fewestRatings = 2;
/** survey-core shows no more steps than these. */
const mostRatings = 20;

/** Choices, or the columns or rows of a matrix, as they are listed in the file. */
export function readChoices(
  listed: unknown,
  className: string,
  say: Say,
  marks: readonly string[] = [],
): Choice[] {
  if (listed === undefined) return [];
  if (!Array.isArray(listed)) {
    say('unsupported', 'Its choices must be a list.');
    return [];
  }
  return listed.flatMap((one: unknown) => readChoice(one, className, say, marks) ?? []);
}

function readChoice(one: unknown, className: string, say: Say, marks: readonly string[]): Choice | undefined {
  if (typeof one === 'number') return one;
  if (typeof one === 'string' && one !== '') return parted(one, say);
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return refuseChoice(one, say);
  const name = shown((one as Part).value);
  const sayOfChoice: Say = (what, sentence, consequence) =>
    say(what, `Choice ${name}: ${sentence}`, consequence);
  const read = ['value', 'text', 'hint', 'isExclusive', ...marks];
  const settings = sortSettings(one as Part, className, read, lost, sayOfChoice);
  const { given, kept } = settings;
  const value = given.get('value');
  if (settings.isLost) return undefined;
  if (typeof value !== 'number' && (typeof value !== 'string' || value === ''))
    return refuseChoice(value, say);
  sayKept(settings, sayOfChoice);
  const text = readText('text', given.get('text'), sayOfChoice);
  const hint = readText('hint', given.get('hint'), sayOfChoice);
  const isExclusive = given.get('isExclusive');
  const both = typeof value === 'string' ? parted(value, say) : value;
  return {
    ...(typeof both === 'object' ? both : { value: both }),
    ...(text === undefined ? {} : { text }),
    ...(hint === undefined ? {} : { hint }),
    ...(typeof isExclusive === 'boolean' ? { isExclusive } : {}),
    ...readMarks(given, marks, sayOfChoice),
    ...kept,
  };
}

/** Settings of our own that are texts. */
export function readMarks<Name extends string>(
  given: ReadonlyMap<string, unknown>,
  names: readonly Name[],
  say: Say,
): { [name in Name]?: string } {
  const marks: { [name in Name]?: string } = {};
  for (const name of names) {
    const mark = given.get(name);
    if (typeof mark === 'string' && mark !== '') marks[name] = mark;
    else if (mark !== undefined)
      say('unsupported', `The setting "${name}" must be a text that is not empty.`);
  }
  return marks;
}

function refuseChoice(value: unknown, say: Say): undefined {
  const sentence = `Choice ${shown(value)}: The value of a choice must be a number or a text that is not empty.`;
  say('unsupported', sentence, lost);
}

function parted(value: string, say: Say): string | ChoiceDefinition {
  const at = value.indexOf(separator);
  if (at < 1 || at === value.length - 1) return value;
  const pair = { value: value.slice(0, at), text: value.slice(at + 1) };
  say('changed', `Choice ${shown(value)} is the value "${pair.value}" with the text "${pair.text}".`);
  return pair;
}

/** A value as it is named in a sentence. */
function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? `"${String(value).slice(0, 60)}"`
    : 'without a value';
}

export function choiceValue(choice: Choice): string | number {
  return typeof choice === 'object' ? choice.value : choice;
}

export function choiceText(choice: Choice): string {
  return typeof choice === 'object' ? textIn(choice.text) || String(choice.value) : String(choice);
}

function choiceTextOf(choice: Choice): Text {
  return typeof choice === 'object' && choice.text ? choice.text : String(choiceValue(choice));
}

/** The rows of a matrix as they are listed; a number is the text of the same digits, as which answers are kept. */
export function readRows(listed: unknown, say: Say): RowDefinition[] {
  const marks = ['competency', 'domain'] as const;
  return readChoices(listed, 'itemvalue', say, marks).map((row) => {
    if (typeof row !== 'object') return { value: String(row) };
    const { isExclusive, ...others } = row;
    return { ...others, value: String(row.value) };
  });
}

const specialChoices = [
  { flag: 'showNoneItem', words: 'noneText', value: 'none', text: 'None' },
  { flag: 'showRefuseItem', words: 'refuseText', value: 'refused', text: 'Refuse to answer' },
  { flag: 'showDontKnowItem', words: 'dontKnowText', value: 'dontknow', text: "Don't know" },
];

/** The settings that add a choice of their own, as `readSpecialChoices` reads them. */
export const specialSettings = specialChoices.flatMap(({ flag, words }) => [flag, words]);

/** "None", "Refuse to answer" and "Don't know", which settings add; where several can be ticked they stand alone. */
export function readSpecialChoices(
  given: ReadonlyMap<string, unknown>,
  severalCanBeTicked: boolean,
  say: Say,
): ChoiceDefinition[] {
  return specialChoices.flatMap(({ flag, words, value, text }) => {
    if (given.get(flag) !== true) return [];
    const said = readText(words, given.get(words), say) ?? text;
    say('changed', `The choice "${said}" is listed with the others.`);
    return [{ value, text: said, ...(severalCanBeTicked ? { isExclusive: true } : {}) }];
  });
}

/** The numbers of a list that is counted up; null where that cannot be done. */
export function countedUp(given: ReadonlyMap<string, unknown>, say: Say): number[] | null {
  const [min, max, step] = ['choicesMin', 'choicesMax', 'choicesStep'].map((name) => given.get(name));
  if (max === undefined && min === undefined) return [];
  const values = steps(min ?? 0, max ?? 0, step ?? 1, limits.choices);
  if (!values) {
    say(
      'unsupported',
      'Its choices are counted up in a way that cannot be honoured.',
      'The question is left out.',
    );
    return null;
  }
  say('changed', `Its choices are listed one by one, from ${values[0]} to ${values.at(-1)}.`);
  return values;
}

/** The steps of a rating; null where they cannot be honoured. */
export function readRatings(given: ReadonlyMap<string, unknown>, say: Say): Choice[] | null {
  const listed = given.get('rateValues');
  const values =
    Array.isArray(listed) && listed.length > 0 && given.get('autoGenerate') !== true
      ? readChoices(listed, 'ratingitem', say)
      : countedRatings(given);
  if (!values || values.length < fewestRatings || values.length > mostRatings) {
    say(
      'unsupported',
      `A rating needs ${fewestRatings} to ${mostRatings} steps that are whole numbers or listed.`,
      'The question is left out.',
    );
    return null;
  }
  const ends = ['minRateDescription', 'maxRateDescription'].map((name) =>
    readText(name, given.get(name), say),
  );
  return values.map((choice, index) => {
    const end = index === 0 ? ends[0] : index === values.length - 1 ? ends[1] : undefined;
    if (end === undefined) return choice;
    return {
      ...(typeof choice === 'object' ? choice : { value: choice }),
      text: inEachLanguage([choiceTextOf(choice), end], (step, words) => `${step}: ${words}`),
    };
  });
}

/** survey-core puts steps and their number together in ways that depend on their order: they must agree. */
function countedRatings(given: ReadonlyMap<string, unknown>): number[] | null {
  const values = steps(
    given.get('rateMin') ?? 1,
    given.get('rateMax') ?? 5,
    given.get('rateStep') ?? 1,
    mostRatings,
  );
  const count = given.get('rateCount');
  return count === undefined || count === values?.length ? values : null;
}

function steps(min: unknown, max: unknown, step: unknown, most: number): number[] | null {
  if (![min, max, step].every(Number.isSafeInteger)) return null;
  const [first, last, by] = [min, max, step] as [number, number, number];
  const count = Math.floor((last - first) / by) + 1;
  if (by < 1 || count < 1 || count > most) return null;
  return Array.from({ length: count }, (_, index) => first + index * by);
}
