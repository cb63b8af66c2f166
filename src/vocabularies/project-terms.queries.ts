import type { Database } from '../platform/database';
import { isoDay } from '../platform/dates';
import { inOfferedOrder, isOffered, type ProjectTerm } from './project-term';
import { parentVocabularies } from './vocabulary';

/**
 * The terms a project offers on a day ("2026-11-21"), today unless told: in order, with the project's labels, tiers
 * and groups. What is made anew takes its choices from here.
 */
export async function listProjectTerms(
  db: Database,
  projectId: string,
  vocabularies: readonly string[],
  on = isoDay(new Date()),
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
