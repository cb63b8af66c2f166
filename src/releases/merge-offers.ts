import { latticeOf } from '../disclosure/lattice';
import { protectAll } from '../disclosure/protector';
import type { Dimension, Merge } from '../estimates/dimension';
import type { Solver } from '../platform/solver';
import { peopleTables, type Readers } from './answer-tables';

/** A way of putting categories together, with what a report would show then. */
export interface MergeOffer {
  merges: Merge[];
  /** Groups that would be shown, and those in which there is somebody and nothing would be. */
  shown: number;
  withheld: number;
  /** Share of all people who are in a shown group of the finest kind, 0 to 1. */
  shownPeople: number;
}

/** A term of a facet with the group it belongs to. */
export interface GroupedTerm {
  dimension: string;
  code: string;
  label: string;
  group: string | null;
}

/** No more than these are worked through, and no more than those offered. */
const mostTried = 24;
const mostOffered = 6;

export interface OfferInput {
  dimensions: readonly Dimension[];
  terms: readonly GroupedTerm[];
  threshold: number;
  /** The readers when dimensions have these categories. */
  readersFor(dimensions: readonly Dimension[]): Readers;
}

/**
 * Merges that would show more than is shown without them (METHODS.md 3.4: fewer and merged categories before a sparse lattice): a group of terms
 * into one, all groups of a dimension, those that are too small by themselves into "other"; and the best of each dimension at once. Those that show
 * the most groups first, then those that show the most people.
 */
export function mergeOffers(solver: Solver, input: OfferInput): MergeOffer[] {
  const weigh = (merges: Merge[]) => weighed(solver, input, merges);
  const now = weigh([]);
  if (now.withheld === 0) return [];
  const byDimension = input.dimensions.map((dimension) =>
    candidatesOf(dimension, input)
      .slice(0, Math.ceil(mostTried / input.dimensions.length))
      .map(weigh)
      .filter((offer) => isBetter(offer, now))
      .sort(bestFirst),
  );
  const bests = byDimension.flatMap(([best]) => (best ? [best] : []));
  const together = bests.length > 1 ? [weigh(bests.flatMap(({ merges }) => merges))] : [];
  return [...byDimension.flat(), ...together.filter((offer) => isBetter(offer, now))]
    .sort(bestFirst)
    .slice(0, mostOffered);
}

function isBetter(offer: MergeOffer, now: MergeOffer): boolean {
  return offer.shown > now.shown || offer.shownPeople >= now.shownPeople + 0.05;
}

function bestFirst(one: MergeOffer, other: MergeOffer): number {
  return other.shown - one.shown || other.shownPeople - one.shownPeople || one.withheld - other.withheld;
}

function weighed(
  solver: Solver,
  { dimensions, threshold, readersFor }: OfferInput,
  merges: Merge[],
): MergeOffer {
  const readers = readersFor(dimensions.map((dimension) => merged(dimension, merges)));
  const tables = peopleTables(readers);
  const withheld = protectAll(solver, tables, threshold);
  const { nodes } = tables[0]!;
  const isCell = (place: number) => nodes[place]!.key.every((category) => category !== null);
  const peopled = nodes.flatMap(({ count }, place) => (count > 0 ? [place] : []));
  const shown = peopled.filter((place) => !withheld.has(place));
  const inCells = shown.filter(isCell).reduce((sum, place) => sum + nodes[place]!.count, 0);
  return {
    merges,
    shown: shown.length,
    withheld: peopled.length - shown.length,
    shownPeople: nodes[0]!.count === 0 ? 0 : inCells / nodes[0]!.count,
  };
}

/** A dimension with some of its categories put together where the first of them stood. */
export function merged({ key, categories }: Dimension, merges: readonly Merge[]): Dimension {
  const own = merges.filter(({ dimension }) => dimension === key);
  const mergeOf = (codes: readonly string[]) =>
    own.find((merge) => codes.every((code) => merge.codes.includes(code)));
  const found: Dimension['categories'][number][] = [];
  for (const category of categories) {
    const merge = mergeOf(category.codes);
    if (!merge) found.push(category);
    else if (!found.some(({ code }) => code === merge.code)) found.push({ ...merge });
  }
  return { key, categories: found };
}

function candidatesOf(
  dimension: Dimension,
  { terms, threshold, readersFor, dimensions }: OfferInput,
): Merge[][] {
  const single = dimension.categories.filter(({ codes }) => codes.length === 1);
  const groupOf = new Map(
    terms.filter((term) => term.dimension === dimension.key).map(({ code, group }) => [code, group]),
  );
  const groups = new Map<string, string[]>();
  for (const { code } of single) {
    const group = groupOf.get(code);
    if (group) groups.set(group, [...(groups.get(group) ?? []), code]);
  }
  const whole = [...groups]
    .filter(([, codes]) => codes.length > 1 && codes.length < dimension.categories.length)
    .map(([group, codes]) => mergeOf(dimension.key, group, codes));
  const small = smallOnes(dimension, { threshold, readersFor, dimensions });
  const other =
    small.length > 1 && small.length < dimension.categories.length
      ? [[{ ...mergeOf(dimension.key, 'other', small), label: `Other (${small.length})` }]]
      : [];
  const everything = whole.length > 1 ? [whole] : [];
  return [...other, ...everything, ...whole.map((merge) => [merge])];
}

function mergeOf(dimension: string, group: string, codes: string[]): Merge {
  const slug = group
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  const label = `${group.charAt(0).toUpperCase()}${group.slice(1)} (${codes.length})`;
  return { dimension, code: `merged_${slug}`, label, codes };
}

/** The categories that too few answered in to be shown at all. */
function smallOnes(
  dimension: Dimension,
  { threshold, readersFor, dimensions }: Pick<OfferInput, 'threshold' | 'readersFor' | 'dimensions'>,
): string[] {
  const { strata } = readersFor(dimensions);
  const axis = dimensions.findIndex(({ key }) => key === dimension.key);
  const margin = latticeOf(
    [dimension.categories.length],
    strata.map(({ place, tally }) => ({ place: [place[axis]!], count: tally.respondents })),
  );
  return margin.nodes.flatMap(({ key: [category], count }) => {
    if (category === null || category === undefined || count === 0 || count >= threshold) return [];
    const { codes } = dimension.categories[category]!;
    return codes.length === 1 ? [codes[0]!] : [];
  });
}
