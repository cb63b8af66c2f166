import type { Knex } from 'knex';

// What people say to each other about a subject: a questionnaire, later a report. `place` is a part of it by name, and is
// empty for the whole. What was said stays as it was said; its author may take it back, which leaves a mark.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table discussion_threads (
      id           uuid primary key default gen_random_uuid(),
      subject_kind text not null check (subject_kind <> ''),
      subject_id   uuid not null,
      place        text not null default '' check (char_length(place) <= 200),
      place_title  text not null default '' check (char_length(place_title) <= 300),
      started_by   uuid not null references accounts,
      started_at   timestamptz not null,
      resolved_by  uuid references accounts,
      resolved_at  timestamptz,
      constraint discussion_threads_resolved_by_somebody check ((resolved_by is null) = (resolved_at is null))
    );
    create index discussion_threads_by_subject on discussion_threads (subject_kind, subject_id);

    create table discussion_comments (
      id           uuid primary key default gen_random_uuid(),
      thread_id    uuid not null references discussion_threads,
      author_id    uuid not null references accounts,
      text         text not null,
      written_at   timestamptz not null,
      withdrawn_at timestamptz,
      constraint discussion_comments_text check (
        case when withdrawn_at is null then char_length(text) between 1 and 5000 else text = '' end
      )
    );
    create index discussion_comments_by_thread on discussion_comments (thread_id, written_at);

    create function refuse_change_of_comment() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and old.withdrawn_at is null and new.withdrawn_at is not null
        and (new.id, new.thread_id, new.author_id, new.written_at)
          = (old.id, old.thread_id, old.author_id, old.written_at) then
        return new;
      end if;
      raise exception 'A comment cannot be changed' using errcode = 'integrity_constraint_violation';
    end
    $$;
    create trigger discussion_comments_append_only before update or delete on discussion_comments
      for each row execute function refuse_change_of_comment();
    create trigger discussion_comments_kept before truncate on discussion_comments
      for each statement execute function refuse_change()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table discussion_comments;
    drop function refuse_change_of_comment();
    drop table discussion_threads
  `);
}
