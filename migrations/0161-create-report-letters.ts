import type { Knex } from 'knex';

// E-mails about a report, each written down before it is sent: once for each person and occasion. No letter's words stand
// here, only what it is about.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table report_letters (
      id            uuid primary key,
      release_id    uuid not null references releases,
      kind          text not null,
      recipient     text not null,
      occasion      text not null,
      content       jsonb not null,
      state         text not null default 'waiting',
      attempts      integer not null default 0,
      made_at       timestamptz not null,
      due_at        timestamptz not null,
      claimed_until timestamptz,
      fault         text not null default '',
      sent_at       timestamptz,
      constraint report_letters_once unique (release_id, recipient, occasion),
      constraint report_letters_state check (
        state in ('waiting', 'handing over', 'sent', 'kept', 'failed', 'bounced', 'in doubt', 'left out')
      ),
      constraint report_letters_claim check ((claimed_until is not null) = (state = 'handing over')),
      constraint report_letters_sent check ((sent_at is not null) = (state in ('sent', 'kept')))
    );
    create index report_letters_due on report_letters (due_at) where state = 'waiting';
    create index report_letters_begun on report_letters (claimed_until) where state = 'handing over'
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table report_letters
  `);
}
