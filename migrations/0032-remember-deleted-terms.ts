import type { Knex } from 'knex';

// The shipped terms are loaded at every start. These were deleted, and are not to come back.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table deleted_terms (
      vocabulary text not null,
      code       text not null,
      primary key (vocabulary, code)
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table deleted_terms
  `);
}
