import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readBackup, writeBackup } from '../../src/platform/backup';
import { type Database, migrate, openDatabase } from '../../src/platform/database';
import { fromRoot } from '../../src/platform/paths';
import { describeSchema } from '../../src/platform/schema';
import { answerAs, crowd, published } from '../releases/make';
import { type CommandLine, openCommandLine } from '../support/cli';
import { freshDatabase } from '../support/database';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
let commandLine: CommandLine;
beforeAll(async () => {
  world = await openWorld();
  commandLine = openCommandLine(world);
});
beforeEach(() => world.reset());
afterAll(async () => {
  commandLine.close();
  await world.close();
});

/** Everything that backups are to keep, signs included that mean something to those who read files. */
const nasty = 'Tab\tback\\slash \\.\nnew line \\N "quotes" ’ é 🙂 \\. \r end';

async function fill(): Promise<void> {
  const survey = await makeSurvey(world.services, { code: 'BACKUP26' });
  await answerAs(world, survey, crowd);
  await published(world, survey);
  await world.db('projects').where({ id: survey.projectId }).update({ purpose: nasty });
  await world.queue.drain();
}

/** Each table of a database: how many rows it has, and a text that is the same only for the same rows. */
async function contents(db: Database, except: readonly string[] = []): Promise<Record<string, string>> {
  const tables: string[] = await db('pg_tables')
    .where({ schemaname: 'public' })
    .whereNotIn('tablename', ['knex_migrations', 'knex_migrations_lock', ...except])
    .orderBy('tablename')
    .pluck('tablename');
  const found: Record<string, string> = {};
  for (const table of tables) {
    const { rows } = await db.raw(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as text from ?? t`,
      [table],
    );
    found[table] = rows[0].text;
  }
  return found;
}

function restoreInto(url: string, file: string, secret = world.services.secret) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fromRoot('dist/src/cli.js'), 'restore', file],
    {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: url,
        DATA_DIR: commandLine.folder,
        SESSION_SECRET: secret,
      },
    },
  );
  return { status, out: stdout.toString(), said: stderr.toString() };
}

async function inFreshDatabase(
  name: string,
  act: (db: Database, url: string) => Promise<void>,
): Promise<void> {
  const { url, drop } = await freshDatabase(name);
  const db = openDatabase(url);
  try {
    await act(db, url);
  } finally {
    await db.destroy();
    await drop();
  }
}

test('what is backed up is restored to the last row, and what was frozen still is', async () => {
  await fill();
  const file = path.join(commandLine.folder, 'whole.backup');
  const { status, out, said } = commandLine.run('backup', file);
  expect([status, said]).toEqual([0, '']);
  const report = JSON.parse(out.toString());
  expect(report.rows).toBeGreaterThan(100);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const before = await contents(world.db);

  await inFreshDatabase('test_restored', async (db, url) => {
    const restored = restoreInto(url, file);
    expect([restored.status, restored.said]).toEqual([0, '']);
    expect(JSON.parse(restored.out)).toEqual(report);
    const after = await contents(db);
    // That it was restored is kept besides.
    const { audit_entries: trail, ...others } = after;
    const { audit_entries: earlier, ...same } = before;
    expect(others).toEqual(same);
    expect(Number(trail!.split(' ')[0])).toBe(Number(earlier!.split(' ')[0]) + 1);
    expect(await describeSchema(db)).toBe(await describeSchema(world.db));
    await expect(db('release_figures').update({ item: 0 })).rejects.toThrow(/cannot be changed/);
    await expect(
      db('surveys').update({ project_id: '6b2fe1d8-0d51-4f0a-93c4-6f6d5a1c1b11' }),
    ).rejects.toThrow(/foreign key/);
    expect(restoreInto(url, file)).toMatchObject({
      status: 1,
      said: expect.stringContaining('There is something in this database already'),
    });
  });
});

test('a backup never takes the place of another file', async () => {
  const file = commandLine.file('there.backup', 'something else');
  expect(commandLine.run('backup', file)).toMatchObject({
    status: 1,
    said: expect.stringContaining('There is such a file already'),
  });
  expect(readFileSync(file, 'utf8')).toBe('something else');
  expect(commandLine.run('backup', path.join(commandLine.folder, 'none', 'x'))).toMatchObject({
    status: 1,
    said: expect.stringContaining('There is no such file or folder'),
  });
});

test('a backup that is cut off, changed, of something newer or none leaves the database empty', async () => {
  await fill();
  const file = path.join(commandLine.folder, 'broken.backup');
  expect(commandLine.run('backup', file).status).toBe(0);
  const text = gunzipSync(readFileSync(file)).toString();
  const firstRow = text.indexOf('\n', text.indexOf('copy "projects"')) + 1;
  const broken: [string, Buffer, string][] = [
    ['cut', readFileSync(file).subarray(0, -2000), 'is cut off'],
    ['short', gzipSync(text.slice(0, text.lastIndexOf('\n-- End'))), 'is cut off'],
    ['half', gzipSync(text.slice(0, text.length / 2)), 'is cut off'],
    [
      'row',
      gzipSync(text.slice(0, firstRow) + text.slice(text.indexOf('\n', firstRow) + 1)),
      'Rows of projects are missing',
    ],
    ['newer', gzipSync(text.replace('\n\ncopy', '\n-- migration 9999-later\n\ncopy')), 'newer version'],
    ['other', gzipSync('Dear operator'), 'not a backup'],
    ['plain', Buffer.from('Dear operator'), 'no backup'],
    ['table', gzipSync(text.replace('copy "accounts"', 'copy "pg_class"')), 'does not know'],
  ];
  await inFreshDatabase('test_broken', async (db, url) => {
    for (const [name, bytes, sentence] of broken) {
      const where = path.join(commandLine.folder, `${name}.backup`);
      writeFileSync(where, bytes);
      const { status, said } = restoreInto(url, where);
      expect([name, status, said]).toEqual([name, 1, expect.stringContaining(sentence)]);
      expect(said).not.toContain('    at ');
      expect([name, await db('accounts').select()]).toEqual([name, []]);
    }
    expect(restoreInto(url, path.join(commandLine.folder, 'nowhere'))).toMatchObject({ status: 1 });
    expect(restoreInto(url, file, 'another secret, of thirty-two characters').said).toContain(
      'SESSION_SECRET',
    );
  });
});

test('yesterday’s backup is brought up to date', async () => {
  const out = new PassThrough();
  const chunks: Buffer[] = [];
  out.on('data', (chunk) => chunks.push(chunk));
  await inFreshDatabase('test_yesterday', async (db) => {
    for (let applied = ''; !applied.startsWith('0100'); ) {
      const [, names] = await db.migrate.up();
      applied = names.at(-1)!;
    }
    await db('accounts').insert({ email: 'old@example.org', role: 'lead', password_hash: 'x' });
    await writeBackup(db, out, 'same');
  });
  await inFreshDatabase('test_today', async (db) => {
    await migrate(db);
    const report = await readBackup(db, Readable.from(chunks), 'same');
    expect(report.sameSecret).toBe(true);
    expect(await db('accounts').pluck('email')).toEqual(['old@example.org']);
    expect(await describeSchema(db)).toBe(await describeSchema(world.db));
  });
});

test('a backup is of one moment, whatever people do meanwhile', async () => {
  await fill();
  const out = new PassThrough({ highWaterMark: 1 });
  const chunks: Buffer[] = [];
  const writing = writeBackup(world.db, out, 'same');
  await new Promise((resolve) => out.once('readable', resolve));
  // The snapshot is taken by now: the first line has been written.
  const before = await contents(world.db);
  await world.db('projects').update({ name: 'Renamed meanwhile' });
  out.on('data', (chunk) => chunks.push(chunk));
  await writing;
  await inFreshDatabase('test_moment', async (db) => {
    await migrate(db);
    await readBackup(db, Readable.from(chunks), 'same');
    expect(await contents(db)).toEqual(before);
  });
});
