import type { Answer, PlanQuestion } from '../../src/questionnaires/plan';

/** Fails unless an answer is one that its question allows, in the form in which answers are kept. */
export function expectWithin(question: PlanQuestion, answer: Answer): void {
  if (question.kind === 'text') expectText(answer, question.maxLength);
  else if (question.kind === 'number') expectNumber(question, answer);
  else if (question.kind === 'date') expectDay(question, answer);
  else if (question.kind === 'ranking') expectOrder(question, answer);
  else if (question.kind === 'many') expectTicks(question, answer);
  else expect(question.choices.map(({ value }) => value)).toContain(answer);
}

function expectNumber({ min, max, decimals }: PlanQuestion, answer: Answer): void {
  if (typeof answer !== 'number') throw new Error(`Not a number: ${JSON.stringify(answer)}`);
  expect(Number(answer.toFixed(decimals))).toBe(answer);
  expect(answer).toBeGreaterThanOrEqual(Number(min ?? Number.NEGATIVE_INFINITY));
  expect(answer).toBeLessThanOrEqual(Number(max ?? Number.POSITIVE_INFINITY));
}

function expectDay({ min, max }: PlanQuestion, answer: Answer): void {
  if (typeof answer !== 'string') throw new Error(`Not a day: ${JSON.stringify(answer)}`);
  expect(new Date(answer).toISOString().slice(0, 10)).toBe(answer);
  expect(answer >= String(min ?? '') && answer <= String(max ?? '9')).toBe(true);
}

function expectOrder({ choices }: PlanQuestion, answer: Answer): void {
  if (!Array.isArray(answer)) throw new Error(`Not an order: ${JSON.stringify(answer)}`);
  expect([...answer].sort()).toEqual(choices.map(({ value }) => String(value)).sort());
}

function expectTicks({ choices }: PlanQuestion, answer: Answer): void {
  if (!Array.isArray(answer)) throw new Error(`Not ticks: ${JSON.stringify(answer)}`);
  expect(answer.length).toBeGreaterThan(0);
  expect(answer).toEqual(choices.map(({ value }) => String(value)).filter((value) => answer.includes(value)));
  const alone = choices.filter(({ exclusive, value }) => exclusive && answer.includes(String(value)));
  if (alone.length > 0) expect(answer).toHaveLength(1);
}

function expectText(answer: Answer, maxLength: number): void {
  if (typeof answer !== 'string') throw new Error(`Not a text: ${JSON.stringify(answer)}`);
  const characters = [...answer];
  expect(answer.trim()).toBe(answer);
  expect(characters.length).toBeGreaterThan(0);
  expect(characters.length).toBeLessThanOrEqual(maxLength);
  expect(characters.filter((character) => character < ' ' && !'\n\t'.includes(character))).toEqual([]);
}
