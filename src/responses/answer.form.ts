import { noonOf, readDay } from '../platform/days';
import type { FieldErrors, FormResult } from '../platform/form';
import { dayFields, fieldNamesOf, positionField } from '../questionnaires/field-names';
import type { Answer, Answers, PlanChoice, PlanQuestion } from '../questionnaires/plan';
import { englishWords, type Words } from '../web/words';

/** What a page's body says: the answers given, and the questions left without one. */
export interface PageAnswers {
  given: Answers;
  left: string[];
}

/** Fields of every form that are no answers. */
export const formFields: ReadonlySet<string> = new Set(['_csrf']);

type Body = Readonly<Record<string, unknown>>;

/**
 * Decodes the body of one page strictly: only the questions that stand on it, only the choices offered,
 * texts of the length allowed. Everything else is a sentence, and nothing of the page is kept.
 */
export function readPageAnswers(
  questions: readonly PlanQuestion[],
  body: Body = {},
  words: Words = englishWords,
): FormResult<PageAnswers> {
  const errors: FieldErrors = {};
  const given: Answers = {};
  const left: string[] = [];
  const asked = new Set(questions.flatMap(fieldNamesOf));
  for (const field of Object.keys(body)) {
    if (!asked.has(field) && !formFields.has(field)) {
      errors.form = words.say('notAsked');
    }
  }
  for (const question of questions) {
    if (question.kind === 'information') continue;
    const read = readAnswer(question, body, words);
    if (read.errors) errors[question.name] = read.errors.answer!;
    else if (read.value !== undefined) given[question.name] = read.value;
    else if (question.required) errors[question.name] = question.requiredMessage;
    else left.push(question.name);
  }
  return Object.keys(errors).length > 0 ? { errors } : { value: { given, left } };
}

/** One question's answer as a body gives it; nothing where it is left without one. */
export function readAnswer(question: PlanQuestion, body: Body, words: Words): FormResult<Answer | undefined> {
  if (question.kind === 'date') return readDate(question, body, words);
  if (question.kind === 'ranking') return readRanking(question, body, words);
  const field = body[question.name];
  if (field === undefined || field === '') return { value: undefined };
  if (question.kind === 'text') return readText(question, field, words);
  if (question.kind === 'number') return readNumber(question, field, words);
  return question.kind === 'many' ? readMany(question, field, words) : readOne(question, field, words);
}

function readOne(question: PlanQuestion, field: unknown, words: Words): FormResult<Answer> {
  if (Array.isArray(field)) return wrong(words.say('oneOnly'));
  const choice = offered(question, field);
  return choice ? { value: choice.value } : wrong(words.say('oneOfThese'));
}

function readMany(question: PlanQuestion, field: unknown, words: Words): FormResult<Answer> {
  const values = Array.isArray(field) ? field : [field];
  if (values.length > question.choices.length) return wrong(words.say('fromThese'));
  const choices = values.map((value) => offered(question, value));
  const ticked = choices.filter((choice) => choice !== undefined);
  if (ticked.length < choices.length) return wrong(words.say('fromThese'));
  const distinct = [...new Set(ticked.map((choice) => String(choice.value)))];
  if (distinct.length > 1 && ticked.some((choice) => choice.exclusive)) {
    const alone = ticked.find((choice) => choice.exclusive)!;
    return wrong(words.say('eitherOr', { answer: alone.text }));
  }
  return {
    value: question.choices.map((choice) => String(choice.value)).filter((value) => distinct.includes(value)),
  };
}

function readText(question: PlanQuestion, field: unknown, words: Words): FormResult<Answer | undefined> {
  if (typeof field !== 'string') return wrong(words.say('oneTextOnly'));
  const text = field.replace(/\r\n?/g, '\n').trim();
  if (hasControlCharacters(text)) return wrong(words.say('lettersOnly'));
  if ([...text].length > question.maxLength) {
    return wrong(words.say('textTooLong', { count: question.maxLength }));
  }
  return { value: text === '' ? undefined : text };
}

/** Longer than any number or part of a day that can be meant. */
const longestField = 40;
/** Digits that a number keeps exactly. */
const mostDigits = 15;

/**
 * A number as people write it: with a point or a comma before its decimal places, never with marks between thousands,
 * which would read as decimals to others.
 */
function readNumber(question: PlanQuestion, field: unknown, words: Words): FormResult<Answer | undefined> {
  if (typeof field !== 'string') return wrong(words.say('oneNumberOnly'));
  const typed = field.trim();
  if (typed === '') return { value: undefined };
  const [, minus = '', digits = '', places = ''] =
    (typed.length <= longestField && /^([-−]?)(\d+)(?:[.,](\d+))?$/.exec(typed)) || [];
  if (digits === '' || digits.length + places.length > mostDigits) return wrong(numberAsked(question, words));
  if (places.length > question.decimals) return wrong(placesAsked(question, words));
  const size = Number(`${digits}.${places || '0'}`);
  const value = minus && size > 0 ? -size : size;
  const { min, max } = question;
  const isWithin = (min === null || value >= Number(min)) && (max === null || value <= Number(max));
  return isWithin ? { value } : wrong(numberAsked(question, words));
}

function numberAsked({ min, max, decimals }: PlanQuestion, words: Words): string {
  const isWhole = decimals === 0;
  if (min !== null && max !== null) return words.say('numberBetween', { min, max });
  if (min !== null) return words.say(isWhole ? 'wholeFrom' : 'numberFrom', { min });
  if (max !== null) return words.say(isWhole ? 'wholeUpTo' : 'numberUpTo', { max });
  return words.say(isWhole ? 'wholeInDigits' : 'numberInDigits');
}

function placesAsked({ decimals }: PlanQuestion, words: Words): string {
  if (decimals === 0) return words.say('wholeNumber');
  return decimals === 1 ? words.say('oneDecimalPlace') : words.say('decimalPlaces', { count: decimals });
}

/** A day typed in three boxes. */
function readDate(question: PlanQuestion, body: Body, words: Words): FormResult<Answer | undefined> {
  const fields = dayFields(question.name);
  const typed = fields.map((field) => body[field] ?? '');
  if (!typed.every((part) => typeof part === 'string' && part.length <= longestField)) {
    return wrong(words.say('realDate'));
  }
  const parts = typed.map((part) => String(part).trim());
  if (parts.every((part) => part === '')) return { value: undefined };
  const missing = (['aDay', 'aMonth', 'aYear'] as const).filter((_, index) => parts[index] === '');
  if (missing.length > 0)
    return wrong(
      words.say('dateWithout', {
        parts: listed(
          missing.map((part) => words.say(part)),
          words,
        ),
      }),
    );
  if (!/^\d{4}$/.test(parts[2]!)) return wrong(words.say('yearOfFour'));
  const day = readDay(body, question.name);
  if (!day) return wrong(words.say('realDate'));
  const { min, max } = question;
  const isWithin = (min === null || day >= String(min)) && (max === null || day <= String(max));
  return isWithin ? { value: day } : wrong(daysAsked(question, words));
}

function daysAsked({ min, max }: PlanQuestion, words: Words): string {
  const day = (bound: number | string | null) => words.date(noonOf(String(bound)));
  if (min !== null && max !== null) return words.say('dateBetween', { min: day(min), max: day(max) });
  return min === null ? words.say('dateUpTo', { max: day(max) }) : words.say('dateFrom', { min: day(min) });
}

/** An order: a position for each thing and each position once; or none at all. */
function readRanking(question: PlanQuestion, body: Body, words: Words): FormResult<Answer | undefined> {
  const { name, choices, required } = question;
  const typed = choices.map(({ value }) => body[positionField(name, value)] ?? '');
  if (typed.every((position) => position === '')) return { value: undefined };
  const positions = choices.map((_, index) => String(index + 1));
  if (!typed.every((position) => position === '' || positions.includes(position as string))) {
    return wrong(words.say('positionOfThese'));
  }
  const at = (position: string) => choices.filter((_, index) => typed[index] === position);
  const twice = positions.find((position) => at(position).length > 1);
  if (twice) return wrong(words.say('positionTwice', { position: twice, things: namesOf(at(twice), words) }));
  const without = at('');
  if (without.length > 0) {
    const things = namesOf(without, words);
    return wrong(words.say(required ? 'positionMissing' : 'positionMissingOrNone', { things }));
  }
  return { value: positions.map((position) => String(at(position)[0]!.value)) };
}

const mostNamed = 3;

function namesOf(choices: PlanChoice[], words: Words): string {
  const named = choices.slice(0, mostNamed).map(({ text }) => `"${text}"`);
  const more = choices.length - named.length;
  return listed(more > 0 ? [...named, words.say('more', { count: more })] : named, words);
}

/** "one, two and three" */
function listed(things: string[], words: Words): string {
  if (things.length === 1) return things[0]!;
  return words.say('and', { first: things.slice(0, -1).join(', '), last: things.at(-1)! });
}

function offered(question: PlanQuestion, value: unknown): PlanChoice | undefined {
  return question.choices.find((choice) => String(choice.value) === value);
}

/** Characters no keyboard gives, which the database could not keep. Line breaks and tabs are welcome. */
function hasControlCharacters(text: string): boolean {
  return [...text].some((character) => character < ' ' && character !== '\n' && character !== '\t');
}

function wrong(sentence: string): { errors: FieldErrors } {
  return { errors: { answer: sentence } };
}
