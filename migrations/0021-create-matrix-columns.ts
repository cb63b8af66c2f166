import type { Knex } from 'knex';

// The columns of a skills matrix, whether or not any level is required in them.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table matrix_columns (
      framework_id uuid not null references frameworks,
      profession   text,
      tier         text,
      setting      text,
      position     integer not null,
      constraint matrix_columns_once unique nulls not distinct (framework_id, profession, tier, setting),
      constraint matrix_columns_profession_or_tier check (profession is null or tier is null)
    );
    create trigger matrix_columns_frozen before insert or update or delete on matrix_columns
      for each row execute function refuse_change_of_published_framework()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table matrix_columns
  `);
}
