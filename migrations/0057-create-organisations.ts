import type { Knex } from 'knex';

// Who runs projects. What exists belongs to the first one, which is called as the installation is.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table organisations (
      id         uuid primary key default gen_random_uuid(),
      name       text not null check (length(name) between 1 and 120),
      created_at timestamptz not null default now()
    );
    create unique index organisations_name_once on organisations (lower(name))
  `);
  const name = process.env.ORGANISATION_NAME?.trim().slice(0, 120) || 'Our organisation';
  await db('organisations').insert({ name });
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table organisations
  `);
}
