import { protectAll } from '../disclosure/protector';
import { type Dimension, type Merge, notStated } from '../estimates/dimension';
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
const mostTried = { usual: 24, large: 8 };
const largeTable = 600;
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
 * into one, all groups of a dimension, the two to four smallest terms into "other"; and the best of each dimension at once. What tells the most groups
 * apart for the most people stands first.
 */
export function mergeOffers(solver: Solver, input: OfferInput): MergeOffer[] {
  const weigh = (merges: Merge[]) => weighed(solver, input, merges);
  const now = weigh([]);
  if (now.withheld === 0) return [];
  const groups = input.dimensions.reduce((product, { categories }) => product * (categories.length + 1), 1);
  const tries = groups > largeTable ? mostTried.large : mostTried.usual;
  const byDimension = input.dimensions.map((dimension) =>
    candidatesOf(dimension, input)
      .slice(0, Math.ceil(tries / input.dimensions.length))
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

/** What a report is worth: how many groups it tells apart, and for how many of the people. */
function worthOf({ shown, shownPeople }: MergeOffer): number {
  return shown * shownPeople;
}

/** Hardly better is not worth what is lost by putting together. */
const leastGain = 1.03;

function isBetter(offer: MergeOffer, now: MergeOffer): boolean {
  return worthOf(offer) > worthOf(now) * leastGain;
}

function bestFirst(one: MergeOffer, other: MergeOffer): number {
  return worthOf(other) - worthOf(one) || one.withheld - other.withheld;
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

function candidatesOf(dimension: Dimension, { terms, readersFor, dimensions }: OfferInput): Merge[][] {
  const single = dimension.categories.filter(isSingle);
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
    .map(([group, codes]) => mergeOf(dimension, group, codes));
  const smallest = smallestFirst(dimension, { readersFor, dimensions });
  const others = [2, 3, 4]
    .filter((size) => size <= smallest.length && size < dimension.categories.length)
    .map((size) => smallest.slice(0, size))
    .map((some): Merge => {
      const codes = dimension.categories.flatMap(({ code }) => (some.includes(code) ? [code] : []));
      return mergeOf(dimension, 'other', codes);
    });
  const everything = whole.length > 1 ? [whole] : [];
  return [...others.map((merge) => [merge]), ...everything, ...whole.map((merge) => [merge])];
}

/** Named after the group, and numbered where a category is so already. */
function mergeOf({ key, categories }: Dimension, group: string, codes: string[]): Merge {
  const slug = group
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  const before = categories.filter(({ code }) => code.startsWith(`merged_${slug}`)).length;
  const number = before === 0 ? '' : String(before + 1);
  const label = `${group.charAt(0).toUpperCase()}${group.slice(1)}${number && ` ${number}`} (${codes.length})`;
  return { dimension: key, code: `merged_${slug}${number && `_${number}`}`, label, codes };
}

/** Neither put together already nor the place of those who did not say, which the questionnaire does not offer. */
function isSingle({ code, codes }: Dimension['categories'][number]): boolean {
  return codes.length === 1 && code !== notStated.code;
}

/** The categories that stand by themselves and in which somebody is, those of the fewest people first. */
function smallestFirst(
  dimension: Dimension,
  { readersFor, dimensions }: Pick<OfferInput, 'readersFor' | 'dimensions'>,
): string[] {
  const axis = dimensions.findIndex(({ key }) => key === dimension.key);
  const people = dimension.categories.map(() => 0);
  for (const { place, tally } of readersFor(dimensions).strata) people[place[axis]!]! += tally.respondents;
  return dimension.categories
    .map((category, place) => ({ ...category, count: people[place]! }))
    .filter((category) => isSingle(category) && category.count > 0)
    .sort((one, other) => one.count - other.count)
    .map(({ code }) => code);
}
