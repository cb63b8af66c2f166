import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table accounts (
      id            uuid primary key default gen_random_uuid(),
      email         text not null check (email = lower(email) and email like '%_@_%'),
      role          text not null,
      password_hash text,
      created_at    timestamptz not null default now(),
      constraint accounts_email_once unique (email)
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table accounts
  `);
}
