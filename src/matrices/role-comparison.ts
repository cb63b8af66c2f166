/**
 * The levels a role requires, by competency. No requirement is null, and what is not there at all counts as null too.
 * A role *holds* a competency where its level is above 0: here a level of 0 requires nothing (METHODS.md 1(h), K_a).
 */
export type RoleLevels = ReadonlyMap<string, number | null>;

/** One competency, seen over all roles. */
export interface ComparedCompetency {
  competency: string;
  /** What each role requires, in the roles' order. Null is no requirement, which is not level 0. */
  levels: (number | null)[];
  /** Which roles hold it, as their places in the list. */
  holders: number[];
  /** Highest less lowest level over all roles, where requiring nothing counts as 0. */
  spread: number;
  /** In exactly one role, or two or more levels apart: what sets the roles apart. */
  isDifferentiating: boolean;
}

/** The way from one role to another. */
export interface Passage {
  /** Places in the list of roles. */
  from: number;
  to: number;
  /** The sum of the levels the role one goes to requires. */
  required: number;
  /** The share of that which the first role already brings, 0 to 1. Null where nothing is required. */
  credit: number | null;
  /** What is still to be learned, in the competencies' order: how many levels more the second role requires. */
  topUp: { competency: string; amount: number }[];
}

/** Two roles side by side. Figures are 0 to 1 unless they say otherwise; null where the denominator is 0, never NaN. */
export interface ComparedPair {
  /** Places in the list of roles. */
  first: number;
  second: number;
  /** How many competencies both hold, and how many at least one of them does. */
  intersection: number;
  union: number;
  /** intersection / union. */
  jaccard: number | null;
  /** intersection / the smaller role's number of competencies. */
  overlapCoefficient: number | null;
  /** Sum of the lower levels / sum of the higher levels, over the union. */
  ruzicka: number | null;
  /** First role's level less the second's, for each competency of the union, in the competencies' order. */
  differences: { competency: string; difference: number }[];
  /** Mean of the differences' sizes, in levels. */
  meanAbsoluteDifference: number | null;
  forward: Passage;
  backward: Passage;
}

export interface RoleComparison {
  /** Every competency, in the order given. */
  competencies: ComparedCompetency[];
  /** Every pair of roles once, in the roles' order. */
  pairs: ComparedPair[];
}

/**
 * Compares roles by the levels they require of the competencies given (METHODS.md 1(h)). Takes as many steps as there are
 * competencies and pairs of roles.
 */
export function compareRoles(competencies: readonly string[], roles: readonly RoleLevels[]): RoleComparison {
  const compared = competencies.map((competency) => compareCompetency(competency, roles));
  return {
    competencies: compared,
    pairs: roles.flatMap((_, first) =>
      roles.slice(first + 1).map((_, offset) => comparePair(compared, first, first + 1 + offset)),
    ),
  };
}

function compareCompetency(competency: string, roles: readonly RoleLevels[]): ComparedCompetency {
  const levels = roles.map((role) => role.get(competency) ?? null);
  const amounts = levels.map((level) => level ?? 0);
  const holders = amounts.flatMap((amount, role) => (amount > 0 ? [role] : []));
  const spread = Math.max(...amounts) - Math.min(...amounts);
  return {
    competency,
    levels,
    holders,
    spread,
    isDifferentiating: holders.length === 1 || spread >= 2,
  };
}

function comparePair(
  competencies: readonly ComparedCompetency[],
  first: number,
  second: number,
): ComparedPair {
  const rows = competencies
    .map(({ competency, levels }) => ({ competency, a: levels[first] ?? 0, b: levels[second] ?? 0 }))
    .filter(({ a, b }) => a > 0 || b > 0);
  const count = (holds: (row: Row) => boolean) => rows.filter(holds).length;
  const intersection = count(({ a, b }) => a > 0 && b > 0);
  const smaller = Math.min(
    count(({ a }) => a > 0),
    count(({ b }) => b > 0),
  );
  const differences = rows.map(({ competency, a, b }) => ({ competency, difference: a - b }));
  return {
    first,
    second,
    intersection,
    union: rows.length,
    jaccard: ratio(intersection, rows.length),
    overlapCoefficient: ratio(intersection, smaller),
    ruzicka: ratio(
      sum(rows, ({ a, b }) => Math.min(a, b)),
      sum(rows, ({ a, b }) => Math.max(a, b)),
    ),
    differences,
    meanAbsoluteDifference: ratio(
      sum(differences, ({ difference }) => Math.abs(difference)),
      rows.length,
    ),
    forward: passage(rows, first, second),
    backward: passage(
      rows.map(({ competency, a, b }) => ({ competency, a: b, b: a })),
      second,
      first,
    ),
  };
}

/** A competency of two roles, with the level of each; 0 where it requires nothing. */
interface Row {
  competency: string;
  a: number;
  b: number;
}

/** From a to b: credit is the sum of the lower levels / the sum of b's; to top up is where b requires more. */
function passage(rows: readonly Row[], from: number, to: number): Passage {
  const required = sum(rows, ({ b }) => b);
  return {
    from,
    to,
    required,
    credit: ratio(
      sum(rows, ({ a, b }) => Math.min(a, b)),
      required,
    ),
    topUp: rows.filter(({ a, b }) => b > a).map(({ competency, a, b }) => ({ competency, amount: b - a })),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function sum<T>(things: readonly T[], of: (thing: T) => number): number {
  return things.reduce((total, thing) => total + of(thing), 0);
}

/** The competencies every role holds. */
export function sharedByAll({ competencies }: RoleComparison): string[] {
  return namesWhere(competencies, ({ holders, levels }) => holders.length === levels.length);
}

/** The competencies one role holds and no other does. */
export function uniqueTo({ competencies }: RoleComparison, role: number): string[] {
  return namesWhere(competencies, ({ holders }) => holders.length === 1 && holders[0] === role);
}

/** The competencies that are in exactly one role, or two or more levels apart. */
export function differentiating({ competencies }: RoleComparison): string[] {
  return namesWhere(competencies, ({ isDifferentiating }) => isDifferentiating);
}

function namesWhere(
  competencies: readonly ComparedCompetency[],
  is: (competency: ComparedCompetency) => boolean,
): string[] {
  return competencies.filter(is).map(({ competency }) => competency);
}

/** Every way from one role to another, in the roles' order. */
export function passagesOf({ pairs }: RoleComparison): Passage[] {
  return pairs
    .flatMap(({ forward, backward }) => [forward, backward])
    .sort((one, other) => one.from - other.from || one.to - other.to);
}

/** Competencies that the same roles hold. */
export interface Combination {
  /** The roles, as their places in the list. */
  roles: number[];
  competencies: string[];
}

/** The competencies put together by who holds them: a group for each set of roles that has any, none in two groups. */
export function combinationsOf({ competencies }: RoleComparison): Combination[] {
  const found = new Map<string, Combination>();
  for (const { competency, holders } of competencies) {
    if (holders.length === 0) continue;
    const key = holders.join();
    const combination = found.get(key) ?? { roles: holders, competencies: [] };
    combination.competencies.push(competency);
    found.set(key, combination);
  }
  return [...found.values()];
}
