import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table frameworks (
      id           uuid primary key default gen_random_uuid(),
      project_id   uuid not null references projects,
      lineage_id   uuid not null default gen_random_uuid(),
      version      integer not null default 1 check (version > 0),
      title        text not null check (title <> ''),
      source       text not null default '',
      licence_note text not null default '',
      scale        jsonb not null,
      created_at   timestamptz not null default now(),
      published_at timestamptz
    );
    create index frameworks_by_project on frameworks (project_id)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table frameworks
  `);
}
