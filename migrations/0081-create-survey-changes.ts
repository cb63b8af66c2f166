import type { Knex } from 'knex';

// When a survey closes, and who moved that and why.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table survey_changes (
      id            uuid primary key default gen_random_uuid(),
      survey_id     uuid not null references surveys,
      closed_before timestamptz not null,
      closes_after  timestamptz not null,
      kind          text not null,
      reason        text not null,
      account_id    uuid references accounts,
      made_at       timestamptz not null,
      constraint survey_changes_kind check (kind in ('closed', 'shortened', 'extended', 're-opened')),
      constraint survey_changes_reason check (reason <> ''),
      constraint survey_changes_move check (closed_before <> closes_after)
    );
    create index survey_changes_by_survey on survey_changes (survey_id, made_at);
    create trigger survey_changes_append_only before update or delete or truncate on survey_changes
      for each statement execute function refuse_change();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table survey_changes
  `);
}
