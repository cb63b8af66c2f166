import type { Knex } from 'knex';

// What people edit needs a guard: no two terms of a vocabulary read alike, and codes that begin with own_ are left to
// the projects. The revision counts the edits of a term; at 0 it is as it was shipped.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table vocabulary_terms
      add revision integer not null default 0,
      add constraint vocabulary_terms_label_length check (length(label) <= 120),
      add constraint vocabulary_terms_code_not_own check (not starts_with(code, 'own_')),
      add constraint vocabulary_terms_end_after_start check (valid_to >= valid_from);
    create unique index vocabulary_terms_label_once on vocabulary_terms (vocabulary, lower(label))
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index vocabulary_terms_label_once;
    alter table vocabulary_terms
      drop constraint vocabulary_terms_end_after_start,
      drop constraint vocabulary_terms_code_not_own,
      drop constraint vocabulary_terms_label_length,
      drop revision
  `);
}
