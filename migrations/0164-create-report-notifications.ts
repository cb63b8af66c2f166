import type { Knex } from 'knex';

// Which e-mails people want about a report, and what they have been told of it: each thing once. A digest is one for each
// person, report and day, for its letter is (report_letters_once); a day whose digests have all been made is done.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table report_notifications (
      release_id uuid not null references releases,
      account_id uuid not null references accounts,
      choice     text not null,
      since      timestamptz not null,
      primary key (release_id, account_id),
      constraint report_notifications_choice check (choice in ('at once', 'daily', 'weekly', 'mentions', 'none'))
    );
    create table report_news_told (
      release_id uuid not null references releases,
      account_id uuid not null references accounts,
      what       text not null check (what <> ''),
      primary key (release_id, account_id, what)
    );
    create table digest_days (
      day date primary key
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table digest_days;
    drop table report_news_told;
    drop table report_notifications
  `);
}
