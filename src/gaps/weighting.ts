import { type Count, designEffect, effectiveSize, sumOf } from './count';

export const postStratification = { name: 'post-stratified', version: 1 };
export const raking = { name: 'raked', version: 1 };

/** Why a sample is not weighted. It is shown unweighted then, with the reason. */
export type WeightingProblem =
  /** Fewer than 30 people, or fewer than three for each category of the margins. */
  | { code: 'too_few_respondents'; n: number; needed: number }
  /** People without a category of a margin. Declare the category they count to, or do not use the margin. */
  | { code: 'missing_category'; margin: string; n: number }
  /** Categories with staff of whom nobody answered: put them together with others. */
  | { code: 'empty_cell'; cells: { margin: string; category: string }[] }
  /** Categories that somebody belongs to and that no staff is counted for. */
  | { code: 'zero_target'; cells: { margin: string; category: string }[] }
  /** Margins that add up to workforces more than 1 % apart. */
  | { code: 'margins_disagree'; totals: { margin: string; total: number }[] }
  /** Weights that meet no limit; for each margin how far it is off, as a share of the workforce. */
  | { code: 'not_converged'; residuals: { margin: string; residual: number }[] };

/** What became of a weight's limit. `attained`: nobody weighs more than `cap`. */
export type Trimming =
  | { code: 'not_needed'; cap: number }
  | { code: 'attained'; cap: number; rounds: number }
  /** No weights within the limit meet the margins; the untrimmed ones are kept. */
  | { code: 'trim_not_attainable'; cap: number };

export interface Weighting {
  /** What each person of a cell weighs, in the order of the cells. They add up to the workforce over all people. */
  weights: number[];
  effectiveSize: number;
  designEffect: number;
  /** Margins that were brought to the first one's total, and what they were multiplied by. */
  rescaled: { margin: string; factor: number }[];
  /** Full cycles over the margins, before any trimming. */
  cycles: number;
  trimming: Trimming | null;
}

export type WeightedSample =
  | { weighting: Weighting; problem: null }
  | { weighting: null; problem: WeightingProblem };

/** A dimension of the workforce: its headcounts by category. Headcounts of people, not of full-time equivalents. */
export interface Margin {
  name: string;
  headcounts: ReadonlyMap<string, number>;
  /** The category that people count to who gave none. Without one they stop the weighting: nobody is dropped silently. */
  forMissing?: string;
}

/** People who share a category of every margin, in the margins' order. Null: they gave none. */
export interface WeightingCell {
  categories: readonly (string | null)[];
  n: number;
}

const fewestPeople = 30;
const fewestPerCategory = 3;
const mostDisagreement = 0.01;
const tolerance = 1e-10;
const mostCycles = 1000;
const mostTrims = 50;
const usualCapRatio = 5;

/**
 * Post-stratification: w = N_h/n_h for each stratum (METHODS.md 2.3). `headcounts` are by the strata's names, of which each cell has one.
 * The weights add up to the workforce. Refused as raking is.
 */
export function postStratify(
  strata: readonly { stratum: string; n: number }[],
  headcounts: ReadonlyMap<string, number>,
): WeightedSample {
  const margin = { name: 'stratum', headcounts };
  const cells = strata.map(({ stratum, n }) => ({ categories: [stratum], n }));
  const problem = problemOf(cells, [margin]);
  if (problem) return { weighting: null, problem };
  const people = peopleByCategory(cells, 0);
  const weights = strata.map(({ stratum }) => headcounts.get(stratum)! / people.get(stratum)!);
  return {
    weighting: weightingOf(cells, weights, { rescaled: [], cycles: 1, trimming: null }),
    problem: null,
  };
}

/**
 * Raking, or iterative proportional fitting, to the headcounts of several margins (METHODS.md 2.3; Deming & Stephan 1940). Everybody starts
 * with N/n; each cycle brings the margins to their headcounts in the order given, until all are met to 1e-10 of the workforce. Then
 * nobody may weigh more than `capRatio` times the mean weight: weights are clipped and raked again, up to 50 times. People of one cell
 * weigh alike, so that the work grows with the cells. What cannot be weighted is refused with its reason.
 */
export function rake(
  given: readonly WeightingCell[],
  margins: readonly Margin[],
  capRatio = usualCapRatio,
): WeightedSample {
  if (margins.length === 0) throw new RangeError('Raking needs a margin');
  const cells = given.map(({ categories, n }) => ({
    categories: categories.map((category, margin) => category ?? margins[margin]!.forMissing ?? null),
    n,
  }));
  const problem = problemOf(cells, margins);
  if (problem) return { weighting: null, problem };
  const { targets, rescaled } = rescaledMargins(margins);
  const workforce = sumOf([...targets[0]!.values()], (headcount) => headcount);
  const meanWeight = workforce / sumOf(cells, ({ n }) => n);
  const start = cells.map(() => meanWeight);
  const raked = rakeFrom(cells, targets, start, workforce);
  if (!raked.converged) {
    const residuals = raked.residuals.map((residual, index) => ({ margin: margins[index]!.name, residual }));
    return { weighting: null, problem: { code: 'not_converged', residuals } };
  }
  const { weights, trimming } = trim(cells, targets, raked.weights, workforce, capRatio * meanWeight);
  return {
    weighting: weightingOf(cells, weights, { rescaled, cycles: raked.cycles, trimming }),
    problem: null,
  };
}

function weightingOf(
  cells: readonly WeightingCell[],
  weights: number[],
  rest: Pick<Weighting, 'rescaled' | 'cycles' | 'trimming'>,
): Weighting {
  const counts: Count[] = cells.map(({ n }, index) => ({ n, weight: n * weights[index]! }));
  return { weights, effectiveSize: effectiveSize(counts), designEffect: designEffect(counts)!, ...rest };
}

/** The first thing that stands in the way of weights, if anything does. */
function problemOf(cells: readonly WeightingCell[], margins: readonly Margin[]): WeightingProblem | null {
  for (const [index, { name }] of margins.entries()) {
    const without = cells.filter(({ categories, n }) => n > 0 && (categories[index] ?? null) === null);
    if (without.length > 0)
      return { code: 'missing_category', margin: name, n: sumOf(without, ({ n }) => n) };
  }
  const empty = margins.flatMap(({ name, headcounts }, index) => {
    const people = peopleByCategory(cells, index);
    return [...headcounts]
      .filter(([category, headcount]) => headcount > 0 && !people.get(category))
      .map(([category]) => ({ margin: name, category }));
  });
  if (empty.length > 0) return { code: 'empty_cell', cells: empty };
  const uncounted = margins.flatMap(({ name, headcounts }, index) =>
    [...peopleByCategory(cells, index)]
      .filter(([category, n]) => n > 0 && !(headcounts.get(category)! > 0))
      .map(([category]) => ({ margin: name, category })),
  );
  if (uncounted.length > 0) return { code: 'zero_target', cells: uncounted };
  return tooFew(cells, margins) ?? disagreement(margins);
}

function tooFew(cells: readonly WeightingCell[], margins: readonly Margin[]): WeightingProblem | null {
  const n = sumOf(cells, (cell) => cell.n);
  const categories = sumOf(
    margins,
    ({ headcounts }) => [...headcounts.values()].filter((headcount) => headcount > 0).length,
  );
  const needed = Math.max(fewestPeople, fewestPerCategory * categories);
  return n < needed ? { code: 'too_few_respondents', n, needed } : null;
}

function disagreement(margins: readonly Margin[]): WeightingProblem | null {
  const totals = margins.map((margin) => ({ margin: margin.name, total: totalOf(margin) }));
  const first = totals[0]!.total;
  const agree = totals.every(({ total }) => Math.abs(total - first) <= mostDisagreement * first);
  return agree ? null : { code: 'margins_disagree', totals };
}

function totalOf({ headcounts }: Margin): number {
  return sumOf([...headcounts.values()], (headcount) => headcount);
}

function peopleByCategory(cells: readonly WeightingCell[], margin: number): Map<string, number> {
  const people = new Map<string, number>();
  for (const { categories, n } of cells) {
    const category = categories[margin] ?? null;
    if (category !== null) people.set(category, (people.get(category) ?? 0) + n);
  }
  return people;
}

/** The margins' headcounts, each brought to the first one's total. */
function rescaledMargins(margins: readonly Margin[]) {
  const first = totalOf(margins[0]!);
  const factors = margins.map((margin) => first / totalOf(margin));
  return {
    targets: margins.map(
      ({ headcounts }, index) =>
        new Map([...headcounts].map(([category, headcount]) => [category, headcount * factors[index]!])),
    ),
    rescaled: margins.flatMap(({ name }, index) =>
      factors[index] === 1 ? [] : [{ margin: name, factor: factors[index]! }],
    ),
  };
}

type Targets = readonly ReadonlyMap<string, number>[];

/** Rakes until every margin is met, in at most 1000 cycles. */
function rakeFrom(
  cells: readonly WeightingCell[],
  targets: Targets,
  start: readonly number[],
  workforce: number,
) {
  const weights = [...start];
  let residuals: number[] = [];
  for (let cycles = 1; cycles <= mostCycles; cycles += 1) {
    for (const [margin, target] of targets.entries()) {
      const totals = weightByCategory(cells, weights, margin);
      for (const [index, { categories, n }] of cells.entries()) {
        const category = categories[margin]!;
        const total = totals.get(category)!;
        // Margins that cannot be met together may drive weights down to 0, where there is nothing left to bring to a headcount.
        if (n > 0 && total > 0) weights[index]! *= target.get(category)! / total;
      }
    }
    residuals = targets.map((target, margin) => residualOf(cells, weights, margin, target) / workforce);
    if (Math.max(...residuals) <= tolerance) return { weights, cycles, residuals, converged: true };
  }
  return { weights, cycles: mostCycles, residuals, converged: false };
}

function weightByCategory(cells: readonly WeightingCell[], weights: readonly number[], margin: number) {
  const totals = new Map<string, number>();
  for (const [index, { categories, n }] of cells.entries()) {
    const category = categories[margin]!;
    totals.set(category, (totals.get(category) ?? 0) + n * weights[index]!);
  }
  return totals;
}

/** How far the category that is furthest off is from its headcount, in people. */
function residualOf(
  cells: readonly WeightingCell[],
  weights: readonly number[],
  margin: number,
  target: ReadonlyMap<string, number>,
): number {
  const totals = weightByCategory(cells, weights, margin);
  return Math.max(
    ...[...target].map(([category, headcount]) => Math.abs((totals.get(category) ?? 0) - headcount)),
  );
}

/** Clips at the cap and rakes again, until nobody is above it. */
function trim(
  cells: readonly WeightingCell[],
  targets: Targets,
  raked: number[],
  workforce: number,
  cap: number,
): { weights: number[]; trimming: Trimming } {
  const isWithin = (weights: readonly number[]) =>
    cells.every(({ n }, index) => n === 0 || weights[index]! <= cap * (1 + 1e-6));
  if (isWithin(raked)) return { weights: raked, trimming: { code: 'not_needed', cap } };
  let weights = raked;
  for (let rounds = 1; rounds <= mostTrims; rounds += 1) {
    const again = rakeFrom(
      cells,
      targets,
      weights.map((weight) => Math.min(weight, cap)),
      workforce,
    );
    if (!again.converged) break;
    weights = again.weights;
    if (isWithin(weights)) return { weights, trimming: { code: 'attained', cap, rounds } };
  }
  return { weights: raked, trimming: { code: 'trim_not_attainable', cap } };
}
