import type { Database } from '../platform/database';
import type { Term } from './vocabulary';

export interface NewTerm extends Term {
  position: number;
  staffGroup: string | null;
  parent: string | null;
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

/**
 * Adds shipped terms that are not there yet and were not deleted; those edited since keep their edits. A term as it
 * was shipped gets the group that an earlier version of the product did not know.
 */
export async function insertMissingTerms(trx: Database, terms: readonly NewTerm[]): Promise<void> {
  const rows = JSON.stringify(terms);
  await trx.raw(
    `
    insert into vocabulary_terms
      (vocabulary, code, label, position, tier, staff_group, parent, valid_from, valid_to, successors)
    select n.vocabulary, n.code, n.label, n.position, n.tier, n."staffGroup", n.parent, n."validFrom", n."validTo",
           array(select jsonb_array_elements_text(n.successors))
    from jsonb_to_recordset(:rows) as n(vocabulary text, code text, label text, position integer, tier text,
                                        "staffGroup" text, parent text, "validFrom" date, "validTo" date, successors jsonb)
    where not exists (select 1 from deleted_terms d where d.vocabulary = n.vocabulary and d.code = n.code)
    on conflict do nothing`,
    { rows },
  );
  await trx.raw(
    `
    update vocabulary_terms t
    set staff_group = n."staffGroup", parent = n.parent
    from jsonb_to_recordset(:rows) as n(vocabulary text, code text, "staffGroup" text, parent text)
    where t.vocabulary = n.vocabulary
      and t.code = n.code
      and t.revision = 0
      and t.staff_group is null
      and t.parent is null
      and coalesce(n."staffGroup", n.parent) is not null`,
    { rows },
  );
}
