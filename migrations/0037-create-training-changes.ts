import type { Knex } from 'knex';

// What was done to training offers, so that it can be undone and two editors can be told of each other. `before` is the
// offer as it was, null where the change made it; `levels` holds, for each competency changed, the level before.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table training_changes (
      id         uuid primary key default gen_random_uuid(),
      project_id uuid not null references projects,
      kind       text not null,
      account_id uuid references accounts,
      made_at    timestamptz not null,
      import_id  uuid references staged_imports on delete set null,
      undone_at  timestamptz,
      constraint training_changes_kind check (kind in ('details', 'archive', 'teaches', 'import', 'undo'))
    );
    create index training_changes_by_import on training_changes (import_id);
    create table training_offer_changes (
      change_id uuid not null references training_changes on delete cascade,
      offer_id  uuid not null references training_offers on delete cascade,
      revision  integer not null,
      before    jsonb,
      levels    jsonb not null,
      primary key (change_id, offer_id),
      constraint training_offer_changes_revision_once unique (offer_id, revision)
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table training_offer_changes;
    drop table training_changes
  `);
}
