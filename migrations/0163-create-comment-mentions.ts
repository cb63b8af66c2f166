import type { Knex } from 'knex';

// Whom somebody told of what they wrote.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table comment_mentions (
      comment_id uuid not null references discussion_comments,
      account_id uuid not null references accounts,
      primary key (comment_id, account_id)
    )
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table comment_mentions
  `);
}
