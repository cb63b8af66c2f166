import type { Knex } from 'knex';

// How many staff there are, as somebody counted them on a day: for each combination of the facets (joint), or facet by
// facet (margins).
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table populations (
      id         uuid primary key default gen_random_uuid(),
      project_id uuid not null references projects,
      title      text not null,
      source     text not null,
      counted_on date not null,
      kind       text not null,
      facets     text[] not null,
      revision   integer not null default 1,
      made_by    uuid references accounts,
      made_at    timestamptz not null,
      retired_at timestamptz,
      constraint populations_title_length check (char_length(title) between 1 and 200),
      constraint populations_source_length check (char_length(source) between 1 and 500),
      constraint populations_kind check (kind in ('joint', 'margins')),
      constraint populations_facets check (
        cardinality(facets) between 1 and 20 and array_position(facets, null) is null and array_position(facets, '') is null
      )
    );
    create index populations_by_project on populations (project_id, counted_on)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table populations
  `);
}
