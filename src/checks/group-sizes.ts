import type { Cell } from '../populations/headcount';

/** Groups with fewer answers are not shown (METHODS.md 3.3). */
export const usualThreshold = 11;

const rounds = 200;
const fixedSeed = 20_260;
/** With more cells in doubt than these, the range is not drawn: it would be narrow anyway. */
const mostDrawn = 4000;
/** Above this many standard deviations from the threshold a cell is in no doubt. */
const certain = 5;

/** The share of people who stand in groups too small to show: on average, and in how many rounds of a hundred within. */
export interface SmallShare {
  people: number;
  combinations: number;
  /** Expected over all ways of who answers. */
  mean: number;
  /** The lowest and highest of the rounds drawn. */
  least: number;
  most: number;
}

/**
 * The share of people in cells that fewer than the threshold answer in, if each person answers with this chance. The mean is
 * worked out; the range is that of 200 draws with a fixed seed, so that the same headcounts always give the same figures.
 */
export function smallShareOf(cells: readonly Cell[], rate: number, threshold = usualThreshold): SmallShare {
  const sizes = sizesOf(cells);
  const people = sizes.reduce((sum, { headcount, cells: count }) => sum + headcount * count, 0);
  const combinations = sizes.reduce((sum, { cells: count }) => sum + count, 0);
  if (people === 0) return { people: 0, combinations: 0, mean: 0, least: 0, most: 0 };
  const mean = meanSmall(sizes, rate, threshold) / people;
  const drawn = drawnSmall(sizes, rate, threshold).map((small) => small / people);
  return {
    ...{ people, combinations, mean },
    least: drawn.reduce((least, share) => Math.min(least, share), mean),
    most: drawn.reduce((most, share) => Math.max(most, share), mean),
  };
}

/** Only the expected share, for comparing many ways of grouping. */
export function meanSmallShare(cells: readonly Cell[], rate: number, threshold = usualThreshold): number {
  const sizes = sizesOf(cells);
  const people = sizes.reduce((sum, { headcount, cells: count }) => sum + headcount * count, 0);
  return people === 0 ? 0 : meanSmall(sizes, rate, threshold) / people;
}

interface Size {
  headcount: number;
  cells: number;
}

/** How many cells there are of each size. Estimated headcounts are brought to whole people. */
function sizesOf(cells: readonly Cell[]): Size[] {
  const sizes = new Map<number, number>();
  for (const { headcount } of cells) {
    const whole = Math.round(headcount);
    if (whole > 0) sizes.set(whole, (sizes.get(whole) ?? 0) + 1);
  }
  return [...sizes].map(([headcount, count]) => ({ headcount, cells: count }));
}

function meanSmall(sizes: readonly Size[], rate: number, threshold: number): number {
  return sizes.reduce(
    (sum, { headcount, cells }) => sum + headcount * cells * chanceBelow(threshold, headcount, rate),
    0,
  );
}

/** The chance that fewer than `threshold` of `n` people answer. */
export function chanceBelow(threshold: number, n: number, rate: number): number {
  if (n < threshold || rate <= 0) return 1;
  if (rate >= 1) return 0;
  let logTerm = n * Math.log1p(-rate);
  const logOdds = Math.log(rate) - Math.log1p(-rate);
  let sum = Math.exp(logTerm);
  for (let k = 1; k < threshold; k += 1) {
    logTerm += Math.log((n - k + 1) / k) + logOdds;
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/** People in small cells, once for each round. */
function drawnSmall(sizes: readonly Size[], rate: number, threshold: number): number[] {
  const doubtful = sizes.filter(({ headcount }) => !isCertain(headcount, rate, threshold));
  const surely = sizes
    .filter((size) => !doubtful.includes(size))
    .filter(({ headcount }) => headcount * rate < threshold)
    .reduce((sum, { headcount, cells }) => sum + headcount * cells, 0);
  if (doubtful.reduce((sum, { cells }) => sum + cells, 0) > mostDrawn) return [];
  const random = randomFrom(fixedSeed);
  return Array.from({ length: rounds }, () =>
    doubtful.reduce((sum, { headcount, cells }) => {
      let small = sum;
      for (let cell = 0; cell < cells; cell += 1) {
        if (answersDrawn(headcount, rate, random) < threshold) small += headcount;
      }
      return small;
    }, surely),
  );
}

function isCertain(headcount: number, rate: number, threshold: number): boolean {
  if (headcount < threshold) return true;
  const expected = headcount * rate;
  const spread = Math.sqrt(expected * (1 - rate));
  return expected - certain * spread > threshold;
}

/** How many of `n` people answer: skips from one who answers to the next, so that few answers cost little. */
function answersDrawn(n: number, rate: number, random: () => number): number {
  if (rate >= 1) return n;
  const scale = Math.log1p(-rate);
  let answered = 0;
  for (let person = skip(); person < n; person += 1 + skip()) answered += 1;
  return answered;

  function skip(): number {
    return Math.floor(Math.log(1 - random()) / scale);
  }
}

/** Numbers between 0 and 1 that look random and are the same for the same seed (a 32-bit xorshift). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
