import type { Knex } from 'knex';

// What is written to whom. A message stands here before it is sent, and once only for each person, kind and round.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table mailings (
      id         uuid primary key default gen_random_uuid(),
      survey_id  uuid not null references surveys,
      kind       text not null,
      round      integer not null,
      state      text not null default 'running',
      why        text not null default '',
      texts      jsonb not null,
      account_id uuid references accounts,
      made_at    timestamptz not null,
      ended_at   timestamptz,
      constraint mailings_kind check (kind in ('invitation', 'reminder', 'thanks')),
      constraint mailings_round check (round >= 1),
      constraint mailings_state check (state in ('running', 'paused', 'done')),
      constraint mailings_end check ((state = 'done') = (ended_at is not null))
    );
    create index mailings_by_survey on mailings (survey_id, made_at);
    create index mailings_running on mailings (id) where state = 'running';

    create table messages (
      id          uuid primary key default gen_random_uuid(),
      mailing_id  uuid not null references mailings,
      contact_id  uuid not null references contacts on delete cascade,
      kind        text not null,
      round       integer not null,
      state       text not null default 'waiting',
      attempts    integer not null default 0,
      due_at      timestamptz not null,
      token_hash  bytea,
      provider_id text,
      fault       text not null default '',
      sent_at     timestamptz,
      constraint messages_once unique (contact_id, kind, round),
      constraint messages_token_once unique (token_hash),
      constraint messages_state check (
        state in ('waiting', 'taken', 'handing over', 'sent', 'kept', 'failed', 'bounced', 'in doubt', 'left out')
      ),
      constraint messages_sent check ((sent_at is not null) = (state in ('sent', 'kept', 'bounced')))
    );
    create index messages_by_mailing on messages (mailing_id, state, due_at);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table messages;
    drop table mailings;
  `);
}
