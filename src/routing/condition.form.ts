import { z } from 'zod';
import { readDay } from '../platform/days';
import { type FieldErrors, type FormResult, readForm } from '../platform/form';
import type { PlanQuestion } from '../questionnaires/plan';
import {
  type Clause,
  type Condition,
  choicesToName,
  isGroup,
  type Join,
  type Operator,
  operatorsFor,
  takesTyped,
  type Value,
  valuesTaken,
} from './condition';

/** The menus of a condition as they stand, whether or not they say something yet. */
export interface Menus {
  join: Join;
  rows: MenuRow[];
}

export interface MenuRow {
  /** Rows beside each other with the same letter are a group; empty where the row stands by itself. */
  group: string;
  question: string;
  operator: string;
  /** The boxes ticked. */
  values: string[];
  /** What was typed for a number, or for a day in its three boxes, with the second value of "between". */
  typed: [Typed, Typed];
}

export interface Typed {
  number: string;
  day: Record<string, string>;
}

/** What a button of the form asks for. */
export type Wish =
  | { kind: 'save' | 'add row' | 'add group' | 'show' }
  | { kind: 'add to group'; group: string }
  | { kind: 'remove'; row: number };

export const mostRows = 20;
const groupLetters = 'abcdefghijklmnopqrst';
const nothingTyped: Typed = { number: '', day: {} };
const emptyRow: MenuRow = {
  group: '',
  question: '',
  operator: '',
  values: [],
  typed: [nothingTyped, nothingTyped],
};

/** The menus for a condition; with an empty row where there is none. */
export function menusFor(condition: Condition | null): Menus {
  if (!condition) return { join: 'and', rows: [emptyRow] };
  let groups = 0;
  const rows = condition.parts.flatMap((part) => {
    if (!isGroup(part)) return [rowFor(part, '')];
    const letter = groupLetters[groups++] ?? '';
    return part.parts.map((clause) => rowFor(clause, letter));
  });
  return { join: condition.join, rows };
}

function rowFor({ question, operator, values }: Clause, group: string): MenuRow {
  const texts = values.map(String);
  const typed = [0, 1].map((index) => typedAs(texts[index] ?? '')) as [Typed, Typed];
  return { group, question, operator, values: texts, typed };
}

function typedAs(text: string): Typed {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (!year) return { number: text, day: {} };
  return { number: '', day: { day: String(Number(day)), month: String(Number(month)), year } };
}

const menusForm = z.object({
  join: z.enum(['and', 'or']).catch('and'),
  rows: z.coerce.number().int().min(0).max(mostRows).catch(0),
  do: z.string().max(40).catch('show'),
});

/** The menus as a form brings them back, and what was pressed. */
export function readMenus(body: Readonly<Record<string, unknown>>): { menus: Menus; wish: Wish } {
  const { join, rows, do: pressed } = readForm(menusForm, body).value!;
  const menus = { join, rows: Array.from({ length: rows }, (_, index) => readRow(body, index)) };
  return { menus, wish: wishOf(pressed) };
}

function wishOf(pressed: string): Wish {
  const [kind, what = ''] = pressed.split(':', 2);
  if (kind === 'remove' && /^\d{1,2}$/.test(what)) return { kind, row: Number(what) };
  if (kind === 'add to group' && /^[a-t]$/.test(what)) return { kind, group: what };
  return kind === 'save' || kind === 'add row' || kind === 'add group' ? { kind } : { kind: 'show' };
}

function readRow(body: Readonly<Record<string, unknown>>, index: number): MenuRow {
  const text = (name: string) => String(body[`${name}-${index}`] ?? '').slice(0, 300);
  const values = body[`value-${index}`];
  const group = text('group');
  return {
    group: /^[a-t]$/.test(group) ? group : '',
    question: text('question'),
    operator: text('operator'),
    values: values === undefined ? [] : [values].flat().map(String),
    typed: [readTyped(body, `from-${index}`), readTyped(body, `to-${index}`)],
  };
}

function readTyped(body: Readonly<Record<string, unknown>>, field: string): Typed {
  const text = (name: string) =>
    String(body[name] ?? '')
      .trim()
      .slice(0, 40);
  return {
    number: text(field),
    day: { day: text(`${field}-day`), month: text(`${field}-month`), year: text(`${field}-year`) },
  };
}

/** The menus after a button was pressed that does not save. What stands in a row stays, as far as the question still has it. */
export function menusAfter({ join, rows }: Menus, wish: Wish, offered: readonly PlanQuestion[]): Menus {
  const fitting = rows.map((row) => fitted(row, offered));
  const isFull = rows.length >= mostRows;
  switch (wish.kind) {
    case 'add row':
      return { join, rows: isFull ? fitting : [...fitting, emptyRow] };
    case 'add group': {
      const letter = [...groupLetters].find((one) => rows.every(({ group }) => group !== one)) ?? 'a';
      const added = [1, 2].map(() => ({ ...emptyRow, group: letter }));
      return { join, rows: rows.length + 2 > mostRows ? fitting : [...fitting, ...added] };
    }
    case 'add to group': {
      const at = fitting.findLastIndex(({ group }) => group === wish.group) + 1;
      return { join, rows: isFull ? fitting : fitting.toSpliced(at, 0, { ...emptyRow, group: wish.group }) };
    }
    case 'remove': {
      const left = fitting.filter((_, index) => index !== wish.row);
      return { join, rows: left.length > 0 ? left : [emptyRow] };
    }
    default:
      return { join, rows: fitting };
  }
}

/** A row whose question was changed keeps its operator where the new one has it too; ticks that are not offered go. */
function fitted(row: MenuRow, offered: readonly PlanQuestion[]): MenuRow {
  const question = offered.find(({ name }) => name === row.question);
  if (!question) return row;
  const operators = operatorsFor(question);
  const operator = operators.find((one) => one === row.operator) ?? operators[0]!;
  const values = row.values.filter((value) =>
    question.choices.some((choice) => String(choice.value) === value),
  );
  return { ...row, operator, values };
}

/** The condition the menus say, or a sentence for each menu that does not say anything yet. */
export function conditionIn({ join, rows }: Menus, offered: readonly PlanQuestion[]): FormResult<Condition> {
  const errors: FieldErrors = {};
  const parts: Condition['parts'] = [];
  for (const [index, row] of rows.entries()) {
    const read = readClause(row, index, offered);
    if (read.errors) {
      Object.assign(errors, read.errors);
      continue;
    }
    const before = parts.at(-1);
    const isSameGroup = row.group !== '' && rows[index - 1]?.group === row.group;
    if (row.group === '') parts.push(read.value);
    else if (isSameGroup && before && isGroup(before)) before.parts.push(read.value);
    else parts.push({ join: join === 'and' ? 'or' : 'and', parts: [read.value] });
  }
  if (rows.length === 0) errors.form = 'Add a row, or choose “Always show”';
  return Object.keys(errors).length > 0 ? { errors } : { value: { join, parts } };
}

function readClause(row: MenuRow, index: number, offered: readonly PlanQuestion[]): FormResult<Clause> {
  const question = offered.find(({ name }) => name === row.question);
  if (!question) return { errors: { [`question-${index}`]: `Choose a question for row ${index + 1}` } };
  const operator = operatorsFor(question).find((one) => one === row.operator);
  if (!operator) {
    return {
      errors: { [`operator-${index}`]: `Choose what must be true of the answer in row ${index + 1}` },
    };
  }
  const read = takesTyped(question, operator)
    ? readTypedValues(row, index, question, operator)
    : readTicked(row, index, question, operator);
  return read.errors ? read : { value: { question: question.name, operator, values: read.value } };
}

function readTicked(
  row: MenuRow,
  index: number,
  question: PlanQuestion,
  operator: Operator,
): FormResult<Value[]> {
  const taken = valuesTaken[operator];
  if (taken === 0) return { value: [] };
  const values = choicesToName(question)
    .map(({ value }) => value)
    .filter((value) => row.values.includes(String(value)));
  if (values.length === 0) return { errors: { [`value-${index}`]: `Choose an answer for row ${index + 1}` } };
  if (taken === 1 && values.length > 1) {
    const other = question.kind === 'one' ? ', or choose “is any of” or “is none of”' : '';
    return { errors: { [`value-${index}`]: `Choose one answer only for row ${index + 1}${other}` } };
  }
  return { value: values };
}

function readTypedValues(
  row: MenuRow,
  index: number,
  question: PlanQuestion,
  operator: Operator,
): FormResult<Value[]> {
  const taken = valuesTaken[operator] === 2 ? 2 : valuesTaken[operator] === 1 ? 1 : 0;
  const values: Value[] = [];
  for (const [place, typed] of row.typed.slice(0, taken).entries()) {
    const field = `${place === 0 ? 'from' : 'to'}-${index}`;
    const value = question.kind === 'date' ? dayIn(typed) : numberIn(typed);
    if (value === undefined) {
      return question.kind === 'date'
        ? { errors: { [`${field}-day`]: `Enter a day for row ${index + 1}, such as 31 1 2026` } }
        : { errors: { [field]: `Enter a number for row ${index + 1}, such as 3 or 2.5` } };
    }
    values.push(value);
  }
  const [from, to] = values;
  if (from !== undefined && to !== undefined && from > to) {
    const field = question.kind === 'date' ? `to-${index}-day` : `to-${index}`;
    return { errors: { [field]: `In row ${index + 1} the second must not be less than the first` } };
  }
  return { value: values };
}

function dayIn({ day }: Typed): string | undefined {
  const body = Object.fromEntries(Object.entries(day).map(([part, text]) => [`typed-${part}`, text]));
  return readDay(body, 'typed') ?? undefined;
}

function numberIn({ number }: Typed): number | undefined {
  return /^-?\d{1,9}(\.\d{1,4})?$/.test(number) ? Number(number) : undefined;
}

export const expressionForm = z.object({
  expression: z
    .string({ error: 'Write an expression, or choose “Always show”' })
    .trim()
    .min(1, { error: 'Write an expression, or choose “Always show”' })
    .max(10_000, { error: 'The expression can be 10,000 characters long at most' }),
});
