import type { Knex } from 'knex';

// How many are to give an answer at most. Which quotas are full stands with the survey too, which respondents' requests
// read anyway: that costs them nothing, and a survey that was written anew is read anew. By fives, as counts are shown.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table survey_quotas (
      id        uuid primary key default gen_random_uuid(),
      survey_id uuid not null references surveys,
      facet     text not null,
      value     text not null,
      most      integer not null,
      action    text not null,
      constraint survey_quotas_once unique (survey_id, facet, value),
      constraint survey_quotas_most check (most between 5 and 100000 and most % 5 = 0),
      constraint survey_quotas_action check (action in ('close links', 'turn away'))
    );
    alter table surveys add column full_quotas jsonb not null default '[]';
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table surveys drop column full_quotas;
    drop table survey_quotas;
  `);
}
