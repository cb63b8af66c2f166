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
      select id, definition, project_id from questionnaires
      union all
      select q.id, v.definition, q.project_id
      from questionnaire_versions v
      join questionnaires q on q.id = v.questionnaire_id
    ), offered as (
      select distinct a.id, coalesce(choice ->> 'value', choice #>> '{}') as code
      from asked a
      cross join lateral jsonb_path_query(
        a.definition, '$.**.elements[*] \\? (@.facet == $facet).choices[*]', jsonb_build_object('facet', :vocabulary::text)
      ) as choice
      where :projectId::uuid is null or a.project_id = :projectId
    )
    select o.code, q.project_id as "projectId", q.id, q.title
    from offered o
    join questionnaires q on q.id = o.id
    order by q.created_at, q.id, o.code`,
    { vocabulary, projectId: projectId ?? null },
  );
  return rows.map(({ id, ...use }) => ({ ...use, what: 'questionnaire', href: `/questionnaires/${id}` }));
}
