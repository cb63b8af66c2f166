import type { Database } from '../platform/database';
import type { TermUse } from '../vocabularies/term-use';

/** The lists of an offer's audience; its columns bear the plural of their names. */
const columns: Readonly<Record<string, string>> = { profession: 'professions', region: 'regions' };

/** The training offers that are for a term: everywhere, or in one project. */
export async function listTrainingTermUses(
  db: Database,
  vocabulary: string,
  projectId?: string,
): Promise<TermUse[]> {
  const column = columns[vocabulary];
  if (!column) return [];
  const { rows } = await db.raw<{ rows: (Omit<TermUse, 'what' | 'href'> & { id: string })[] }>(
    `
    select code, o.project_id as "projectId", o.id, o.title
    from training_offers o
    cross join unnest(o.:column:) as code
    where :projectId::uuid is null or o.project_id = :projectId
    order by o.created_at, o.id, code`,
    { column, projectId: projectId ?? null },
  );
  return rows.map(({ id, ...use }) => ({ ...use, what: 'training offer', href: `/training/${id}` }));
}
