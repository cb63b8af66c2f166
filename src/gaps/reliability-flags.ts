import { comparable, type Interval } from './figure';

export const method = { name: 'reliability-flags', version: 1 };

/** What a reader is told about how far a figure carries. A flag never hides a number (METHODS.md 2.9). */
export type ReliabilityFlag = 'very_small' | 'small' | 'imprecise' | 'one_voice' | 'unweighted_only';

/** What the flags of one figure are worked out from. */
export interface Reliability {
  /** People asked. */
  n: number;
  /** Their effective number. */
  effective: number;
  /** The largest share one person has in all weight, 0 to 1. */
  largestShare: number;
  interval: Interval | null;
  /** Proportions in per cent, means in levels. */
  unit: 'per cent' | 'levels';
  /** Weights were wanted and refused. */
  unweightedOnly: boolean;
}

/** The widest interval that is not imprecise. */
const widest = { 'per cent': 20, levels: 1 };

/**
 * The flags of a figure, in a fixed order (METHODS.md 2.9): n < 20, n_eff < 30, an interval wider than 20 points or 1 level, more
 * than 30 % of the weight with one person, no weights though wanted. `suppressed` is not among them: it is decided with what is released.
 */
export function reliabilityFlags(figure: Reliability): ReliabilityFlag[] {
  const width = figure.interval ? figure.interval[1] - figure.interval[0] : 0;
  const holds: [ReliabilityFlag, boolean][] = [
    ['very_small', figure.n < 20],
    ['small', comparable(figure.effective) < 30],
    ['imprecise', comparable(width) > widest[figure.unit]],
    ['one_voice', comparable(figure.largestShare) > 0.3],
    ['unweighted_only', figure.unweightedOnly],
  ];
  return holds.filter(([, is]) => is).map(([flag]) => flag);
}
