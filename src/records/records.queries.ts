import type { Database } from '../platform/database';

/** Do the pages that may do less ask the database as roles of their own? */
export async function areApart(sides: readonly Database[], whole: Database): Promise<boolean> {
  const asked = [...sides, whole].map(async (db) => {
    const { rows } = await db.raw<{ rows: { role: string }[] }>('select current_user::text as role');
    return rows[0]!.role;
  });
  const names = await Promise.all(asked);
  return new Set(names).size === names.length;
}
