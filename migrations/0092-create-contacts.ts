import type { Knex } from 'knex';

// People to invite. Whether one has answered stands in a table of its own, which nothing refers to, so that its rows can
// be written anew in an order that tells nothing. What a list says of somebody's work is counted and never kept.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table contacts (
      id           uuid primary key default gen_random_uuid(),
      survey_id    uuid not null references surveys,
      email        text not null,
      address_hash bytea not null,
      name         text not null default '',
      language     text not null default 'en',
      state        text not null default 'active',
      added_on     date not null,
      constraint contacts_email check (email like '%_@_%' and char_length(email) <= 254),
      constraint contacts_name check (char_length(name) <= 120),
      constraint contacts_state check (state in ('active', 'withdrawn', 'refused', 'bounced', 'complained')),
      constraint contacts_once unique (survey_id, address_hash)
    );
    create table invitations (
      contact_id uuid primary key references contacts on delete cascade,
      survey_id  uuid not null references surveys,
      link_id    uuid references survey_links,
      answered   boolean not null default false,
      shuffled   boolean not null default false,
      constraint invitations_answered_without_link check (not answered or link_id is null),
      constraint invitations_shuffled_answered check (not shuffled or answered)
    );
    create index invitations_by_survey on invitations (survey_id) where not answered;
    create index invitations_unshuffled on invitations (survey_id) where answered and not shuffled;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table invitations;
    drop table contacts;
  `);
}
