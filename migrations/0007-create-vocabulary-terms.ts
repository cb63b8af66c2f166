import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table vocabulary_terms (
      vocabulary text not null,
      code       text not null check (code <> ''),
      label      text not null check (label <> ''),
      position   integer not null,
      tier       text,
      valid_from date,
      valid_to   date,
      successors text[] not null default '{}',
      primary key (vocabulary, code)
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table vocabulary_terms
  `);
}
