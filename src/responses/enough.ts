import { fillableQuestions } from '../links/link';
import type { Answers, Plan } from '../questionnaires/plan';
import type { FullQuota } from '../surveys/survey';

/** The first of these answers that enough people have given, and that nobody else is to go on with; in the plan's words. */
export function enoughGave(
  plan: Pick<Plan, 'pages'>,
  fullQuotas: readonly FullQuota[],
  given: Answers,
): string | undefined {
  for (const { facet, value, action } of fullQuotas) {
    if (action !== 'turn away') continue;
    const question = fillableQuestions(plan).find((one) => one.facet === facet);
    if (!question || String(given[question.name]) !== value) continue;
    return question.choices.find((choice) => String(choice.value) === value)?.text;
  }
  return undefined;
}
