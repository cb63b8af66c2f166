import type { Knex } from 'knex';

/** The days on which what had to go went: a day that is on record is not run again by itself. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('retention_runs', (table) => {
    table.date('day').primary();
    table.timestamp('finished_at').notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('retention_runs');
}
