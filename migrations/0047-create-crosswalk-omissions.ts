import type { Knex } from 'knex';

// A competency of a source that is deliberately left out of the master. In effect as the rows of crosswalk_sources are.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table crosswalk_omissions (
      id                uuid primary key default gen_random_uuid(),
      made_in           uuid not null references frameworks on delete cascade,
      ended_in          uuid references frameworks on delete set null,
      source_id         uuid not null references frameworks,
      source_lineage_id uuid not null,
      reason            text not null check (reason <> ''),
      made_by           uuid references accounts,
      made_at           timestamptz not null
    );
    create unique index crosswalk_omissions_once
      on crosswalk_omissions (made_in, source_id, source_lineage_id) where ended_in is null
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table crosswalk_omissions
  `);
}
