import type { Knex } from 'knex';

// What was understood of an uploaded file, until it is applied or forgotten.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table staged_imports (
      id         uuid primary key default gen_random_uuid(),
      kind       text not null,
      project_id uuid not null references projects,
      subject_id uuid,
      account_id uuid not null references accounts,
      file_name  text not null,
      understood jsonb not null,
      problems   jsonb not null,
      staged_at  timestamptz not null,
      applied_at timestamptz
    );
    create index staged_imports_by_time on staged_imports (staged_at)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table staged_imports
  `);
}
