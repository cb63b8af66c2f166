import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type FieldErrors, readForm } from '../platform/form';
import {
  type ChoiceDefinition,
  type Definition,
  dontKnow,
  type ElementDefinition,
  type Measure,
  notMyRole,
  type RowDefinition,
} from '../questionnaires/definition';
import { ratingMeasures } from '../questionnaires/measures';
import { limits } from '../questionnaires/shape';
import { ownLanguage, type Text, textIn, withText } from '../questionnaires/text';
import { holdsBraces, type LineRules, linesOf, readLines } from './lines';
import {
  apartChoice,
  asChoice,
  hasApart,
  hasLines,
  hasRandomOrder,
  hasRows,
  isApart,
  type KindKey,
  kindKeyOf,
  mayAskFacet,
  offeredBy,
  stepsOf,
} from './question-kind';
import type { Unit } from './unit';

/** The properties of a question as a form holds them: a text for each field. */
export type Fields = Record<string, string>;

export const textLimits = { title: 2000, help: 2000, error: 500, information: 10_000, answer: 2000 };

/** The fields a kind of question has. */
export function fieldNamesOf(kind: KindKey, element: ElementDefinition): string[] {
  if (kind === 'information') return ['title', 'html'];
  return [
    ...['title', 'description'],
    ...(hasRows(kind) ? ['rows', 'columns'] : []),
    ...(kind === 'dual' ? ['secondTitle', 'secondDescription', 'secondColumns'] : []),
    ...(kind === 'yes-no' ? ['yes', 'no'] : []),
    ...(hasLines(kind) ? ['choices'] : []),
    ...(hasApart(kind) ? ['na', 'dk'] : []),
    ...(hasRandomOrder(kind) ? ['random'] : []),
    ...(kind === 'number' ? ['min', 'max', 'decimals'] : []),
    ...(kind === 'date' ? ['min', 'max'] : []),
    ...(kind === 'short-text' || kind === 'long-text' ? ['maxLength'] : []),
    ...['required', 'requiredErrorText'],
    ...(kind === 'rating' || hasRows(kind) ? ['measure'] : []),
    ...(kind === 'dual' ? ['secondMeasure'] : []),
    ...(kind === 'rating' ? ['competency'] : []),
    ...(mayAskFacet(kind) && facetOffered(element) ? ['facet'] : []),
  ];
}

/** The facet a question could ask: the vocabulary its choices were taken from. */
export function facetOffered({ facet, vocabulary }: ElementDefinition): string | undefined {
  return facet ?? vocabulary;
}

/** What the form of a question is filled with. */
export function questionFields(unit: Unit): Fields {
  const { first, second } = unit;
  const kind = kindKeyOf(unit);
  const steps = stepsOf(first);
  const stepSaying = (value: string) => textIn(steps.find((step) => step.value === value)?.text);
  const all: Fields = {
    title: tidy(textIn(first.title)),
    description: tidy(textIn(first.description)),
    html: tidy(textIn(first.html)),
    rows: linesOf(first.rows ?? []),
    columns: linesOf(steps),
    choices: linesOf(steps, kind === 'many'),
    secondTitle: tidy(textIn(second?.title)),
    secondDescription: tidy(textIn(second?.description)),
    secondColumns: linesOf(second ? stepsOf(second) : []),
    yes: tidy(stepSaying('yes') || 'yes'),
    no: tidy(stepSaying('no') || 'no'),
    na: ticked(offeredBy(first).some(({ value }) => value === notMyRole)),
    dk: ticked(offeredBy(first).some(({ value }) => value === dontKnow)),
    random: ticked((hasRows(kind) ? first.rowOrder : first.choicesOrder) === 'random'),
    min: String(first.min ?? ''),
    max: String(first.max ?? ''),
    decimals: first.step === 0.1 ? '1' : first.step === 0.01 ? '2' : '0',
    maxLength: String(first.maxLength ?? ''),
    required: ticked((hasRows(kind) ? first.eachRowRequired : first.isRequired) ?? false),
    requiredErrorText: tidy(textIn(first.requiredErrorText)),
    measure: first.measure ?? '',
    secondMeasure: second?.measure ?? '',
    competency: first.competency ?? '',
    facet: ticked(first.facet !== undefined),
  };
  return Object.fromEntries(fieldNamesOf(kind, first).map((name) => [name, all[name]!]));
}

function ticked(is: boolean): string {
  return is ? 'yes' : '';
}

function tidy(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

/** The fields of a question out of what came in; a box that was not ticked is empty. */
export function typedFields(unit: Unit, body: Readonly<Record<string, unknown>>): Fields {
  return Object.fromEntries(
    fieldNamesOf(kindKeyOf(unit), unit.first).map((name) => [name, tidy(String(body[name] ?? ''))]),
  );
}

const said = (name: string, most: number) =>
  z
    .string()
    .default('')
    .superRefine((text, context) => {
      const fault = faultOfText(text, name, most);
      if (fault) context.addIssue({ code: 'custom', message: fault });
    });

function faultOfText(text: string, name: string, most: number): string | undefined {
  if (text.length > most) return `${name} can be ${most.toLocaleString('en-GB')} characters long at most`;
  if (holdsBraces(text)) return `${name} cannot show an earlier answer in { } yet: leave out the { }`;
  if (/\0|\p{Surrogate}/u.test(text)) return `${name} holds a character that cannot be kept: type it again`;
  return undefined;
}

const needed = (name: string, ask: string, most: number) =>
  said(name, most).refine((text) => text !== '', { error: ask });
const bound = (pattern: RegExp, error: string) =>
  z
    .string()
    .default('')
    .refine((text) => text === '' || pattern.test(text), { error });
const measure = z
  .string()
  .default('')
  .refine((given) => given === '' || ratingMeasures.has(given as Measure), {
    error: 'Select how it is counted from the list',
  });
const number = /^-?\d{1,9}(\.\d{1,2})?$/;

const schemas: Record<string, z.ZodType<unknown>> = {
  title: needed('The question', 'Enter the question', textLimits.title),
  description: said('The help text', textLimits.help),
  html: needed('The text', 'Enter what there is to read', textLimits.information).refine(
    (text) => !/<[a-z/!]/i.test(text),
    { error: 'The text is shown as it is written: leave out HTML tags' },
  ),
  secondTitle: needed('The second question', 'Enter the second question', textLimits.title),
  secondDescription: said('The help text', textLimits.help),
  yes: needed('The text', 'Enter what is shown for yes', 500),
  no: needed('The text', 'Enter what is shown for no', 500),
  requiredErrorText: said('The message', textLimits.error),
  maxLength: bound(/^\d{1,6}$/, `Enter a whole number from 1 to ${textLimits.answer}`).refine(
    (text) => text === '' || (Number(text) >= 1 && Number(text) <= textLimits.answer),
    { error: `Enter a whole number from 1 to ${textLimits.answer}` },
  ),
  decimals: z
    .string()
    .default('0')
    .refine((given) => ['0', '1', '2'].includes(given), { error: 'Select the decimal places from the list' }),
  measure,
  secondMeasure: measure,
};

const dayBound = bound(
  /^\d{4}-\d{2}-\d{2}$/,
  'Enter a day as year, month and day, such as 2026-01-31',
).refine((text) => text === '' || z.iso.date().safeParse(text).success, {
  error: 'Enter a day that is in the calendar, such as 2026-01-31',
});
const numberBound = bound(number, 'Enter a number, with two decimal places at most');

/** What belongs to the questionnaire around a question, and what may be chosen from it. */
export interface QuestionContext {
  /** The codes a question can be tied to; of its own it keeps the one it has. */
  competencies: ReadonlySet<string>;
  definition: Definition;
}

/** A question as its fields say it should be; or a sentence for each field that cannot be. */
export function readQuestion(
  unit: Unit,
  fields: Fields,
  context: QuestionContext,
): { unit: Unit; errors?: undefined } | { unit?: undefined; errors: FieldErrors } {
  const kind = kindKeyOf(unit);
  const names = fieldNamesOf(kind, unit.first);
  const errors: FieldErrors = { ...textErrors(kind, names, fields) };
  const lines = readAllLines(unit, kind, fields, errors);
  Object.assign(errors, boundErrors(kind, fields), tieErrors(unit, fields, context));
  if (Object.keys(errors).length > 0) return { errors: inOrder(names, errors) };
  const first = firstOf(unit.first, kind, fields, lines);
  if (kind !== 'dual' || !unit.second) return { unit: { first } };
  return { unit: { first, second: secondOf(unit.second, first, fields, lines) } };
}

/** Errors in the order of the form. */
function inOrder(names: readonly string[], errors: FieldErrors): FieldErrors {
  return Object.fromEntries(names.flatMap((name) => (errors[name] ? [[name, errors[name]]] : [])));
}

function textErrors(kind: KindKey, names: readonly string[], fields: Fields): FieldErrors {
  const limitsOf = kind === 'date' ? dayBound : numberBound;
  const shape = Object.fromEntries(
    names.flatMap((name) => {
      const schema = name === 'min' || name === 'max' ? limitsOf : schemas[name];
      // What is to be read has a title only where somebody wants one.
      const own = kind === 'information' && name === 'title' ? said('The heading', textLimits.title) : schema;
      return own ? [[name, own]] : [];
    }),
  );
  return readForm(z.object(shape), fields).errors ?? {};
}

function boundErrors(kind: KindKey, fields: Fields): FieldErrors {
  const { min = '', max = '' } = fields;
  if ((kind !== 'number' && kind !== 'date') || min === '' || max === '') return {};
  const isWrong = kind === 'number' ? Number(min) > Number(max) : min > max;
  return isWrong
    ? { max: kind === 'number' ? 'The most is less than the least' : 'The last day is before the first' }
    : {};
}

function tieErrors(unit: Unit, fields: Fields, { competencies, definition }: QuestionContext): FieldErrors {
  const errors: FieldErrors = {};
  const { competency = '', measure: counted = '' } = fields;
  if (competency && competency !== unit.first.competency && !competencies.has(competency)) {
    errors.competency = 'Select from the list';
  } else if (competency && !counted) errors.measure = 'Select how it is counted, or tie it to nothing';
  const facet = facetOffered(unit.first);
  if (fields.facet === 'yes' && facet && unit.first.facet === undefined) {
    const other = definition.pages
      .flatMap(({ elements }) => elements)
      .find((element) => element.facet === facet);
    if (other) errors.facet = `“${textIn(other.title) || other.name}” tells these groups apart already`;
  }
  return errors;
}

/** What the text areas say. */
type Lines = Partial<Record<'rows' | 'columns' | 'secondColumns' | 'choices', ChoiceDefinition[]>>;

function readAllLines(unit: Unit, kind: KindKey, fields: Fields, errors: FieldErrors): Lines {
  const { first, second } = unit;
  const lines: Lines = {};
  const read = (name: keyof Lines, before: ChoiceDefinition[], rules: LineRules, ask: string) => {
    const { options, fault } = readLines(fields[name] ?? '', before, rules);
    if (fault !== undefined) errors[name] = fault;
    else if (options.length === 0) errors[name] = ask;
    else lines[name] = options;
  };
  if (hasLines(kind)) {
    const rules = { ...choiceRules, numbers: kind === 'rating', stars: kind === 'many' };
    read('choices', stepsOf(first), rules, 'Enter the choices, one a line');
  }
  if (!hasRows(kind)) return lines;
  read('rows', first.rows ?? [], rowRules, 'Enter what is rated, one thing a line');
  for (const [name, element] of [
    ['columns', first],
    ['secondColumns', second],
  ] as const) {
    if (!element) continue;
    const before = stepsOf(element);
    const numbers = before.length > 0 && before.every(({ value }) => typeof value === 'number');
    read(name, before, { ...choiceRules, numbers }, 'Enter the steps of the scale, one a line');
  }
  return lines;
}

const choiceRules: LineRules = {
  numbers: false,
  stars: false,
  names: false,
  reserved: [notMyRole, dontKnow],
  // Two more may be ticked.
  most: limits.choices - 2,
};
const rowRules: LineRules = { ...choiceRules, names: true, reserved: [], most: limits.rows };

function firstOf(element: ElementDefinition, kind: KindKey, fields: Fields, lines: Lines): ElementDefinition {
  const steps = kind === 'yes-no' ? yesNoSteps(element, fields) : (lines.choices ?? lines.columns);
  const isMatrix = hasRows(kind);
  return changed(element, {
    title: sayingNow(element.title, fields.title),
    ...(kind === 'information'
      ? { html: sayingNow(element.html, fields.html) }
      : {
          description: sayingNow(element.description, fields.description),
          requiredErrorText: sayingNow(element.requiredErrorText, fields.requiredErrorText),
          ...requiredFrom(element, isMatrix, fields.required === 'yes'),
        }),
    ...(steps ? { [isMatrix ? 'columns' : 'choices']: offering(element, kind, steps, fields) } : {}),
    ...(isMatrix ? { rows: lines.rows as RowDefinition[] } : {}),
    ...(hasRandomOrder(kind)
      ? { [isMatrix ? 'rowOrder' : 'choicesOrder']: fields.random ? 'random' : undefined }
      : {}),
    ...limitsFrom(element, kind, fields),
    ...(kind === 'rating' || isMatrix ? { measure: (fields.measure || undefined) as Measure } : {}),
    ...(kind === 'rating' ? { competency: fields.competency || undefined } : {}),
    ...(fields.facet === undefined ? {} : { facet: fields.facet ? facetOffered(element) : undefined }),
    ...(fields.facet === '' && element.facet ? { vocabulary: facetOffered(element) } : {}),
  });
}

function secondOf(
  element: ElementDefinition,
  first: ElementDefinition,
  fields: Fields,
  lines: Lines,
): ElementDefinition {
  return changed(element, {
    title: sayingNow(element.title, fields.secondTitle),
    description: sayingNow(element.description, fields.secondDescription),
    columns: offering(element, 'dual', lines.secondColumns!, fields),
    rows: first.rows,
    eachRowRequired: first.eachRowRequired,
    requiredErrorText: first.requiredErrorText,
    rowOrder: first.rowOrder,
    measure: (fields.secondMeasure || undefined) as Measure,
  });
}

/** Of a matrix, every row is required, or none. */
function requiredFrom(element: ElementDefinition, isMatrix: boolean, isRequired: boolean) {
  const name = isMatrix ? 'eachRowRequired' : 'isRequired';
  if ((element[name] ?? false) === isRequired) return {};
  return { [name]: isRequired || undefined, ...(isMatrix ? { isRequired: undefined } : {}) };
}

/** A text after the form: other languages stay, and so does what says the same in other spaces. */
function sayingNow(text: Text | undefined, typed = ''): Text | undefined {
  return tidy(textIn(text)) === typed ? text : withText(text, ownLanguage, typed);
}

function yesNoSteps(element: ElementDefinition, fields: Fields): ChoiceDefinition[] {
  return stepsOf(element).map((step) => {
    const typed = fields[String(step.value)] ?? '';
    const now = textIn(step.text) || String(step.value);
    if (tidy(now) === typed) return step;
    return { ...step, text: withText(step.text, ownLanguage, typed)! };
  });
}

/** The steps with "not part of my role" and "don't know" behind them, where they are ticked. */
function offering(
  element: ElementDefinition,
  kind: KindKey,
  steps: readonly ChoiceDefinition[],
  fields: Fields,
): (string | number | ChoiceDefinition)[] {
  const former = element.columns ?? element.choices ?? [];
  const choices = former.map(asChoice);
  const apart = ([notMyRole, dontKnow] as const)
    .filter((value) => fields[value] === 'yes')
    .map((value) => choices.find((choice) => choice.value === value) ?? apartChoice(value, kind));
  const isSame =
    isDeepStrictEqual(steps, stepsOf(element)) &&
    isDeepStrictEqual(new Set(apart), new Set(choices.filter(({ value }) => isApart(value))));
  return isSame ? former : [...steps, ...apart];
}

function limitsFrom({ step }: ElementDefinition, kind: KindKey, fields: Fields): Partial<ElementDefinition> {
  const { min = '', max = '', decimals, maxLength } = fields;
  if (kind === 'number') {
    return {
      min: min === '' ? undefined : Number(min),
      max: max === '' ? undefined : Number(max),
      step: decimals === '1' ? 0.1 : decimals === '2' ? 0.01 : step === 1 ? 1 : undefined,
    } as Partial<ElementDefinition>;
  }
  if (kind === 'date') return { min: min || undefined, max: max || undefined } as Partial<ElementDefinition>;
  if (kind !== 'short-text' && kind !== 'long-text') return {};
  return { maxLength: maxLength ? Number(maxLength) : undefined } as Partial<ElementDefinition>;
}

/** The element with new values for some settings; without those that have none. */
function changed(element: ElementDefinition, settings: Record<string, unknown>): ElementDefinition {
  const entries = Object.entries({ ...element, ...settings }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as ElementDefinition;
}
