import type { Knex } from 'knex';

// Who coordinates which of the organisations that a project's surveys ask about, by its code in the vocabulary.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table project_coordinators (
      project_id   uuid not null references projects,
      account_id   uuid not null,
      organisation text not null,
      primary key (project_id, account_id),
      constraint project_coordinators_member foreign key (project_id, account_id)
        references project_members on delete cascade,
      constraint project_coordinators_organisation check (organisation <> '')
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table project_coordinators
  `);
}
