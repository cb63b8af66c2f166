import type { Answer, Answers, PlanQuestion } from '../questionnaires/plan';

/** What conditions look at, as survey-core keeps it. */
export type Values = Record<string, Answer | Answers>;

/**
 * Answers as a condition sees them: boxes of which none is ticked and things not put in order are an empty list, and a
 * matrix holds its rows.
 */
export function conditionValues(
  questions: readonly PlanQuestion[],
  answers: Readonly<Partial<Answers>>,
): Values {
  const values: Values = {};
  for (const { name, kind, row } of questions) {
    const answer = answers[name] ?? (kind === 'many' || kind === 'ranking' ? [] : undefined);
    if (answer === undefined) continue;
    if (!row) values[name] = answer;
    else values[row.matrix] = { ...(values[row.matrix] as Answers | undefined), [row.value]: answer };
  }
  return values;
}
