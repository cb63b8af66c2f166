import type { NodeKey } from '../releases/release';

/** How two groups of a report lie to each other. Only those that share nobody can be compared by their intervals (METHODS.md 2.8, "disjoint domains"). */
export type Relation = 'the same' | 'disjoint' | 'within' | 'crossing';

/** Two groups share nobody where they differ in a dimension that both are chosen by. */
export function relationOf(
  dimensions: readonly string[],
  one: Readonly<NodeKey>,
  other: Readonly<NodeKey>,
): Relation {
  const pairs = dimensions.map((dimension) => [one[dimension] ?? null, other[dimension] ?? null] as const);
  const differ = pairs.filter(([a, b]) => a !== b);
  if (differ.length === 0) return 'the same';
  if (differ.some(([a, b]) => a !== null && b !== null)) return 'disjoint';
  return differ.every(([a]) => a === null) || differ.every(([, b]) => b === null) ? 'within' : 'crossing';
}

/** A pair of groups that share nobody. */
export interface Pair {
  first: NodeKey;
  second: NodeKey;
}

/**
 * What can be compared in the place of two groups that overlap: each of the two with its neighbours, that is the same group but for another
 * category of one dimension it is chosen by.
 */
export function disjointPairs(
  dimensions: readonly { key: string; categories: readonly { code: string }[] }[],
  one: Readonly<NodeKey>,
  other: Readonly<NodeKey>,
): Pair[] {
  const pairs = [one, other].flatMap((group) =>
    dimensions.flatMap(({ key, categories }) =>
      (group[key] ?? null) === null
        ? []
        : categories
            .filter(({ code }) => code !== group[key])
            .map(({ code }) => ({ first: { ...group }, second: { ...group, [key]: code } })),
    ),
  );
  const seen = new Set<string>();
  return pairs.filter((pair) => {
    const name = JSON.stringify(
      dimensions.map(({ key }) => [pair.first[key] ?? null, pair.second[key] ?? null]),
    );
    return !seen.has(name) && seen.add(name);
  });
}
