import type { Knex } from 'knex';

// How a report is signed off: who has to sign, what they declare, and what each of them answered. A final answer counts in the
// round it was given in; to reopen the discussion begins another one. Addresses are kept as they were: they are part of what is signed.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table report_signoffs (
      release_id  uuid primary key references releases,
      stage       text not null default 'open' check (stage in ('open', 'signing', 'signed')),
      round       integer not null default 1 check (round >= 1),
      declaration text not null default '' check (char_length(declaration) <= 2000),
      people      jsonb,
      checksum    text check (checksum ~ '^[0-9a-f]{64}$'),
      signed_at   timestamptz,
      signed_by   uuid references accounts,
      constraint report_signoffs_signed_whole check (
        (stage = 'signed') = (checksum is not null)
        and (stage = 'signed') = (signed_at is not null)
        and (stage = 'signed') = (people is not null)
        and (stage = 'signed') = (signed_by is not null)
      )
    );

    create table required_signatories (
      release_id uuid not null references report_signoffs,
      account_id uuid not null references accounts,
      primary key (release_id, account_id)
    );

    create table report_signatures (
      release_id  uuid not null references report_signoffs,
      place       integer not null check (place >= 1),
      account_id  uuid not null references accounts,
      stage       text not null check (stage in ('interim', 'final')),
      round       integer not null check (round >= 1),
      answer      text not null check (answer in ('signed', 'objected')),
      reason      text not null default '' check (char_length(reason) <= 2000),
      interest    text not null default '' check (char_length(interest) <= 2000),
      declaration text not null check (char_length(declaration) between 1 and 2000),
      state       text not null check (state ~ '^[0-9a-f]{64}$'),
      answered_at timestamptz not null,
      primary key (release_id, place),
      constraint report_signatures_objection_has_reason check (answer = 'signed' or reason <> '')
    );

    create trigger report_signatures_append_only before update or delete or truncate on report_signatures
      for each statement execute function refuse_change();
    create trigger report_signoffs_kept before truncate on report_signoffs
      for each statement execute function refuse_change();
    create trigger required_signatories_kept before truncate on required_signatories
      for each statement execute function refuse_change()
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table report_signatures, required_signatories, report_signoffs');
}
