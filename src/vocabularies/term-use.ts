import type { Database } from '../platform/database';

/** Something that holds a term's code: a framework, a training offer, a questionnaire, a population. */
export interface TermUse {
  code: string;
  projectId: string;
  /** What it is, in one word of the product. */
  what: 'framework' | 'training offer' | 'questionnaire' | 'population' | 'coordinator';
  title: string;
  href: string;
}

/**
 * Finds where a vocabulary's terms are used, everywhere or in one project. Each later room that keeps codes brings
 * one. Responses need none: they hold only what a version of a questionnaire offered, and how many gave which answer
 * is nobody's to know here.
 */
export type FindTermUses = (db: Database, vocabulary: string, projectId?: string) => Promise<TermUse[]>;

const list = new Intl.ListFormat('en-GB');

/** "2 frameworks and 1 questionnaire"; nothing where there are none. */
export function usesInWords(uses: readonly TermUse[]): string {
  const counts = (['framework', 'training offer', 'questionnaire', 'population', 'coordinator'] as const)
    .map((what) => ({ what, count: uses.filter((use) => use.what === what).length }))
    .filter(({ count }) => count > 0)
    .map(({ what, count }) => `${count} ${what}${count === 1 ? '' : 's'}`);
  return list.format(counts);
}
