import type { Knex } from 'knex';

// A survey keeps the version it was opened on, except for corrections: each is on record before the survey follows it.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table corrections (
      id              uuid primary key default gen_random_uuid(),
      survey_id       uuid not null references surveys,
      from_version_id uuid not null references questionnaire_versions,
      to_version_id   uuid not null references questionnaire_versions,
      changes         jsonb not null,
      reason          text not null check (reason <> ''),
      account_id      uuid references accounts,
      made_at         timestamptz not null,
      constraint corrections_once unique (survey_id, to_version_id),
      constraint corrections_lead_on check (from_version_id <> to_version_id)
    );
    create trigger corrections_append_only before update or delete or truncate on corrections
      for each statement execute function refuse_change();

    create or replace function refuse_change_of_promise() returns trigger language plpgsql as $$
    begin
      if old.promise = new.promise and exists (
        select 1
          from corrections c
         where c.survey_id = new.id
           and c.from_version_id = old.questionnaire_version_id
           and c.to_version_id = new.questionnaire_version_id
      ) then
        return new;
      end if;
      raise exception 'What a survey promises cannot be changed' using errcode = 'integrity_constraint_violation';
    end
    $$
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    create or replace function refuse_change_of_promise() returns trigger language plpgsql as $$
    begin
      raise exception 'What a survey promises cannot be changed' using errcode = 'integrity_constraint_violation';
    end
    $$;
    drop table corrections
  `);
}
