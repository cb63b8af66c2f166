import type { Knex } from 'knex';

// What was done to a draft's matrix or content, so that it can be undone and two editors can be told of each other.
// `cells` hold levels before and after; `content` the whole framework as it was before.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table framework_changes (
      id           uuid primary key default gen_random_uuid(),
      framework_id uuid not null references frameworks on delete cascade,
      revision     integer not null,
      summary      text not null,
      account_id   uuid references accounts,
      made_at      timestamptz not null,
      cells        jsonb,
      content      jsonb,
      undone_at    timestamptz,
      constraint framework_changes_one_kind check ((cells is null) <> (content is null))
    );
    create index framework_changes_by_framework on framework_changes (framework_id, revision)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table framework_changes
  `);
}
