import type { Knex } from 'knex';

/** A session can be told from others by whoever it belongs to, and ends when it is left alone. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sessions', (table) => {
    table.uuid('id').notNullable().unique().defaultTo(knex.raw('gen_random_uuid()'));
    table.timestamp('last_seen_at').notNullable().defaultTo(knex.fn.now());
    table.text('device').notNullable().defaultTo('An unknown browser');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sessions', (table) => {
    table.dropColumns('id', 'last_seen_at', 'device');
  });
}
