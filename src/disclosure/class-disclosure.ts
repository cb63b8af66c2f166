/** What stands in place of a share that would tell what everybody, or all but one or two, answered. */
export type ShareBound = '>=95' | '<=5';

/** So few who answered otherwise know what all the others answered. */
const fewOthers = 2;

/**
 * In place of the exact share of those who gave one kind of answer: a bound where they are everybody or all but one or two,
 * or nobody or one or two only; null where the share may be told (METHODS.md 3.3, step 6).
 */
export function shareBound(having: number, all: number): ShareBound | null {
  if (all === 0) return null;
  if (all - having <= fewOthers) return '>=95';
  return having <= fewOthers ? '<=5' : null;
}

/** Does one answer hold all of them, or all but one or two? Then no counts are shown, and no mean. */
export function isOneAnswer(counts: readonly number[]): boolean {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return all > 0 && all - Math.max(...counts) <= fewOthers;
}
