import type { Knex } from 'knex';

// The English each translation was made from. What a translation says is part of what names it, so that an older one,
// brought back by undoing, is compared with its own English.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table questionnaire_translations (
      questionnaire_id uuid not null references questionnaires,
      language         text not null,
      key              text not null,
      translation      text not null,
      source           text not null,
      made_at          timestamptz not null,
      account_id       uuid references accounts
    );
    create unique index questionnaire_translations_once
      on questionnaire_translations (questionnaire_id, language, md5(key), md5(translation))
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table questionnaire_translations');
}
