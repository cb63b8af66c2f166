import type { Knex } from 'knex';

// Who last looked at a subject, and in which state it was then. A state is kept once, however many people saw it.
// `since` is the state at the end of the sitting before: what the changes shown are counted from.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table discussion_states (
      subject_kind text not null,
      subject_id   uuid not null,
      revision     text not null check (revision <> ''),
      content      jsonb not null,
      primary key (subject_kind, subject_id, revision)
    );
    create trigger discussion_states_kept before update or delete or truncate on discussion_states
      for each statement execute function refuse_change();
    create table discussion_looks (
      subject_kind    text not null,
      subject_id      uuid not null,
      account_id      uuid not null references accounts,
      looked_at       timestamptz not null,
      revision        text not null,
      since_looked_at timestamptz not null,
      since_revision  text not null,
      primary key (subject_kind, subject_id, account_id),
      constraint discussion_looks_at_a_state foreign key (subject_kind, subject_id, revision)
        references discussion_states,
      constraint discussion_looks_since_a_state foreign key (subject_kind, subject_id, since_revision)
        references discussion_states
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table discussion_looks;
    drop table discussion_states
  `);
}
