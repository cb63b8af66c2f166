import type { Knex } from 'knex';

// What people wrote in their own words lies apart from what else they answered (METHODS.md 3.7): under an id of its own, with the week in place of
// the day, and of who they are only the groups that the report speaks of.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table texts (
      id         uuid primary key default gen_random_uuid(),
      survey_id  uuid not null references surveys,
      question   text not null check (question <> ''),
      week       date not null check (extract(isodow from week) = 1),
      groups     jsonb not null,
      person     bytea not null,
      batch_id   uuid references response_batches on delete cascade,
      original   text not null check (original <> ''),
      masked     text not null,
      found      text[] not null,
      state      text not null default 'waiting' check (state in ('waiting', 'released', 'withheld')),
      redacted   text,
      reason     text not null default '' check (reason in ('', 'identifying', 'safeguarding', 'other')),
      handled_by uuid references accounts,
      revision   integer not null default 1,
      constraint texts_once unique (survey_id, person, question),
      constraint texts_released check ((state = 'released') = (redacted is not null)),
      constraint texts_withheld check ((state = 'withheld') = (reason <> ''))
    );
    create index texts_by_batch on texts (batch_id) where batch_id is not null;
    comment on column texts.person is 'The same for the texts of one person in this survey, and found nowhere else.';

    alter table responses add column gathered boolean not null default false;
    create index responses_ungathered on responses (survey_id) where answers is not null and not gathered;
    comment on column responses.gathered is
      'Its texts have been put with the others. Of an anonymous survey they are no longer here.';
  `);
}

/** Texts that have left their responses do not come back: they would have to be joined to them again. */
export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table responses drop column gathered;
    drop table texts;
  `);
}
