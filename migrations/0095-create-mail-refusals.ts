import type { Knex } from 'knex';

// Addresses that an organisation no longer writes to, each as a keyed hash: the list tells nobody who they are.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table mail_refusals (
      organisation_id uuid not null references organisations,
      address_hash    bytea not null,
      why             text not null,
      made_on         date not null,
      primary key (organisation_id, address_hash),
      constraint mail_refusals_why check (why in ('asked', 'complained'))
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table mail_refusals
  `);
}
