import type { Knex } from 'knex';

// A code leads to one survey or to one of its links, never to both. The rooms of surveys do not know of links, so the
// database sees to it; whoever takes a code waits for whoever is taking it.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create function code_key(code text) returns bigint language sql immutable as $$
      select hashtextextended('survey code ' || code, 0)
    $$;
    create function is_code_taken(wanted text) returns boolean language sql stable as $$
      select exists (select from surveys where code = wanted)
          or exists (select from survey_links where code = wanted)
    $$;
    create function refuse_taken_code() returns trigger language plpgsql as $$
    begin
      perform pg_advisory_xact_lock(code_key(new.code));
      if exists (select from surveys where code = new.code and tg_table_name <> 'surveys')
      or exists (select from survey_links where code = new.code and tg_table_name <> 'survey_links') then
        raise exception 'The code % is taken', new.code using errcode = 'unique_violation';
      end if;
      return new;
    end $$;
    create trigger surveys_keep_codes_apart before insert or update of code on surveys
      for each row execute function refuse_taken_code();
    create trigger survey_links_keep_codes_apart before insert or update of code on survey_links
      for each row execute function refuse_taken_code();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger survey_links_keep_codes_apart on survey_links;
    drop trigger surveys_keep_codes_apart on surveys;
    drop function refuse_taken_code();
    drop function is_code_taken(text);
    drop function code_key(text);
  `);
}
