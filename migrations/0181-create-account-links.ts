import type { Knex } from 'knex';

// One-time links to an account, asked for by whoever knows an address. Whether there is an account for it is looked up when the e-mail is written, not
// here. A letter about an account belongs to no report.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table account_links (
      id           uuid primary key,
      kind         text not null,
      email        text not null,
      token_hash   bytea not null,
      next_address text not null,
      asked_at     timestamptz not null,
      expires_at   timestamptz not null,
      written_at   timestamptz,
      used_at      timestamptz,
      constraint account_links_kind check (kind in ('password', 'sign-in')),
      constraint account_links_token_once unique (token_hash),
      constraint account_links_expire check (expires_at > asked_at)
    );
    create index account_links_email on account_links (email);
    alter table report_letters alter column release_id drop not null
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    delete from report_letters where release_id is null;
    alter table report_letters alter column release_id set not null;
    drop table account_links
  `);
}
