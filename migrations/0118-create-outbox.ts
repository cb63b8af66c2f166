import type { Knex } from 'knex';

// E-mails that have not left, for there is no way for them to leave by: kept to be read.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table outbox (
      id        uuid primary key,
      recipient text not null,
      subject   text not null,
      text      text not null,
      kept_at   timestamptz not null
    );
    create index outbox_newest on outbox (kept_at desc, id)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table outbox
  `);
}
