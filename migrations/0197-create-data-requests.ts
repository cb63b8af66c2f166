import type { Knex } from 'knex';

// What people ask about their own data. Who asked stands nowhere: the desk keeps the reference beside the person in its own files.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table data_requests (
      id uuid primary key default gen_random_uuid(),
      survey_id uuid not null references surveys (id),
      year smallint not null,
      number integer not null check (number >= 1),
      kind text not null
        check (kind in ('withdrawal', 'erasure', 'access', 'rectification', 'objection', 'complaint')),
      way text not null check (way in ('e-mail', 'telephone', 'letter', 'in person')),
      came_on date not null,
      due_on date not null check (due_on > came_on),
      extended boolean not null default false,
      state text not null default 'open'
        check (state in ('open', 'acknowledged', 'answered', 'refused', 'closed')),
      constraint data_requests_reference unique (year, number),
      constraint data_requests_extended check (not extended or kind <> 'complaint')
    );
    create index data_requests_by_survey on data_requests (survey_id, due_on);
    create table data_request_steps (
      id bigint generated always as identity primary key,
      request_id uuid not null references data_requests (id) on delete cascade,
      step text not null check (char_length(step) between 1 and 60),
      note text not null default '' check (char_length(note) <= 1000),
      account_id uuid references accounts (id),
      taken_at timestamptz not null
    );
    create index data_request_steps_by_request on data_request_steps (request_id, id);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table data_request_steps, data_requests');
}
