import type { Database } from '../platform/database';
import type { TermUse } from '../vocabularies/term-use';

/** Who coordinates an organisation, and the headcounts it has of its own: everywhere, or in one project. */
export async function listCoordinationTermUses(
  db: Database,
  vocabulary: string,
  projectId?: string,
): Promise<TermUse[]> {
  if (vocabulary !== 'organisation') return [];
  const { rows } = await db.raw<{ rows: TermUse[] }>(
    `
    select *
      from (select c.organisation as code, c.project_id as "projectId", 'coordinator' as what, a.email as title,
                   '/projects/' || c.project_id || '/coordinators' as href
              from project_coordinators c
              join accounts a on a.id = c.account_id
             union all
            select s.organisation, p.project_id, 'population', p.title, '/populations/' || p.id
              from survey_populations s
              join populations p on p.id = s.population_id) as uses
     where :projectId::uuid is null or "projectId" = :projectId
     order by what, title, href`,
    { projectId: projectId ?? null },
  );
  return rows;
}
