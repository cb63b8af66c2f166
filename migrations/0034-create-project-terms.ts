import type { Knex } from 'knex';

// A project's own words: its label for a term of the platform, or a term of its own, whose code begins with own_ so
// that it can never be one of the platform's.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table project_terms (
      project_id  uuid not null references projects,
      vocabulary  text not null,
      code        text not null check (code <> ''),
      own         boolean not null generated always as (starts_with(code, 'own_')) stored,
      label       text not null check (length(label) between 1 and 120),
      position    integer not null default 0,
      tier        text check (tier <> ''),
      staff_group text check (staff_group <> ''),
      parent      text check (parent <> ''),
      archived_on date,
      revision    integer not null default 1,
      primary key (project_id, vocabulary, code),
      constraint project_terms_label_alone check (
        starts_with(code, 'own_')
        or (tier is null and staff_group is null and parent is null and archived_on is null)
      )
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table project_terms
  `);
}
