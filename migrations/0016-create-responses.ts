import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table responses (
      id                       uuid primary key default gen_random_uuid(),
      survey_id                uuid not null references surveys,
      questionnaire_version_id uuid not null references questionnaire_versions,
      submitted_on             date not null,
      facets                   text[] not null,
      ratings                  bytea not null,
      answers                  jsonb,
      source                   text not null check (source in ('respondent', 'simulation', 'import')),
      reference_hash           bytea,
      folded                   boolean not null default false,
      shuffled                 boolean not null default false
    );
    create index responses_by_survey on responses (survey_id);
    create index responses_unfolded on responses (survey_id) where not folded;
    create index responses_unshuffled on responses (survey_id) where not shuffled;
    comment on column responses.submitted_on is
      'A day, not a time, and ids are random: nothing here tells when or in which order people answered.'
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table responses
  `);
}
