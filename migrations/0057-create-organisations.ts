import type { Knex } from 'knex';

// Who runs projects. What exists belongs to the first one, which an administrator can rename.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table organisations (
      id         uuid primary key default gen_random_uuid(),
      name       text not null check (length(name) between 1 and 120),
      created_at timestamptz not null default now()
    );
    create unique index organisations_name_once on organisations (lower(name));
    insert into organisations (name) values ('Our organisation')
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table organisations
  `);
}
