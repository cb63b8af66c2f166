import { comparable } from './figure';
import { rankedBy } from './ranking';

export const method = { name: 'importance-performance', version: 1 };
export const locusMethod = { name: 'locus-for-focus', version: 1 };

/** A competency as a point: its mean importance and mean performance, both on the same scale, and who is behind them. */
export interface ImportancePerformance {
  competency: string;
  /** People who gave both ratings. */
  n: number;
  importance: number;
  performance: number;
}

export type Quadrant = 'concentrate here' | 'keep up the good work' | 'low priority' | 'possible overkill';

/** Where the lines cross: at the means of the competencies' means, at their medians, or in the middle of a scale from 1 to `highest`. */
export type CrosshairRule = { at: 'data' } | { at: 'median' } | { at: 'scale'; highest: number };

export interface ImportancePerformanceMap {
  crosshair: { importance: number; performance: number };
  points: (ImportancePerformance & { quadrant: Quadrant })[];
}

/**
 * Importance-performance analysis (Martilla & James 1977; METHODS.md 1(e)). At the crosshair or above counts as high, compared to nine
 * decimals. Only competencies of at least `threshold` people enter the crosshair; null where there is none. A crosshair from the data
 * always puts something in each half: it ranks, it does not prove a need.
 */
export function importancePerformance(
  points: readonly ImportancePerformance[],
  threshold: number,
  rule: CrosshairRule = { at: 'data' },
): ImportancePerformanceMap | null {
  const enough = points.filter(({ n }) => n >= threshold);
  if (enough.length === 0) return null;
  const crosshair = {
    importance: crossing(
      enough.map(({ importance }) => importance),
      rule,
    ),
    performance: crossing(
      enough.map(({ performance }) => performance),
      rule,
    ),
  };
  return {
    crosshair,
    points: points.map((point) => ({
      ...point,
      quadrant: quadrantOf(
        isHigh(point.importance, crosshair.importance),
        isHigh(point.performance, crosshair.performance),
      ),
    })),
  };
}

function crossing(values: readonly number[], rule: CrosshairRule): number {
  if (rule.at === 'scale') return (1 + rule.highest) / 2;
  return rule.at === 'median' ? middle(values) : mean(values);
}

function quadrantOf(isImportant: boolean, isDoneWell: boolean): Quadrant {
  if (isImportant) return isDoneWell ? 'keep up the good work' : 'concentrate here';
  return isDoneWell ? 'possible overkill' : 'low priority';
}

/** A competency with its mean importance (or required level), its mean discrepancy, and its Borich score. */
export interface DiscrepancyPoint {
  competency: string;
  n: number;
  importance: number;
  discrepancy: number;
  borich: number;
}

export interface LocusForFocus {
  crosshair: { importance: number; discrepancy: number };
  points: (DiscrepancyPoint & {
    importanceIsHigh: boolean;
    discrepancyIsHigh: boolean;
    /** High in both. */
    isTopPriority: boolean;
    /** Top priority, and among as many of the highest Borich scores as there are top priorities. */
    isConfirmed: boolean;
  })[];
}

/**
 * Locus for Focus (METHODS.md 1(e)): importance against discrepancy, crossing at their means over competencies of at least `threshold`
 * people. Null where there is none. The combined rule takes k = the number of top priorities.
 */
export function locusForFocus(points: readonly DiscrepancyPoint[], threshold: number): LocusForFocus | null {
  const enough = points.filter(({ n }) => n >= threshold);
  if (enough.length === 0) return null;
  const crosshair = {
    importance: mean(enough.map(({ importance }) => importance)),
    discrepancy: mean(enough.map(({ discrepancy }) => discrepancy)),
  };
  const placed = points.map((point) => {
    const importanceIsHigh = isHigh(point.importance, crosshair.importance);
    const discrepancyIsHigh = isHigh(point.discrepancy, crosshair.discrepancy);
    const isTopPriority = importanceIsHigh && discrepancyIsHigh;
    return { ...point, importanceIsHigh, discrepancyIsHigh, isTopPriority };
  });
  const k = placed.filter(({ isTopPriority }) => isTopPriority).length;
  const best = new Set(
    rankedBy(
      points,
      ({ borich }) => [borich],
      ({ competency }) => competency,
    )
      .filter(({ rank }) => rank !== null && rank <= k)
      .map(({ competency }) => competency),
  );
  return {
    crosshair,
    points: placed.map((point) => ({
      ...point,
      isConfirmed: point.isTopPriority && best.has(point.competency),
    })),
  };
}

function isHigh(value: number, crosshair: number): boolean {
  return comparable(value) >= comparable(crosshair);
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function middle(values: readonly number[]): number {
  const inOrder = [...values].sort((a, b) => a - b);
  const half = Math.floor(inOrder.length / 2);
  return inOrder.length % 2 === 1 ? inOrder[half]! : (inOrder[half - 1]! + inOrder[half]!) / 2;
}
