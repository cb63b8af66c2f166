import type { Knex } from 'knex';

// Further links to a survey, each with a code of its own: counted apart, and answering one question beforehand if wished.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table survey_links (
      id         uuid primary key default gen_random_uuid(),
      survey_id  uuid not null references surveys,
      code       text not null,
      name       text not null,
      facet      text not null default '',
      value      text not null default '',
      closed_at  timestamptz,
      account_id uuid references accounts,
      made_at    timestamptz not null,
      constraint survey_links_code check (code ~ '^[A-Z0-9]{4,20}$'),
      constraint survey_links_code_once unique (code),
      constraint survey_links_name check (char_length(name) between 1 and 120),
      constraint survey_links_facet check ((facet = '') = (value = ''))
    );
    create unique index survey_links_name_once on survey_links (survey_id, lower(name));
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table survey_links
  `);
}
