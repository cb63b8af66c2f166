import type { Knex } from 'knex';

// Languages a questionnaire is to be translated into, also before the first word of them is there.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table questionnaire_languages (
      questionnaire_id uuid not null references questionnaires,
      language         text not null,
      added_at         timestamptz not null,
      account_id       uuid references accounts,
      primary key (questionnaire_id, language)
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table questionnaire_languages');
}
