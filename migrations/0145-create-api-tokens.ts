import type { Knex } from 'knex';

// Keys with which programs read what an account may read. Only a keyed hash is kept: whoever reads the table can use none of them.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table api_tokens (
      id           uuid primary key default gen_random_uuid(),
      account_id   uuid not null references accounts on delete cascade,
      name         text not null check (char_length(name) between 1 and 100),
      scopes       text[] not null check (cardinality(scopes) > 0),
      token_hash   bytea not null unique,
      created_at   timestamptz not null,
      expires_at   timestamptz not null check (expires_at > created_at),
      last_used_on date
    );
    create index api_tokens_by_account on api_tokens (account_id)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table api_tokens
  `);
}
