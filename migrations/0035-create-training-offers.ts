import type { Knex } from 'knex';

// What training a project knows of. An empty audience is everybody, no regions are everywhere; a cost of nothing said is
// not known, which is not free. (`{0,1}` because a question mark would be taken for a binding.)
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table training_offers (
      id          uuid primary key default gen_random_uuid(),
      project_id  uuid not null references projects,
      title       text not null,
      provider    text not null,
      kind        text not null,
      hours       numeric(7, 2),
      mode        text not null,
      cost_pounds numeric(9, 2),
      places      integer,
      url         text not null default '',
      status      text not null,
      professions text[] not null default '{}',
      regions     text[] not null default '{}',
      revision    integer not null default 1,
      created_at  timestamptz not null default now(),
      archived_at timestamptz,
      constraint training_offers_title_length check (char_length(title) between 1 and 200),
      constraint training_offers_provider_length check (char_length(provider) between 1 and 200),
      constraint training_offers_kind check (kind in ('pre-registration', 'workplace', 'course', 'e-learning')),
      constraint training_offers_mode check (
        mode in ('in person', 'online live', 'online self-paced', 'blended', 'on the job')
      ),
      constraint training_offers_status check (status in ('existing', 'planned')),
      constraint training_offers_hours check (hours between 0 and 10000),
      constraint training_offers_cost check (cost_pounds between 0 and 1000000),
      constraint training_offers_places check (places between 0 and 1000000),
      constraint training_offers_url check (url = '' or (url ~* '^https{0,1}://' and char_length(url) <= 2000)),
      constraint training_offers_audience check (
        array_position(professions, null) is null and array_position(regions, null) is null
      )
    );
    create index training_offers_by_project on training_offers (project_id)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table training_offers
  `);
}
