import type { Knex } from 'knex';

// The headcounts of a population. In a joint one facet is empty, and the codes stand in the order of the population's
// facets; in margins facet names the one that the single code is of.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table headcounts (
      population_id uuid not null references populations on delete cascade,
      facet         text not null default '',
      codes         text[] not null,
      headcount     integer not null,
      primary key (population_id, facet, codes),
      constraint headcounts_codes check (
        cardinality(codes) >= 1 and array_position(codes, null) is null and array_position(codes, '') is null
      ),
      constraint headcounts_margin check (facet = '' or cardinality(codes) = 1),
      constraint headcounts_headcount check (headcount between 0 and 10000000)
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table headcounts
  `);
}
