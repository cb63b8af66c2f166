import type { Knex } from 'knex';

// Findings of the checks that somebody has set aside, with the reason. The key stands for the rule, the place and the words that
// were judged, so that another wording is judged anew.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table check_dismissals (
      questionnaire_id uuid not null references questionnaires on delete cascade,
      key              text not null,
      reason           text not null,
      account_id       uuid references accounts,
      set_aside_at     timestamptz not null,
      primary key (questionnaire_id, key),
      constraint check_dismissals_reason check (reason <> '')
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table check_dismissals
  `);
}
