import type { Knex } from 'knex';

// Which of a survey's organisations has which headcounts: its coordinator's, and nobody's of another organisation.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table survey_populations (
      survey_id     uuid not null references surveys,
      organisation  text not null,
      population_id uuid not null references populations,
      primary key (survey_id, organisation),
      constraint survey_populations_once unique (population_id),
      constraint survey_populations_organisation check (organisation <> '')
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table survey_populations
  `);
}
