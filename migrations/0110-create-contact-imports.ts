import type { Knex } from 'knex';

// People of a file on their way to the list of contacts, and how far they have come. A person's row goes in the
// transaction that adds them: what is left is what is still to be done, and what the file said of their work goes with it.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table contact_imports (
      id           uuid primary key,
      survey_id    uuid not null references surveys,
      account_id   uuid references accounts,
      organisation text not null default '',
      file_name    text not null,
      total        integer not null,
      left_out     integer not null,
      done         integer not null default 0,
      added        integer not null default 0,
      refused      integer not null default 0,
      begun_at     timestamptz not null,
      finished_at  timestamptz,
      constraint contact_imports_done check (done between 0 and total),
      constraint contact_imports_added check (added + refused <= done),
      constraint contact_imports_finished check (finished_at is null or done = total)
    );
    create index contact_imports_by_survey on contact_imports (survey_id, begun_at);
    create index contact_imports_unfinished on contact_imports (id) where finished_at is null;

    create table contact_import_rows (
      import_id uuid not null references contact_imports on delete cascade,
      position  integer not null,
      email     text not null,
      name      text not null,
      language  text not null,
      facets    jsonb not null,
      primary key (import_id, position)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table contact_import_rows;
    drop table contact_imports;
  `);
}
