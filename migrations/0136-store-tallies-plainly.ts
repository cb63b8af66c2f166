import type { Knex } from 'knex';

// A stratum's counts are a few kilobytes. To pack and unpack them took longer than all the counting; what they save on the disk is nothing beside
// the responses.
export async function up(db: Knex): Promise<void> {
  await db.raw('alter table tallies alter column counts set storage external');
}

export async function down(db: Knex): Promise<void> {
  await db.raw('alter table tallies alter column counts set storage extended');
}
