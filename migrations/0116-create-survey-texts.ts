import type { Knex } from 'knex';

// What a survey's e-mails say, where its lead has written it: by kind and language.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table survey_texts (
      survey_id  uuid not null references surveys,
      kind       text not null,
      language   text not null,
      subject    text not null,
      body       text not null,
      account_id uuid references accounts,
      saved_at   timestamptz not null,
      primary key (survey_id, kind, language),
      constraint survey_texts_kind check (kind in ('invitation', 'reminder', 'thanks')),
      constraint survey_texts_subject check (char_length(subject) between 1 and 150 and subject !~ '[[:cntrl:]]'),
      constraint survey_texts_body check (char_length(body) between 1 and 5000)
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table survey_texts
  `);
}
