import type { Knex } from 'knex';

// The columns of a skills matrix, whether or not any level is required in them. Those of the frameworks there are follow
// from their levels, in the order of the competencies; the trigger comes after, for published frameworks get theirs too.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table matrix_columns (
      framework_id uuid not null references frameworks,
      profession   text,
      tier         text,
      setting      text,
      position     integer not null,
      constraint matrix_columns_once unique nulls not distinct (framework_id, profession, tier, setting),
      constraint matrix_columns_profession_or_tier check (profession is null or tier is null)
    );
    insert into matrix_columns (framework_id, profession, tier, setting, position)
    select r.framework_id, r.profession, r.tier, r.setting,
           row_number() over (
             partition by r.framework_id
             order by min(c.position), r.profession nulls first, r.tier nulls first, r.setting nulls first
           ) - 1
    from required_levels r
    join competencies c on c.id = r.competency_id
    group by r.framework_id, r.profession, r.tier, r.setting;
    create trigger matrix_columns_frozen before insert or update or delete on matrix_columns
      for each row execute function refuse_change_of_published_framework()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table matrix_columns
  `);
}
