import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create function refuse_change_of_published_framework() returns trigger language plpgsql as $$
    declare
      changed uuid := case when tg_op = 'DELETE' then old.framework_id else new.framework_id end;
    begin
      if exists (select 1 from frameworks f where f.id = changed and f.published_at is not null) then
        raise exception 'A published framework cannot be changed' using errcode = 'integrity_constraint_violation';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end
    $$;
    create trigger domains_frozen before insert or update or delete on domains
      for each row execute function refuse_change_of_published_framework();
    create trigger competencies_frozen before insert or update or delete on competencies
      for each row execute function refuse_change_of_published_framework();
    create trigger required_levels_frozen before insert or update or delete on required_levels
      for each row execute function refuse_change_of_published_framework();

    create function refuse_change_of_published_row() returns trigger language plpgsql as $$
    begin
      raise exception 'A published % cannot be changed', tg_argv[0] using errcode = 'integrity_constraint_violation';
    end
    $$;
    create trigger frameworks_frozen before update or delete on frameworks
      for each row when (old.published_at is not null)
      execute function refuse_change_of_published_row('framework')
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger frameworks_frozen on frameworks;
    drop function refuse_change_of_published_row();
    drop trigger required_levels_frozen on required_levels;
    drop trigger competencies_frozen on competencies;
    drop trigger domains_frozen on domains;
    drop function refuse_change_of_published_framework()
  `);
}
