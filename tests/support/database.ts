import type { Knex } from 'knex';
import { openDatabase } from '../../src/platform/database';
import { databaseUrl, templateName } from './database-url';

/** This test worker's own database: a clone of the migrated template, empty. */
export async function testDatabaseUrl(): Promise<string> {
  const name = `test_${process.env.JEST_WORKER_ID ?? '1'}`;
  const admin = openDatabase(process.env.TEST_DATABASE_URL!);
  try {
    const known = await admin('pg_database').where({ datname: name }).first('datname');
    if (!known) await admin.raw(`create database ${name} template ${templateName}`);
  } finally {
    await admin.destroy();
  }
  const db = openDatabase(databaseUrl(name));
  await emptyDatabase(db);
  await db.destroy();
  return databaseUrl(name);
}

/** A database of its own for a test that changes the schema. Drop it with the function given back. */
export async function freshDatabase(name: string): Promise<{ url: string; drop(): Promise<void> }> {
  const admin = openDatabase(process.env.TEST_DATABASE_URL!);
  await admin.raw(`drop database if exists ${name} with (force)`);
  await admin.raw(`create database ${name}`);
  return {
    url: databaseUrl(name),
    drop: async () => {
      await admin.raw(`drop database ${name} with (force)`);
      await admin.destroy();
    },
  };
}

const kept = ['knex_migrations', 'knex_migrations_lock', 'vocabulary_terms', 'migration', 'meta'];

/**
 * Deletes every row a test can have made, past the triggers that keep people from doing so. One organisation is left, as
 * in a new installation.
 */
export async function emptyDatabase(db: Knex): Promise<void> {
  const tables = await db('pg_tables')
    .whereIn('schemaname', ['public', 'bullmq'])
    .whereNotIn('tablename', kept)
    .select('schemaname', 'tablename');
  const deletions = tables.map(({ schemaname, tablename }) => `delete from ${schemaname}."${tablename}";`);
  await db.raw(`begin; set local session_replication_role = replica; ${deletions.join(' ')}
    insert into organisations (name) values ('Our organisation'); commit;`);
}
