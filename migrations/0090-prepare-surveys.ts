import type { Knex } from 'knex';

// A survey is prepared, tried and then launched. Until then its promise may change, and nobody answers it.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table surveys
      add column launched_at   timestamptz,
      add column trial_of      uuid references surveys,
      add column series        text not null default '',
      add column wave          integer,
      add column audience      jsonb not null default '{}',
      add column population_id uuid references populations,
      add column reminders     integer not null default 2,
      add column reminder_days integer not null default 7,
      add constraint surveys_trial_of_another check (trial_of <> id),
      add constraint surveys_series_length check (char_length(series) <= 120),
      add constraint surveys_wave_of_series check ((series = '') = (wave is null)),
      add constraint surveys_wave check (wave between 1 and 1000),
      add constraint surveys_reminders check (reminders between 0 and 5),
      add constraint surveys_reminder_days check (reminder_days between 3 and 60);
    update surveys set launched_at = opens_at;
    create unique index surveys_wave_once on surveys (project_id, lower(series), wave) where trial_of is null;
    create index surveys_by_trial on surveys (trial_of) where trial_of is not null;

    drop trigger surveys_keep_their_promise on surveys;
    create trigger surveys_keep_their_promise before update on surveys
      for each row when (old.launched_at is not null and
                         (old.promise <> new.promise or
                          old.questionnaire_version_id <> new.questionnaire_version_id))
      execute function refuse_change_of_promise();
    create function refuse_unlaunching() returns trigger language plpgsql as $$
    begin
      raise exception 'A launched survey stays launched';
    end $$;
    create trigger surveys_stay_launched before update on surveys
      for each row when (old.launched_at is not null and new.launched_at is distinct from old.launched_at)
      execute function refuse_unlaunching();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    delete from surveys where launched_at is null;
    drop trigger surveys_stay_launched on surveys;
    drop function refuse_unlaunching();
    drop trigger surveys_keep_their_promise on surveys;
    create trigger surveys_keep_their_promise before update on surveys
      for each row when (old.promise <> new.promise or
                         old.questionnaire_version_id <> new.questionnaire_version_id)
      execute function refuse_change_of_promise();
    alter table surveys
      drop column launched_at,
      drop column trial_of,
      drop column series,
      drop column wave,
      drop column audience,
      drop column population_id,
      drop column reminders,
      drop column reminder_days;
  `);
}
