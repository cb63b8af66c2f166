import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table projects (
      id          uuid primary key default gen_random_uuid(),
      name        text not null check (length(name) between 1 and 120),
      purpose     text not null default '' check (length(purpose) <= 2000),
      demo        boolean not null default false,
      created_at  timestamptz not null default now(),
      archived_at timestamptz
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table projects
  `);
}
