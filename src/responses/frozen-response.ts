import { codes, encode } from '../questionnaires/coding';
import { stepsOf } from '../questionnaires/journey';
import type { Answers, Plan } from '../questionnaires/plan';

/** A response as it is stored: facets and ratings in the plan's order, everything else by name. */
export interface FrozenResponse {
  facets: string[];
  ratings: Buffer;
  answers: Answers | null;
}

/**
 * Freezes a respondent's answers. Answers to questions that are no longer shown are dropped. A facet not given
 * is the empty code.
 */
export function freeze(plan: Plan, answers: Answers): FrozenResponse {
  const shown = stepsOf(plan, answers).flatMap((step) => step.questions);
  const shownNames = new Set(shown.map((question) => question.name));
  const facets = new Map(shown.map((question) => [question.facet, answers[question.name]]));
  const rest = shown.filter(
    (question) => !question.facet && !question.measure && answers[question.name] !== undefined,
  );
  return {
    facets: plan.facets.map((facet) => String(facets.get(facet) ?? '')),
    ratings: Buffer.from(
      plan.items.map((item) =>
        shownNames.has(item.name) ? encode(item, answers[item.name]) : codes.notShown,
      ),
    ),
    answers: rest.length > 0 ? Object.fromEntries(rest.map(({ name }) => [name, answers[name]!])) : null,
  };
}
