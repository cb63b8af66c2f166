import type { Knex } from 'knex';

// `revision` counts the changes of a draft. `words` are the framework's own for domain and competency. Of a published
// framework only its retirement may change.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table frameworks
      add column identifier     uuid not null default gen_random_uuid(),
      add column words          jsonb not null default '{}',
      add column revision       integer not null default 0,
      add column changed_at     timestamptz not null default now(),
      add column retired_at     timestamptz,
      add column retired_reason text,
      add constraint frameworks_version_once unique (lineage_id, version),
      add constraint frameworks_retired_with_a_reason check (
        (retired_at is null and retired_reason is null)
        or (retired_at is not null and retired_reason <> '' and published_at is not null)
      );
    create unique index frameworks_one_draft on frameworks (lineage_id) where published_at is null;

    create function refuse_change_of_published_framework_row() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and to_jsonb(new) - array['retired_at', 'retired_reason']
                            = to_jsonb(old) - array['retired_at', 'retired_reason'] then
        return new;
      end if;
      raise exception 'A published framework cannot be changed' using errcode = 'integrity_constraint_violation';
    end
    $$;
    drop trigger frameworks_frozen on frameworks;
    create trigger frameworks_frozen before update or delete on frameworks
      for each row when (old.published_at is not null)
      execute function refuse_change_of_published_framework_row()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger frameworks_frozen on frameworks;
    create trigger frameworks_frozen before update or delete on frameworks
      for each row when (old.published_at is not null)
      execute function refuse_change_of_published_row('framework');
    drop function refuse_change_of_published_framework_row();
    drop index frameworks_one_draft;
    alter table frameworks
      drop constraint frameworks_retired_with_a_reason,
      drop constraint frameworks_version_once,
      drop column retired_reason,
      drop column retired_at,
      drop column changed_at,
      drop column revision,
      drop column words,
      drop column identifier
  `);
}
