import type { CsvCell } from '../platform/csv';
import { codes, decodeValue } from '../questionnaires/coding';
import { dontKnow, notMyRole } from '../questionnaires/definition';
import type { Answer, Answers, Plan, PlanItem, PlanQuestion } from '../questionnaires/plan';

/** The column of the file's own names for its responses. */
export const idColumn = 'response_id';
/** Between several ticks, or things put in order, in one cell. */
export const partSeparator = ';';

/** The column of a facet: named as the question that asks for it, usually by the facet's own name. */
export function facetColumn(plan: Plan, facet: string): string {
  const questions = plan.pages.flatMap((page) => page.questions);
  return questions.find((question) => question.facet === facet)?.name ?? facet;
}

/** A response as it is stored, with the id it is known by. */
export interface StoredResponse {
  id: string;
  facets: string[];
  ratings: Buffer;
  answers: Answers | null;
}

/**
 * The columns of a file of responses: `response_id`, the facets, then the questions in the order of the pages. Gives the
 * header and what each response says under it, in the form in which such a file is imported.
 */
export function responsesTable(plan: Plan): {
  header: string[];
  rowOf(response: StoredResponse): CsvCell[];
} {
  const asked = plan.pages.flatMap((page) => page.questions).filter(({ kind }) => kind !== 'information');
  const facets = plan.facets.map((facet) => facetColumn(plan, facet));
  const others = asked.filter(({ facet }) => facet === null || !plan.facets.includes(facet));
  const items = new Map(plan.items.map((item, place) => [item.name, { item, place }]));
  const cellOf = (question: PlanQuestion, { ratings, answers }: StoredResponse): CsvCell => {
    const counted = items.get(question.name);
    if (counted) return ratingCell(question, counted.item, ratings[counted.place]!);
    return answerCell(answers?.[question.name]);
  };
  return {
    header: [idColumn, ...facets, ...others.map(({ name }) => name)],
    rowOf: (response) => [
      response.id,
      ...response.facets,
      ...others.map((question) => cellOf(question, response)),
    ],
  };
}

/** What was answered, from the byte that is counted. */
function ratingCell(question: PlanQuestion, item: PlanItem, code: number): CsvCell {
  if (code === codes.notMyRole) return notMyRole;
  if (code === codes.dontKnow) return dontKnow;
  const value = decodeValue(item, code);
  if (value === null) return '';
  if (question.kind === 'many') return ticksCell(question, item, value);
  return item.choices[value] ?? value;
}

/** The ticks of a byte; without any it was the choice that stands for none of them. */
function ticksCell({ choices }: PlanQuestion, item: PlanItem, ticks: number): CsvCell {
  const ticked = item.choices.filter((_, index) => ticks & (1 << index));
  if (ticked.length > 0) return ticked.join(partSeparator);
  const none = choices.find(({ value }) => value !== dontKnow && !item.choices.includes(String(value)));
  return none ? String(none.value) : '';
}

function answerCell(answer: Answer | undefined): CsvCell {
  return Array.isArray(answer) ? answer.join(partSeparator) : (answer ?? '');
}
