import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table tallies (
      survey_id   uuid not null references surveys,
      stratum     text[] not null,
      respondents integer not null check (respondents >= 0),
      counts      integer[] not null,
      primary key (survey_id, stratum)
    ) with (fillfactor = 60);
    comment on table tallies is
      'Exact internal counts: one row per stratum (the facets in the plan''s order), cells in the order of the tally layout.'
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table tallies
  `);
}
