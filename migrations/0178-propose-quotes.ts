import type { Knex } from 'knex';

// Words that somebody proposes to quote are quoted once a second person agrees: never the same one, and never two of one person in a survey.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table quotes (
      text_id     uuid primary key,
      survey_id   uuid not null references surveys,
      person      bytea not null,
      words       text not null check (words <> '' and char_length(words) <= 400),
      label       text[] not null,
      state       text not null default 'proposed' check (state in ('proposed', 'approved')),
      proposed_by uuid not null references accounts,
      approved_by uuid references accounts,
      constraint quotes_approved check ((state = 'approved') = (approved_by is not null)),
      constraint quotes_by_two check (approved_by <> proposed_by)
    );
    create unique index quotes_one_of_a_person on quotes (survey_id, person) where state = 'approved';

    -- A text is written anew when texts are shuffled, so that no reference can be held to it: a quote goes when its text does, or its words do.
    create function drop_lost_quotes() returns trigger language plpgsql as $$
    begin
      delete from quotes q
       where not exists (select 1 from texts t where t.id = q.text_id and t.state = 'released')
         and q.text_id = old.id;
      return null;
    end $$;
    create constraint trigger texts_drop_lost_quotes after update of state or delete on texts
      deferrable initially deferred
      for each row execute function drop_lost_quotes()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger texts_drop_lost_quotes on texts;
    drop function drop_lost_quotes();
    drop table quotes
  `);
}
