import type { Knex } from 'knex';

// Questions and blocks of questions kept to be used again: by one project, or, without one, by its whole organisation.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table library_entries (
      id              uuid primary key default gen_random_uuid(),
      organisation_id uuid not null,
      made_in         uuid not null,
      project_id      uuid check (project_id = made_in),
      kind            text not null check (kind in ('question', 'block')),
      title           text not null check (length(title) between 1 and 200),
      note            text not null default '' check (length(note) <= 1000),
      tags            text[] not null default '{}' check (cardinality(tags) <= 10),
      content         jsonb not null,
      words           text not null,
      made_by         uuid references accounts,
      made_at         timestamptz not null,
      changed_at      timestamptz not null,
      retired_at      timestamptz,
      constraint library_entries_made_in foreign key (organisation_id, made_in)
        references projects (organisation_id, id)
    );
    create index library_entries_by_organisation on library_entries (organisation_id, made_at);
    create index library_entries_by_project on library_entries (made_in)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table library_entries
  `);
}
