import type { Knex } from 'knex';

// Only people who are named for a survey see what its texts said before they were masked. And whoever writes is told where to turn, as nobody can act
// on what is written.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table text_redactors (
      survey_id  uuid not null references surveys,
      account_id uuid not null references accounts on delete cascade,
      primary key (survey_id, account_id)
    );
    alter table surveys
      add column where_to_turn text not null default '' check (char_length(where_to_turn) <= 500)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table surveys drop column where_to_turn;
    drop table text_redactors
  `);
}
