import type { Knex } from 'knex';

// Answers collected elsewhere come in as batches, each of which can be taken out again as a whole.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table response_batches (
      id          uuid primary key default gen_random_uuid(),
      survey_id   uuid not null references surveys,
      tool        text not null,
      file_name   text not null,
      responses   integer not null,
      account_id  uuid references accounts,
      imported_at timestamptz not null,
      constraint response_batches_tool check (
        tool in ('own', 'microsoft forms', 'limesurvey', 'surveymonkey', 'other')
      ),
      constraint response_batches_file_name check (file_name <> ''),
      constraint response_batches_responses check (responses > 0)
    );
    create index response_batches_by_survey on response_batches (survey_id, imported_at);
    alter table responses add column batch_id uuid references response_batches;
    alter table responses add constraint responses_batch_of_imports check (batch_id is null or source = 'import');
    create index responses_by_batch on responses (batch_id) where batch_id is not null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table responses drop column batch_id;
    drop table response_batches;
  `);
}
