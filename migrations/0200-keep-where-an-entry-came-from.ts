import type { Knex } from 'knex';

// The address of the network that somebody signed in did it from. Of respondents none is kept: their actor is no account.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table audit_entries
      add column origin text,
      add constraint audit_origin_of_accounts check (origin is null or actor = 'account'),
      add constraint audit_origin_length check (char_length(origin) <= 64)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('alter table audit_entries drop column origin');
}
