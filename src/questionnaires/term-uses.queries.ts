import type { Database } from '../platform/database';
import type { TermUse } from '../vocabularies/term-use';

/**
 * The questionnaires that offer a term as it is now or in a published version: everywhere, or in one project. Answers
 * hold nothing that no version offered, so what is answered is among these.
 */
export async function listQuestionnaireTermUses(
  db: Database,
  vocabulary: string,
  projectId?: string,
): Promise<TermUse[]> {
  const { rows } = await db.raw<{ rows: (Omit<TermUse, 'what' | 'href'> & { id: string })[] }>(
    `
    with asked as (
      select id, definition from questionnaires
      union all
      select questionnaire_id, definition from questionnaire_versions
    ), offered as (
      select distinct a.id, coalesce(choice ->> 'value', choice #>> '{}') as code
      from asked a
      cross join lateral jsonb_path_query(
        a.definition, '$.**.elements[*] \\? (@.facet == $facet).choices[*]', jsonb_build_object('facet', :vocabulary::text)
      ) as choice
    )
    select o.code, q.project_id as "projectId", q.id, q.title
    from offered o
    join questionnaires q on q.id = o.id
    where (:projectId::uuid is null or q.project_id = :projectId)
    order by q.created_at, q.id, o.code`,
    { vocabulary, projectId: projectId ?? null },
  );
  return rows.map(({ id, ...use }) => ({ ...use, what: 'questionnaire', href: `/questionnaires/${id}` }));
}
