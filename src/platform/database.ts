import { readdirSync } from 'node:fs';
import path from 'node:path';
import knex, { type Knex } from 'knex';
import type { PoolClient } from 'pg';
import pg from 'pg';

export type Database = Knex;

/** A statement the server prepares once per connection: for the paths every respondent walks. */
export interface Statement {
  name: string;
  text: string;
}

const dateType = 1082;
const bigintType = 20;

/** Opens a pool, whose connections are of `role` where one is given. Calendar days stay strings, so that no time zone can move them; bigints are numbers. */
export function openDatabase(
  url: string,
  pool: { min?: number; max?: number } = {},
  role?: string,
): Database {
  pg.types.setTypeParser(dateType, (text) => text);
  pg.types.setTypeParser(bigintType, Number);
  return knex({
    client: 'pg',
    connection: { connectionString: url, keepAlive: true },
    pool: { min: 0, max: 10, ...pool, ...(role ? { afterCreate: become(role) } : {}) },
    acquireConnectionTimeout: 30_000,
    migrations: { migrationSource: migrationSource(path.join(__dirname, '../../migrations')) },
  });
}

/** Has a new connection give up what the account it signed in with may do beyond the role. */
function become(role: string) {
  return (connection: PoolClient, done: (error: Error | null, connection: PoolClient) => void): void => {
    connection.query(`set role ${role}`, (error: Error | null) => done(error, connection));
  };
}

/** Runs a prepared statement on a connection of the pool, or of the transaction that `db` is. */
export async function run<Row extends object>(
  db: Database,
  statement: Statement,
  values: unknown[],
): Promise<Row[]> {
  const connection: PoolClient = await db.client.acquireConnection();
  try {
    const result = await connection.query<Row>({ ...statement, values });
    return result.rows;
  } finally {
    await db.client.releaseConnection(connection);
  }
}

/** Lends the raw connection, for COPY. */
export async function withConnection<T>(
  db: Database,
  use: (connection: PoolClient) => Promise<T>,
): Promise<T> {
  const connection: PoolClient = await db.client.acquireConnection();
  try {
    return await use(connection);
  } finally {
    await db.client.releaseConnection(connection);
  }
}

/**
 * Brings the schema up to date. Processes that start together queue up behind an advisory lock, so the
 * lock that knex keeps in a table, which a killed process leaves behind, can be freed safely.
 */
export async function migrate(db: Database): Promise<void> {
  const lockKey = 7_264_001;
  await withConnection(db, async (connection) => {
    await connection.query('select pg_advisory_lock($1)', [lockKey]);
    try {
      await db.migrate.forceFreeMigrationsLock();
      await db.migrate.latest();
    } finally {
      await connection.query('select pg_advisory_unlock($1)', [lockKey]);
    }
  });
}

/**
 * Brings an empty schema to just these migrations, from the first on, or to all there are. False, and nothing done, where they are not the first of those this
 * program knows.
 */
export async function migrateTo(db: Database, names: readonly string[] | 'latest'): Promise<boolean> {
  if (names === 'latest') {
    await migrate(db);
    return true;
  }
  const [completed, pending] = await db.migrate.list();
  const known: string[] = [...completed.map(({ name }: { name: string }) => name), ...pending];
  if (names.some((name, place) => known[place] !== name)) return false;
  if (completed.length > names.length) await db.migrate.rollback(undefined, true);
  for (let applied = (await db.migrate.list())[0].length; applied < names.length; applied += 1) {
    await db.migrate.up();
  }
  return true;
}

/** Throws when the database does not answer. */
export async function pingDatabase(db: Database): Promise<void> {
  await db.raw('select 1');
}

/** True when every migration of this code has been applied. */
export async function isMigrated(db: Database): Promise<boolean> {
  const [, pending] = await db.migrate.list();
  return pending.length === 0;
}

/** Migrations by name without the file's ending, which differs between source and build. */
function migrationSource(folder: string): Knex.MigrationSource<string> {
  return {
    getMigrations: async () =>
      readdirSync(folder)
        .filter((file) => /^\d{4}-.*\.(ts|js)$/.test(file))
        .map((file) => file.replace(/\.(ts|js)$/, ''))
        .sort(),
    getMigrationName: (name) => name,
    getMigration: async (name) => require(path.join(folder, name)),
  };
}
