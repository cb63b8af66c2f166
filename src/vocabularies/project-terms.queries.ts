import type { Database } from '../platform/database';
import { inOfferedOrder, isOffered, type ProjectTerm } from './project-term';
import { parentVocabularies } from './vocabulary';

/**
 * The terms a project offers on a day ("2026-11-21"): in order, with the project's labels, tiers and groups. What is made anew takes its choices from here.
 */
export async function listProjectTerms(
  db: Database,
  projectId: string,
  vocabularies: readonly string[],
  on: string,
): Promise<ProjectTerm[]> {
  const terms = await labelsFor(db, projectId, vocabularies);
  return terms.filter((term) => isOffered(term, on));
}

/**
 * Every term a project may meet in its data, whether it is still offered or not, with the project's labels: old
 * answers and levels keep their words. In the order of the vocabularies asked for.
 */
export async function labelsFor(
  db: Database,
  projectId: string,
  vocabularies: readonly string[],
): Promise<ProjectTerm[]> {
  const { rows } = await db.raw<{ rows: ProjectTerm[] }>(
    `
    with terms as (
      select t.vocabulary, t.code, coalesce(p.label, t.label) as label, t.tier, t.staff_group, t.parent,
             false as own, t.valid_from, t.valid_to, t.successors, t.position, t.label as platform_label,
             v.picked is null or t.code = any(v.picked) as picked,
             null::date as archived_on, coalesce(p.revision, 0) as revision
      from vocabulary_terms t
      left join project_vocabularies v on v.project_id = :projectId and v.vocabulary = t.vocabulary
      left join project_terms p on p.project_id = :projectId and p.vocabulary = t.vocabulary and p.code = t.code
      where t.vocabulary = any(:vocabularies)
      union all
      select vocabulary, code, label, tier, staff_group, parent, true, null, null, '{}', position, null,
             true, archived_on, revision
      from project_terms
      where project_id = :projectId
        and vocabulary = any(:vocabularies)
        and own
    )
    select t.vocabulary, t.code, t.label, t.tier, t.parent, t.own, t.successors, t.picked, t.revision,
           coalesce(t.staff_group, o.label, r.label, t.parent) as "group",
           t.valid_from     as "validFrom",
           t.valid_to       as "validTo",
           t.archived_on    as "archivedOn",
           t.platform_label as "platformLabel"
    from terms t
    left join vocabulary_terms r on r.vocabulary = :parents::jsonb ->> t.vocabulary and r.code = t.parent
    left join project_terms o on o.project_id = :projectId and o.vocabulary = :parents::jsonb ->> t.vocabulary
                             and o.code = t.parent
    order by t.own, t.position, t.code`,
    { projectId, vocabularies: [...vocabularies], parents: JSON.stringify(parentVocabularies) },
  );
  return [...new Set(vocabularies)].flatMap((vocabulary) =>
    inOfferedOrder(rows.filter((term) => term.vocabulary === vocabulary)),
  );
}

/** What a project has settled about a vocabulary as a whole. */
export interface ProjectChoice {
  /** The platform's terms it uses; null for all of them, those to come included. */
  picked: string[] | null;
  /** The pick before the last one; only of use where that can be undone. */
  former: string[] | null;
  undoable: boolean;
  /** Counts the picks; 0 before the first. */
  revision: number;
}

const nothingChosen: ProjectChoice = { picked: null, former: null, undoable: false, revision: 0 };

export async function readChoice(
  db: Database,
  projectId: string,
  vocabulary: string,
): Promise<ProjectChoice> {
  const choice = await db('project_vocabularies')
    .where({ project_id: projectId, vocabulary })
    .first('picked', 'former', 'undoable', 'revision');
  return choice ?? nothingChosen;
}

/** The choice, locked until the transaction ends: for whoever is about to change what the project says. */
export async function lockChoice(
  trx: Database,
  projectId: string,
  vocabulary: string,
): Promise<ProjectChoice> {
  await trx('project_vocabularies')
    .insert({ project_id: projectId, vocabulary })
    .onConflict(['project_id', 'vocabulary'])
    .ignore();
  return trx('project_vocabularies')
    .where({ project_id: projectId, vocabulary })
    .forUpdate()
    .first('picked', 'former', 'undoable', 'revision');
}

export async function updateChoice(
  trx: Database,
  projectId: string,
  vocabulary: string,
  choice: Omit<ProjectChoice, 'revision'>,
): Promise<void> {
  await trx('project_vocabularies')
    .where({ project_id: projectId, vocabulary })
    .increment('revision', 1)
    .update({ picked: choice.picked, former: choice.former, undoable: choice.undoable });
}

/** What a project says about one term. The label of a platform's term is all there is of it. */
export interface ProjectWords {
  label: string;
  tier: string | null;
  staffGroup: string | null;
  parent: string | null;
}

/** Writes a project's words about a term: new, or in place of the former. */
export async function writeWords(
  trx: Database,
  projectId: string,
  { vocabulary, code }: { vocabulary: string; code: string },
  words: ProjectWords,
): Promise<void> {
  await trx.raw(
    `
    insert into project_terms (project_id, vocabulary, code, label, tier, staff_group, parent, position)
    select :projectId, :vocabulary, :code, :label, :tier, :staffGroup, :parent, coalesce(max(position) + 1, 0)
    from project_terms
    where project_id = :projectId and vocabulary = :vocabulary
    on conflict (project_id, vocabulary, code) do update
    set label = excluded.label, tier = excluded.tier, staff_group = excluded.staff_group, parent = excluded.parent,
        revision = project_terms.revision + 1`,
    { projectId, vocabulary, code, ...words },
  );
}

/** Gives an own term another code. */
export async function recodeTerm(
  trx: Database,
  projectId: string,
  { vocabulary, code }: { vocabulary: string; code: string },
  to: string,
): Promise<void> {
  await trx('project_terms').where({ project_id: projectId, vocabulary, code }).update({ code: to });
}

/** Stops offering an own term from a day on, or offers it again with null. False where it was so already. */
export async function setTermArchived(
  trx: Database,
  projectId: string,
  { vocabulary, code }: { vocabulary: string; code: string },
  archivedOn: string | null,
): Promise<boolean> {
  const changed = await trx('project_terms')
    .where({ project_id: projectId, vocabulary, code, own: true })
    .where((row) => (archivedOn ? row.whereNull('archived_on') : row.whereNotNull('archived_on')))
    .increment('revision', 1)
    .update({ archived_on: archivedOn });
  return changed === 1;
}

/** Forgets what a project says about a term: the platform's keeps its name there, an own term is gone. */
export async function deleteWords(
  trx: Database,
  projectId: string,
  { vocabulary, code }: { vocabulary: string; code: string },
): Promise<void> {
  await trx('project_terms').where({ project_id: projectId, vocabulary, code }).delete();
}

/** Do other own terms of the project lie in this one, or have it as their tier? */
export async function isReferredTo(
  db: Database,
  projectId: string,
  vocabulary: string,
  code: string,
): Promise<boolean> {
  const { rows } = await db.raw(
    `
    select 1
    from project_terms
    where project_id = :projectId
      and ((:parents::jsonb ->> vocabulary = :vocabulary and parent = :code) or (:vocabulary = 'tier' and tier = :code))
    limit 1`,
    { projectId, vocabulary, code, parents: JSON.stringify(parentVocabularies) },
  );
  return rows.length > 0;
}

/** Gives a project's copy the same choices and words: its frameworks speak in them. */
export async function copyChoicesAndWords(trx: Database, from: string, to: string): Promise<void> {
  await trx.raw(
    `
    insert into project_vocabularies (project_id, vocabulary, picked)
    select :to, vocabulary, picked
    from project_vocabularies
    where project_id = :from`,
    { from, to },
  );
  await trx.raw(
    `
    insert into project_terms (project_id, vocabulary, code, label, position, tier, staff_group, parent, archived_on)
    select :to, vocabulary, code, label, position, tier, staff_group, parent, archived_on
    from project_terms
    where project_id = :from`,
    { from, to },
  );
}
