import type { Knex } from 'knex';

// Which of the platform's terms a project uses: null, and every project without a row, stands for all of them.
// `former` is the pick before the last one, kept while that can be undone.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table project_vocabularies (
      project_id uuid not null references projects,
      vocabulary text not null,
      picked     text[],
      former     text[],
      undoable   boolean not null default false,
      revision   integer not null default 0,
      primary key (project_id, vocabulary)
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table project_vocabularies
  `);
}
