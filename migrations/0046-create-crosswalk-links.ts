import type { Knex } from 'knex';

// A competency of a source, by lineage, and the one of the master it answers to. Code and title are kept as they were:
// provenance does not change with its source. In effect as the rows of crosswalk_sources are.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table crosswalk_links (
      id                    uuid primary key default gen_random_uuid(),
      made_in               uuid not null references frameworks on delete cascade,
      ended_in              uuid references frameworks on delete set null,
      source_id             uuid not null references frameworks,
      source_lineage_id     uuid not null,
      source_code           text not null,
      source_title          text not null,
      competency_lineage_id uuid not null,
      kind                  text not null check (kind in ('exact', 'close', 'part of')),
      taken_over            boolean not null,
      made_by               uuid references accounts,
      made_at               timestamptz not null
    );
    create unique index crosswalk_links_once
      on crosswalk_links (made_in, source_id, source_lineage_id, competency_lineage_id) where ended_in is null
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table crosswalk_links
  `);
}
