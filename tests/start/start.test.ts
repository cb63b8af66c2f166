import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../../src/platform/database';
import { fromRoot } from '../../src/platform/paths';
import { freshDatabase } from '../support/database';
import { canHaveRedis, startTestRedis } from '../support/redis';

jest.setTimeout(120_000);

/** A process of the product as an operator starts it, and what it has printed. */
interface Started {
  child: ChildProcess;
  out: string;
  err: string;
  exit: Promise<number | null>;
}

const folders: string[] = [];
const running = new Set<ChildProcess>();

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'skills-start-'));
  folders.push(folder);
  return folder;
}

function start(words: string[], env: Record<string, string>, input?: string): Started {
  const { NODE_ENV, TEST_DATABASE_URL, JEST_WORKER_ID, DATABASE_URL, REDIS_URL, ...inherited } = process.env;
  const [command, ...args] = words;
  const child = spawn(command!, args, { cwd: fromRoot('.'), env: { ...inherited, ...env }, stdio: 'pipe' });
  const started: Started = {
    child,
    out: '',
    err: '',
    exit: new Promise((resolve) => child.once('exit', resolve)),
  };
  child.stdout.on('data', (text) => {
    started.out += text;
  });
  child.stderr.on('data', (text) => {
    started.err += text;
  });
  child.stdin.end(input ?? '');
  running.add(child);
  child.once('exit', () => running.delete(child));
  return started;
}

const server = ['node', 'dist/src/server.js'];

/** Waits for a line of standard output; gives what its group matched. */
async function printed(started: Started, line: RegExp): Promise<string> {
  for (let wait = 0; wait < 1200; wait += 1) {
    const found = line.exec(started.out);
    if (found) return found[1] ?? '';
    if (started.child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Not printed: ${line}\n${started.out}\n${started.err}`);
}

const readyOn = (started: Started) => printed(started, /^Ready on (\S+)$/m);

async function stop(started: Started): Promise<number | null> {
  started.child.kill('SIGTERM');
  return started.exit;
}

/** The PostgreSQL processes whose data lies in this folder. */
function postgresOf(folder: string): number[] {
  const list = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  const rows = list
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)!)
    .map(([, pid, ppid, args]) => ({
      pid: Number(pid),
      ppid: Number(ppid),
      args: args!,
    }));
  const masters = rows
    .filter(({ args }) => args.includes(folder) && args.includes('postgres'))
    .map(({ pid }) => pid);
  return rows
    .filter(({ pid, ppid }) => masters.includes(pid) || masters.includes(ppid))
    .map(({ pid }) => pid);
}

test('the first start makes a database and the demo; data survives a stop, and a kill of everything', async () => {
  const folder = newFolder();
  const env = { DATA_DIR: folder, PORT: '0' };

  const first = start(server, env);
  const address = await readyOn(first);
  expect(first.out).toContain('lead@demo.example');
  expect(first.out).toContain(`Demo survey: ${address}/s/CYPMH26`);
  expect(first.err).toContain('Creating the database');
  expect(await (await fetch(`${address}/ready`)).json()).toEqual({ status: 'ready', failed: [] });
  expect((await fetch(`${address}/s/CYPMH26`)).status).toBe(200);
  // Past nine seconds it would leave with 1.
  expect(await stop(first)).toBe(0);
  expect(postgresOf(folder)).toEqual([]);

  const second = start(server, env);
  expect((await fetch(`${await readyOn(second)}/s/CYPMH26`)).status).toBe(200);
  expect(second.err).not.toContain('simulated people');
  for (const pid of [...postgresOf(folder), second.child.pid!]) process.kill(pid, 'SIGKILL');
  await second.exit;

  const third = start(server, env);
  expect((await fetch(`${await readyOn(third)}/s/CYPMH26`)).status).toBe(200);
  const check = start(['node', 'dist/src/cli.js', 'tallies', 'rebuild', 'CYPMH26', '--check'], env);
  expect(await check.exit).toBe(0);
  expect(JSON.parse(check.out)).toEqual({ code: 'CYPMH26', agree: true, differing: 0 });
  expect(await stop(third)).toBe(0);
});

test('a start killed in the middle of the demo is finished by the next one', async () => {
  const env = { DATA_DIR: newFolder(), PORT: '0' };
  const first = start(server, env);
  while (!first.err.includes('simulated people')) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, 300));
  first.child.kill('SIGKILL');
  await first.exit;

  const second = start(server, env);
  await readyOn(second);
  await stop(second);
  const check = start(['node', 'dist/src/cli.js', 'tallies', 'rebuild', 'CYPMH26'], env);
  expect(await check.exit).toBe(0);
  const list = start(['node', 'dist/src/cli.js', 'survey', 'list'], env);
  expect(await list.exit).toBe(0);
  expect(list.out.trim().split('\n')).toHaveLength(1);
});

test('two checkouts run side by side', async () => {
  const one = start(server, { DATA_DIR: newFolder(), PORT: '0', DEMO: 'off' });
  const other = start(server, { DATA_DIR: newFolder(), PORT: '0', DEMO: 'off' });
  const addresses = [await readyOn(one), await readyOn(other)];
  expect(new Set(addresses).size).toBe(2);
  for (const address of addresses) expect((await fetch(`${address}/ready`)).status).toBe(200);
  await stop(one);
  await stop(other);
});

test('stopping what npm start started stops the database too', async () => {
  const folder = newFolder();
  const started = start(['npm', 'start'], { DATA_DIR: folder, PORT: '0', DEMO: 'off' });
  await readyOn(started);
  expect(postgresOf(folder)).not.toEqual([]);
  await stop(started);
  for (let wait = 0; wait < 100 && postgresOf(folder).length > 0; wait += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(postgresOf(folder)).toEqual([]);
});

test('a taken port says so', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  const started = start(server, { DATA_DIR: newFolder(), PORT: String(port) });
  expect(await started.exit).toBe(1);
  expect(started.err).toBe(
    `Port ${port} on 127.0.0.1 is taken by another program. Stop it, or set PORT to a free one.\n`,
  );
  taken.close();
});

test('wrong settings stop the start, one line each', async () => {
  const started = start(server, { DATA_DIR: newFolder(), PORT: 'x', DEMO: 'maybe' });
  expect(await started.exit).toBe(1);
  expect(started.err.trim().split('\n')).toEqual([
    'Wrong setting: PORT must be a port number from 0 to 65535',
    'Wrong setting: DEMO must be "on" or "off"',
  ]);
});

test('a database out of reach stops the start with a reason', async () => {
  const env = { DATA_DIR: newFolder(), PORT: '0', DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' };
  const started = start(server, env);
  expect(await started.exit).toBe(1);
  expect(started.err).toContain('ECONNREFUSED');
});

const backends = canHaveRedis() ? ['PostgreSQL', 'Redis'] : ['PostgreSQL'];

describe.each(backends)('web and worker apart, with BullMQ on %s', (backend) => {
  test('a submission on one is counted by the other', async () => {
    const redis = backend === 'Redis' ? await startTestRedis() : undefined;
    const { url, drop } = await freshDatabase(`test_apart_${backend.toLowerCase()}`);
    const env = {
      DATA_DIR: newFolder(),
      DATABASE_URL: url,
      PORT: '0',
      ...(redis ? { REDIS_URL: redis.url } : {}),
    };
    const demo = start(server, env);
    await readyOn(demo);
    await stop(demo);

    const web = start([...server, 'web'], env);
    const worker = start(['node', 'dist/workers/main.js'], env);
    const address = await readyOn(web);
    await printed(worker, /^Worker ready$/m);
    await answerDemoSurvey(address);
    await counted(url, 601);
    expect(await stop(web)).toBe(0);
    expect(await stop(worker)).toBe(0);
    await redis?.stop();
    await drop();
  });
});

test('web and worker apart need a DATABASE_URL', async () => {
  for (const words of [
    [...server, 'web'],
    ['node', 'dist/workers/main.js'],
  ]) {
    const started = start(words, { DATA_DIR: newFolder(), PORT: '0' });
    expect(await started.exit).toBe(1);
    expect(started.err).toContain('DATABASE_URL is required');
  }
});

test('the command line answers on standard output alone, and says by its exit code how it went', async () => {
  const env = { DATA_DIR: newFolder() };
  const cli = (words: string, input?: string) =>
    start(['node', 'dist/src/cli.js', ...words.split(' ')], env, input);

  const account = cli(
    'account create --email Op@Example.org --role lead --password-stdin',
    'a long enough password\n',
  );
  expect(await account.exit).toBe(0);
  expect(JSON.parse(account.out)).toEqual({ id: expect.any(String) });
  const again = cli(
    'account create --email op@example.org --role lead --password-stdin',
    'a long enough password\n',
  );
  expect(await again.exit).toBe(1);
  expect(again.err).toContain('This email address has an account');
  const unknown = cli('nonsense');
  expect(await unknown.exit).toBe(2);
  const lost = cli('tallies rebuild NOSUCH');
  expect(await lost.exit).toBe(1);
  expect(lost.out).toBe('');
  const surveys = cli('survey list');
  expect(await surveys.exit).toBe(0);
  expect(surveys.out).toBe('');
  const help = cli('--help');
  expect(await help.exit).toBe(0);
  expect(help.out).toContain('tallies rebuild CODE [--check]');
});

/** Walks the demo survey as a browser without script, leaving every optional answer out. */
async function answerDemoSurvey(address: string): Promise<void> {
  const cookies = new Map<string, string>();
  const ask = async (where: string, body?: URLSearchParams): Promise<{ text: string; where: string }> => {
    const response = await fetch(new URL(where, address), {
      method: body ? 'POST' : 'GET',
      ...(body ? { body } : {}),
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      cookies.set(name!, value!);
    }
    if (response.status === 303) return ask(response.headers.get('location')!);
    return { text: await response.text(), where };
  };
  let page = await ask('/s/CYPMH26');
  while (!page.where.endsWith('/submitted')) {
    const body = new URLSearchParams({ _csrf: /name="_csrf" value="([^"]+)"/.exec(page.text)![1]! });
    if (page.where.endsWith('/pages/1')) {
      for (const [name, value] of [
        ['profession', 'rn_adult'],
        ['setting', 'gp_practice'],
        ['employment', 'bank'],
      ]) {
        body.append(name!, value!);
      }
    }
    page = await ask(/<form action="([^"]+)" method="post"/.exec(page.text)![1]!, body);
  }
}

/** Waits until the tallies hold this many respondents. */
async function counted(url: string, respondents: number): Promise<void> {
  const db = openDatabase(url);
  try {
    for (let wait = 0; wait < 100; wait += 1) {
      const row = await db('tallies').sum('respondents as n').first();
      if (row?.n === respondents) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('The submission was not counted within five seconds');
  } finally {
    await db.destroy();
  }
}
