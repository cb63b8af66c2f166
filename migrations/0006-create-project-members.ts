import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table project_members (
      project_id uuid not null references projects,
      account_id uuid not null references accounts,
      role       text not null,
      primary key (project_id, account_id)
    );
    create index project_members_by_account on project_members (account_id)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table project_members
  `);
}
