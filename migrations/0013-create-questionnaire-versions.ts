import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table questionnaire_versions (
      id               uuid primary key default gen_random_uuid(),
      questionnaire_id uuid not null references questionnaires,
      number           integer not null check (number > 0),
      definition       jsonb not null,
      plan             jsonb not null,
      published_at     timestamptz not null default now(),
      constraint questionnaire_versions_number_once unique (questionnaire_id, number)
    );
    create trigger questionnaire_versions_frozen before update or delete on questionnaire_versions
      for each row execute function refuse_change_of_published_row('questionnaire')
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table questionnaire_versions
  `);
}
