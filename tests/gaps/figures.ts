import fc from 'fast-check';
import type { Count, Sample } from '../../src/gaps/count';
import type { Figure } from '../../src/gaps/figure';

/** People who each weigh 1, or what is given, as cells of one. */
export function each<T extends object>(people: readonly T[], weights?: readonly number[]): (T & Count)[] {
  return people.map((person, index) => ({ ...person, n: 1, weight: weights?.[index] ?? 1 }));
}

/** A sample in which everybody counted is valid and weighs 1. */
export function unweighted(n: number): Sample {
  return { n, weighted: false };
}

export function weighted(n: number): Sample {
  return { n, weighted: true };
}

/** The number of a figure, which must be there. */
export function numberOf(figure: Figure): number {
  if (figure.estimate === null) throw new Error(`No figure: ${figure.reason}`);
  return figure.estimate;
}

/** The figures behind every name, however deep, as numbers; the rest is left out. */
export function numbersIn(thing: unknown): number[] {
  if (typeof thing === 'number') return [thing];
  if (thing === null || typeof thing !== 'object') return [];
  const values = thing instanceof Map ? [...thing.values()] : Object.values(thing);
  return values.flatMap(numbersIn);
}

/** Does one result say the same as another, to nine digits? */
export function expectSameFigures(one: unknown, other: unknown): void {
  const [a, b] = [numbersIn(one), numbersIn(other)];
  expect(a.length).toBe(b.length);
  for (const [index, number] of a.entries()) {
    expect(Number.isFinite(number)).toBe(true);
    expect(Math.abs(number - b[index]!)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(number)));
  }
}

/** Cells of joint counts: what people answered, how many of them, and what each weighs. */
export function cellsOf<T extends object>(
  answers: fc.Arbitrary<T>,
  maxLength = 20,
): fc.Arbitrary<(T & Count)[]> {
  const cell = fc.tuple(answers, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 50 }));
  return fc.array(
    cell.map(([answer, n, tenths]) => ({ ...answer, n, weight: (n * tenths) / 10 })),
    { minLength: 1, maxLength },
  );
}

export function level(lowest: number, highest: number): fc.Arbitrary<number> {
  return fc.integer({ min: lowest, max: highest });
}

export function peopleOf(counts: readonly Count[]): number {
  return counts.reduce((total, { n }) => total + n, 0);
}

/**
 * What METHODS.md promises of every estimate: the order of people changes nothing, nor does doubling all weights, nor whether
 * people who answered and weigh alike are counted together or one by one.
 */
export function expectInvariance<C extends Count>(
  cells: readonly C[],
  estimate: (cells: readonly C[]) => unknown,
): void {
  const figures = estimate(cells);
  expectSameFigures(estimate([...cells].reverse()), figures);
  expectSameFigures(estimate(cells.map((cell) => ({ ...cell, weight: 2 * cell.weight }))), figures);
  const apart = cells.flatMap((cell) =>
    Array.from({ length: cell.n }, () => ({ ...cell, n: 1, weight: cell.weight / cell.n })),
  );
  expectSameFigures(estimate(apart), figures);
}
