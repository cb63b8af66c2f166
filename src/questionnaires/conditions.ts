import { ConditionRunner } from 'survey-core';
import type { Answers } from './plan';

/** Parsed conditions, shared by all respondents: an expression means the same for everybody. */
const parsed = new Map<string, ConditionRunner>();
const mostParsed = 5000;

/**
 * Does this condition hold for these answers? survey-core's own evaluator decides, so that the plan and the
 * authority cannot disagree about what an expression means.
 */
export function holds(expression: string | null, answers: Answers): boolean {
  if (!expression) return true;
  let condition = parsed.get(expression);
  if (!condition) {
    if (parsed.size >= mostParsed) parsed.clear();
    condition = new ConditionRunner(expression);
    parsed.set(expression, condition);
  }
  return condition.runValues(answers) === true;
}

/** The questions an expression looks at. */
export function namesIn(expression: string | null): string[] {
  if (!expression) return [];
  const names = new ConditionRunner(expression).getVariables();
  return names.map((name) => name.replace(/[.[].*$/, ''));
}
