import type { Knex } from 'knex';

// Where answers to a project's e-mails go. An address counts when whoever reads its mail has said so by a link sent there.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table reply_addresses (
      id          uuid primary key default gen_random_uuid(),
      project_id  uuid not null references projects,
      email       text not null,
      token_hash  bytea not null,
      account_id  uuid references accounts,
      asked_at    timestamptz not null,
      verified_at timestamptz,
      constraint reply_addresses_email check (email like '%_@_%' and char_length(email) <= 254),
      constraint reply_addresses_token_once unique (token_hash)
    );
    create index reply_addresses_by_project on reply_addresses (project_id, asked_at)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table reply_addresses
  `);
}
