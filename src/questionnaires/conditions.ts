import { ConditionRunner } from 'survey-core';

/** Parsed conditions, shared by all respondents: an expression means the same for everybody. */
const parsed = new Map<string, ConditionRunner>();
const mostParsed = 5000;

/**
 * Does this condition hold for these answers, those of a matrix under its name? survey-core's own evaluator decides, so that the plan and the
 * authority cannot disagree about what an expression means.
 */
export function holds(expression: string | null, values: Readonly<Record<string, unknown>>): boolean {
  if (!expression) return true;
  let condition = parsed.get(expression);
  if (!condition) {
    if (parsed.size >= mostParsed) parsed.clear();
    condition = new ConditionRunner(expression);
    parsed.set(expression, condition);
  }
  return condition.runValues(values) === true;
}

/**
 * What an expression looks at, as it names it: a question, or a part of an answer such as `name.length`. A question's
 * own name may hold a dot.
 */
export function namesIn(expression: string): string[] {
  return new ConditionRunner(expression).getVariables();
}

/** Does it call functions? Some of them ask the running survey, which the plan has not. */
export function callsFunctions(expression: string): boolean {
  return new ConditionRunner(expression).hasFunction();
}
