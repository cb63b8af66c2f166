import { dayParts } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import { dayFields, positionField } from '../questionnaires/field-names';
import { ratingMeasures } from '../questionnaires/measures';
import type { Answer, Answers, PlanChoice, PlanQuestion, PlanRow } from '../questionnaires/plan';
import type { Words } from '../web/words';
import { standsApart } from './shown-order';

type Options = Record<string, unknown>;

/** What stands on a page, as its view takes it: a component with its options, or something made of several. */
export type Field =
  | {
      component: 'radios' | 'checkboxes' | 'select' | 'input' | 'characterCount' | 'dateInput';
      options: Options;
    }
  | { component: 'ranking'; options: Options; items: Options[] }
  | { component: 'information'; heading: string; paragraphs: string[] }
  | { component: 'matrix'; heading: string; hint: string; rows: { options: Options }[] }
  | { component: 'pairs'; rows: { heading: string; hint: string; ratings: { options: Options }[] }[] };

/** What a page is filled with: what was answered before, or what was just typed, with what is wrong about it. */
export interface Filling {
  words: Words;
  answers: Answers;
  typed?: Readonly<Record<string, unknown>>;
  errors?: FieldErrors;
}

/** The questions of a page, in order. Rows of a matrix stand together, two matrices row by row where they are paired. */
export function fieldsOf(questions: readonly PlanQuestion[], filling: Filling): Field[] {
  const pairs = new Set(questions.flatMap(({ row }) => row?.pairedWith ?? []));
  const drawn = new Set<string>();
  return questions.flatMap((question): Field[] => {
    const { row } = question;
    if (!row) return [fieldOf(question, filling)];
    if (row.pairedWith !== null || drawn.has(row.matrix)) return [];
    drawn.add(row.matrix);
    const rows = questions.filter((other) => other.row?.matrix === row.matrix);
    if (!pairs.has(row.matrix)) return [matrixOf(row, rows, filling)];
    return [pairsOf(rows, questions, filling)];
  });
}

/** The rows of a matrix. A listener who comes upon one of them hears what is asked about it. */
function matrixOf({ title, hint }: PlanRow, rows: readonly PlanQuestion[], filling: Filling): Field {
  return {
    component: 'matrix',
    heading: title,
    hint,
    rows: rows.map((row) => {
      const legend = { text: row.title, visuallyHiddenText: `: ${title}`, size: 's' };
      return { options: radiosOf(row, filling, legend) };
    }),
  };
}

/** Each row with both of its ratings. A listener hears with each which row it is about. */
function pairsOf(rows: readonly PlanQuestion[], questions: readonly PlanQuestion[], filling: Filling): Field {
  return {
    component: 'pairs',
    rows: rows.map(({ title, hint, row }) => ({
      heading: title,
      hint,
      ratings: questions
        .filter(
          ({ row: other }) =>
            other?.value === row!.value && (other.matrix === row!.matrix || other.pairedWith === row!.matrix),
        )
        .map((rating) => {
          const legend = { text: rating.row!.title, visuallyHiddenText: `: ${title}`, size: 's' };
          return { options: radiosOf({ ...rating, hint: rating.row!.hint }, filling, legend) };
        }),
    })),
  };
}

function fieldOf(question: PlanQuestion, filling: Filling): Field {
  const { kind, title, hint } = question;
  if (kind === 'information') {
    return {
      component: 'information',
      heading: title,
      paragraphs: hint.split('\n').filter((line) => line.trim() !== ''),
    };
  }
  if (kind === 'text') return textOf(question, filling);
  if (kind === 'number') return numberOf(question, filling);
  if (kind === 'date') return dateOf(question, filling);
  if (kind === 'ranking') return rankingOf(question, filling);
  const legend = { text: title, size: 'm' };
  if (kind === 'many') return { component: 'checkboxes', options: radiosOf(question, filling, legend) };
  if (question.choices.length > mostRadios && !isScale(question)) return selectOf(question, filling);
  return { component: 'radios', options: radiosOf(question, filling, legend) };
}

/** What every field has: its names, its hint, and what is wrong with it. */
function commonOf({ name, hint }: PlanQuestion, { errors, words }: Filling): Options {
  return {
    idPrefix: name,
    id: name,
    name,
    ...(hint ? { hint: { text: hint } } : {}),
    ...(errors?.[name]
      ? { errorMessage: { text: errors[name], visuallyHiddenText: words.say('error') } }
      : {}),
  };
}

function filledIn({ name }: PlanQuestion, { answers, typed }: Filling): Answer | undefined {
  return typed ? typedIn(typed, name) : answers[name];
}

function typedIn(typed: Readonly<Record<string, unknown>>, field: string): string | string[] | undefined {
  const value = typed[field];
  if (Array.isArray(value)) return value.map(String);
  return value === undefined ? undefined : String(value);
}

/** More choices than these are a drop-down list. */
const mostRadios = 8;
/** From 0 to 10. Of what is rated, all steps are shown, however many there are. */
const mostSteps = 11;
/** Labels of a matrix up to this length fit beside each other. */
const shortLabel = 16;
const mostBesideEachOther = 6;

/** Scales are read at a glance, so their steps are never folded into a list. */
function isScale({ choices, measure }: PlanQuestion): boolean {
  const steps = choices.filter((choice) => !standsApart(choice));
  const isNumeric = steps.length > 0 && steps.every(({ value }) => typeof value === 'number');
  return isNumeric && (steps.length <= mostSteps || (measure !== null && ratingMeasures.has(measure)));
}

function fitsBesideEachOther({ row, choices }: PlanQuestion): boolean {
  const steps = choices.filter((choice) => !standsApart(choice));
  return (
    row !== null &&
    steps.length <= mostBesideEachOther &&
    steps.every(({ text, hint }) => text.length <= shortLabel && hint === '')
  );
}

/** The options of radio buttons, and of checkboxes, which take the same. */
function radiosOf(question: PlanQuestion, filling: Filling, legend: Options): Options {
  const { id, ...common } = commonOf(question, filling);
  const isInLine = question.kind === 'one' && (isScale(question) || fitsBesideEachOther(question));
  return {
    ...common,
    fieldset: { legend },
    ...(isInLine ? { classes: 'rating-scale' } : {}),
    items: itemsOf(question, filledIn(question, filling), filling.words),
  };
}

function itemsOf({ choices }: PlanQuestion, value: Answer | undefined, words: Words): Options[] {
  const chosen = new Set((Array.isArray(value) ? value : [value]).map(String));
  return choices.flatMap((choice, index) => {
    const previous = choices[index - 1];
    const first = standsApart(choice) && previous && !standsApart(previous);
    const item = {
      value: String(choice.value),
      text: choice.text,
      checked: chosen.has(String(choice.value)),
      ...(choice.hint ? { hint: { text: choice.hint } } : {}),
      ...(choice.exclusive ? { exclusive: true } : {}),
    };
    return first ? [{ divider: words.say('or') }, item] : [item];
  });
}

function selectOf(question: PlanQuestion, filling: Filling): Field {
  const items = question.choices.map(({ value, text }) => ({ value, text }));
  return {
    component: 'select',
    options: {
      ...commonOf(question, filling),
      label: { text: question.title, size: 'm' },
      value: filledIn(question, filling) ?? '',
      items: [{ value: '', text: filling.words.say('chooseOne') }, ...items],
    },
  };
}

function textOf(question: PlanQuestion, filling: Filling): Field {
  const options = {
    ...commonOf(question, filling),
    label: { text: question.title, size: 'm' },
    value: filledIn(question, filling) ?? '',
  };
  if (question.lines <= 1) return { component: 'input', options };
  const { lines, maxLength } = question;
  const counted = { ...options, rows: lines, maxlength: maxLength, ...countTexts(filling.words) };
  return { component: 'characterCount', options: counted };
}

/** What the script says while somebody types. The forms a language has besides one and many say the same as many. */
function countTexts(words: Words): Options {
  const count = { count: '%{count}' };
  const forms = (one: string, many: string) => ({
    ...{ one, other: many },
    ...(words.lang === 'en-GB' ? {} : { zero: many, two: many, few: many, many }),
  });
  return {
    textareaDescriptionText: words.say('mostCharacters', count),
    charactersUnderLimitText: forms(words.say('oneCharacterLeft'), words.say('charactersLeft', count)),
    charactersAtLimitText: words.say('noCharacterLeft'),
    charactersOverLimitText: forms(words.say('oneCharacterOver'), words.say('charactersOver', count)),
  };
}

/** The widths of the design system, in characters. */
const widths = [2, 3, 4, 5, 10];

function numberOf(question: PlanQuestion, filling: Filling): Field {
  const { min, max, decimals } = question;
  const wanted = Math.max(...[min ?? '00000', max ?? '00000'].map((bound) => String(bound).length));
  const length = wanted + (decimals > 0 ? decimals + 1 : 0);
  // The keypad of digits has no minus sign on some phones.
  const mayBeNegative = min !== null && Number(min) < 0;
  return {
    component: 'input',
    options: {
      ...commonOf(question, filling),
      label: { text: question.title, size: 'm' },
      value: filledIn(question, filling) ?? '',
      width: widths.find((width) => width >= length) ?? 20,
      ...(mayBeNegative ? {} : { inputmode: decimals > 0 ? 'decimal' : 'numeric' }),
    },
  };
}

function dateOf(question: PlanQuestion, filling: Filling): Field {
  const { name, title, hint } = question;
  const answer = filling.answers[name];
  const known = dayParts(typeof answer === 'string' ? answer : null, name);
  const items = dayFields(name).map((field, index) => ({
    // Where the summary of errors and the way back from the check page lead.
    id: index === 0 ? name : field,
    name: field,
    label: filling.words.say((['day', 'month', 'year'] as const)[index]!),
    width: index === 2 ? 4 : 2,
    value: filling.typed ? typedIn(filling.typed, field) : known[field],
  }));
  return {
    component: 'dateInput',
    options: {
      ...commonOf(question, filling),
      id: `${name}:date`,
      fieldset: { legend: { text: title, size: 'm' } },
      hint: { text: hint || filling.words.say('dateHint') },
      items,
    },
  };
}

/** A position for each thing, chosen from a list: that needs no mouse and no script. */
function rankingOf(question: PlanQuestion, filling: Filling): Field {
  const { name, title, choices } = question;
  const { typed, answers } = filling;
  const answer = answers[name];
  const placeOf = ({ value }: PlanChoice) =>
    Array.isArray(answer) && answer.includes(String(value)) ? String(answer.indexOf(String(value)) + 1) : '';
  const positions = choices.map((_, index) => ({ value: String(index + 1), text: String(index + 1) }));
  return {
    component: 'ranking',
    options: { ...commonOf(question, filling), legend: { text: title, size: 'm' } },
    items: choices.map((choice, index) => {
      const field = positionField(name, choice.value);
      return {
        id: index === 0 ? name : field,
        name: field,
        label: { text: choice.text },
        ...(choice.hint ? { hint: { text: choice.hint } } : {}),
        value: typed ? typedIn(typed, field) : placeOf(choice),
        items: [{ value: '', text: filling.words.say('chooseOne') }, ...positions],
        ...(filling.errors?.[name] ? { classes: 'nhsuk-select--error' } : {}),
      };
    }),
  };
}
