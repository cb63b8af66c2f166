import type { Knex } from 'knex';

// A lineage follows a domain or competency from version to version; a framework holds each once. Codes may change
// places within a transaction, so they are compared at its end.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table domains
      add column lineage_id uuid not null default gen_random_uuid(),
      add constraint domains_lineage_once unique (framework_id, lineage_id),
      add constraint domains_title_once unique nulls not distinct (framework_id, parent_id, title)
        deferrable initially deferred,
      drop constraint domains_code_once,
      add constraint domains_code_once unique (framework_id, code) deferrable initially deferred;
    alter table competencies
      add column descriptors jsonb not null default '{}',
      add constraint competencies_lineage_once unique (framework_id, lineage_id),
      drop constraint competencies_code_once,
      add constraint competencies_code_once unique (framework_id, code) deferrable initially deferred
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table competencies
      drop constraint competencies_code_once,
      add constraint competencies_code_once unique (framework_id, code),
      drop constraint competencies_lineage_once,
      drop column descriptors;
    alter table domains
      drop constraint domains_code_once,
      add constraint domains_code_once unique (framework_id, code),
      drop constraint domains_title_once,
      drop constraint domains_lineage_once,
      drop column lineage_id
  `);
}
