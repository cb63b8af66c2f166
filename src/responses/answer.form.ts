import { formatDay, readDay } from '../platform/days';
import type { FieldErrors, FormResult } from '../platform/form';
import { dayFields, fieldNamesOf, positionField } from '../questionnaires/field-names';
import type { Answer, Answers, PlanChoice, PlanQuestion } from '../questionnaires/plan';

/** What a page's body says: the answers given, and the questions left without one. */
export interface PageAnswers {
  given: Answers;
  left: string[];
}

/** Fields of every form that are no answers. */
const formFields = new Set(['_csrf']);

type Body = Readonly<Record<string, unknown>>;

/**
 * Decodes the body of one page strictly: only the questions that stand on it, only the choices offered,
 * texts of the length allowed. Everything else is a sentence, and nothing of the page is kept.
 */
export function readPageAnswers(
  questions: readonly PlanQuestion[],
  body: Body = {},
): FormResult<PageAnswers> {
  const errors: FieldErrors = {};
  const given: Answers = {};
  const left: string[] = [];
  const asked = new Set(questions.flatMap(fieldNamesOf));
  for (const field of Object.keys(body)) {
    if (!asked.has(field) && !formFields.has(field)) {
      errors.form =
        'The form held something this page does not ask for. Check your answers and continue again.';
    }
  }
  for (const question of questions) {
    if (question.kind === 'information') continue;
    const read = readAnswer(question, body);
    if (read.errors) errors[question.name] = read.errors.answer!;
    else if (read.value !== undefined) given[question.name] = read.value;
    else if (question.required) errors[question.name] = question.requiredMessage;
    else left.push(question.name);
  }
  return Object.keys(errors).length > 0 ? { errors } : { value: { given, left } };
}

function readAnswer(question: PlanQuestion, body: Body): FormResult<Answer | undefined> {
  if (question.kind === 'date') return readDate(question, body);
  if (question.kind === 'ranking') return readRanking(question, body);
  const field = body[question.name];
  if (field === undefined || field === '') return { value: undefined };
  if (question.kind === 'text') return readText(question, field);
  if (question.kind === 'number') return readNumber(question, field);
  return question.kind === 'many' ? readMany(question, field) : readOne(question, field);
}

function readOne(question: PlanQuestion, field: unknown): FormResult<Answer> {
  if (Array.isArray(field)) return wrong('Choose one answer only');
  const choice = offered(question, field);
  return choice ? { value: choice.value } : wrong('Choose one of the answers shown');
}

function readMany(question: PlanQuestion, field: unknown): FormResult<Answer> {
  const values = Array.isArray(field) ? field : [field];
  if (values.length > question.choices.length) return wrong('Choose from the answers shown');
  const choices = values.map((value) => offered(question, value));
  const ticked = choices.filter((choice) => choice !== undefined);
  if (ticked.length < choices.length) return wrong('Choose from the answers shown');
  const distinct = [...new Set(ticked.map((choice) => String(choice.value)))];
  if (distinct.length > 1 && ticked.some((choice) => choice.exclusive)) {
    const alone = ticked.find((choice) => choice.exclusive)!;
    return wrong(`Choose either "${alone.text}" or the other answers, not both`);
  }
  return {
    value: question.choices.map((choice) => String(choice.value)).filter((value) => distinct.includes(value)),
  };
}

function readText(question: PlanQuestion, field: unknown): FormResult<Answer | undefined> {
  if (typeof field !== 'string') return wrong('Enter one text only');
  const text = field.replace(/\r\n?/g, '\n').trim();
  if (hasControlCharacters(text)) return wrong('Enter letters, digits and punctuation only');
  if ([...text].length > question.maxLength) {
    return wrong(`Your text must be ${question.maxLength} characters or fewer`);
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
function readNumber(question: PlanQuestion, field: unknown): FormResult<Answer | undefined> {
  if (typeof field !== 'string') return wrong('Enter one number only');
  const typed = field.trim();
  if (typed === '') return { value: undefined };
  const [, minus = '', digits = '', places = ''] =
    (typed.length <= longestField && /^([-−]?)(\d+)(?:[.,](\d+))?$/.exec(typed)) || [];
  if (digits === '' || digits.length + places.length > mostDigits)
    return wrong(`Enter ${numberAsked(question)}`);
  if (places.length > question.decimals) return wrong(`Enter ${placesAsked(question)}`);
  const size = Number(`${digits}.${places || '0'}`);
  const value = minus && size > 0 ? -size : size;
  const { min, max } = question;
  const isWithin = (min === null || value >= Number(min)) && (max === null || value <= Number(max));
  return isWithin ? { value } : wrong(`Enter ${numberAsked(question)}`);
}

function numberAsked({ min, max, decimals }: PlanQuestion): string {
  const number = decimals === 0 ? 'a whole number' : 'a number';
  if (min !== null && max !== null) return `a number from ${min} to ${max}`;
  if (min !== null) return `${number} that is ${min} or more`;
  return max === null ? `${number} in digits` : `${number} that is ${max} or less`;
}

function placesAsked({ decimals }: PlanQuestion): string {
  if (decimals === 0) return 'a whole number';
  return decimals === 1
    ? 'a number with 1 decimal place at most'
    : `a number with ${decimals} decimal places at most`;
}

/** A day typed in three boxes. */
function readDate(question: PlanQuestion, body: Body): FormResult<Answer | undefined> {
  const fields = dayFields(question.name);
  const typed = fields.map((field) => body[field] ?? '');
  if (!typed.every((part) => typeof part === 'string' && part.length <= longestField)) {
    return wrong('Date must be a real date');
  }
  const parts = typed.map((part) => String(part).trim());
  if (parts.every((part) => part === '')) return { value: undefined };
  const missing = ['a day', 'a month', 'a year'].filter((_, index) => parts[index] === '');
  if (missing.length > 0) return wrong(`Date must include ${missing.join(' and ')}`);
  if (!/^\d{4}$/.test(parts[2]!)) return wrong('Year must include 4 numbers');
  const day = readDay(body, question.name);
  if (!day) return wrong('Date must be a real date');
  const { min, max } = question;
  const isWithin = (min === null || day >= String(min)) && (max === null || day <= String(max));
  return isWithin ? { value: day } : wrong(`Date must be ${daysAsked(question)}`);
}

function daysAsked({ min, max }: PlanQuestion): string {
  if (min !== null && max !== null) {
    return `between ${formatDay(String(min))} and ${formatDay(String(max))}`;
  }
  return min === null ? `on or before ${formatDay(String(max))}` : `on or after ${formatDay(String(min))}`;
}

/** An order: a position for each thing and each position once; or none at all. */
function readRanking(question: PlanQuestion, body: Body): FormResult<Answer | undefined> {
  const { name, choices, required } = question;
  const typed = choices.map(({ value }) => body[positionField(name, value)] ?? '');
  if (typed.every((position) => position === '')) return { value: undefined };
  const positions = choices.map((_, index) => String(index + 1));
  if (!typed.every((position) => position === '' || positions.includes(position as string))) {
    return wrong('Choose from the positions shown, one for each');
  }
  const at = (position: string) => choices.filter((_, index) => typed[index] === position);
  const twice = positions.find((position) => at(position).length > 1);
  if (twice) return wrong(`Position ${twice} can be given once only, not to ${namesOf(at(twice))}`);
  const without = at('');
  if (without.length > 0) {
    return wrong(
      `Choose a position for ${namesOf(without)} too${required ? '' : ', or for none of the list'}`,
    );
  }
  return { value: positions.map((position) => String(at(position)[0]!.value)) };
}

const mostNamed = 3;

function namesOf(choices: PlanChoice[]): string {
  const named = choices.slice(0, mostNamed).map(({ text }) => `"${text}"`);
  const more = choices.length - named.length;
  const all = more > 0 ? [...named, `${more} more`] : named;
  return all.length === 1 ? all[0]! : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
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
