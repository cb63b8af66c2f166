import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table questionnaires (
      id           uuid primary key default gen_random_uuid(),
      project_id   uuid not null references projects,
      framework_id uuid references frameworks,
      title        text not null check (title <> ''),
      definition   jsonb not null,
      created_at   timestamptz not null default now()
    );
    create index questionnaires_by_project on questionnaires (project_id)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table questionnaires
  `);
}
