import type { Knex } from 'knex';

// When and by which way a draft began, and how long it took, for as long as its row stays; counted when it goes.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table drafts
      add column begun_on   date,
      add column link_id    uuid references survey_links,
      add column contact_id uuid references contacts on delete set null,
      add column minutes    smallint,
      add constraint drafts_spent_without_contact check (not submitted or contact_id is null),
      add constraint drafts_shuffled_without_way check (
        not shuffled or (begun_on is null and link_id is null and minutes is null)
      );
    create index drafts_by_contact on drafts (contact_id) where contact_id is not null;
    create table survey_counts (
      survey_id uuid not null references surveys,
      kind      text not null,
      key       text not null,
      count     integer not null,
      primary key (survey_id, kind, key)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table survey_counts;
    alter table drafts
      drop column begun_on,
      drop column link_id,
      drop column contact_id,
      drop column minutes;
  `);
}
