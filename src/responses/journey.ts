import { holds } from '../questionnaires/conditions';
import type { Answers, Plan, PlanPage, PlanQuestion } from '../questionnaires/plan';

/** How far a respondent has come: the answers so far, and the pages sent at least once. */
export interface Progress {
  answers: Answers;
  passed: string[];
}

/** A page as this respondent sees it. */
export interface Step {
  /** Its place in the plan, from 1: what stands in its address. It never changes. */
  number: number;
  page: PlanPage;
  questions: PlanQuestion[];
}

/** The pages with anything to ask this respondent, in order. */
export function stepsOf(plan: Plan, answers: Answers): Step[] {
  const values = { ...blankTicks(plan), ...answers };
  return plan.pages.flatMap((page, index) => {
    if (!holds(page.visibleIf, values)) return [];
    const questions = page.questions.filter((question) => holds(question.visibleIf, values));
    return questions.length > 0 ? [{ number: index + 1, page, questions }] : [];
  });
}

/** To a condition, as to survey-core, boxes of which none is ticked are an empty list. */
function blankTicks(plan: Plan): Answers {
  const boxes = plan.pages.flatMap((page) => page.questions).filter((question) => question.kind === 'many');
  return Object.fromEntries(boxes.map((question) => [question.name, []]));
}

/** The first step not sent yet, or nothing when all are. */
export function firstOpenStep(plan: Plan, progress: Progress): Step | undefined {
  return stepsOf(plan, progress.answers).find((step) => !isPassed(step, progress));
}

/** The step at this address, if it is shown and every step before it has been sent. */
export function findVisitableStep(plan: Plan, progress: Progress, number: number): Step | undefined {
  const steps = stepsOf(plan, progress.answers);
  const index = steps.findIndex((step) => step.number === number);
  return steps.slice(0, Math.max(index, 0)).every((step) => isPassed(step, progress))
    ? steps[index]
    : undefined;
}

/** The step after this one, or nothing after the last. */
export function nextStep(plan: Plan, answers: Answers, number: number): Step | undefined {
  return stepsOf(plan, answers).find((step) => step.number > number);
}

/** The step before this one, or nothing before the first. */
export function previousStep(plan: Plan, answers: Answers, number: number): Step | undefined {
  return stepsOf(plan, answers).findLast((step) => step.number < number);
}

/** Sent, and nothing it must have is missing: a condition may have brought up a question since. */
function isPassed(step: Step, { answers, passed }: Progress): boolean {
  return (
    passed.includes(step.page.name) &&
    step.questions.every((question) => !question.required || answers[question.name] !== undefined)
  );
}
