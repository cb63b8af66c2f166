import type { Knex } from 'knex';

const tables = ['frameworks', 'domains', 'competencies', 'required_levels', 'matrix_columns'];

// Truncation passes by the triggers on rows.
export async function up(db: Knex): Promise<void> {
  const triggers = tables.map(
    (table) =>
      `create trigger ${table}_not_truncated before truncate on ${table} execute function refuse_change()`,
  );
  await db.raw(triggers.join(';\n'));
}

export async function down(db: Knex): Promise<void> {
  await db.raw(tables.map((table) => `drop trigger ${table}_not_truncated on ${table}`).join(';\n'));
}
