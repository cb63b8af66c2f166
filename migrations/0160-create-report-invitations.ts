import type { Knex } from 'knex';

// Who was invited to one report, by the address they are written to. One invitation of an address holds at a time; of the link
// that was sent last only its keyed hash is kept.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table report_invitations (
      id           uuid primary key default gen_random_uuid(),
      release_id   uuid not null references releases,
      email        text not null,
      message      text not null default '',
      token_hash   bytea not null,
      invited_by   uuid not null references accounts,
      invited_at   timestamptz not null,
      sent_at      timestamptz not null,
      account_id   uuid references accounts,
      joined_at    timestamptz,
      withdrawn_at timestamptz,
      constraint report_invitations_email check (email like '%_@_%' and char_length(email) <= 254 and email = lower(email)),
      constraint report_invitations_message check (char_length(message) <= 1000),
      constraint report_invitations_token_once unique (token_hash),
      constraint report_invitations_joined check ((account_id is null) = (joined_at is null))
    );
    create unique index report_invitations_once on report_invitations (release_id, email) where withdrawn_at is null
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table report_invitations
  `);
}
