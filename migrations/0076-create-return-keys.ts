import type { Knex } from 'knex';

// What opens a draft for another browser: a code to type or a link. The key itself is nowhere here; the draft's token is
// encrypted with it. They live until their draft is sent or their survey is over.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table return_keys (
      key_hash   bytea primary key,
      survey_id  uuid not null references surveys on delete cascade,
      token_hash bytea not null references drafts on delete cascade,
      sealed     text not null,
      revision   integer not null
    );
    create index return_keys_by_draft on return_keys (token_hash);
    create index return_keys_by_survey on return_keys (survey_id);
    comment on column return_keys.revision is
      'Of the draft when it was saved: which keys are the newest, without any time.'
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table return_keys
  `);
}
