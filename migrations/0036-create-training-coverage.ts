import type { Knex } from 'knex';

// The level an offer brings people to. By the competency's lineage, so that the map carries over to the next version of
// a framework and can still be drawn when a version is published. A level that is not on the scale of a framework of
// the project that holds the competency would count as reaching what it does not.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table training_coverage (
      offer_id   uuid not null references training_offers on delete cascade,
      lineage_id uuid not null,
      level      smallint not null check (level > 0),
      primary key (offer_id, lineage_id)
    );
    create index training_coverage_by_lineage on training_coverage (lineage_id);
    create index competencies_by_lineage on competencies (lineage_id);

    create function refuse_coverage_off_the_scale() returns trigger language plpgsql as $$
    begin
      if exists (
        select 1
        from written w
        join training_offers o on o.id = w.offer_id
        where not exists (
          select 1
          from competencies c
          join frameworks f on f.id = c.framework_id
          where c.lineage_id = w.lineage_id
            and f.project_id = o.project_id
            and f.scale @> jsonb_build_array(jsonb_build_object('level', w.level))
        )
      ) then
        raise exception 'A level is not on the scale of a framework of the project'
          using errcode = 'integrity_constraint_violation';
      end if;
      return null;
    end
    $$;
    create trigger training_coverage_inserted after insert on training_coverage
      referencing new table as written for each statement execute function refuse_coverage_off_the_scale();
    create trigger training_coverage_updated after update on training_coverage
      referencing new table as written for each statement execute function refuse_coverage_off_the_scale()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table training_coverage;
    drop function refuse_coverage_off_the_scale();
    drop index competencies_by_lineage
  `);
}
