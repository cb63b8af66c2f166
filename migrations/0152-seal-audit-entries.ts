import type { Knex } from 'knex';

// Each entry of the audit trail is sealed soon after it was written, in a chain: a seal holds the hash of the one before it and of its entry. Whoever changes, takes out
// or slips in an entry, with whatever rights, breaks the chain from there on.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table audit_seals (
      place     bigint primary key check (place >= 1),
      entry_id  bigint not null unique references audit_entries,
      hash      bytea not null check (octet_length(hash) = 32),
      sealed_at timestamptz not null default now()
    );
    create trigger audit_seals_append_only before update or delete or truncate on audit_seals
      for each statement execute function refuse_change()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table audit_seals');
}
