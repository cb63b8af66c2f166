/** How many levels short of the level the work requires. Being above it is no gap. */
export function gap(requiredLevel: number, assessedLevel: number): number {
  return Math.max(0, requiredLevel - assessedLevel);
}

/** People who gave one level under one requirement: how many, and their weight together (n when unweighted). */
export interface LevelCount {
  required: number;
  level: number;
  n: number;
  weight: number;
}

/** The gap against a skills matrix, method "required-level v1". Percentages are 0 to 100, the rest in levels. */
export interface RequiredLevelGap {
  /** Unweighted count of the people with a requirement and a level: the base of every figure. */
  n: number;
  percentMeeting: number;
  meanShortfall: number;
  /** Null when nobody is below. */
  meanShortfallOfThoseBelow: number | null;
  meanSurplus: number;
  meanSignedGap: number;
  meanLevel: number;
  meanRequired: number;
  /** Share of people by signed gap (level minus required), in per cent. */
  distribution: Map<number, number>;
}

/**
 * The required-level gap (METHODS.md 1(a)) from joint counts of requirement and level. Only people with a
 * requirement and a level belong in `counts`. Null when there are none: no figure, rather than 0.
 */
export function requiredLevelGap(counts: readonly LevelCount[]): RequiredLevelGap | null {
  const valid = counts.filter((count) => count.n > 0);
  const weight = sum(valid, (count) => count.weight);
  if (valid.length === 0 || weight <= 0) return null;
  const mean = (of: (count: LevelCount) => number) =>
    sum(valid, (count) => count.weight * of(count)) / weight;
  const below = sum(valid, (count) => (count.level < count.required ? count.weight : 0));
  const shortfall = sum(valid, (count) => count.weight * gap(count.required, count.level));
  return {
    n: sum(valid, (count) => count.n),
    percentMeeting: (100 * (weight - below)) / weight,
    meanShortfall: shortfall / weight,
    meanShortfallOfThoseBelow: below > 0 ? shortfall / below : null,
    meanSurplus: mean((count) => gap(count.level, count.required)),
    meanSignedGap: mean((count) => count.level - count.required),
    meanLevel: mean((count) => count.level),
    meanRequired: mean((count) => count.required),
    distribution: distributionOf(valid, weight),
  };
}

function distributionOf(counts: readonly LevelCount[], weight: number): Map<number, number> {
  const shares = new Map<number, number>();
  for (const count of [...counts].sort((a, b) => a.level - a.required - (b.level - b.required))) {
    const signed = count.level - count.required;
    shares.set(signed, (shares.get(signed) ?? 0) + (100 * count.weight) / weight);
  }
  return shares;
}

function sum<T>(things: readonly T[], of: (thing: T) => number): number {
  return things.reduce((total, thing) => total + of(thing), 0);
}
