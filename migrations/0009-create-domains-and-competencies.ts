import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table domains (
      id           uuid primary key default gen_random_uuid(),
      framework_id uuid not null references frameworks,
      parent_id    uuid references domains,
      code         text not null,
      title        text not null,
      description  text not null default '',
      position     integer not null,
      constraint domains_code_once unique (framework_id, code)
    );
    create table competencies (
      id           uuid primary key default gen_random_uuid(),
      framework_id uuid not null references frameworks,
      domain_id    uuid not null references domains,
      lineage_id   uuid not null default gen_random_uuid(),
      code         text not null,
      title        text not null,
      description  text not null default '',
      hint         text not null default '',
      tags         text[] not null default '{}',
      optional     boolean not null default false,
      position     integer not null,
      constraint competencies_code_once unique (framework_id, code)
    );
    create index competencies_by_domain on competencies (domain_id)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table competencies;
    drop table domains
  `);
}
