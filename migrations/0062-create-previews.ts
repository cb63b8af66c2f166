import type { Knex } from 'knex';

// Test answers of somebody who looks at a questionnaire as respondents will. They stand apart from every response: nothing that counts reads this table.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table previews (
      questionnaire_id uuid not null references questionnaires,
      account_id       uuid not null references accounts on delete cascade,
      language         text not null,
      draw             integer not null,
      answers          jsonb not null default '{}',
      passed           text[] not null default '{}',
      revision         integer not null default 0,
      submitted        boolean not null default false,
      touched_on       date not null,
      primary key (questionnaire_id, account_id)
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table previews
  `);
}
