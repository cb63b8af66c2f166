import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table responses add column notice_id uuid references notices;
    comment on column responses.notice_id is
      'The version told when the answers were begun; none of imported ones. While people answer an anonymous survey a version comes into force with a day, so that this says no more of when than a day.'
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table responses drop column notice_id
  `);
}
