import type { Answer, PlanQuestion } from '../questionnaires/plan';
import type { Clause, Operator } from './condition';
import { sentenceOf } from './condition-words';
import type { Known, LookedAt, RoutingModel } from './routing-model';

/** Who is in this position, in words: what they have answered where it mattered. Empty where it did not. */
export function takersInWords(known: Known, model: RoutingModel): string {
  const pages = model.pages.map(({ page }) => page);
  const clauses = [...model.looked.values()].flatMap((looked) => clauseOf(looked, known));
  return clauses.length > 0 ? sentenceOf({ join: 'and', parts: clauses }, { pages }) : '';
}

function clauseOf({ question, kinds, given }: LookedAt, known: Known): Clause[] {
  const possible = known.get(question.name);
  if (!possible || possible.length === given.length) return [];
  const answersOf = (places: readonly number[]) => places.flatMap((place) => kinds[place]!.answers);
  const others = given.filter((place) => !possible.includes(place));
  return [said(question, answersOf(possible), answersOf(others))];
}

function said(
  question: PlanQuestion,
  answers: (Answer | undefined)[],
  others: (Answer | undefined)[],
): Clause {
  const clause = (operator: Operator, values: (string | number)[]): Clause => ({
    question: question.name,
    operator,
    values,
  });
  const single = answers.filter((answer) => typeof answer === 'string' || typeof answer === 'number');
  const [example] = answers;
  if (answers.every((answer) => answer === undefined)) return clause('not-answered', []);
  if (others.length > 0 && others.every((answer) => answer === undefined)) return clause('answered', []);
  if (question.kind === 'one') {
    const rest = others.filter((answer) => typeof answer === 'string' || typeof answer === 'number');
    const leftOut = answers.includes(undefined);
    if (rest.length === others.length && (leftOut || rest.length < single.length)) {
      return rest.length === 1 ? clause('is-not', rest) : clause('none-of', rest);
    }
    return single.length === 1 ? clause('is', single) : clause('any-of', single);
  }
  const filled = answers.find((answer) => answer !== undefined) ?? example;
  if (Array.isArray(filled)) {
    return question.kind === 'ranking' ? clause('first', filled.slice(0, 1)) : clause('includes-all', filled);
  }
  if (question.kind === 'text') return clause('answered', []);
  const last = single.at(-1)!;
  return single.length > 1 ? clause('between', [single[0]!, last]) : clause('is', [last]);
}
