import type { Knex } from 'knex';

// A level off the framework's scale, or of another framework's competency, would make every figure over it wrong.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create function refuse_level_off_the_scale() returns trigger language plpgsql as $$
    begin
      if not exists (
        select 1
        from frameworks f
        join competencies c on c.framework_id = f.id
        where f.id = new.framework_id
          and c.id = new.competency_id
          and f.scale @> jsonb_build_array(jsonb_build_object('level', new.level))
      ) then
        raise exception 'Level % is not on the scale of the framework', new.level
          using errcode = 'integrity_constraint_violation';
      end if;
      return new;
    end
    $$;
    create trigger required_levels_on_the_scale before insert or update on required_levels
      for each row execute function refuse_level_off_the_scale()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger required_levels_on_the_scale on required_levels;
    drop function refuse_level_off_the_scale()
  `);
}
