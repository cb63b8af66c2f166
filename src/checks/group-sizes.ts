import type { Cell } from '../populations/headcount';

/** Groups with fewer answers are not shown (METHODS.md 3.3). */
export const usualThreshold = 11;

const rounds = 200;
const fixedSeed = 20_260;
/** With more cells in doubt than these, the range is not drawn: it would be narrow anyway. */
const mostDrawn = 5000;
/** A cell whose chance is nearer than this to none or to one is in no doubt. */
const certainly = 1e-6;

/** The share of people who stand in groups too small to show: on average, and from the luckiest draw to the unluckiest. */
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
  const sizes = sizesOf(cells, rate, threshold);
  const people = peopleIn(sizes);
  const combinations = sizes.reduce((sum, { cells: count }) => sum + count, 0);
  if (people === 0) return { people: 0, combinations: 0, mean: 0, least: 0, most: 0 };
  const mean = meanSmall(sizes) / people;
  const drawn = drawnSmall(sizes).map((small) => small / people);
  return {
    ...{ people, combinations, mean },
    least: drawn.reduce((least, share) => Math.min(least, share), mean),
    most: drawn.reduce((most, share) => Math.max(most, share), mean),
  };
}

/** Only the expected share, for comparing many ways of grouping. */
export function meanSmallShare(cells: readonly Cell[], rate: number, threshold = usualThreshold): number {
  const sizes = sizesOf(cells, rate, threshold);
  const people = peopleIn(sizes);
  return people === 0 ? 0 : meanSmall(sizes) / people;
}

/** Cells of one size: how many they are, how many people stand in them, and each one's chance to be too small. */
interface Size {
  cells: number;
  people: number;
  chance: number;
}

/** Estimated headcounts are brought to whole people for the chance, and stay as they are in the sums. */
function sizesOf(cells: readonly Cell[], rate: number, threshold: number): Size[] {
  const sizes = new Map<number, Size>();
  for (const { headcount } of cells) {
    if (headcount <= 0) continue;
    const whole = Math.round(headcount);
    const known = sizes.get(whole) ?? { cells: 0, people: 0, chance: chanceBelow(threshold, whole, rate) };
    known.cells += 1;
    known.people += headcount;
    sizes.set(whole, known);
  }
  return [...sizes.values()];
}

function peopleIn(sizes: readonly Size[]): number {
  return sizes.reduce((sum, { people }) => sum + people, 0);
}

function meanSmall(sizes: readonly Size[]): number {
  return sizes.reduce((sum, { people, chance }) => sum + people * chance, 0);
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

/**
 * People in small cells, once for each round. Whether fewer than the threshold of a cell's people answer is drawn with
 * the cell's own chance, which comes to the same as drawing each person, in a thousandth of the time.
 */
function drawnSmall(sizes: readonly Size[]): number[] {
  const doubtful = sizes.filter((size) => !isCertain(size));
  if (doubtful.reduce((sum, { cells }) => sum + cells, 0) > mostDrawn) return [];
  const surely = meanSmall(sizes.filter(isCertain));
  const random = randomFrom(fixedSeed);
  return Array.from({ length: rounds }, () =>
    doubtful.reduce((sum, { cells, people, chance }) => {
      let small = 0;
      for (let cell = 0; cell < cells; cell += 1) if (random() < chance) small += 1;
      return sum + (small * people) / cells;
    }, surely),
  );
}

function isCertain({ chance }: Size): boolean {
  return chance < certainly || chance > 1 - certainly;
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
