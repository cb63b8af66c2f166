import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table required_levels (
      framework_id  uuid not null references frameworks,
      competency_id uuid not null references competencies,
      profession    text,
      tier          text,
      setting       text,
      level         smallint not null check (level >= 0),
      constraint required_levels_once unique nulls not distinct (competency_id, profession, tier, setting),
      constraint required_levels_profession_or_tier check (profession is null or tier is null)
    );
    create index required_levels_by_framework on required_levels (framework_id)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table required_levels
  `);
}
