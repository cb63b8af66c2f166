/** Lower and upper end, the lower first. */
export type Interval = [number, number];

/** Why there is no figure. */
export type Reason =
  /** Nobody gave an answer that counts. */
  | 'no_valid_answers'
  /** The figure is a ratio, and what it divides by is 0. */
  | 'zero_denominator'
  /** A correlation with something that does not vary. */
  | 'no_variation'
  /** A group of the workforce in which nobody answered. */
  | 'group_without_answers';

/** A number with its uncertainty, in the units of the number. */
export interface Estimate {
  estimate: number;
  /** Standard error; null where none is defined: for medians, for rates, and with fewer than two people. */
  se: number | null;
  /** 95 % interval; null where none is defined. */
  interval: Interval | null;
}

/** No number, and why: never 0, NaN or infinity in its place (METHODS.md 0, "Empty base"). */
export interface Missing {
  estimate: null;
  se: null;
  interval: null;
  reason: Reason;
}

export type Figure = Estimate | Missing;

export function missing(reason: Reason): Missing {
  return { estimate: null, se: null, interval: null, reason };
}

/** A number that has no standard error and no interval. */
export function plainFigure(estimate: number): Estimate {
  return { estimate, se: null, interval: null };
}

/** part / whole as a figure, missing where the whole is 0. */
export function ratioFigure(part: number, whole: number): Figure {
  return whole === 0 ? missing('zero_denominator') : plainFigure(part / whole);
}

/** The same figure in other units, for example in per cent. `factor` is above 0. */
export function scaled<F extends Figure>(figure: F, factor: number): F;
export function scaled(figure: Figure, factor: number): Figure {
  if (figure.estimate === null) return figure;
  const { estimate, se, interval } = figure;
  return {
    estimate: factor * estimate,
    se: se === null ? null : factor * se,
    interval: interval && [factor * interval[0], factor * interval[1]],
  };
}

/** To nine decimals, the precision at which scores count as equal (METHODS.md 0, "Ranks"). */
export function comparable(score: number): number {
  return Math.round(score * 1e9) / 1e9;
}
