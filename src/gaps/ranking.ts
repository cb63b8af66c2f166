import { comparable } from './figure';

/** Something with its place. Null where it has no score: it is listed last. */
export type Ranked<T> = T & { rank: number | null };

/**
 * Competition ranking ("1224", METHODS.md 0): the largest score first, by the second score where the first is equal, and so on.
 * Scores equal to nine decimals share the rank, and stand in the order of their code. A null score is no rank. For a ranking
 * from the smallest on, give the negative score.
 */
export function rankedBy<T>(
  things: readonly T[],
  scoresOf: (thing: T) => (number | null)[],
  codeOf: (thing: T) => string,
): Ranked<T>[] {
  const rows = things.map((thing) => {
    const scores = scoresOf(thing);
    const known = scores.filter((score) => score !== null).map(comparable);
    return { thing, code: codeOf(thing), scores: known.length < scores.length ? null : known };
  });
  rows.sort((a, b) => order(a.scores, b.scores) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const ranks: (number | null)[] = [];
  for (const [index, { scores }] of rows.entries()) {
    const tied = index > 0 && order(rows[index - 1]!.scores, scores) === 0;
    ranks.push(scores === null ? null : tied ? ranks[index - 1]! : index + 1);
  }
  return rows.map(({ thing }, index) => ({ ...thing, rank: ranks[index]! }));
}

function order(a: readonly number[] | null, b: readonly number[] | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const different = a.findIndex((score, index) => score !== b[index]);
  return different < 0 ? 0 : b[different]! - a[different]!;
}
