import type { Knex } from 'knex';

// Which texts a release counted, and under which themes: what the next one is compared with. No reader's page reads it.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table release_text_counts (
      release_id uuid not null references releases on delete cascade,
      question   text not null,
      texts      jsonb not null,
      primary key (release_id, question)
    );
    create trigger release_text_counts_frozen before insert or update or delete on release_text_counts
      for each row execute function refuse_change_of_release_row();
    create trigger release_text_counts_kept before truncate on release_text_counts
      for each statement execute function refuse_change_of_release()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table release_text_counts');
}
