import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { type Database, migrateTo, withConnection } from './database';

/**
 * A backup is a text that `psql` could read as well: comments that say what it is, a COPY block for each table, in the order of its key, so that nothing is told by
 * where a row lay, then the sequences. Everything in it was true at one moment. It holds all of the schema `public` but not the queue: what is still to be
 * done stands in the tables.
 */
const firstLine = '-- Backup of a skills gap survey, format 1';
const lastLine = '-- End of the backup';
const migrationPrefix = '-- migration ';
const secretPrefix = '-- secret ';
const rowsPrefix = '-- rows ';
const endOfTable = '\\.\n';

export interface BackupReport {
  tables: number;
  rows: number;
}

/** Writes everything there is, as it is at one moment. `secret` tells later whether links that were sent can still be opened. */
export async function writeBackup(db: Database, out: Writable, secret: string): Promise<BackupReport> {
  const [completed] = await db.migrate.list();
  const names = completed.map((migration: { name: string }) => migration.name);
  return withConnection(db, async (connection) => {
    await connection.query('begin isolation level repeatable read read only');
    try {
      // The first question of a transaction settles its moment.
      const tables = await listTables(connection);
      const report = { tables: 0, rows: 0 };
      const say = (line: string) => write(out, `${line}\n`);
      await say(firstLine);
      await say(`${secretPrefix}${secret}`);
      for (const name of names) await say(`${migrationPrefix}${name}`);
      for (const { name, columns, key } of tables) {
        const listed = columns.map(quoted).join(', ');
        const order = key.length > 0 ? ` order by ${key.map(quoted).join(', ')}` : '';
        await say(`\ncopy ${quoted(name)} (${listed}) from stdin;`);
        const copying = copyTo(`copy (select ${listed} from ${quoted(name)}${order}) to stdout`);
        for await (const rows of connection.query(copying)) await write(out, rows);
        await write(out, endOfTable);
        await say(`${rowsPrefix}${copying.rowCount}`);
        report.tables += 1;
        report.rows += copying.rowCount;
      }
      for (const { name, value, called } of await listSequences(connection)) {
        await say(`select setval('${name}', ${value}, ${called});`);
      }
      await say(lastLine);
      await connection.query('commit');
      return report;
    } catch (error) {
      await connection.query('rollback');
      throw error;
    }
  });
}

export interface RestoreReport extends BackupReport {
  /** Was it made by an installation with this secret? Otherwise links that were sent, and sessions, are worth nothing. */
  sameSecret: boolean;
}

/** Why a backup cannot be restored, as a sentence for who tried. */
export class BackupFault extends Error {}

/**
 * Puts a backup into an empty database: the schema as it was then, everything in one transaction, then the schema of this program. A backup that is cut off, was changed
 * or is of a newer program leaves the database empty.
 */
export async function readBackup(db: Database, from: Readable, secret: string): Promise<RestoreReport> {
  const reader = new BackupReader(from);
  if ((await reader.line()) !== firstLine) throw new BackupFault('This is not a backup of this program.');
  await refuseFilled(db);
  const made = (await reader.line()) ?? '';
  if (!made.startsWith(secretPrefix)) throw new BackupFault('The backup does not begin as it should.');
  const migrations: string[] = [];
  let line = await reader.line();
  for (; line?.startsWith(migrationPrefix); line = await reader.line()) {
    migrations.push(line.slice(migrationPrefix.length));
  }
  if (!(await migrateTo(db, migrations))) {
    await migrateTo(db, 'latest');
    throw new BackupFault(
      'The backup was made by a newer version of this program, or by another one. Restore it with that version.',
    );
  }
  try {
    const report = await withConnection(db, (connection) => load(connection, reader, line));
    return { ...report, sameSecret: made === `${secretPrefix}${secret}` };
  } finally {
    await migrateTo(db, 'latest');
  }
}

async function refuseFilled(db: Database): Promise<void> {
  const { rows } = await db.raw<{ rows: { filled: boolean }[] }>(
    'select exists (select from accounts) or exists (select from projects) as filled',
  );
  if (!rows[0]!.filled) return;
  throw new BackupFault('There is something in this database already. Restore into an empty one.');
}

async function load(
  connection: PoolClient,
  reader: BackupReader,
  first: string | undefined,
): Promise<BackupReport> {
  await connection.query('begin');
  try {
    const tables = await listTables(connection);
    const known = new Map(
      tables.map((table) => [
        `copy ${quoted(table.name)} (${table.columns.map(quoted).join(', ')}) from stdin;`,
        table.name,
      ]),
    );
    const keys = await setAsideChecks(connection, tables);
    const report = { tables: 0, rows: 0 };
    let line = first;
    for (; line !== undefined && line !== lastLine; line = await reader.line()) {
      if (line === '') continue;
      const sequence = /^select setval\('([a-z_."]+)', (\d+), (true|false)\);$/.exec(line);
      if (sequence) {
        await connection.query('select setval($1::regclass, $2, $3)', sequence.slice(1));
        continue;
      }
      const table = known.get(line);
      if (table === undefined)
        throw new BackupFault(`The backup says what this program does not know: ${line.slice(0, 100)}`);
      known.delete(line);
      const copying = connection.query(copyFrom(line.replace(/;$/, '')));
      await pipeline(reader.tableRows(), copying);
      const counted = `${rowsPrefix}${copying.rowCount}`;
      if ((await reader.line()) !== counted)
        throw new BackupFault(`Rows of ${table} are missing in the backup.`);
      report.tables += 1;
      report.rows += copying.rowCount;
    }
    if (line !== lastLine) throw new BackupFault('The backup is cut off.');
    if (known.size > 0)
      throw new BackupFault(`Tables are missing in the backup: ${[...known.values()].join(', ')}.`);
    await checkAgain(connection, tables, keys);
    await connection.query('commit');
    return report;
  } catch (error) {
    await connection.query('rollback');
    throw error;
  }
}

interface Table {
  name: string;
  /** Those that are stored, not worked out, in their order. */
  columns: string[];
  /** The columns of its primary key. */
  key: string[];
}

async function listTables(connection: PoolClient): Promise<Table[]> {
  const { rows } = await connection.query<Table>(`
    select c.relname as name,
           array(select a.attname::text from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                  order by a.attnum) as columns,
           array(select a.attname::text from pg_index i
                   cross join unnest(i.indkey::smallint[]) with ordinality as k (attnum, place)
                   join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
                  where i.indrelid = c.oid and i.indisprimary
                  order by k.place) as key
      from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'knex\\_%'
     order by c.relname`);
  return rows;
}

async function listSequences(
  connection: PoolClient,
): Promise<{ name: string; value: string; called: boolean }[]> {
  const { rows } = await connection.query<{ name: string; value: string; called: boolean }>(`
    select format('%I.%I', schemaname, sequencename) as name,
           coalesce(last_value, start_value)::text as value, last_value is not null as called
      from pg_sequences
     where schemaname = 'public' and sequencename not like 'knex\\_%'
     order by sequencename`);
  return rows;
}

interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

/**
 * Triggers that keep people from changing what is frozen, and keys from one table to another that is not filled yet, wait until everything is there. A table's owner may
 * do so: no rights over the whole server are needed. What migrations have put into tables goes: the backup has it.
 */
async function setAsideChecks(connection: PoolClient, tables: readonly Table[]): Promise<ForeignKey[]> {
  const { rows: keys } = await connection.query<ForeignKey>(`
    select t.relname as table, c.conname as name, pg_get_constraintdef(c.oid) as definition
      from pg_constraint c
      join pg_class t on t.oid = c.conrelid
     where c.contype = 'f' and t.relnamespace = 'public'::regnamespace
     order by t.relname, c.conname`);
  for (const { table, name } of keys) {
    await connection.query(`alter table ${quoted(table)} drop constraint ${quoted(name)}`);
  }
  for (const { name } of tables) {
    await connection.query(`alter table ${quoted(name)} disable trigger user`);
    await connection.query(`delete from ${quoted(name)}`);
  }
  return keys;
}

async function checkAgain(
  connection: PoolClient,
  tables: readonly Table[],
  keys: readonly ForeignKey[],
): Promise<void> {
  for (const { table, name, definition } of keys) {
    await connection.query(`alter table ${quoted(table)} add constraint ${quoted(name)} ${definition}`);
  }
  for (const { name } of tables) await connection.query(`alter table ${quoted(name)} enable trigger user`);
}

async function write(out: Writable, text: string | Buffer): Promise<void> {
  if (out.destroyed) throw out.errored ?? new Error('The backup cannot be written any more');
  if (!out.write(text)) await once(out, 'drain');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Lines of a backup one by one, and what stands in a table as it comes. */
class BackupReader {
  private rest: Buffer = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(from: Readable) {
    this.chunks = from[Symbol.asyncIterator]();
  }

  /** The next line without its end; undefined where there is no whole one any more. */
  async line(): Promise<string | undefined> {
    let end = this.rest.indexOf('\n');
    while (end < 0) {
      if (!(await this.more())) return undefined;
      end = this.rest.indexOf('\n');
    }
    const line = this.rest.subarray(0, end).toString();
    this.rest = this.rest.subarray(end + 1);
    return line;
  }

  /** The rows of the table that begins here, and past its end. */
  async *tableRows(): AsyncGenerator<Buffer> {
    for (;;) {
      const end = this.endOfRows();
      if (end !== undefined) {
        const rows = this.rest.subarray(0, end);
        this.rest = this.rest.subarray(end + endOfTable.length);
        if (rows.length > 0) yield rows;
        return;
      }
      const lastRow = this.rest.lastIndexOf('\n') + 1;
      if (lastRow > 0) {
        const rows = this.rest.subarray(0, lastRow);
        this.rest = this.rest.subarray(lastRow);
        yield rows;
      }
      if (!(await this.more())) throw new BackupFault('The backup is cut off.');
    }
  }

  /** `rest` always begins with a row. */
  private endOfRows(): number | undefined {
    if (this.rest.subarray(0, endOfTable.length).toString() === endOfTable) return 0;
    const end = this.rest.indexOf(`\n${endOfTable}`);
    return end < 0 ? undefined : end + 1;
  }

  private async more(): Promise<boolean> {
    const { done, value } = await this.chunks.next();
    if (done) return false;
    this.rest = this.rest.length > 0 ? Buffer.concat([this.rest, value]) : value;
    return true;
  }
}
