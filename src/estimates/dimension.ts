import type { Plan } from '../questionnaires/plan';
import type { Tally } from '../tallies/tally';

/** What figures are broken down by: its categories, of which every respondent is in exactly one. */
export interface Dimension {
  /** The facet. */
  key: string;
  categories: readonly Category[];
}

export interface Category {
  code: string;
  label: string;
  /** The facet's codes it stands for: itself, or those that were put together. */
  codes: readonly string[];
}

/** Categories of a dimension that are shown as one. */
export interface Merge {
  dimension: string;
  code: string;
  label: string;
  codes: readonly string[];
}

/** The category of whoever did not say. It is there where somebody did not, for a total must be the sum of what it is broken down by. */
export const notStated = { code: 'not_stated', label: 'Not stated' } as const;

/**
 * A dimension in the order the questionnaire offers its categories; what is put together stands where the first of it stood. A code that
 * answers hold and the questionnaire does not offer, or none, is "not stated".
 */
export function dimensionOf(
  plan: Plan,
  key: string,
  tallies: readonly Tally[],
  labelOf: (dimension: string, code: string) => string,
  merges: readonly Merge[] = [],
): Dimension {
  const offered = categoriesOf(plan, key);
  const own = merges.filter(({ dimension }) => dimension === key);
  const categories: Category[] = [];
  for (const code of offered) {
    const merge = own.find(({ codes }) => codes.includes(code));
    if (!merge) categories.push({ code, label: labelOf(key, code), codes: [code] });
    else if (!categories.some((category) => category.code === merge.code)) {
      categories.push({ code: merge.code, label: merge.label, codes: merge.codes });
    }
  }
  const place = plan.facets.indexOf(key);
  const unknown = tallies
    .filter(({ stratum, respondents }) => respondents > 0 && !offered.includes(stratum[place]!))
    .map(({ stratum }) => stratum[place]!);
  if (unknown.length > 0) categories.push({ ...notStated, codes: [...new Set(unknown)].sort() });
  return { key, categories };
}

/** The facet codes of a dimension, in the order the questionnaire offers them. */
export function categoriesOf(plan: Plan, dimension: string): string[] {
  const question = plan.pages.flatMap((page) => page.questions).find((asked) => asked.facet === dimension);
  return (question?.choices ?? []).map((choice) => String(choice.value));
}

/** For a stratum, which category of each dimension it is in, by place. */
export function placesOf(plan: Plan, dimensions: readonly Dimension[]): (tally: Tally) => number[] {
  const lookups = dimensions.map(({ key, categories }) => ({
    facet: plan.facets.indexOf(key),
    places: new Map(categories.flatMap(({ codes }, place) => codes.map((code) => [code, place] as const))),
  }));
  return ({ stratum }) => lookups.map(({ facet, places }) => places.get(stratum[facet]!)!);
}
