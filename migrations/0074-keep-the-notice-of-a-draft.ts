import type { Knex } from 'knex';

// Which version of the notice somebody was told when they began. Those who began before there were any were told none.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table drafts add column notice_id uuid references notices
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table drafts drop column notice_id
  `);
}
