import { holds } from './conditions';
import type { Answer, Answers, Plan, PlanPage, PlanQuestion } from './plan';

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
  return [...walk(plan, answers)];
}

/** The same, page by page as they are asked for: conditions on pages that nobody asks about, or before `first`, cost nothing. */
function* walk(plan: Plan, answers: Answers, first = 1): Generator<Step> {
  let values: Values | undefined;
  const isShown = ({ visibleIf }: { visibleIf: string | null }) => {
    if (visibleIf === null) return true;
    values ??= valuesFor(plan, answers);
    return holds(visibleIf, values);
  };
  for (let number = first; number <= plan.pages.length; number += 1) {
    const page = plan.pages[number - 1]!;
    if (!isShown(page)) continue;
    const questions = page.questions.filter(isShown);
    if (questions.length > 0) yield { number, page, questions };
  }
}

/** What conditions look at, as survey-core keeps it. */
type Values = Record<string, Answer | Answers>;

/** Boxes of which none is ticked, and things not put in order, are an empty list; a matrix holds its rows. */
function valuesFor(plan: Plan, answers: Answers): Values {
  const { blank, rows } = shapeOf(plan);
  const values: Values = { ...blank, ...answers };
  for (const { name, matrix, value } of rows) {
    const answer = answers[name];
    if (answer === undefined) continue;
    const known = values[matrix];
    if (typeof known === 'object' && !Array.isArray(known)) known[value] = answer;
    else values[matrix] = { [value]: answer };
    delete values[name];
  }
  return values;
}

interface Shape {
  blank: Answers;
  rows: { name: string; matrix: string; value: string }[];
}

/** Looked up once for each plan: published ones never change, and are walked by everybody. */
const shapes = new WeakMap<Plan, Shape>();

function shapeOf(plan: Plan): Shape {
  const known = shapes.get(plan);
  if (known) return known;
  const questions = plan.pages.flatMap((page) => page.questions);
  const lists = questions.filter(({ kind }) => kind === 'many' || kind === 'ranking');
  const shape = {
    blank: Object.fromEntries(lists.map(({ name }) => [name, []])),
    rows: questions.flatMap(({ name, row }) => (row ? { name, matrix: row.matrix, value: row.value } : [])),
  };
  shapes.set(plan, shape);
  return shape;
}

/** The first step not sent yet, or nothing when all are. */
export function firstOpenStep(plan: Plan, progress: Progress): Step | undefined {
  for (const step of walk(plan, progress.answers)) if (!isPassed(step, progress)) return step;
  return undefined;
}

/** The step at this address, if it is shown and every step before it has been sent. */
export function findVisitableStep(plan: Plan, progress: Progress, number: number): Step | undefined {
  for (const step of walk(plan, progress.answers)) {
    if (step.number === number) return step;
    if (step.number > number || !isPassed(step, progress)) return undefined;
  }
  return undefined;
}

/** The step after this one, or nothing after the last. */
export function nextStep(plan: Plan, answers: Answers, number: number): Step | undefined {
  for (const step of walk(plan, answers, number + 1)) return step;
  return undefined;
}

/** The step before this one, or nothing before the first. */
export function previousStep(plan: Plan, answers: Answers, number: number): Step | undefined {
  let previous: Step | undefined;
  for (const step of walk(plan, answers)) {
    if (step.number >= number) break;
    previous = step;
  }
  return previous;
}

/** Which of the steps this respondent sees it is, from 1. */
export function placeOf(plan: Plan, answers: Answers, step: Step): number {
  let place = 1;
  for (const { number } of walk(plan, answers)) {
    if (number >= step.number) break;
    place += 1;
  }
  return place;
}

/** Sent, and nothing it must have is missing: a condition may have brought up a question since. */
function isPassed(step: Step, { answers, passed }: Progress): boolean {
  return (
    passed.includes(step.page.name) &&
    step.questions.every((question) => !question.required || answers[question.name] !== undefined)
  );
}
