import type { Knex } from 'knex';

// People are told how small a group may be shown, and answer on that. It stays as it was, like the promise it belongs to.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create function refuse_change_of_groups() returns trigger language plpgsql as $$
    begin
      raise exception 'The smallest group and the breakdown of a launched survey cannot be changed'
        using errcode = 'integrity_constraint_violation';
    end $$;
    create trigger surveys_keep_their_groups before update on surveys
      for each row when (old.launched_at is not null and
                         (old.threshold <> new.threshold or old.dimensions <> new.dimensions))
      execute function refuse_change_of_groups();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger surveys_keep_their_groups on surveys;
    drop function refuse_change_of_groups();
  `);
}
