import type { Knex } from 'knex';

// Which frameworks are merged into a master. A row is in effect from the version of the master it was made in up to,
// and without, the one it ended in: so versions inherit, and what a published one says stays as it is.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table crosswalk_sources (
      id        uuid primary key default gen_random_uuid(),
      made_in   uuid not null references frameworks on delete cascade,
      ended_in  uuid references frameworks on delete set null,
      source_id uuid not null references frameworks,
      made_by   uuid references accounts,
      made_at   timestamptz not null,
      constraint crosswalk_sources_of_others check (source_id <> made_in)
    );
    create unique index crosswalk_sources_once on crosswalk_sources (made_in, source_id) where ended_in is null
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table crosswalk_sources
  `);
}
