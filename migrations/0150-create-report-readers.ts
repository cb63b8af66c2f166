import type { Knex } from 'knex';

// Experts who are in no project read and discuss one report that they were invited to, and nothing else.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table report_readers (
      release_id uuid not null references releases on delete cascade,
      account_id uuid not null references accounts on delete cascade,
      invited_by uuid references accounts on delete set null,
      invited_at timestamptz not null,
      primary key (release_id, account_id)
    );
    create index report_readers_by_account on report_readers (account_id)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table report_readers');
}
