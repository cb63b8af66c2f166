import type { Knex } from 'knex';

// The coding frame of a question, and which themes coders found in a text: none, where it was read and none fits.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table themes (
      id         uuid primary key default gen_random_uuid(),
      survey_id  uuid not null references surveys,
      question   text not null check (question <> ''),
      title      text not null check (title <> '' and char_length(title) <= 80),
      definition text not null check (char_length(definition) <= 300),
      position   integer not null
    );
    create unique index themes_title_once on themes (survey_id, question, lower(title));

    alter table texts
      add column themes   uuid[] not null default '{}',
      add column coded    boolean not null default false,
      add column coded_by uuid references accounts,
      add constraint texts_coded check (coded or themes = '{}')
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table texts
      drop constraint texts_coded,
      drop column themes,
      drop column coded,
      drop column coded_by;
    drop table themes
  `);
}
