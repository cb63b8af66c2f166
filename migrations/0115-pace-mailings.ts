import type { Knex } from 'knex';

// Who is sending a message and until when it is theirs; when a mailing rests because nothing can be sent; where answers
// go. What an anonymous survey's reminders tell of each person is taken back when they are sent: then they are 'settled'.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table mailings
      add column reply_to   text not null default '',
      add column rest_until timestamptz,
      add column rests      integer not null default 0,
      add constraint mailings_why check (char_length(why) <= 300);
    create unique index mailings_one_at_a_time on mailings (survey_id) where state <> 'done';
    create unique index mailings_round_once on mailings (survey_id, kind, round);

    alter table messages
      add column claim         uuid,
      add column claimed_until timestamptz,
      drop constraint messages_state,
      add constraint messages_state check (state in (
        'waiting', 'taken', 'handing over', 'sent', 'kept', 'failed', 'bounced', 'in doubt', 'left out', 'settled'
      )),
      add constraint messages_claim check (
        (claim is not null) = (state in ('taken', 'handing over')) and (claim is null) = (claimed_until is null)
      ),
      add constraint messages_settled check (
        state <> 'settled' or (kind = 'reminder' and attempts = 0 and fault = '' and provider_id is null)
      );
    create index messages_claimed on messages (claimed_until) where claim is not null;

    create table earlier_tokens (
      token_hash bytea primary key,
      contact_id uuid not null references contacts on delete cascade
    );
    create index earlier_tokens_by_contact on earlier_tokens (contact_id);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table earlier_tokens;
    delete from messages where state = 'settled';
    drop index messages_claimed;
    alter table messages
      drop constraint messages_settled,
      drop constraint messages_claim,
      drop constraint messages_state,
      drop column claim,
      drop column claimed_until,
      add constraint messages_state check (
        state in ('waiting', 'taken', 'handing over', 'sent', 'kept', 'failed', 'bounced', 'in doubt', 'left out')
      );
    drop index mailings_round_once;
    drop index mailings_one_at_a_time;
    alter table mailings
      drop constraint mailings_why,
      drop column reply_to,
      drop column rest_until,
      drop column rests;
  `);
}
