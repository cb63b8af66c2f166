import { ArrayOperand, BinaryOperand, Const, type Operand, UnaryOperand, Variable } from 'survey-core';
import type { Plan, PlanQuestion } from '../questionnaires/plan';
import {
  type Clause,
  type ClauseGroup,
  type Condition,
  canName,
  type Join,
  type Operator,
  operatorsFor,
  parseExpression,
  tidy,
  type Value,
} from './condition';

/** The condition that an expression says, or null where the menus have no words for it. */
export function conditionOf(expression: string, plan: Pick<Plan, 'pages'>): Condition | null {
  const read = parseExpression(expression);
  if (!read) return null;
  const questions = new Map(plan.pages.flatMap((page) => page.questions).map((one) => [one.name, one]));
  const join = joinOf(read) ?? 'and';
  const parts = chainOf(read, join).map((operand) => partOf(operand, join, questions));
  return parts.some((part) => part === null) ? null : tidy({ join, parts: parts as Condition['parts'] });
}

type Questions = ReadonlyMap<string, PlanQuestion>;

function joinOf(operand: Operand): Join | undefined {
  if (!(operand instanceof BinaryOperand)) return undefined;
  return operand.operator === 'and' || operand.operator === 'or' ? operand.operator : undefined;
}

/** What is joined by the same word, however it is put in brackets. */
export function chainOf(operand: Operand, join: Join): Operand[] {
  if (!(operand instanceof BinaryOperand) || joinOf(operand) !== join) return [operand];
  return [...chainOf(operand.leftOperand, join), ...chainOf(operand.rightOperand, join)];
}

function partOf(operand: Operand, within: Join, questions: Questions): Clause | ClauseGroup | null {
  const join = joinOf(operand);
  if (!join) return clauseOf(operand, questions);
  const clauses = chainOf(operand, join).map((one) =>
    joinOf(one) ? rangeWithin(one, questions) : clauseOf(one, questions),
  );
  if (join === within || clauses.some((clause) => clause === null)) return null;
  return { join, parts: clauses as Clause[] };
}

/** Two ands deep there is only room for "between". */
function rangeWithin(operand: Operand, questions: Questions): Clause | null {
  const clauses = chainOf(operand, 'and').map((one) => clauseOf(one, questions));
  if (clauses.some((clause) => clause === null)) return null;
  const { parts } = tidy({ join: 'and', parts: clauses as Clause[] });
  return parts.length === 1 ? (parts[0] as Clause) : null;
}

function clauseOf(operand: Operand, questions: Questions): Clause | null {
  if (operand instanceof UnaryOperand) {
    const question = questionIn(operand.expression, questions);
    const operator = { notempty: 'answered', empty: 'not-answered' }[operand.operator] as
      | Operator
      | undefined;
    return question && operator ? asked(question, operator, []) : null;
  }
  if (!(operand instanceof BinaryOperand)) return null;
  const values = valuesIn(operand.rightOperand);
  if (!values) return null;
  const question = questionIn(operand.leftOperand, questions);
  if (question) {
    const operator = operatorNamed(operand.operator, question, operand.rightOperand instanceof ArrayOperand);
    return operator ? asked(question, operator, values) : null;
  }
  const ranked = questionIn(operand.leftOperand, questions, '[0]');
  return ranked && operand.operator === 'equal' ? asked(ranked, 'first', values) : null;
}

function questionIn(operand: unknown, questions: Questions, part = ''): PlanQuestion | undefined {
  if (!(operand instanceof Variable) || !operand.variable.endsWith(part)) return undefined;
  // A name with a mark before it is compared in another way.
  if (operand.toString() !== `{${operand.variable}}`) return undefined;
  return questions.get(operand.variable.slice(0, operand.variable.length - part.length));
}

function operatorNamed(sign: string, { kind }: PlanQuestion, isList: boolean): Operator | undefined {
  const single: Record<string, Operator> =
    kind === 'many'
      ? { contains: 'includes-any', notcontains: 'includes-none' }
      : { equal: 'is', notequal: 'is-not', greaterorequal: 'at-least', lessorequal: 'at-most' };
  const list: Record<string, Operator> =
    kind === 'many'
      ? { anyof: 'includes-any', allof: 'includes-all', noneof: 'includes-none', contains: 'includes-all' }
      : { anyof: 'any-of', noneof: 'none-of' };
  return (isList ? list : single)[sign];
}

function valuesIn(operand: unknown): unknown[] | undefined {
  if (operand instanceof ArrayOperand) {
    const values = operand.values.map(valuesIn);
    return values.every((one) => one?.length === 1) ? values.map((one) => one![0]) : undefined;
  }
  return operand instanceof Const && !(operand instanceof Variable) ? [operand.correctValue] : undefined;
}

/** The clause, where the question can be asked this and has these answers. */
function asked(question: PlanQuestion, operator: Operator, given: unknown[]): Clause | null {
  if (!operatorsFor(question).includes(operator)) return null;
  const values = given.map((value) => valueFor(question, operator, value));
  const isRange = operator === 'at-least' || operator === 'at-most';
  if (values.some((value) => value === undefined) || (isRange && values.length !== 1)) return null;
  if (values.length === 0 && operator !== 'answered' && operator !== 'not-answered') return null;
  return { question: question.name, operator, values: values as Value[] };
}

function valueFor(question: PlanQuestion, operator: Operator, value: unknown): Value | undefined {
  if (question.kind === 'date') return typeof value === 'string' && isDay(value) ? value : undefined;
  if (question.kind === 'number' || operator === 'at-least' || operator === 'at-most') {
    return typeof value === 'number' ? value : undefined;
  }
  const chosen = question.choices.find((choice) => String(choice.value) === String(value))?.value;
  return chosen !== undefined && canName(question, chosen) ? chosen : undefined;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}
