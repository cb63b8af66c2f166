import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table sign_in_limits (
      key    text primary key,
      points integer not null default 0,
      expire bigint
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table sign_in_limits
  `);
}
