import type { Database } from '../platform/database';
import type { Term } from './vocabulary';

export interface NewTerm extends Term {
  position: number;
  validFrom: string | null;
  validTo: string | null;
  successors: string[];
}

/** Terms of some vocabularies, in the order they are offered. */
export async function listTerms(db: Database, vocabularies: readonly string[]): Promise<Term[]> {
  return db('vocabulary_terms')
    .whereIn('vocabulary', vocabularies)
    .select('vocabulary', 'code', 'label', 'tier')
    .orderBy(['vocabulary', 'position', 'code']);
}

/** Adds the terms that are not there yet; those edited since keep their edits. */
export async function insertMissingTerms(trx: Database, terms: readonly NewTerm[]): Promise<void> {
  await trx('vocabulary_terms')
    .insert(
      terms.map((term) => ({
        vocabulary: term.vocabulary,
        code: term.code,
        label: term.label,
        position: term.position,
        tier: term.tier,
        valid_from: term.validFrom,
        valid_to: term.validTo,
        successors: term.successors,
      })),
    )
    .onConflict(['vocabulary', 'code'])
    .ignore();
}
