import type { Database } from '../platform/database';
import type { TermUse } from '../vocabularies/term-use';

/** The vocabularies a skills matrix is laid out by; its columns bear their names. */
const columns = ['profession', 'tier', 'setting'];

/** The frameworks whose matrix has a column or a level for a term: everywhere, or in one project. */
export async function listFrameworkTermUses(
  db: Database,
  vocabulary: string,
  projectId?: string,
): Promise<TermUse[]> {
  if (!columns.includes(vocabulary)) return [];
  const { rows } = await db.raw<{
    rows: (Omit<TermUse, 'what' | 'href'> & { id: string; version: number })[];
  }>(
    `
    select u.code, f.project_id as "projectId", f.id, f.title, f.version
    from (
      select framework_id, :column: as code from matrix_columns
      union
      select framework_id, :column: from required_levels
    ) u
    join frameworks f on f.id = u.framework_id
    where u.code is not null
      and (:projectId::uuid is null or f.project_id = :projectId)
    order by f.created_at, f.id, u.code`,
    { column: vocabulary, projectId: projectId ?? null },
  );
  return rows.map(({ id, title, version, ...use }) => ({
    ...use,
    what: 'framework',
    title: `${title}, version ${version}`,
    href: `/frameworks/${id}`,
  }));
}
