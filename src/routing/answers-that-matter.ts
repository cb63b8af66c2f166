import type { Answer, PlanQuestion } from '../questionnaires/plan';
import type { Leaf } from './expression-tree';

/** Answers of which conditions can tell more than these are not gone through in every combination. */
const mostTicks = 10;
const mostOrders = 4;

export interface AnswersThatMatter {
  /** Answers such that every other one is like one of them to the conditions; undefined where it may be left out. */
  answers: (Answer | undefined)[];
  /** False where there are too many combinations, so that some were left out. */
  exact: boolean;
}

/**
 * The answers to a question that conditions can tell apart: every choice, the combinations of the ticks they name and
 * of one they do not, and every number and day they name with its neighbours, as far as they can be answered.
 */
export function answersThatMatter(question: PlanQuestion, leaves: readonly Leaf[]): AnswersThatMatter {
  const { answers, exact } = givenAnswers(question, leaves);
  return { answers: question.required ? answers : [undefined, ...answers], exact };
}

function givenAnswers(question: PlanQuestion, leaves: readonly Leaf[]): AnswersThatMatter {
  const named = leaves.flatMap(({ values }) => values);
  const looksWithin = leaves.some((leaf) => leaf.looksWithin);
  switch (question.kind) {
    case 'one':
      return { answers: question.choices.map(({ value }) => value), exact: true };
    case 'many':
      return ticksThatMatter(question, named, looksWithin);
    case 'ranking':
      return ordersThatMatter(question, leaves);
    case 'number':
      return { answers: numbersThatMatter(question, numbersIn(named)), exact: !looksWithin };
    case 'date':
      return { answers: daysThatMatter(question, named), exact: !looksWithin };
    default: {
      const texts = named.map(String).filter((text) => text !== '');
      return { answers: [...new Set(['some words', ...texts])], exact: !looksWithin };
    }
  }
}

function ticksThatMatter(
  { choices }: PlanQuestion,
  named: readonly unknown[],
  looksWithin: boolean,
): AnswersThatMatter {
  const together = choices.filter(({ exclusive }) => !exclusive).map(({ value }) => String(value));
  const alone = choices.filter(({ exclusive }) => exclusive).map(({ value }) => [String(value)]);
  // survey-core does not mind capitals and spaces.
  const names = new Set(named.map((value) => String(value).trim().toLowerCase()));
  const isNamed = (value: string) =>
    looksWithin || names.has(value.trim().toLowerCase()) || isNumberAmong(value, named);
  const apart = together.filter(isNamed);
  const other = together.filter((value) => !isNamed(value)).slice(0, 1);
  const told = [...apart, ...other];
  const order = (ticked: string[]) => together.filter((value) => ticked.includes(value));
  const combinations = told.length <= mostTicks + 1 ? combinationsOf(told) : someCombinationsOf(told);
  const ticked = combinations.filter((some) => some.length > 0).map(order);
  return { answers: [...ticked, ...alone], exact: told.length <= mostTicks + 1 };
}

function isNumberAmong(value: string, named: readonly unknown[]): boolean {
  return value.trim() !== '' && named.some((one) => one !== '' && Number(one) === Number(value));
}

function combinationsOf(values: readonly string[]): string[][] {
  return values.reduce<string[][]>((some, value) => some.flatMap((one) => [one, [...one, value]]), [[]]);
}

/** One, two, all but one, and all. */
function someCombinationsOf(values: readonly string[]): string[][] {
  return [
    ...values.map((value) => [value]),
    ...values.flatMap((value, index) => values.slice(index + 1).map((other) => [value, other])),
    ...values.map((value) => values.filter((other) => other !== value)),
    [...values],
  ];
}

function ordersThatMatter({ choices }: PlanQuestion, leaves: readonly Leaf[]): AnswersThatMatter {
  const values = choices.map(({ value }) => String(value));
  if (values.length <= mostOrders) return { answers: ordersOf(values), exact: true };
  const first = /\[0\]$/;
  const looksFurther = leaves.some(
    (leaf) => leaf.looksWithin && !leaf.names.every((looked) => first.test(looked)),
  );
  return {
    answers: values.map((value) => [value, ...values.filter((other) => other !== value)]),
    exact: !looksFurther,
  };
}

function ordersOf(values: readonly string[]): string[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value) =>
    ordersOf(values.filter((other) => other !== value)).map((order) => [value, ...order]),
  );
}

function numbersIn(named: readonly unknown[]): number[] {
  return named.filter((value) => value !== '' && Number.isFinite(Number(value))).map(Number);
}

/** Each number named and its neighbours, the least and the most; where none is named, any. */
function numbersThatMatter({ min, max, decimals }: PlanQuestion, named: readonly number[]): number[] {
  const step = 10 ** -decimals;
  const bounds = [min, max].filter((bound) => typeof bound === 'number');
  const steps = [...named, ...bounds].flatMap((value) => [
    Math.floor(value / step) - 1,
    Math.floor(value / step),
    Math.ceil(value / step),
    Math.ceil(value / step) + 1,
  ]);
  const numbers = (steps.length > 0 ? steps : [1]).map((count) => Number((count * step).toFixed(decimals)));
  return [...new Set(numbers)]
    .filter((value) => (typeof min !== 'number' || value >= min) && (typeof max !== 'number' || value <= max))
    .sort((one, other) => one - other);
}

function daysThatMatter({ min, max }: PlanQuestion, named: readonly unknown[]): string[] {
  const bounds = [min, max].filter((bound) => typeof bound === 'string');
  const days = [...named, ...bounds].map(String).filter(isDay);
  const near = (days.length > 0 ? days : ['2026-01-01']).flatMap((day) =>
    [-1, 0, 1].map((by) => dayBy(day, by)),
  );
  return [...new Set(near)]
    .filter((day) => (typeof min !== 'string' || day >= min) && (typeof max !== 'string' || day <= max))
    .sort();
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

function dayBy(day: string, by: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}
