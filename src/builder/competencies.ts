import { freeName } from '../edits/edit';
import type { FrameworkContent } from '../frameworks/framework';
import {
  type Definition,
  type ElementDefinition,
  notMyRole,
  type RowDefinition,
} from '../questionnaires/definition';
import { askedDomains, ratingQuestion, withoutBraces } from '../questionnaires/generation';
import { itemName, type Rating, ratingsOf } from '../questionnaires/measures';
import { freeCode } from './code';
import type { Unit } from './unit';

/** How chosen competencies are asked about: a question for each rating, or tables with a row for each. */
export type Layout = 'questions' | 'tables';

export interface CompetencyWish {
  competencies: readonly string[];
  /** The key of a set of measures. */
  measure: string;
  layout: Layout;
}

/** The questions that rate competencies of a framework, named as a questionnaire made from it names them. */
export function ratingUnits(content: FrameworkContent, wish: CompetencyWish, definition: Definition): Unit[] {
  const competencies = askedDomains(content, wish.competencies).flatMap((domain) => domain.competencies);
  const ratings = ratingsOf([wish.measure]);
  const scale = withoutBraces(content.framework.scale);
  if (wish.layout === 'tables') return tableUnits(competencies, ratings, scale, definition);
  return competencies.flatMap((competency) =>
    ratings.map((rating) => ({ first: ratingQuestion(competency, rating, ratings.length > 1, scale) })),
  );
}

/** The codes among those wished for that the questionnaire rates in one of these ways already. */
export function ratedAlready(definition: Definition, { competencies, measure }: CompetencyWish): string[] {
  const known = new Set(definition.pages.flatMap(({ elements }) => elements.flatMap(ratedBy)));
  const names = new Set(definition.pages.flatMap(({ elements }) => elements.map(({ name }) => name)));
  return competencies.filter((code) =>
    ratingsOf([measure]).some(
      (rating) => known.has(itemName(code, rating.measure)) || names.has(itemName(code, rating.measure)),
    ),
  );
}

function ratedBy({ competency, measure, rows = [] }: ElementDefinition): string[] {
  if (!measure) return [];
  return [competency, ...rows.map((row) => row.competency)].flatMap((code) =>
    code ? [itemName(code, measure)] : [],
  );
}

type Competencies = FrameworkContent['domains'][number]['competencies'];
type Levels = FrameworkContent['framework']['scale'];

/** A table for each way of rating; two ways stand beside each other. */
function tableUnits(
  competencies: Competencies,
  ratings: readonly Rating[],
  levels: Levels,
  definition: Definition,
): Unit[] {
  const rows = rowsOf(competencies);
  const made: ElementDefinition[] = [];
  for (const rating of ratings) {
    const known = { ...definition, pages: [...definition.pages, { name: '', elements: made }] };
    made.push(tableOf(rating, rows, levels, freeName(known, `rate-${rating.measure}`)));
  }
  const [first, second] = made;
  if (made.length === 2) return [{ first: first!, second: { ...second!, pairedWith: first!.name } }];
  return made.map((element) => ({ first: element }));
}

function tableOf(
  { measure, aspect, scale }: Rating,
  rows: RowDefinition[],
  levels: Levels,
  name: string,
): ElementDefinition {
  const steps = scale ?? levels.map(({ level, label }) => ({ value: level, text: label }));
  return {
    ...{ type: 'matrix', name, title: `For each of these: ${aspect}`, measure, rows },
    columns: [...steps, { value: notMyRole, text: 'Not part of my role' }],
  };
}

function rowsOf(competencies: Competencies): RowDefinition[] {
  const taken = new Set<string>();
  return competencies.map((competency) => {
    const value = freeCode(competency.code.replace(/[.[\]{}]/g, '-'), taken);
    taken.add(value);
    return {
      value,
      text: competency.description || competency.title,
      ...(competency.hint ? { hint: competency.hint } : {}),
      competency: competency.code,
    };
  });
}
