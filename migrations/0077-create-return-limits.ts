import type { Knex } from 'knex';

// How many wrong codes have been typed lately, by survey and by browser session.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table return_limits (
      key    text primary key,
      points integer not null default 0,
      expire bigint
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table return_limits
  `);
}
