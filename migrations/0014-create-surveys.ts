import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table surveys (
      id                       uuid primary key default gen_random_uuid(),
      project_id               uuid not null references projects,
      questionnaire_version_id uuid not null references questionnaire_versions,
      code                     text not null check (code ~ '^[A-Z0-9]{4,20}$'),
      name                     text not null check (name <> ''),
      promise                  text not null check (promise in ('anonymous', 'confidential')),
      threshold                integer not null default 11 check (threshold between 8 and 30),
      dimensions               text[] not null,
      opens_at                 timestamptz not null,
      closes_at                timestamptz not null,
      simulated                boolean not null default false,
      created_at               timestamptz not null default now(),
      constraint surveys_code_once unique (code),
      constraint surveys_close_after_opening check (closes_at >= opens_at)
    );
    create index surveys_by_project on surveys (project_id);

    create function refuse_change_of_promise() returns trigger language plpgsql as $$
    begin
      raise exception 'What a survey promises cannot be changed' using errcode = 'integrity_constraint_violation';
    end
    $$;
    create trigger surveys_keep_their_promise before update on surveys
      for each row when (old.promise <> new.promise or old.questionnaire_version_id <> new.questionnaire_version_id)
      execute function refuse_change_of_promise()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table surveys;
    drop function refuse_change_of_promise()
  `);
}
