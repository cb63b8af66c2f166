import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table audit_entries (
      id           bigint generated always as identity primary key,
      at           timestamptz not null default now(),
      actor        text not null check (actor in ('account', 'command line', 'system')),
      account_id   uuid,
      action       text not null,
      subject      text not null,
      subject_id   uuid,
      detail       jsonb not null default '{}',
      constraint audit_account_named check ((actor = 'account') = (account_id is not null))
    );
    create index audit_entries_by_subject on audit_entries (subject_id, id);

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'Rows of % cannot be changed', tg_table_name using errcode = 'integrity_constraint_violation';
    end
    $$;
    create trigger audit_entries_append_only before update or delete or truncate on audit_entries
      for each statement execute function refuse_change()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table audit_entries;
    drop function refuse_change()
  `);
}
