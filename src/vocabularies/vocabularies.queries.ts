import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { PlatformTerm, TermDetails } from './platform-term';
import type { FindTermUses, TermUse } from './term-use';
import { parentVocabularies, type Term } from './vocabulary';

export type NewTerm = Omit<PlatformTerm, 'revision'>;

const columns = {
  vocabulary: 'vocabulary',
  code: 'code',
  label: 'label',
  tier: 'tier',
  position: 'position',
  staffGroup: 'staff_group',
  parent: 'parent',
  validFrom: 'valid_from',
  validTo: 'valid_to',
  successors: 'successors',
  revision: 'revision',
};

/** Terms of some vocabularies, in the order they are offered. */
export async function listTerms(db: Database, vocabularies: readonly string[]): Promise<Term[]> {
  return db('vocabulary_terms')
    .whereIn('vocabulary', vocabularies)
    .select('vocabulary', 'code', 'label', 'tier')
    .orderBy(['vocabulary', 'position', 'code']);
}

/** Everything the platform says about the terms of some vocabularies, in order. */
export async function listPlatformTerms(
  db: Database,
  vocabularies: readonly string[],
): Promise<PlatformTerm[]> {
  return db('vocabulary_terms')
    .whereIn('vocabulary', vocabularies)
    .select(columns)
    .orderBy(['vocabulary', 'position', 'code']);
}

export async function getPlatformTerm(db: Database, vocabulary: string, code: string): Promise<PlatformTerm> {
  const term = await db('vocabulary_terms').where({ vocabulary, code }).first(columns);
  if (!term) throw notFound('Term');
  return term;
}

/** Keeps other editors of a vocabulary waiting until the transaction ends. */
export async function lockVocabulary(trx: Database, vocabulary: string): Promise<void> {
  await trx('vocabulary_terms').where({ vocabulary }).orderBy('code').forUpdate().select('code');
}

export async function insertTerm(trx: Database, { successors, ...term }: NewTerm): Promise<void> {
  await trx('vocabulary_terms').insert({
    vocabulary: term.vocabulary,
    code: term.code,
    position: term.position,
    revision: 1,
    ...asRow({ ...term, successors }),
  });
}

export async function updateTerm(
  trx: Database,
  { vocabulary, code }: Pick<PlatformTerm, 'vocabulary' | 'code'>,
  details: TermDetails,
): Promise<void> {
  await trx('vocabulary_terms').where({ vocabulary, code }).increment('revision', 1).update(asRow(details));
}

function asRow(details: TermDetails): Record<string, unknown> {
  return {
    label: details.label,
    tier: details.tier,
    staff_group: details.staffGroup,
    parent: details.parent,
    valid_from: details.validFrom,
    valid_to: details.validTo,
    successors: details.successors,
  };
}

/** Puts a vocabulary's terms in the order of these codes. */
export async function setPositions(
  trx: Database,
  vocabulary: string,
  codes: readonly string[],
): Promise<void> {
  await trx.raw(
    `
    update vocabulary_terms t
    set position = n.place - 1
    from unnest(:codes::text[]) with ordinality as n(code, place)
    where t.vocabulary = :vocabulary
      and t.code = n.code`,
    { vocabulary, codes: [...codes] },
  );
}

/** Deletes a term, and remembers it so that no start brings it back. */
export async function deleteTerm(trx: Database, vocabulary: string, code: string): Promise<void> {
  await trx('vocabulary_terms').where({ vocabulary, code }).delete();
  await trx('deleted_terms').insert({ vocabulary, code }).onConflict(['vocabulary', 'code']).ignore();
}

/** Everywhere the terms of a vocabulary are used, as all the rooms tell. */
export async function listTermUses(
  db: Database,
  finders: readonly FindTermUses[],
  vocabulary: string,
  projectId?: string,
): Promise<TermUse[]> {
  const found: TermUse[] = [];
  for (const find of finders) found.push(...(await find(db, vocabulary, projectId)));
  return found;
}

/** What else holds on to a platform's term: other terms that name it, and the projects that chose or renamed it. */
export async function findHolds(
  db: Database,
  vocabulary: string,
  code: string,
): Promise<{ terms: number; projects: number }> {
  const {
    rows: [row],
  } = await db.raw<{ rows: { terms: number; projects: number }[] }>(
    `
    with referring as (
      select vocabulary, code
      from vocabulary_terms
      where (vocabulary = :vocabulary and :code = any(successors))
         or (:parents::jsonb ->> vocabulary = :vocabulary and parent = :code)
         or (:vocabulary = 'tier' and tier = :code)
    ), choosing as (
      select project_id
      from project_vocabularies
      where vocabulary = :vocabulary and (:code = any(picked) or (undoable and :code = any(former)))
      union
      select project_id
      from project_terms
      where (vocabulary = :vocabulary and code = :code)
         or (:parents::jsonb ->> vocabulary = :vocabulary and parent = :code)
         or (:vocabulary = 'tier' and tier = :code)
    )
    select (select count(*) from referring) as terms, (select count(*) from choosing) as projects`,
    { vocabulary, code, parents: JSON.stringify(parentVocabularies) },
  );
  return row!;
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
