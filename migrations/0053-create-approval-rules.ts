import type { Knex } from 'knex';

// What a project asks for before a subject is published: how many approvals, and whose among them. No row asks for none.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table approval_rules (
      subject_kind text not null check (subject_kind <> ''),
      subject_id   uuid not null,
      needed       smallint not null check (needed between 0 and 10),
      primary key (subject_kind, subject_id)
    );
    create table required_approvers (
      subject_kind text not null,
      subject_id   uuid not null,
      account_id   uuid not null references accounts,
      primary key (subject_kind, subject_id, account_id),
      constraint required_approvers_of_a_rule foreign key (subject_kind, subject_id)
        references approval_rules on delete cascade
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table required_approvers;
    drop table approval_rules
  `);
}
