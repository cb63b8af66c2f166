import type { Knex } from 'knex';

// A row could leave a published framework by being given to a draft: only the framework it went to was asked.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create or replace function refuse_change_of_published_framework() returns trigger language plpgsql as $$
    begin
      if exists (
        select 1
        from frameworks f
        where f.published_at is not null
          and ((tg_op <> 'INSERT' and f.id = old.framework_id) or (tg_op <> 'DELETE' and f.id = new.framework_id))
      ) then
        raise exception 'A published framework cannot be changed' using errcode = 'integrity_constraint_violation';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end
    $$
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    create or replace function refuse_change_of_published_framework() returns trigger language plpgsql as $$
    declare
      changed uuid := case when tg_op = 'DELETE' then old.framework_id else new.framework_id end;
    begin
      if exists (select 1 from frameworks f where f.id = changed and f.published_at is not null) then
        raise exception 'A published framework cannot be changed' using errcode = 'integrity_constraint_violation';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end
    $$
  `);
}
