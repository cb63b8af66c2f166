import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table drafts (
      token_hash bytea primary key,
      survey_id  uuid not null references surveys,
      answers    jsonb not null default '{}',
      passed     text[] not null default '{}',
      revision   integer not null default 0,
      submitted  boolean not null default false,
      shuffled   boolean not null default false,
      touched_on date not null
    ) with (fillfactor = 70);
    create index drafts_by_survey on drafts (survey_id, touched_on);
    comment on column drafts.touched_on is
      'A day, not a time: an exact time would tie a draft to the response it became.'
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table drafts
  `);
}
