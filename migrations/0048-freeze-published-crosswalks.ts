import type { Knex } from 'knex';

const tables = ['crosswalk_sources', 'crosswalk_links', 'crosswalk_omissions'];

// Rows are made, ended and deleted in a draft of the master only; nothing else of a row ever changes.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create function refuse_change_of_published_crosswalk() returns trigger language plpgsql as $$
    declare
      touched uuid[] := case tg_op
        when 'INSERT' then array[new.made_in, new.ended_in]
        when 'DELETE' then array[old.made_in]
        else array[old.ended_in, new.ended_in]
      end;
    begin
      if tg_op = 'UPDATE' and to_jsonb(new) - 'ended_in' <> to_jsonb(old) - 'ended_in' then
        raise exception 'Rows of % can only end', tg_table_name using errcode = 'integrity_constraint_violation';
      end if;
      if exists (select 1 from frameworks f where f.id = any (touched) and f.published_at is not null) then
        raise exception 'The crosswalk of a published framework cannot be changed'
          using errcode = 'integrity_constraint_violation';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end
    $$;
    ${tables
      .map(
        (table) => `
    create trigger ${table}_frozen before insert or update or delete on ${table}
      for each row execute function refuse_change_of_published_crosswalk();
    create trigger ${table}_not_truncated before truncate on ${table}
      for each statement execute function refuse_change()`,
      )
      .join(';')}
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    ${tables
      .map(
        (table) =>
          `drop trigger ${table}_not_truncated on ${table}; drop trigger ${table}_frozen on ${table}`,
      )
      .join(';')};
    drop function refuse_change_of_published_crosswalk()
  `);
}
