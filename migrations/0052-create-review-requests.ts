import type { Knex } from 'knex';

// Somebody is asked to review a subject, and answers once, for the state they saw. To ask again is a new request.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table review_requests (
      id           uuid primary key default gen_random_uuid(),
      subject_kind text not null check (subject_kind <> ''),
      subject_id   uuid not null,
      account_id   uuid not null references accounts,
      asked_by     uuid not null references accounts,
      asked_at     timestamptz not null,
      note         text not null default '' check (char_length(note) <= 1000),
      due_on       date,
      withdrawn_at timestamptz,
      answered_at  timestamptz,
      answer       text check (answer in ('approved', 'changes asked')),
      reason       text not null default '' check (char_length(reason) <= 5000),
      revision     text,
      constraint review_requests_answered_whole check (
        (answered_at is null) = (answer is null) and (answered_at is null) = (revision is null)
      ),
      constraint review_requests_answered_or_withdrawn check (answered_at is null or withdrawn_at is null),
      constraint review_requests_reason_given check (answer is distinct from 'changes asked' or reason <> ''),
      constraint review_requests_of_a_state foreign key (subject_kind, subject_id, revision)
        references discussion_states
    );
    create index review_requests_by_subject on review_requests (subject_kind, subject_id);
    create unique index review_requests_open_once on review_requests (subject_kind, subject_id, account_id)
      where answered_at is null and withdrawn_at is null;
    create index review_requests_open_by_account on review_requests (account_id)
      where answered_at is null and withdrawn_at is null
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table review_requests
  `);
}
