import type { Answer, PlanQuestion } from '../../src/questionnaires/plan';

/** Fails unless an answer is one that its question allows, in the form in which answers are kept. */
export function expectWithin(question: PlanQuestion, answer: Answer): void {
  if (question.kind === 'text') expectText(answer, question.maxLength);
  else if (question.kind === 'many') expectTicks(question, answer);
  else expect(question.choices.map(({ value }) => value)).toContain(answer);
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
