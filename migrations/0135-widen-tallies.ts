import type { Knex } from 'knex';

// Sums of products outgrow 32 bits where scales have many steps and strata many people. Long scales are counted otherwise by now, so all answers
// are counted once more, by the workers, from the beginning.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    delete from tallies;
    update responses set folded = false where folded;
    alter table tallies alter column counts type bigint[];
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    delete from tallies;
    update responses set folded = false where folded;
    alter table tallies alter column counts type integer[];
  `);
}
