import type { Knex } from 'knex';

// Professions have a staff group; a board lies in a region, and a setting usually in a sector.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table vocabulary_terms
      add staff_group text check (staff_group <> ''),
      add parent      text check (parent <> '')
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table vocabulary_terms
      drop staff_group,
      drop parent
  `);
}
