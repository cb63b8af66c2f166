import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, Queue, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { Client, type QueryResult } from 'pg';
import pino from 'pino';
import type { JobHandlers } from '../../src/queue/jobs';
import { openQueue, type QueueConnection, scheduleSweep, startWorker } from '../../src/queue/queue';
import { testDatabaseUrl } from '../support/database';
import { canHaveRedis, startTestRedis, type TestRedis } from '../support/redis';

interface Backend {
  name: string;
  start(): Promise<QueueConnection>;
  /** Makes the queue as new. */
  empty(connection: QueueConnection): Promise<unknown>;
  /** How much of what happened to jobs is noted. */
  countEvents(connection: QueueConnection): Promise<number>;
  /** Ends every connection that anybody has. */
  cut(connection: QueueConnection): Promise<unknown>;
  /** Leaves the queue unable to answer. */
  spoil(connection: QueueConnection): Promise<unknown>;
  stop(): Promise<void>;
}

const BACKOFF = 100;
const backends = canHaveRedis() ? [onPostgres(), onRedis()] : [onPostgres()];

describe.each(backends)('the queue on $name', (backend) => {
  let connection: QueueConnection;
  let opened: { close(): Promise<void> }[];
  let lines: Record<string, unknown>[];
  const log = pino({ base: undefined }, { write: (line: string) => void lines.push(JSON.parse(line)) });

  beforeAll(async () => {
    connection = await backend.start();
  });
  beforeEach(async () => {
    opened = [];
    lines = [];
    await backend.empty(connection);
  });
  afterEach(async () => {
    await Promise.all(opened.map((each) => each.close()));
  });
  afterAll(() => backend.stop());

  test('does once what was asked for five times', async () => {
    const queue = await open();
    const [survey, other] = [randomUUID(), randomUUID()];
    for (let i = 0; i < 5; i += 1) await queue.add('fold', { surveyId: survey });
    await queue.add('fold', { surveyId: other });
    await queue.add('shuffle', { surveyId: survey });

    const done: string[] = [];
    await work({
      fold: async ({ surveyId }) => void done.push(`fold ${surveyId}`),
      shuffle: async ({ surveyId }) => void done.push(`shuffle ${surveyId}`),
    });
    await queue.drain();

    expect(done.sort()).toEqual([`fold ${survey}`, `fold ${other}`, `shuffle ${survey}`].sort());
  });

  test('does once more what is asked for while it runs, and not at the same time', async () => {
    const queue = await open();
    const surveyId = randomUUID();
    const asked = flag();
    const story: string[] = [];
    const fold = async () => {
      story.push('begin');
      await asked.raised;
      story.push('end');
    };
    await work({ fold }, { concurrency: 4 });
    await queue.add('fold', { surveyId });
    await until(() => story.length === 1);

    for (let i = 0; i < 3; i += 1) await queue.add('fold', { surveyId });
    asked.raise();
    await queue.drain();

    expect(story).toEqual(['begin', 'end', 'begin', 'end']);
  });

  test('tries five times, waiting longer each time, then gives up and says so', async () => {
    const queue = await open();
    const surveyId = randomUUID();
    const tries: number[] = [];
    const fold = async () => {
      tries.push(Date.now());
      throw new Error('the tallies are locked');
    };
    await work({ fold });
    await queue.add('fold', { surveyId });
    await queue.drain();

    await until(() => lines.some(({ level }) => level === 50));

    const waits = tries.slice(1).map((time, i) => time - tries[i]!);
    expect(waits).toHaveLength(4);
    for (const [i, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(BACKOFF * 2 ** i - 10);
    expect(lines.filter(({ msg }) => msg === 'Job failed and will be tried again')).toHaveLength(4);
    expect(lines.filter(({ level }) => level === 50)).toEqual([
      expect.objectContaining({
        msg: 'Job given up',
        job: 'fold',
        surveyId,
        attempt: 5,
        reason: 'the tallies are locked',
      }),
    ]);
    const failed = await look((all) => all.getFailed());
    expect(failed.map(({ name, data, failedReason }) => ({ name, data, failedReason }))).toEqual([
      { name: 'fold', data: { surveyId }, failedReason: 'the tallies are locked' },
    ]);
  });

  test('does what is asked for again after it was given up', async () => {
    const queue = await open();
    const surveyId = randomUUID();
    let mended = false;
    let done = 0;
    const fold = async () => {
      if (!mended) throw new Error('not yet');
      done += 1;
    };
    await work({ fold });
    await queue.add('fold', { surveyId });
    await queue.drain();

    mended = true;
    await queue.add('fold', { surveyId });
    await queue.drain();

    expect(done).toBe(1);
  });

  test('gives the job of a killed worker to another', async () => {
    const silence = { lockDuration: 1_000, stalledInterval: 500 };
    const queue = await open();
    const surveyId = randomUUID();
    await queue.add('fold', { surveyId });
    const doomed = spawn(process.execPath, [
      ...['-r', path.join(__dirname, '../support/register.js'), path.join(__dirname, 'stuck-worker.ts')],
      ...[JSON.stringify(connection), JSON.stringify(silence)],
    ]);
    opened.push({ close: async () => void doomed.kill('SIGKILL') });
    doomed.stderr.pipe(process.stderr);
    await once(doomed.stdout, 'data');
    doomed.kill('SIGKILL');

    const done: string[] = [];
    await work({ fold: async (payload) => void done.push(payload.surveyId) }, silence);
    await queue.drain();

    expect(done).toEqual([surveyId]);
  });

  test('finishes what has begun before it closes, and begins nothing new', async () => {
    const queue = await open();
    const story: string[] = [];
    const fold = async () => {
      story.push('begin');
      await sleep(300);
      story.push('end');
    };
    const worker = await work({ fold });
    await queue.add('fold', { surveyId: randomUUID() });
    await queue.add('fold', { surveyId: randomUUID() });
    await until(() => story.length === 1);

    await worker.close();

    expect(story).toEqual(['begin', 'end']);
    expect(await look((all) => all.getWaitingCount())).toBe(1);
  });

  test('keeps one schedule of sweeps, whoever asks for it, and does not wait for the next', async () => {
    const queue = await open();
    let sweeps = 0;
    opened.push(await scheduleSweep(connection, log));
    opened.push(await scheduleSweep(connection, log));
    const sweep = async () => {
      sweeps += 1;
    };
    await work({ sweep });
    await queue.drain();

    expect(sweeps).toBe(1);
    expect(await look((all) => all.getJobSchedulers())).toEqual([
      expect.objectContaining({ name: 'sweep', every: 60_000 }),
    ]);
    expect(await look((all) => all.getDelayedCount())).toBe(1);
  });

  test('forgets when jobs were asked for', async () => {
    const queue = await open();
    await work({});
    await queue.add('fold', { surveyId: randomUUID() });
    await queue.drain();
    expect(await backend.countEvents(connection)).toBeGreaterThan(0);

    await queue.forgetEvents();
    expect(await backend.countEvents(connection)).toBe(0);
  });

  test('goes on after every connection was cut', async () => {
    const queue = await open();
    let done = 0;
    const fold = async () => {
      done += 1;
    };
    await work({ fold });
    await queue.add('fold', { surveyId: randomUUID() });
    await queue.drain();

    await backend.cut(connection);

    const surveyId = randomUUID();
    await until(async () => {
      await queue.add('fold', { surveyId });
      return done > 1;
    });
    await queue.ping();
  });

  test('shares two hundred jobs between two workers and does each once', async () => {
    const queue = await open();
    const surveys = Array.from({ length: 200 }, () => randomUUID());
    const shares: string[][] = [[], []];
    for (const share of shares) {
      const fold = async ({ surveyId }: { surveyId: string }) => {
        share.push(surveyId);
        await sleep(5);
      };
      await work({ fold }, { concurrency: 4 });
    }
    await Promise.all(surveys.map((surveyId) => queue.add('fold', { surveyId })));
    await queue.drain();

    expect(shares.flat().sort()).toEqual(surveys.sort());
    expect(shares.map((share) => share.length > 0)).toEqual([true, true]);
    expect(await look((all) => all.getCompletedCount())).toBe(0);
  });

  test('opens in many processes at once', async () => {
    const queues = await Promise.all(Array.from({ length: 5 }, open));

    for (const queue of queues) await queue.ping();
  });

  test('does not fail a change that is already committed', async () => {
    const queue = await open();
    const surveyId = randomUUID();
    await backend.spoil(connection);

    await queue.add('fold', { surveyId });

    expect(lines).toContainEqual(
      expect.objectContaining({ msg: 'Could not ask for a job; the sweep will', job: 'fold', surveyId }),
    );
    await expect(queue.ping()).rejects.toThrow();
  });

  async function open() {
    const queue = await openQueue(connection, log, { backoffMs: BACKOFF });
    opened.push(queue);
    return queue;
  }

  async function work(handlers: Partial<JobHandlers>, options = {}) {
    const nothing = async () => {};
    const all = {
      ...{ fold: nothing, shuffle: nothing, contacts: nothing },
      ...{
        mail: nothing,
        letters: nothing,
        digests: nothing,
        release: nothing,
        file: nothing,
        retention: nothing,
        returned: nothing,
        sweep: nothing,
      },
      ...handlers,
    };
    const worker = await startWorker(connection, all, log, options);
    opened.push(worker);
    return worker;
  }

  /** Looks at the queue as an operator would. */
  async function look<T>(question: (queue: Queue) => Promise<T>): Promise<T> {
    const queue = connection.redisUrl
      ? new Queue('background', { connection: { url: connection.redisUrl } })
      : new (withBackend(createPostgresBackend).Queue)('background', { connection: connection.databaseUrl });
    const answer = await question(queue as Queue);
    await queue.close();
    return answer;
  }
});

function onPostgres(): Backend {
  return {
    name: 'PostgreSQL',
    start: async () => ({ databaseUrl: await testDatabaseUrl() }),
    empty: ({ databaseUrl }) => sql(databaseUrl, 'drop schema if exists bullmq cascade'),
    countEvents: async ({ databaseUrl }) =>
      (await sql(databaseUrl, 'select from bullmq.event')).rowCount ?? 0,
    cut: ({ databaseUrl }) =>
      sql(
        databaseUrl,
        `select pg_terminate_backend(pid)
           from pg_stat_activity
          where datname = current_database()
            and pid <> pg_backend_pid()`,
      ),
    spoil: ({ databaseUrl }) => sql(databaseUrl, 'drop schema bullmq cascade'),
    stop: async () => {},
  };
}

function onRedis(): Backend {
  let redis: TestRedis;
  const command = async <T>(text: (client: Redis) => Promise<T>) => {
    const client = new Redis(redis.url);
    const answer = await text(client);
    client.disconnect();
    return answer;
  };
  return {
    name: 'Redis',
    start: async () => {
      redis = await startTestRedis();
      return { redisUrl: redis.url, databaseUrl: 'postgresql://nowhere' };
    },
    empty: () => command(async (client) => client.del('-', ...(await client.keys('bull:background:*')))),
    countEvents: () => command((client) => client.xlen('bull:background:events')),
    cut: () => command((client) => client.call('client', 'kill', 'type', 'normal')),
    spoil: () => command((client) => client.set('bull:background:meta', 'not a hash')),
    stop: () => redis.stop(),
  };
}

async function sql(databaseUrl: string, statement: string): Promise<QueryResult> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const result = await client.query(statement);
  await client.end();
  return result;
}

function flag() {
  let raise = () => {};
  const raised = new Promise<void>((resolve) => {
    raise = resolve;
  });
  return { raise, raised };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('It did not come about within 20 seconds');
    await sleep(20);
  }
}
