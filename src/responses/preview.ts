import { stepsOf } from '../questionnaires/journey';
import type { Answers, Plan, PlanQuestion } from '../questionnaires/plan';

/** The questions that tell who a respondent is, of which one can choose before a preview begins. */
export function facetQuestionsOf(plan: Plan): PlanQuestion[] {
  return plan.pages
    .flatMap((page) => page.questions)
    .filter(({ facet, kind }) => facet !== null && kind === 'one');
}

/**
 * The pages that need not be shown again to somebody of whom this is known: those before the first that still asks
 * something. One can go back to them.
 */
export function pagesAnswered(plan: Plan, answers: Answers): string[] {
  const passed: string[] = [];
  for (const { page, questions } of stepsOf(plan, answers)) {
    if (!questions.every(({ name }) => answers[name] !== undefined)) break;
    passed.push(page.name);
  }
  return passed;
}
