import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { transformFile } from '@swc/core';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { makeLinks } from '../../src/platform/postgres-binaries';

interface Told {
  url: string;
  adopted: boolean;
  error?: string;
}

const isRoot = process.getuid?.() === 0;
const whenRoot = isRoot ? test : test.skip;
const whenOthersMayRunIt =
  isRoot && [__dirname, process.execPath, os.tmpdir()].every(isOpen) ? test : test.skip;
const onLinux = process.platform === 'linux' ? test : test.skip;

/** The powers that root has in a container by default: it may change users, but not look into their processes. */
const powers = ['chown', 'dac_override', 'fowner', 'kill', 'setgid', 'setuid', 'setpcap'].map(
  (power) => `+${power}`,
);
const likeDocker = ['setpriv', `--bounding-set=-all,${powers}`, `--inh-caps=-all,${powers}`, '--'];

let room: string;
let template: string;
const servers: EmbeddedPostgres[] = [];
const processes: ChildProcess[] = [];

beforeAll(async () => {
  room = await fs.mkdtemp(path.join(os.tmpdir(), 'embedded-postgres-'));
  await compile(room);
  template = path.join(room, 'template');
  const server = await start(template);
  await query(server, 'create table notes (words text)');
  await server.stop();
}, 60_000);

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  for (const process of processes.splice(0)) process.kill('SIGKILL');
});

afterAll(async () => {
  await noServerIn(room);
  await fs.rm(room, { recursive: true, force: true });
});

test('the first start creates a database that is the same on every host, and says so', async () => {
  const said: string[] = [];
  const server = await start(path.join(room, 'first'), said, { work_mem: '7MB' });

  expect(said).toEqual(['Creating the database (first start only)', 'Starting the database']);
  expect(server.adopted).toBe(false);
  const [row] = await query(
    server,
    `select current_database() as name, current_user as who, datcollate || ' ' || datlocale as locale,
            pg_encoding_to_char(encoding) as encoding, current_setting('listen_addresses') as addresses,
            current_setting('work_mem') as memory, current_setting('jit') as jit
       from pg_database where datname = current_database()`,
  );
  expect(row).toEqual({
    name: 'skills',
    who: 'skills',
    locale: 'C C.UTF-8',
    encoding: 'UTF8',
    addresses: '',
    memory: '7MB',
    jit: 'off',
  });
});

test('what was written survives a restart', async () => {
  const dataDir = await copyOfTemplate();
  const first = await start(dataDir);
  await query(first, `insert into notes values ('kept')`);
  await first.stop();
  await expect(query(first, 'select 1')).rejects.toThrow();

  expect(await notesIn(await start(dataDir))).toEqual(['kept']);
});

test('after kill -9 of the server and its children the next start recovers what was committed', async () => {
  const dataDir = await copyOfTemplate();
  const first = await start(dataDir);
  await query(first, `insert into notes values ('committed')`);
  const family = await serverFamily(dataDir);
  expect(family.length).toBeGreaterThan(3);
  for (const pid of family) process.kill(pid, 'SIGKILL');

  const said: string[] = [];
  const second = await start(dataDir, said);

  expect(said).toEqual(['Recovering the database, which was not shut down']);
  expect(second.adopted).toBe(false);
  expect(await notesIn(second)).toEqual(['committed']);
});

test('after kill -9 of the application the next start works', async () => {
  const dataDir = await copyOfTemplate();
  const { child, told } = await startElsewhere(dataDir);
  await query(told, `insert into notes values ('committed')`);
  await kill(child);

  expect(await notesIn(await start(dataDir))).toEqual(['committed']);
});

onLinux('the server goes when the application is killed, so that nothing is left running', async () => {
  const dataDir = await copyOfTemplate();
  const { child } = await startElsewhere(dataDir);
  expect(await serverPid(dataDir)).toBeDefined();
  await kill(child);

  await noServerIn(dataDir);
});

onLinux('an orphan on a system that cannot tie it to the application is adopted, and stopped', async () => {
  const dataDir = await copyOfTemplate();
  const { child } = await startElsewhere(dataDir, { PATH: await folderOfPrograms('unshare') });
  const pid = await serverPid(dataDir);
  await kill(child);

  const said: string[] = [];
  const adopter = await start(dataDir, said);
  expect(said).toEqual(['Using the database that is already running']);
  expect(adopter.adopted).toBe(true);
  expect(await serverPid(dataDir)).toBe(pid);

  await adopter.stop();
  await noServerIn(dataDir);
});

test('a second start uses the running server, and its stop leaves it to the first', async () => {
  const dataDir = await copyOfTemplate();
  const first = await start(dataDir);
  const second = await start(dataDir);
  const { child, told } = await startElsewhere(dataDir);

  expect([first.adopted, second.adopted, told.adopted]).toEqual([false, true, true]);
  await second.stop();
  child.stdin?.end();
  await once(child, 'exit');
  expect(await notesIn(first)).toEqual([]);
});

test('of two processes that start at the same moment one starts the server and the other uses it', async () => {
  const dataDir = path.join(room, 'race');
  const [here, elsewhere, hereToo] = await Promise.all([
    start(dataDir),
    startElsewhere(dataDir),
    start(dataDir),
  ]);

  expect([here.adopted, elsewhere.told.adopted, hereToo.adopted].sort()).toEqual([false, true, true]);
  await query(elsewhere.told, 'create table shared ()');
  expect(await query(here, 'select from shared')).toEqual([]);
  expect((await fs.readdir(dataDir)).filter((name) => name.includes('.new-'))).toEqual([]);
  elsewhere.child.stdin?.end();
  await once(elsewhere.child, 'exit');
});

test('two data directories run side by side, whatever their names', async () => {
  const dataDir = await copyOfTemplate();
  const [one, other] = await Promise.all([
    start(dataDir),
    start(await copyOfTemplate('år 50%, "week" & more?')),
  ]);
  await query(one, `insert into notes values ('one')`);
  await query(other, `insert into notes values ('other')`);

  expect([await notesIn(one), await notesIn(other)]).toEqual([['one'], ['other']]);
});

test('a path too long for a socket works, through a private folder with a short name', async () => {
  const server = await start(await copyOfTemplate(path.join(...Array(12).fill('a-long-name'))));
  const folder = socketFolder(server);

  expect(await notesIn(server)).toEqual([]);
  expect(Buffer.byteLength(folder)).toBeLessThan(85);
  expect((await fs.stat(folder)).mode & 0o777).toBe(0o700);
  await server.stop();
  await fs.rm(folder, { recursive: true });
});

test('a socket folder that others may enter is refused, in a sentence', async () => {
  const dataDir = await copyOfTemplate();
  await fs.mkdir(path.join(dataDir, 'run'));
  await fs.chmod(path.join(dataDir, 'run'), 0o755);

  await expect(start(dataDir)).rejects.toThrow(/run must be a folder of user .* remove it and start again/);
});

test('a server that cannot start says why', async () => {
  const start = startEmbeddedPostgres({ dataDir: await copyOfTemplate(), settings: { work_mem: 'plenty' } });

  await expect(start).rejects.toThrow(/stopped while starting.*invalid value for parameter "work_mem"/s);
});

test('a half-made database is replaced, and an incomplete one kept aside', async () => {
  const dataDir = path.join(room, 'half-made');
  const dead = spawn('true');
  await once(dead, 'exit');
  await fs.mkdir(path.join(dataDir, `postgres.new-${dead.pid}-abc`, 'base'), { recursive: true });
  await fs.mkdir(path.join(dataDir, 'postgres', 'base'), { recursive: true });

  const server = await start(dataDir);

  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  const names = (await fs.readdir(dataDir)).filter((name) => name.startsWith('postgres.'));
  expect(names).toEqual(['postgres.log', 'postgres.owner', expect.stringMatching(/^postgres\.unfinished-/)]);
});

test('a lock left by a dead server does not hold, even if another program has its number now', async () => {
  const dataDir = await copyOfTemplate();
  const stranger = spawn('sleep', ['60']);
  processes.push(stranger);
  const lock = path.join(dataDir, 'postgres', 'postmaster.pid');
  await fs.writeFile(lock, `${stranger.pid}\n${path.dirname(lock)}\n1700000000\n5432\n/nowhere\n\n`);

  const server = await start(dataDir);

  expect(server.adopted).toBe(false);
  expect(await notesIn(server)).toEqual([]);
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
});

test('a log that has grown large starts afresh', async () => {
  const dataDir = await copyOfTemplate();
  const log = path.join(dataDir, 'postgres.log');
  await fs.writeFile(log, 'old\n'.repeat(3 * 1024 * 1024));
  await start(dataDir);

  expect((await fs.stat(log)).size).toBeLessThan(10_000);
});

test('no value that a person typed reaches the log', async () => {
  const dataDir = await copyOfTemplate();
  const server = await start(dataDir);
  await query(server, 'create unique index on notes (words)');
  await query(server, `insert into notes values ('a name')`);
  await expect(query(server, `insert into notes values ('a name')`)).rejects.toThrow('duplicate key');

  const log = await fs.readFile(path.join(dataDir, 'postgres.log'), 'utf8');
  expect(log).toContain('duplicate key');
  expect(log).not.toContain('a name');
});

onLinux('a running server does not keep the application from ending', async () => {
  const dataDir = await copyOfTemplate();
  const { child } = await startElsewhere(dataDir, { LINGER: 'no' });
  if (child.exitCode === null) await once(child, 'exit');

  expect(child.exitCode).toBe(0);
  await noServerIn(dataDir);
});

test('library links that npm did not make are made, and those that are there are left', async () => {
  const home = path.join(room, 'package');
  await fs.mkdir(path.join(home, 'native/lib'), { recursive: true });
  await fs.writeFile(path.join(home, 'native/lib/libx.so.1.2'), 'library');
  await fs.writeFile(
    path.join(home, 'native/pg-symlinks.json'),
    JSON.stringify(
      ['libx.so', 'libx.so.1'].map((name) => ({
        source: 'native/lib/libx.so.1.2',
        target: `native/lib/${name}`,
      })),
    ),
  );
  await fs.symlink('libx.so.1.2', path.join(home, 'native/lib/libx.so'));

  await makeLinks(home);
  await makeLinks(home);

  expect(await fs.readFile(path.join(home, 'native/lib/libx.so'), 'utf8')).toBe('library');
  expect(await fs.readlink(path.join(home, 'native/lib/libx.so.1'))).toBe('libx.so.1.2');
});

whenRoot('root runs it, also under a folder that is closed to everybody else', async () => {
  const dataDir = await copyOfTemplate();
  await fs.chmod(dataDir, 0o700);

  expect(await notesIn(await start(dataDir))).toEqual([]);
});

whenOthersMayRunIt('an ordinary user runs it, and so does a user that is only a number', async () => {
  for (const uid of [65534, 4321]) {
    const dataDir = await folderOf(uid);
    const { child, told } = await startElsewhere(dataDir, {}, { uid, gid: uid });
    expect(await query(told, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await fs.stat(path.join(dataDir, 'postgres'))).uid).toBe(uid);
    child.stdin?.end();
    await once(child, 'exit');
    await noServerIn(dataDir);
  }
});

whenOthersMayRunIt(
  'root in a container that forbids user namespaces runs it as nobody, and goes on so',
  async () => {
    const dataDir = await folderOf(0);
    const environment = { PATH: await folderOfPrograms('setpriv') };
    const { child, told } = await startElsewhere(dataDir, environment, {}, likeDocker);
    await query(told, 'create table notes (words text)');
    expect((await fs.stat(path.join(dataDir, 'postgres'))).uid).toBe(65534);
    child.stdin?.end();
    await once(child, 'exit');

    expect(await notesIn(await start(dataDir))).toEqual([]);
  },
);

/** Whether every user may enter a folder, and all that it is in. */
function isOpen(folder: string): boolean {
  const mayEnter = (statSync(folder).mode & 0o001) !== 0;
  return mayEnter && (folder === '/' || isOpen(path.dirname(folder)));
}

async function start(dataDir: string, said: string[] = [], settings = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, say: (sentence) => said.push(sentence), settings });
  servers.push(server);
  return server;
}

/** Another application on the same machine: starts, tells what it got, and stops when its input ends. */
async function startElsewhere(
  dataDir: string,
  environment: NodeJS.ProcessEnv = {},
  user = {},
  through: string[] = [],
) {
  const env = { ...process.env, NODE_PATH: path.resolve(__dirname, '../../node_modules'), ...environment };
  const command = [...through, process.execPath, path.join(room, 'application.js'), dataDir];
  const child = spawn(command[0]!, command.slice(1), {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
    ...user,
  });
  processes.push(child);
  const [line] = await once(createInterface(child.stdout!), 'line');
  const told: Told = JSON.parse(line);
  if (told.error) throw new Error(told.error);
  return { child, told };
}

async function compile(folder: string): Promise<void> {
  const source = path.resolve(__dirname, '../../src/platform');
  for (const name of ['embedded-postgres', 'postgres-binaries', 'postgres-cluster']) {
    const { code } = await transformFile(path.join(source, `${name}.ts`), {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    });
    await fs.writeFile(path.join(folder, `${name}.js`), code);
  }
  await fs.writeFile(
    path.join(folder, 'application.js'),
    `const { startEmbeddedPostgres } = require('./embedded-postgres');
    startEmbeddedPostgres({ dataDir: process.argv[2] }).then(
      ({ url, adopted, stop }) => {
        console.log(JSON.stringify({ url, adopted }));
        if (process.env.LINGER !== 'no') process.stdin.resume().on('end', stop);
      },
      (error) => console.log(JSON.stringify({ error: error.message })),
    );`,
  );
  await fs.chmod(folder, 0o755);
}

/** A copy is quicker than making a new one; a test then shows only what matters to it. */
async function copyOfTemplate(name = `copy-${Math.random()}`): Promise<string> {
  const dataDir = path.join(room, name);
  await fs.mkdir(dataDir, { recursive: true });
  execFileSync('cp', ['-a', path.join(template, 'postgres'), dataDir]);
  return dataDir;
}

async function folderOf(uid: number): Promise<string> {
  const folder = await fs.mkdtemp(path.join(room, 'user-'));
  await fs.chmod(folder, 0o755);
  await fs.chown(folder, uid, uid);
  return folder;
}

/** A PATH on which there is only one program. */
async function folderOfPrograms(name: string): Promise<string> {
  const folder = await fs.mkdtemp(path.join(room, 'programs-'));
  await fs.chmod(folder, 0o755);
  await fs.symlink(`/usr/bin/${name}`, path.join(folder, name));
  return folder;
}

async function query(server: { url: string }, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function notesIn(server: { url: string }): Promise<unknown[]> {
  return (await query(server, 'select words from notes order by 1')).map(({ words }) => words);
}

function socketFolder(server: EmbeddedPostgres): string {
  return new URL(server.url).searchParams.get('host')!;
}

async function serverPid(dataDir: string): Promise<number> {
  return Number.parseInt(await fs.readFile(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10);
}

async function serverFamily(dataDir: string): Promise<number[]> {
  const pid = await serverPid(dataDir);
  const children = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child!);
  return [pid, ...children];
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Waits until no server of ours works in a folder, and fails when one stays. */
async function noServerIn(folder: string): Promise<void> {
  const listed = () =>
    execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(`postgres -D ${folder}`));
  for (let wait = 0; wait < 100 && listed().length > 0; wait += 1) await sleep(50);
  expect(listed()).toEqual([]);
}
