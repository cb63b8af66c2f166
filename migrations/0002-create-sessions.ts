import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table sessions (
      token_hash bytea primary key,
      account_id uuid not null references accounts on delete cascade,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null
    );
    create index sessions_by_account on sessions (account_id);
    create index sessions_by_expiry on sessions (expires_at)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table sessions
  `);
}
