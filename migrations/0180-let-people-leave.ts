import type { Knex } from 'knex';

/** Somebody who has left keeps their name beside what they did, and cannot come in any more. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('accounts', (table) => {
    table.timestamp('left_at');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('accounts', (table) => {
    table.dropColumn('left_at');
  });
}
