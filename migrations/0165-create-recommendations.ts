import type { Knex } from 'knex';

// What the advisory group recommends about a report. Nothing said is ever changed: a recommendation has versions, steps of its
// status and people's answers, each a row of its own, the last of which counts.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table recommendations (
      id          uuid primary key default gen_random_uuid(),
      release_id  uuid not null references releases,
      number      integer not null check (number >= 1),
      copied_from uuid references recommendations,
      constraint recommendations_number_once unique (release_id, number),
      constraint recommendations_copied_once unique (release_id, copied_from)
    );

    create table recommendation_versions (
      recommendation_id uuid not null references recommendations,
      revision          integer not null check (revision >= 1),
      text              text not null check (char_length(text) between 1 and 5000),
      gaps              jsonb not null check (jsonb_typeof(gaps) = 'array' and jsonb_array_length(gaps) <= 20),
      route             text not null check (route in ('pre-registration', 'workplace', 'commissioning', 'role design')),
      priority          text not null check (priority in ('high', 'medium', 'low')),
      owner             text not null default '' check (char_length(owner) <= 200),
      due_on            date,
      restored_from     integer check (restored_from >= 1),
      made_by           uuid not null references accounts,
      made_at           timestamptz not null,
      primary key (recommendation_id, revision)
    );

    create table recommendation_steps (
      recommendation_id uuid not null references recommendations,
      place             integer not null check (place >= 1),
      status            text not null
                        check (status in ('draft', 'under discussion', 'agreed', 'done', 'rejected', 'withdrawn')),
      revision          integer not null check (revision >= 1),
      reason            text not null default '' check (char_length(reason) <= 1000),
      set_by            uuid not null references accounts,
      set_at            timestamptz not null,
      primary key (recommendation_id, place)
    );

    create table recommendation_answers (
      recommendation_id uuid not null references recommendations,
      place             integer not null check (place >= 1),
      account_id        uuid not null references accounts,
      revision          integer not null check (revision >= 1),
      answer            text not null check (answer in ('agree', 'disagree')),
      reason            text not null default '' check (char_length(reason) <= 2000),
      answered_at       timestamptz not null,
      primary key (recommendation_id, place),
      constraint recommendation_answers_dissent_has_reason check (answer = 'agree' or reason <> '')
    );

    create table advisory_chairs (
      release_id uuid primary key references releases,
      account_id uuid not null references accounts,
      named_by   uuid not null references accounts,
      named_at   timestamptz not null
    );

    create trigger recommendations_append_only before update or delete or truncate on recommendations
      for each statement execute function refuse_change();
    create trigger recommendation_versions_append_only before update or delete or truncate on recommendation_versions
      for each statement execute function refuse_change();
    create trigger recommendation_steps_append_only before update or delete or truncate on recommendation_steps
      for each statement execute function refuse_change();
    create trigger recommendation_answers_append_only before update or delete or truncate on recommendation_answers
      for each statement execute function refuse_change();
    create trigger advisory_chairs_kept before truncate on advisory_chairs
      for each statement execute function refuse_change()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table advisory_chairs, recommendation_answers, recommendation_steps, recommendation_versions, recommendations
  `);
}
