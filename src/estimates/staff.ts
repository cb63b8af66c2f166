import { cellsOver, type HeadcountTable, marginOf } from '../populations/headcount';
import type { Plan } from '../questionnaires/plan';
import { categoriesOf, type Merge } from './dimension';

export interface StaffInput {
  plan: Plan;
  population: HeadcountTable;
  /** Whom the survey is meant for: codes by facet. */
  audience: Readonly<Record<string, readonly string[]>>;
  /** Categories that count as one. */
  merges?: readonly Merge[];
}

/**
 * The staff a survey speaks about, counted by the facets that it asked. Whoever cannot be given as an answer, and whoever the survey
 * is not meant for, is none of them: their headcounts stay out. Categories that count as one are one.
 */
export function meantStaff(input: StaffInput): HeadcountTable {
  const { plan, population } = input;
  const facets = population.facets.filter(
    (facet) => plan.facets.includes(facet) && marginOf(population, facet),
  );
  const known = new Map(facets.map((facet) => [facet, new Set(knownCodes(input, facet))]));
  const isMeant = (facet: string, code: string) => {
    const audience = input.audience[facet];
    return known.get(facet)!.has(mergedCode(input, facet, code)) && (!audience || audience.includes(code));
  };
  if (population.kind === 'margins') {
    const rows = population.rows
      .filter(({ facet, codes }) => facets.includes(facet) && isMeant(facet, codes[0]!))
      .map((row) => ({ ...row, codes: [mergedCode(input, row.facet, row.codes[0]!)] }));
    return { kind: 'margins', facets, rows };
  }
  const rows = cellsOver(population, facets)!
    .cells.filter(({ codes }) => codes.every((code, index) => isMeant(facets[index]!, code)))
    .map(({ codes, headcount }) => ({
      ...{ facet: '', headcount },
      codes: codes.map((code, index) => mergedCode(input, facets[index]!, code)),
    }));
  return { kind: 'joint', facets, rows };
}

/** What people can be by a facet: what the survey offers, or what it counts as. */
export function knownCodes(input: Pick<StaffInput, 'plan' | 'merges'>, facet: string): string[] {
  return categoriesOf(input.plan, facet).map((code) => mergedCode(input, facet, code));
}

/** The code that a code counts as. */
export function mergedCode({ merges = [] }: Pick<StaffInput, 'merges'>, facet: string, code: string): string {
  return merges.find(({ dimension, codes }) => dimension === facet && codes.includes(code))?.code ?? code;
}
