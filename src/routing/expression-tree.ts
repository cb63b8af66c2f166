import {
  ArrayOperand,
  BinaryOperand,
  Const,
  FunctionOperand,
  type Operand,
  ProcessValue,
  UnaryOperand,
  Variable,
  VariableGetterContext,
} from 'survey-core';
import { holds } from '../questionnaires/conditions';
import type { PlanQuestion } from '../questionnaires/plan';
import { parseExpression, type Value } from './condition';
import { chainOf } from './condition-reading';
import type { Values } from './condition-values';

/** An expression taken apart at its ands, ors and nots. */
export type Tree = { kind: 'and' | 'or'; parts: Tree[] } | { kind: 'not'; part: Tree } | Leaf;

/** What an expression asks at one place: usually of one question. */
export interface Leaf {
  kind: 'leaf';
  /** The same for leaves that ask the same. */
  key: string;
  /** The questions it looks at, as a plan names them. */
  questions: string[];
  /** The same as it names them: also a part of an answer, such as `name[0]`. */
  names: string[];
  /** The values it compares with. */
  values: Value[];
  /** Does it look at a part of an answer, such as how many boxes are ticked? */
  looksWithin: boolean;
  holds(values: Values): boolean;
}

/** Takes an expression apart. What cannot be taken apart is one leaf, and survey-core decides it as a whole. */
export function treeOf(expression: string, questions: readonly PlanQuestion[]): Tree {
  const read = parseExpression(expression);
  const whole = () =>
    leafOf(expression, read ? [read] : [], questions, (values) => holds(expression, values));
  return read && isYesOrNo(read) ? taken(read, questions) : whole();
}

/** All leaves of a tree. */
export function leavesOf(tree: Tree): Leaf[] {
  if (tree.kind === 'leaf') return [tree];
  return tree.kind === 'not' ? leavesOf(tree.part) : tree.parts.flatMap(leavesOf);
}

const comparisons = new Set([
  ...['equal', 'notequal', 'greater', 'less', 'greaterorequal', 'lessorequal'],
  ...['contains', 'notcontains', 'anyof', 'noneof', 'allof'],
]);

/** A bare answer among ands and ors counts as more than yes or no: then only the whole means what it means. */
function isYesOrNo(operand: Operand): boolean {
  if (operand instanceof UnaryOperand) {
    return operand.operator !== 'negate' || isYesOrNo(operand.expression as Operand);
  }
  if (!(operand instanceof BinaryOperand)) return false;
  if (operand.isConjunction) return isYesOrNo(operand.leftOperand) && isYesOrNo(operand.rightOperand);
  return comparisons.has(operand.operator);
}

function taken(operand: Operand, questions: readonly PlanQuestion[]): Tree {
  if (operand instanceof UnaryOperand && operand.operator === 'negate') {
    const part = taken(operand.expression as Operand, questions);
    if (part.kind !== 'leaf') return { kind: 'not', part };
    return { ...part, key: `not ${part.key}`, holds: (values) => !part.holds(values) };
  }
  if (operand instanceof BinaryOperand && (operand.operator === 'and' || operand.operator === 'or')) {
    const kind = operand.operator;
    const parts = gathered(
      chainOf(operand, kind).map((part) => taken(part, questions)),
      kind,
    );
    return parts.length === 1 ? parts[0]! : { kind, parts };
  }
  const key = JSON.stringify(contentOf(operand));
  return leafOf(
    key,
    [operand],
    questions,
    (values) => operand.evaluate(new ProcessValue(new VariableGetterContext(values))) === true,
  );
}

/** What is asked of one question in several places is one leaf: its answers are told apart by the outcome alone. */
function gathered(parts: readonly Tree[], kind: 'and' | 'or'): Tree[] {
  const byQuestion = new Map<string, Leaf[]>();
  for (const part of parts) {
    if (part.kind !== 'leaf' || part.questions.length !== 1) continue;
    const [question] = part.questions as [string];
    byQuestion.set(question, [...(byQuestion.get(question) ?? []), part]);
  }
  const apart = parts.filter((part) => part.kind !== 'leaf' || part.questions.length !== 1);
  return [...[...byQuestion.values()].map((leaves) => oneLeaf(leaves, kind)), ...apart];
}

function oneLeaf(leaves: readonly Leaf[], kind: 'and' | 'or'): Leaf {
  const [first, second] = leaves;
  if (!second) return first!;
  return {
    ...first!,
    key: `${kind} ${JSON.stringify(leaves.map(({ key }) => key))}`,
    names: leaves.flatMap(({ names }) => names),
    values: leaves.flatMap(({ values }) => values),
    looksWithin: leaves.some(({ looksWithin }) => looksWithin),
    holds: (values) =>
      kind === 'and' ? leaves.every((leaf) => leaf.holds(values)) : leaves.some((leaf) => leaf.holds(values)),
  };
}

function leafOf(
  key: string,
  read: Operand[],
  questions: readonly PlanQuestion[],
  decide: Leaf['holds'],
): Leaf {
  const within = read.flatMap(atomsOf);
  const looked = within.flatMap((atom) => (atom instanceof Variable ? [atom.variable] : []));
  const found = looked.map((name) => questionsLookedAt(name, questions));
  return {
    kind: 'leaf',
    key,
    questions: [...new Set(found.flatMap((one) => one.map(({ name }) => name)))],
    names: looked,
    values: within.flatMap((atom) =>
      atom instanceof Variable ||
      (typeof atom.correctValue !== 'string' && typeof atom.correctValue !== 'number')
        ? []
        : [atom.correctValue],
    ),
    looksWithin: looked.some((name) => !questions.some((question) => question.name === name)),
    holds: decide,
  };
}

/** The names and values in it. */
function atomsOf(operand: Operand | null | undefined): Const[] {
  if (operand instanceof Const) return [operand];
  if (operand instanceof BinaryOperand)
    return [...atomsOf(operand.leftOperand), ...atomsOf(operand.rightOperand)];
  if (operand instanceof UnaryOperand) return atomsOf(operand.expression as Operand);
  if (operand instanceof ArrayOperand) return operand.values.flatMap(atomsOf);
  return operand instanceof FunctionOperand ? operand.paramValues.flatMap(atomsOf) : [];
}

/** By its name, by that of the matrix it is in, or by a part of its answer such as `name.length` and `name[0]`. */
function questionsLookedAt(name: string, questions: readonly PlanQuestion[]): PlanQuestion[] {
  const exact = questions.filter((question) => question.name === name || question.row?.matrix === name);
  if (exact.length > 0) return exact;
  const owners = questions.filter(
    (question) => name.startsWith(`${question.name}.`) || name.startsWith(`${question.name}[`),
  );
  const longest = Math.max(...owners.map((owner) => owner.name.length));
  return owners.filter((owner) => owner.name.length === longest);
}

function contentOf(operand: unknown): unknown {
  if (operand instanceof Variable) return { name: operand.toString() };
  if (operand instanceof Const) return operand.correctValue;
  if (operand instanceof BinaryOperand) {
    return [operand.operator, contentOf(operand.leftOperand), contentOf(operand.rightOperand)];
  }
  if (operand instanceof UnaryOperand) return [operand.operator, contentOf(operand.expression)];
  if (operand instanceof ArrayOperand) return { list: operand.values.map(contentOf) };
  return operand instanceof FunctionOperand
    ? [operand.functionName, operand.paramValues.map(contentOf)]
    : null;
}
