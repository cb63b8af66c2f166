import type { Database } from '../../src/platform/database';

/** No row of any table holds one of these texts, in whatever column; those of the queue among them. */
export async function expectNowhere(db: Database, texts: readonly string[]): Promise<void> {
  const { rows } = await db.raw<{ rows: { table: string }[] }>(
    `select format('%I.%I', schemaname, tablename) as "table"
       from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  expect(rows.length).toBeGreaterThan(50);
  for (const { table } of rows) {
    for (const text of texts) {
      const found = await db.raw<{ rows: { row: string }[] }>(
        `select t::text as row from ${table} t where strpos(lower(t::text), lower(?)) > 0 limit 1`,
        [text],
      );
      expect([table, text, found.rows]).toEqual([table, text, []]);
    }
  }
}
