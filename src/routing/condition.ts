import { ConditionsParser, Const, type Operand } from 'survey-core';
import { holds } from '../questionnaires/conditions';
import type { PlanChoice, PlanQuestion } from '../questionnaires/plan';
import { conditionValues } from './condition-values';

export type Join = 'and' | 'or';
export type Value = string | number;

/** One line of a condition: a question, named as in a plan (of a matrix `matrix.row`), and what is asked of its answer. */
export interface Clause {
  question: string;
  operator: Operator;
  values: Value[];
}

/** Clauses that count as one: all of them, or any. */
export interface ClauseGroup {
  join: Join;
  parts: Clause[];
}

/** What the menus can say. Groups are one deep. */
export interface Condition {
  join: Join;
  parts: (Clause | ClauseGroup)[];
}

export type Operator =
  | 'is'
  | 'is-not'
  | 'any-of'
  | 'none-of'
  | 'includes-any'
  | 'includes-all'
  | 'includes-none'
  | 'at-least'
  | 'at-most'
  | 'between'
  | 'first'
  | 'answered'
  | 'not-answered';

/** How many values an operator takes: none, one, two (from, to), or any number but none. */
export const valuesTaken: Record<Operator, 0 | 1 | 2 | 'some'> = {
  is: 1,
  'is-not': 1,
  'any-of': 'some',
  'none-of': 'some',
  'includes-any': 'some',
  'includes-all': 'some',
  'includes-none': 'some',
  'at-least': 1,
  'at-most': 1,
  between: 2,
  first: 1,
  answered: 0,
  'not-answered': 0,
};

const everyKind: Operator[] = ['answered', 'not-answered'];
const inOrder: Operator[] = ['at-least', 'at-most', 'between'];

/**
 * What can be asked of the answer to a question. Whoever left a question out, or was never shown it, has chosen none
 * of its answers: "is not" and "is none of" hold for them, and of more or less there is nothing to compare.
 */
export function operatorsFor(question: PlanQuestion): Operator[] {
  switch (question.kind) {
    case 'one': {
      const isRating = question.choices.some(({ value }) => typeof value === 'number');
      return ['is', 'is-not', 'any-of', 'none-of', ...(isRating ? inOrder : []), ...everyKind];
    }
    case 'many':
      return ['includes-any', 'includes-all', 'includes-none', ...everyKind];
    case 'number':
      return ['is', 'is-not', ...inOrder, ...everyKind];
    case 'date':
      return [...inOrder, ...everyKind];
    case 'ranking':
      return ['first', ...everyKind];
    case 'text':
      return everyKind;
    case 'information':
      return [];
  }
}

/** Are this operator's values typed, rather than chosen among the answers offered? */
export function takesTyped(question: PlanQuestion, operator: Operator): boolean {
  return question.kind === 'number' || question.kind === 'date' || inOrder.includes(operator);
}

export function isGroup(part: Clause | ClauseGroup): part is ClauseGroup {
  return 'parts' in part;
}

/** All lines of a condition, those in groups too. */
export function clausesOf(condition: Condition): Clause[] {
  return condition.parts.flatMap((part) => (isGroup(part) ? part.parts : [part]));
}

/** The expression, in SurveyJS's language, that holds exactly when the condition does. */
export function expressionOf({ join, parts }: Condition): string {
  return parts
    .map((part) =>
      isGroup(part)
        ? `(${part.parts.map((clause) => clauseExpression(clause, part.join)).join(` ${part.join} `)})`
        : clauseExpression(part, join),
    )
    .join(` ${join} `);
}

function clauseExpression({ question, operator, values }: Clause, join: Join): string {
  const name = `{${question}}`;
  const [first, second] = values.map(literal);
  const list = `[${values.map(literal).join(', ')}]`;
  switch (operator) {
    case 'is':
      return `${name} = ${first}`;
    case 'is-not':
      return `${name} != ${first}`;
    case 'any-of':
    case 'includes-any':
      return `${name} anyof ${list}`;
    case 'none-of':
    case 'includes-none':
      return `${name} noneof ${list}`;
    case 'includes-all':
      return `${name} allof ${list}`;
    case 'at-least':
      return `${name} >= ${first}`;
    case 'at-most':
      return `${name} <= ${first}`;
    case 'between': {
      const both = `${name} >= ${first} and ${name} <= ${second}`;
      return join === 'or' ? `(${both})` : both;
    }
    case 'first':
      return `{${question}[0]} = ${first}`;
    case 'answered':
      return `${name} notempty`;
    case 'not-answered':
      return `${name} empty`;
  }
}

/** A value as an expression writes it. Quotes within a text are escaped; nothing else can be. */
function literal(value: Value): string {
  return typeof value === 'number' ? String(value) : `'${value.replace(/['"]/g, '\\$&')}'`;
}

/**
 * The same condition in the one form that an expression gives back: no group of one line or of the same join as what
 * it stands in, and "at least" followed by "at most" of the same question is "between".
 */
export function tidy({ join, parts }: Condition): Condition {
  const inlined = parts.flatMap((part): (Clause | ClauseGroup)[] => {
    if (!isGroup(part)) return [part];
    const clauses = part.join === 'and' ? withBetween(part.parts) : part.parts;
    return clauses.length === 1 || part.join === join ? clauses : [{ join: part.join, parts: clauses }];
  });
  const tidied = join === 'and' ? withBetween(inlined) : inlined;
  const [only] = tidied;
  if (tidied.length === 1 && only) return isGroup(only) ? only : { join: 'and', parts: [only] };
  return { join, parts: tidied };
}

function withBetween<T extends Clause | ClauseGroup>(parts: readonly T[]): (T | Clause)[] {
  const tidied: (T | Clause)[] = [];
  for (const part of parts) {
    const before = tidied.at(-1);
    const range = before && rangeOf(before, part);
    if (range) tidied.splice(-1, 1, range);
    else tidied.push(part);
  }
  return tidied;
}

function rangeOf(one: Clause | ClauseGroup, other: Clause | ClauseGroup): Clause | undefined {
  if (isGroup(one) || isGroup(other) || one.question !== other.question) return undefined;
  if (one.operator !== 'at-least' || other.operator !== 'at-most') return undefined;
  const [from, to] = [one.values[0]!, other.values[0]!];
  return from <= to ? { question: one.question, operator: 'between', values: [from, to] } : undefined;
}

/** Can an expression look at a question of this name? Some signs in a name mean something else to survey-core. */
export function canLookAt(question: PlanQuestion): boolean {
  const answered = `{${question.name}} notempty`;
  const parsed = parseExpression(answered);
  if (parsed?.toString() !== answered) return false;
  return (
    holds(answered, conditionValues([question], { [question.name]: anyAnswerTo(question) })) &&
    !holds(answered, {})
  );
}

function anyAnswerTo({ kind, choices }: PlanQuestion) {
  const value = choices[0]?.value ?? (kind === 'number' ? 1 : kind === 'date' ? '2026-01-31' : 'text');
  return kind === 'many' || kind === 'ranking' ? [String(value)] : value;
}

/**
 * The choices a condition can name, such that it means them and no other: survey-core takes "Yes" for "yes" and "1.0"
 * for "1", and its language cannot write every text.
 */
export function choicesToName(question: PlanQuestion): PlanChoice[] {
  return question.choices.filter(({ value }) => canName(question, value));
}

/** The same for values that survey-core may take for each other. */
function likeness(value: Value): string {
  const text = String(value).trim();
  return text !== '' && Number.isFinite(Number(text)) ? String(Number(text)) : text.toLowerCase();
}

export function canName(question: PlanQuestion, value: Value): boolean {
  const like = likeness(value);
  if (question.choices.filter((choice) => likeness(choice.value) === like).length !== 1) return false;
  const written = parseExpression(`{a} = ${literal(value)}`) as { rightOperand?: Operand } | undefined;
  const read = written?.rightOperand;
  if (!(read instanceof Const) || String(read.correctValue) !== String(value)) return false;
  const isList = question.kind === 'many' || question.kind === 'ranking';
  const operator = question.kind === 'many' ? 'includes-any' : question.kind === 'ranking' ? 'first' : 'is';
  const expression = expressionOf({
    join: 'and',
    parts: [{ question: question.name, operator, values: [value] }],
  });
  const chosen = { [question.name]: isList ? [String(value)] : value };
  return (
    holds(expression, conditionValues([question], chosen)) &&
    !holds(expression, conditionValues([question], {}))
  );
}

/** What survey-core makes of an expression; nothing where it is none. */
export function parseExpression(expression: string): Operand | undefined {
  return new ConditionsParser().parseExpression(expression);
}
