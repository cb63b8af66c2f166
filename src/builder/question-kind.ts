import { freeName } from '../edits/edit';
import {
  type ChoiceDefinition,
  type Definition,
  dontKnow,
  type ElementDefinition,
  notMyRole,
  type RowDefinition,
} from '../questionnaires/definition';
import type { RatingScale } from '../questionnaires/measures';
import { textIn } from '../questionnaires/text';
import { codeFrom } from './code';
import type { Unit } from './unit';

/** A kind of question as people know it. */
export type KindKey =
  | 'one'
  | 'dropdown'
  | 'many'
  | 'yes-no'
  | 'ranking'
  | 'rating'
  | 'matrix'
  | 'dual'
  | 'short-text'
  | 'long-text'
  | 'number'
  | 'date'
  | 'information';

export interface QuestionKind {
  key: KindKey;
  words: string;
  hint: string;
  /** What one wants to do with it: the heading it stands under in the menu. */
  purpose: string;
}

export const questionKinds: readonly QuestionKind[] = [
  { key: 'one', words: 'Choose one', hint: 'One choice out of several', purpose: 'Choose' },
  { key: 'many', words: 'Choose any', hint: 'Ticks, as many as apply', purpose: 'Choose' },
  { key: 'dropdown', words: 'Drop-down list', hint: 'One choice out of a long list', purpose: 'Choose' },
  { key: 'yes-no', words: 'Yes or no', hint: 'Two choices', purpose: 'Choose' },
  { key: 'ranking', words: 'Put in order', hint: 'The most important first', purpose: 'Choose' },
  { key: 'rating', words: 'Rating', hint: 'One step of a scale', purpose: 'Rate' },
  { key: 'matrix', words: 'Rating of several things', hint: 'The same scale for each row', purpose: 'Rate' },
  {
    key: 'dual',
    words: 'Two ratings of several things',
    hint: 'Each row rated on two scales, such as importance and performance',
    purpose: 'Rate',
  },
  { key: 'short-text', words: 'Short text', hint: 'A few words on one line', purpose: 'Write' },
  { key: 'long-text', words: 'Long text', hint: 'Room for sentences', purpose: 'Write' },
  { key: 'number', words: 'Number', hint: 'Such as years or hours', purpose: 'Write' },
  { key: 'date', words: 'Date', hint: 'A day', purpose: 'Write' },
  { key: 'information', words: 'Information', hint: 'Something to read, nothing to answer', purpose: 'Tell' },
];

export function kindNamed(key: unknown): QuestionKind | undefined {
  return questionKinds.find((kind) => kind.key === key);
}

/** The kinds whose choices are typed one a line. */
const withLines: ReadonlySet<KindKey> = new Set(['one', 'dropdown', 'many', 'ranking', 'rating']);
/** The kinds that can offer "not part of my role" and "don't know". */
const withApart: ReadonlySet<KindKey> = new Set([
  ...(['one', 'dropdown', 'many', 'yes-no', 'rating', 'matrix', 'dual'] as const),
]);
/** The kinds that can ask for a facet: one choice out of several. */
const withFacet: ReadonlySet<KindKey> = new Set(['one', 'dropdown', 'yes-no']);

export function hasLines(kind: KindKey): boolean {
  return withLines.has(kind);
}

export function hasApart(kind: KindKey): boolean {
  return withApart.has(kind);
}

export function hasRows(kind: KindKey): boolean {
  return kind === 'matrix' || kind === 'dual';
}

export function hasRandomOrder(kind: KindKey): boolean {
  return hasRows(kind) || (hasLines(kind) && kind !== 'rating');
}

export function mayAskFacet(kind: KindKey): boolean {
  return withFacet.has(kind);
}

/** Which kind a question is. */
export function kindKeyOf({ first, second }: Unit): KindKey {
  switch (first.type) {
    case 'matrix':
      return second ? 'dual' : 'matrix';
    case 'radiogroup':
      return kindOfRadios(stepsOf(first));
    case 'text':
      return first.inputType ?? 'short-text';
    default:
      return kindsByType[first.type] ?? 'long-text';
  }
}

const kindsByType: Readonly<Record<string, KindKey>> = {
  dropdown: 'dropdown',
  checkbox: 'many',
  ranking: 'ranking',
  comment: 'long-text',
  html: 'information',
};

function kindOfRadios(steps: ChoiceDefinition[]): KindKey {
  const values = steps.map(({ value }) => value);
  if (values.join(' ') === 'yes no') return 'yes-no';
  return values.length > 0 && values.every((value) => typeof value === 'number') ? 'rating' : 'one';
}

/** A choice as an object, however it is written. */
export function asChoice(choice: string | number | ChoiceDefinition): ChoiceDefinition {
  return typeof choice === 'object' ? choice : { value: choice };
}

/** What a question offers, columns or choices. */
export function offeredBy({ choices, columns }: ElementDefinition): ChoiceDefinition[] {
  return (columns ?? choices ?? []).map(asChoice);
}

/** The same without "not part of my role" and "don't know". */
export function stepsOf(element: ElementDefinition): ChoiceDefinition[] {
  return offeredBy(element).filter(({ value }) => !isApart(value));
}

export function isApart(value: string | number): boolean {
  return value === notMyRole || value === dontKnow;
}

/** "Not part of my role" or "don't know" as a choice, exclusive among ticks. */
export function apartChoice(value: typeof notMyRole | typeof dontKnow, kind: KindKey): ChoiceDefinition {
  return {
    value,
    text: value === notMyRole ? 'Not part of my role' : 'I don’t know',
    ...(kind === 'many' ? { isExclusive: true } : {}),
  };
}

const startChoices: ChoiceDefinition[] = [
  { value: 'choice-1', text: 'First choice' },
  { value: 'choice-2', text: 'Second choice' },
];
const yesAndNo: ChoiceDefinition[] = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
];
const startRows: RowDefinition[] = [
  { value: 'row-1', text: 'First thing to rate' },
  { value: 'row-2', text: 'Second thing to rate' },
];

/** Steps from a first to a last number, of which only the ends have words. */
export function numberedSteps(from: number, to: number, lowest: string, highest: string): RatingScale {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const value = from + index;
    const words = value === from ? lowest : value === to ? highest : '';
    return { value, text: words ? `${value}: ${words}` : String(value) };
  });
}

/** The steps of the questionnaire's own scale; of a plain one to five where it has none. */
function usualSteps({ scale = [] }: Pick<Definition, 'scale'>): ChoiceDefinition[] {
  return scale.length > 1
    ? scale.map(({ level, label }) => ({ value: level, text: textIn(label) }))
    : [...numberedSteps(1, 5, 'not at all', 'very much')];
}

/** A new question of a kind, under a name that is free. It can be asked as it is. */
export function newQuestion(kind: KindKey, definition: Definition, title = ''): Unit {
  const said = title.trim();
  const bare: ElementDefinition = {
    type: 'comment',
    name: freeName(definition, codeFrom(said) || kind),
    ...(said || kind !== 'information' ? { title: said || 'New question' } : {}),
  };
  return withKind({ first: bare }, kind, definition);
}

/** The question as another kind. Title, help and name stay; so do choices, rows and limits where both kinds have them. */
export function withKind(unit: Unit, kind: KindKey, definition: Definition): Unit {
  if (kindKeyOf(unit) === kind) return unit;
  const { first } = unit;
  const steps = stepsFor(kind, first, definition);
  const common: ElementDefinition = {
    ...{ type: typeOf(kind), name: first.name },
    ...kept(first, 'title', 'visibleIf', 'kept'),
    ...(kind === 'information' ? {} : kept(first, 'description', 'requiredErrorText')),
    ...tiesKept(first, kind, steps),
  };
  const isRequired = first.isRequired || first.eachRowRequired;
  const whole: ElementDefinition = {
    ...common,
    ...(kind === 'information' ? { html: first.html ?? 'Write here what people should know.' } : {}),
    ...(kind === 'number' || kind === 'date' ? { inputType: kind } : {}),
    ...(kind === 'short-text' || kind === 'long-text' ? kept(first, 'maxLength') : {}),
    ...(hasRows(kind)
      ? {
          columns: steps,
          rows: first.rows ?? startRows,
          ...(isRequired ? { eachRowRequired: true } : {}),
          ...kept(first, 'rowOrder'),
        }
      : {
          ...(steps.length > 0 ? { choices: steps } : {}),
          ...(isRequired && kind !== 'information' ? { isRequired: true } : {}),
          ...(hasRandomOrder(kind) ? kept(first, 'choicesOrder') : {}),
        }),
  };
  return kind === 'dual' ? { first: whole, second: secondFor(whole, definition) } : { first: whole };
}

function typeOf(kind: KindKey): string {
  return types[kind];
}

const types: Readonly<Record<KindKey, string>> = {
  one: 'radiogroup',
  dropdown: 'dropdown',
  many: 'checkbox',
  'yes-no': 'radiogroup',
  ranking: 'ranking',
  rating: 'radiogroup',
  matrix: 'matrix',
  dual: 'matrix',
  'short-text': 'text',
  'long-text': 'comment',
  number: 'text',
  date: 'text',
  information: 'html',
};

/** The second way of rating the rows of a matrix, on the same scale until it gets one of its own. */
function secondFor(first: ElementDefinition, definition: Definition): ElementDefinition {
  const { title, description, measure, ...same } = first;
  return {
    ...same,
    name: freeName(definition, `${first.name.slice(0, 90)}-2`),
    title: 'The second rating',
    pairedWith: first.name,
  };
}

function kept<Name extends keyof ElementDefinition>(
  element: ElementDefinition,
  ...names: Name[]
): Pick<ElementDefinition, Name> {
  return Object.fromEntries(
    names.filter((name) => element[name] !== undefined).map((name) => [name, element[name]]),
  ) as Pick<ElementDefinition, Name>;
}

/** What is offered after a change of kind. */
function stepsFor(kind: KindKey, element: ElementDefinition, definition: Definition): ChoiceDefinition[] {
  if (!hasLines(kind) && !hasApart(kind)) return [];
  const steps = stepsOf(element).map(({ isExclusive, ...step }) =>
    kind === 'many' && isExclusive ? { ...step, isExclusive } : step,
  );
  const apart = hasApart(kind)
    ? offeredBy(element)
        .filter(({ value }) => isApart(value))
        .map(({ isExclusive, ...choice }) => (kind === 'many' ? { ...choice, isExclusive: true } : choice))
    : [];
  return [...stepsAs(kind, steps, definition), ...apart];
}

function stepsAs(kind: KindKey, steps: ChoiceDefinition[], definition: Definition): ChoiceDefinition[] {
  switch (kind) {
    case 'yes-no':
      return yesAndNo;
    case 'rating':
      return numbered(steps, definition);
    case 'matrix':
    case 'dual':
      return steps.length > 0 ? steps : usualSteps(definition);
    default:
      return inWords(kind, steps);
  }
}

/** Numbers as they are; words in their order, from 1. */
function numbered(steps: ChoiceDefinition[], definition: Definition): ChoiceDefinition[] {
  if (steps.length < 2) return usualSteps(definition);
  if (steps.every(({ value }) => typeof value === 'number')) return steps;
  return steps.map((step, index) => ({ ...step, value: index + 1, text: step.text ?? String(step.value) }));
}

/** Numbers become words of their digits, for a choice out of several is no scale. */
function inWords(kind: KindKey, steps: ChoiceDefinition[]): ChoiceDefinition[] {
  if (steps.length === 0) return startChoices;
  const words = steps.map((step) => ({
    ...step,
    value: String(step.value),
    text: step.text ?? String(step.value),
  }));
  const isYesNo = kind === 'one' && words.map(({ value }) => value).join(' ') === 'yes no';
  return isYesNo ? [...words, { value: 'neither', text: 'Neither' }] : words;
}

/** What ties a question to the rest of the product, where the new kind can still be counted or told apart like that. */
function tiesKept(
  first: ElementDefinition,
  kind: KindKey,
  steps: ChoiceDefinition[],
): Partial<ElementDefinition> {
  const isScale =
    (kind === 'rating' || hasRows(kind)) &&
    steps.every(({ value }) => isApart(value) || typeof value === 'number');
  const measure = first.measure && first.measure !== 'where' && first.measure !== 'where_main' && isScale;
  return {
    ...(measure ? kept(first, 'measure') : {}),
    ...(measure && !hasRows(kind) ? kept(first, 'competency', 'domain') : {}),
    ...(mayAskFacet(kind) && kind !== 'yes-no' ? kept(first, 'facet', 'vocabulary') : {}),
    ...(kind === 'many' ? kept(first, 'vocabulary') : {}),
  };
}
