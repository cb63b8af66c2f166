import {
  type Margin,
  postStratify,
  rake,
  type WeightedSample,
  type Weighting,
  type WeightingProblem,
} from '../gaps/weighting';
import { type HeadcountTable, marginOf } from '../populations/headcount';
import { facetInWords, facetsInWords, inThousands } from '../populations/population';
import type { Tally } from '../tallies/tally';
import { knownCodes, meantStaff, mergedCode, type StaffInput } from './staff';

/** The ways of weighting, besides not weighting. */
export const weightSchemes = ['post-stratified', 'raked'] as const;

export type WeightScheme = (typeof weightSchemes)[number];

/** What the people of each stratum weigh, so that those who answered stand for the staff there are. */
export interface Weights {
  scheme: WeightScheme;
  /** What one person weighs. A stratum without people has no weight. */
  ofTally: ReadonlyMap<Tally, number>;
  weighting: Weighting;
}

/** Categories that count as one do so here too: that is how staff of whom nobody answered are put together with others. */
export interface WeightsInput extends Omit<StaffInput, 'population'> {
  scheme: WeightScheme;
  tallies: readonly Tally[];
  /** Null where nobody has counted the staff. */
  population: HeadcountTable | null;
  labelOf: (facet: string, code: string) => string;
}

/** Weights, or a sentence that says why there are none. */
export type WeightsOrRefusal = { weights: Weights; refusal: null } | { weights: null; refusal: string };

/**
 * The weights of a survey's strata (METHODS.md 2.3). Post-stratified: to the joint headcounts of all facets that staff are counted by
 * and the survey asked. Raked: to the headcounts by each of them. Staff whom the survey does not offer as an answer, or is not meant
 * for, are none of those it speaks about: their headcounts stay out. Somebody who answered all the same, and whoever did not say what
 * staff are counted by, stands for nobody and stops the weighting; nobody is left out silently.
 */
export function weightsOf(input: WeightsInput): WeightsOrRefusal {
  const { scheme, tallies, population } = input;
  const refuse = (refusal: string): WeightsOrRefusal => ({ weights: null, refusal });
  if (!population)
    return refuse('There are no headcounts to weight by. Give the project a population first.');
  const meant = meantStaff({ ...input, population });
  const { facets } = meant;
  if (facets.length === 0) {
    return refuse('The survey asked nothing that staff are counted by, so it cannot be weighted.');
  }
  if (scheme === 'post-stratified' && population.kind === 'margins') {
    return refuse(
      `Staff are counted by ${facetsInWords(facets)} one after the other. Post-stratification needs headcounts of each combination: use raking.`,
    );
  }
  const strata = groupedBy(tallies, (tally) => codesOf(input, facets, tally));
  const stated = facets.map((facet) => ({ facet, known: new Set(knownCodes(input, facet)) }));
  const cells = [...strata.values()].map(({ codes, members }) => ({
    categories: codes.map((code, index) => (stated[index]!.known.has(code) ? code : null)),
    n: members.reduce((sum, { respondents }) => sum + respondents, 0),
    members,
  }));
  const { weighting, problem } =
    scheme === 'raked' ? rake(cells, marginsOf(meant, facets)) : postStratified(cells, meant, facets);
  if (problem) return refuse(inWords(problem, input, facets));
  const ofTally = new Map(
    cells.flatMap(({ members }, index) =>
      members.map((tally) => [tally, weighting.weights[index]!] as const),
    ),
  );
  return { weights: { scheme, ofTally, weighting }, refusal: null };
}

function codesOf(input: WeightsInput, facets: readonly string[], { stratum }: Tally): string[] {
  return facets.map((facet) => mergedCode(input, facet, stratum[input.plan.facets.indexOf(facet)] ?? ''));
}

/** The strata with people in them, by the codes they share. */
function groupedBy(tallies: readonly Tally[], codesOfTally: (tally: Tally) => string[]) {
  const groups = new Map<string, { codes: string[]; members: Tally[] }>();
  for (const tally of tallies) {
    if (tally.respondents === 0) continue;
    const codes = codesOfTally(tally);
    const key = written(codes);
    const group = groups.get(key) ?? { codes, members: [] };
    groups.set(key, group);
    group.members.push(tally);
  }
  return groups;
}

/** Codes hold no space. */
function written(codes: readonly string[]): string {
  return codes.join(' ');
}

/** A facet that none of the meant staff is counted by is a margin all the same: whoever is of it stands for nobody. */
function marginsOf(meant: HeadcountTable, facets: readonly string[]): Margin[] {
  return facets.map((facet) => ({ name: facet, headcounts: marginOf(meant, facet) ?? new Map() }));
}

function postStratified(
  cells: readonly { categories: readonly (string | null)[]; n: number }[],
  meant: HeadcountTable,
  facets: readonly string[],
): WeightedSample {
  for (const [index, facet] of facets.entries()) {
    const without = cells.filter(({ categories }) => categories[index] === null);
    if (without.length > 0) {
      const n = without.reduce((sum, cell) => sum + cell.n, 0);
      return { weighting: null, problem: { code: 'missing_category', margin: facet, n } };
    }
  }
  const headcounts = new Map<string, number>();
  for (const { codes, headcount } of meant.rows) {
    headcounts.set(written(codes), (headcounts.get(written(codes)) ?? 0) + headcount);
  }
  const strata = cells.map(({ categories, n }) => ({ stratum: categories.join(' '), n }));
  return postStratify(strata, headcounts);
}

const mostNamed = 6;

/** Why a sample is not weighted, for whoever wanted it. No count of people is in it: it may be of one person. */
function inWords(problem: WeightingProblem, input: WeightsInput, facets: readonly string[]): string {
  switch (problem.code) {
    case 'too_few_respondents':
      return `Too few people answered to be weighted: at least ${problem.needed} are needed, and three for each group of staff.`;
    case 'missing_category':
      return `Not everybody said their ${facetInWords(problem.margin)}, so it is not known which staff they stand for.`;
    case 'empty_cell':
      return `Nobody answered of ${cellsInWords(problem.cells, input, facets)}. Put these staff together with others, or use headcounts that count them together.`;
    case 'zero_target':
      return `People answered of ${cellsInWords(problem.cells, input, facets)}, and the headcounts have no such staff whom the survey is meant for.`;
    case 'margins_disagree':
      return `The headcounts do not add up to one workforce: ${listed(
        problem.totals.map(({ margin, total }) => `${inThousands(total)} by ${facetInWords(margin)}`),
      )}. They may be 1% apart at most, of the staff whom the survey offers and is meant for.`;
    case 'not_converged':
      return `No weights meet the headcounts by ${facetsInWords(facets)} together.`;
  }
}

function cellsInWords(
  cells: readonly { margin: string; category: string }[],
  { merges = [], labelOf }: WeightsInput,
  facets: readonly string[],
): string {
  const label = (facet: string, code: string) =>
    merges.find((merge) => merge.dimension === facet && merge.code === code)?.label ?? labelOf(facet, code);
  const named = cells.slice(0, mostNamed).map(({ margin, category }) => {
    const of = facets.includes(margin) ? [margin] : facets;
    const labels = category.split(' ').map((code, index) => label(of[index]!, code));
    return `${facetsInWords(of)} “${labels.join(', ')}”`;
  });
  const more = cells.length - named.length;
  return listed(more > 0 ? [...named, `${more} more`] : named);
}

const list = new Intl.ListFormat('en-GB');

function listed(things: readonly string[]): string {
  return list.format(things);
}
