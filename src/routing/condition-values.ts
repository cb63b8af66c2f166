import type { Answer, Answers, PlanQuestion } from '../questionnaires/plan';

/**
 * Answers as a condition sees them: boxes of which none is ticked and things not put in order are an empty list, and a
 * matrix holds its rows.
 */
export function conditionValues(
  questions: readonly PlanQuestion[],
  answers: Readonly<Partial<Answers>>,
): Answers {
  const values: Record<string, Answer | Answers> = {};
  for (const { name, kind, row } of questions) {
    const answer = answers[name] ?? (kind === 'many' || kind === 'ranking' ? [] : undefined);
    if (answer === undefined) continue;
    if (!row) values[name] = answer;
    else values[row.matrix] = { ...(values[row.matrix] as Answers | undefined), [row.value]: answer };
  }
  // An object is no answer by itself, but it is what survey-core keeps for a matrix.
  return values as Answers;
}
