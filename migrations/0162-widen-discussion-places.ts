import type { Knex } from 'knex';

// A figure of a report is named by its item and by a code of each dimension, which are longer than the names of questions.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table discussion_threads
      drop constraint discussion_threads_place_check,
      add constraint discussion_threads_place_check check (char_length(place) <= 1000)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table discussion_threads
      drop constraint discussion_threads_place_check,
      add constraint discussion_threads_place_check check (char_length(place) <= 200)
  `);
}
