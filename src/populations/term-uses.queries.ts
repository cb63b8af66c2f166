import type { Database } from '../platform/database';
import type { TermUse } from '../vocabularies/term-use';

/** The populations in which staff are counted by a term: everywhere, or in one project. */
export async function listPopulationTermUses(
  db: Database,
  vocabulary: string,
  projectId?: string,
): Promise<TermUse[]> {
  const { rows } = await db.raw<{ rows: (Omit<TermUse, 'what' | 'href'> & { id: string })[] }>(
    `
    select distinct h.codes[n.place] as code, p.project_id as "projectId", p.id, p.title, p.made_at
    from populations p
    join headcounts h on h.population_id = p.id
    cross join lateral (
      select case when h.facet = '' then array_position(p.facets, :vocabulary) else 1 end as place
    ) n
    where (:projectId::uuid is null or p.project_id = :projectId)
      and :vocabulary = any(p.facets)
      and h.facet in ('', :vocabulary)
    order by p.made_at, p.id, code`,
    { vocabulary, projectId: projectId ?? null },
  );
  return rows.map(({ id, code, projectId: project, title }) => ({
    ...{ code, projectId: project, title },
    what: 'population',
    href: `/populations/${id}`,
  }));
}
