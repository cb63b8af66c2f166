import type { Knex } from 'knex';

// Tallies hold pairs of ratings and the sums that scales are judged by, besides single answers; so all answers are counted once more, by the
// workers, from the beginning. And how many were ever taken out of a stratum: two releases need to know of every change between them.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    delete from tallies;
    update responses set folded = false where folded;
    alter table tallies
      add column withdrawn integer not null default 0,
      add constraint tallies_withdrawn check (withdrawn >= 0);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    delete from tallies;
    update responses set folded = false where folded;
    alter table tallies drop column withdrawn;
  `);
}
