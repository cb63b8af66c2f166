import type { Knex } from 'knex';

// Every change of a questionnaire, with the edit that takes it back. What is undone can be done again until something else is changed.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table questionnaires
      add revision   integer not null default 0,
      add changed_at timestamptz not null default now();
    update questionnaires set changed_at = created_at;

    create table questionnaire_changes (
      id               uuid primary key default gen_random_uuid(),
      questionnaire_id uuid not null references questionnaires,
      number           integer not null,
      summary          text not null,
      edit             jsonb not null,
      inverse          jsonb not null,
      account_id       uuid references accounts,
      made_at          timestamptz not null,
      undone_at        timestamptz,
      constraint questionnaire_changes_once unique (questionnaire_id, number)
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table questionnaire_changes;
    alter table questionnaires drop revision, drop changed_at
  `);
}
