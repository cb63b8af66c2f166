import type { Knex } from 'knex';

// What stands in a report besides figures: the training there was, and what people wrote. Frozen with them.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table release_parts (
      release_id uuid not null references releases on delete cascade,
      part       text not null check (part in ('training', 'texts')),
      content    jsonb not null,
      primary key (release_id, part)
    );
    create trigger release_parts_frozen before insert or update or delete on release_parts
      for each row execute function refuse_change_of_release_row();
    create trigger release_parts_kept before truncate on release_parts
      for each statement execute function refuse_change_of_release()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table release_parts');
}
