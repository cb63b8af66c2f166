import { comparable, type Figure, missing, plainFigure, ratioFigure } from './figure';

export const method = { name: 'representativeness', version: 1 };

/** A category of a margin: how many people of it answered, and how many of it work there. */
export interface MarginCategory {
  code: string;
  respondents: number;
  headcount: number;
}

export type CategoryFlag =
  /** There are such staff and none answered: no weights until the category is put together with another. */
  | 'nobody_answered'
  /** Under half, or over twice, its share of the workforce. */
  | 'index_out_of_range';

export interface RepresentedCategory extends MarginCategory {
  /** Shares of 0 to 1 in the sample and in the workforce, and the first less the second. */
  sampleShare: Figure;
  workforceShare: Figure;
  difference: Figure;
  /** 100 where the two shares are the same. Missing where there are no such staff. */
  index: Figure;
  flags: CategoryFlag[];
}

export interface Representativeness {
  categories: RepresentedCategory[];
  /** Δ = ½Σ|p - P|, 0 to 1: the share of people who would have to be in another category. */
  dissimilarity: Figure;
  /** χ² = nΣ(p-P)²/P. Missing where somebody answered of whom there are none. */
  chiSquared: Figure;
  isDissimilar: boolean;
}

/** How the people who answered compare with the workforce on one margin (METHODS.md 2.2). Missing without answers or staff. */
export function representativeness(margin: readonly MarginCategory[]): Representativeness {
  const n = margin.reduce((sum, { respondents }) => sum + respondents, 0);
  const staff = margin.reduce((sum, { headcount }) => sum + headcount, 0);
  const rows = margin.map((category) => ({
    category,
    p: n === 0 ? 0 : category.respondents / n,
    share: staff === 0 ? 0 : category.headcount / staff,
  }));
  const known = (figure: () => Figure): Figure => {
    if (n === 0) return missing('no_valid_answers');
    return staff === 0 ? missing('zero_denominator') : figure();
  };
  const dissimilarity = known(() =>
    plainFigure(rows.reduce((sum, { p, share }) => sum + Math.abs(p - share), 0) / 2),
  );
  return {
    categories: rows.map(({ category, p, share }) => {
      const index = known(() => ratioFigure(100 * p, share));
      return {
        ...category,
        sampleShare: ratioOfAll(category.respondents, n),
        workforceShare: ratioFigure(category.headcount, staff),
        difference: known(() => plainFigure(p - share)),
        index,
        flags: flagsOf(category, index),
      };
    }),
    dissimilarity,
    chiSquared: known(() =>
      rows.some(({ p, share }) => p > 0 && share === 0)
        ? missing('zero_denominator')
        : plainFigure(
            rows.reduce((sum, { p, share }) => sum + (share === 0 ? 0 : (n * (p - share) ** 2) / share), 0),
          ),
    ),
    isDissimilar: dissimilarity.estimate !== null && comparable(dissimilarity.estimate) > 0.2,
  };
}

function ratioOfAll(respondents: number, n: number): Figure {
  return n === 0 ? missing('no_valid_answers') : ratioFigure(respondents, n);
}

function flagsOf({ respondents, headcount }: MarginCategory, { estimate }: Figure): CategoryFlag[] {
  const index = estimate === null ? null : comparable(estimate);
  return [
    ...(headcount > 0 && respondents === 0 ? (['nobody_answered'] as const) : []),
    ...(index !== null && (index < 50 || index > 200) ? (['index_out_of_range'] as const) : []),
  ];
}
