/**
 * People who answered alike: a cell of joint counts. `n` is how many (a whole number), `weight` what they weigh together (n when
 * unweighted). They weigh alike, each weight / n, unless the cell says otherwise: strata of different weights may stay cells of their
 * own, or be added up with their squares and their heaviest, which is all that METHODS.md 2.4 to 2.9 ask of weights.
 */
export interface Count {
  n: number;
  weight: number;
  /** Sum of the squares of everybody's weight. Left out where they weigh alike. */
  squares?: number;
  /** What the heaviest of them weighs. Left out where they weigh alike. */
  heaviest?: number;
}

/** The people behind an estimate. */
export interface Sample {
  /** All in the survey whose answers are valid for the statistic, in the group that is estimated or not. */
  n: number;
  /** False: everybody weighs 1. METHODS.md has formulas of its own for that case, in 1(d), 2.6 and 2.8. */
  weighted: boolean;
  /**
   * How many there are of the group that is estimated, where its uncertainty is to shrink with the share that answered
   * (METHODS.md 2.6, "finite population"). Left out unless a list was invited and somebody asks for it.
   */
  population?: number;
}

/** The cells with people in them. Throws a RangeError where people weigh nothing, or a count is none. */
export function peopled<C extends Count>(counts: readonly C[]): C[] {
  return counts.filter(({ n, weight }) => {
    if (!Number.isInteger(n) || n < 0) throw new RangeError('A count of people is a whole number, 0 or more');
    if (n > 0 && !(weight > 0 && Number.isFinite(weight))) throw new RangeError('A weight is above 0');
    return n > 0;
  });
}

export function peopleIn(counts: readonly Count[]): number {
  return sumOf(counts, ({ n }) => n);
}

export function weightOf(counts: readonly Count[]): number {
  return sumOf(counts, ({ weight }) => weight);
}

/** Sum of the squares of everybody's weight. */
export function squaredWeightsOf(counts: readonly Count[]): number {
  return sumOf(counts, squaresOf);
}

/** Sum of the squares of the weights of one cell's people. */
export function squaresOf({ n, weight, squares }: Count): number {
  return squares ?? (n === 0 ? 0 : (weight * weight) / n);
}

/** How many people of equal weight would say as much (METHODS.md 2.4; Kish 1965): (Σw)²/Σw². 0 for nobody, else 1 to n. */
export function effectiveSize(counts: readonly Count[]): number {
  const squares = squaredWeightsOf(peopled(counts));
  return squares === 0 ? 0 : weightOf(counts) ** 2 / squares;
}

/** By how much weighting multiplies variance: n / effective size, 1 or more. Null for nobody. */
export function designEffect(counts: readonly Count[]): number | null {
  const effective = effectiveSize(counts);
  return effective === 0 ? null : peopleIn(counts) / effective;
}

/** The share that the person of the largest weight has in all weight, 0 to 1. 0 for nobody. */
export function largestShare(counts: readonly Count[]): number {
  const valid = peopled(counts);
  const largest = valid.reduce((most, { n, weight, heaviest }) => Math.max(most, heaviest ?? weight / n), 0);
  return largest === 0 ? 0 : largest / weightOf(valid);
}

export function sumOf<T>(things: readonly T[], of: (thing: T) => number): number {
  return things.reduce((total, thing) => total + of(thing), 0);
}
