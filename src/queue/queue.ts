import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, type DefaultJobOptions, type Job, Queue, Worker, withBackend } from 'bullmq';
import { Client } from 'pg';
import type { Log } from '../platform/log';
import type { JobHandlers, JobName, Jobs } from './jobs';

/** BullMQ lives on Redis where there is one, and otherwise in the schema `bullmq` of the application's database. */
export interface QueueConnection {
  redisUrl?: string | undefined;
  databaseUrl: string;
}

/** The queue as commands and routes see it. */
export interface JobQueue {
  /**
   * Asks for work, after the commit of the change it follows. Asked again while it waits, the work is done once;
   * asked while it runs, it is done once more. Never fails the change that was just committed: when the queue
   * cannot be reached this is logged, and the sweep finds what was missed.
   */
  add<N extends JobName>(name: N, payload: Jobs[N]): Promise<void>;
  /** Waits until nothing is waiting, delayed or active, for a minute at most. For tests and the command line. */
  drain(): Promise<void>;
  /**
   * Deletes what the queue itself notes of every job: when it was asked for, to the millisecond. A response's job is
   * asked for as it is sent, and respondents are told that no exact time is kept.
   */
  forgetEvents(): Promise<void>;
  /** Throws when the queue cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface WorkerOptions {
  /** How many jobs this process does at a time. */
  concurrency?: number;
  /** How long a job stays with a worker that has fallen silent, in milliseconds. */
  lockDuration?: number;
  /** How often to look for jobs of workers that have fallen silent, in milliseconds. */
  stalledInterval?: number;
}

type Payload = Jobs[JobName];
type OpenQueue = Awaited<ReturnType<typeof connectQueue>>;

const NAME = 'background';
const ATTEMPTS = 5;
const SWEEP_EVERY = 60_000;
const DRAIN_LIMIT = 60_000;
const ANSWER_LIMIT = 5_000;
const START_LIMIT = 30_000;

const onPostgres = withBackend(createPostgresBackend);

/** Opens the queue for asking; `backoffMs` is the wait before the second attempt, and doubles with each further one. */
export async function openQueue(
  connection: QueueConnection,
  log: Log,
  { backoffMs = 1_000 }: { backoffMs?: number } = {},
): Promise<JobQueue> {
  const queue = await connectQueue(connection, log, backoffMs);
  return {
    add: (name, payload) => ask(queue, log, name, payload),
    drain: () => drain(queue),
    forgetEvents: async () => {
      if (connection.redisUrl) await answered(queue.trimEvents(0));
      else await deleteEvents(connection.databaseUrl);
    },
    ping: async () => {
      await answered(queue.isPaused());
    },
    close: () => queue.close(),
  };
}

/** Starts doing jobs. Closing waits for those that have begun. */
export async function startWorker(
  connection: QueueConnection,
  handlers: JobHandlers,
  log: Log,
  options: WorkerOptions = {},
): Promise<{ close(): Promise<void> }> {
  const worker = createWorker(connection, (job) => handle(handlers, job.name, job.data), options);
  worker.on('error', (error) => log.error({ reason: reasonOf(error) }, 'Background worker error'));
  worker.on('stalled', (jobId) => log.warn({ jobId }, 'A worker fell silent, its job starts again'));
  worker.on('failed', (job, error) => reportFailure(log, job, error));
  await reached(worker);
  worker.run().catch((error: Error) => log.error({ reason: reasonOf(error) }, 'Background worker stopped'));
  return { close: () => worker.close() };
}

/**
 * Has `sweep` run every minute, once for all processes together. Every worker process says so again each minute,
 * so that a Redis that lost its memory learns of it too: the sweep is what everything else relies on.
 */
export async function scheduleSweep(
  connection: QueueConnection,
  log: Log,
): Promise<{ close(): Promise<void> }> {
  const queue = await connectQueue(connection, log, 1_000);
  const schedule = () =>
    queue.upsertJobScheduler('sweep', { every: SWEEP_EVERY }, { name: 'sweep', data: {} });
  await schedule();
  const timer = setInterval(() => {
    schedule().catch((error: Error) =>
      log.error({ reason: reasonOf(error) }, 'Could not schedule the sweep'),
    );
  }, SWEEP_EVERY);
  return {
    close: () => {
      clearInterval(timer);
      return queue.close();
    },
  };
}

async function connectQueue(connection: QueueConnection, log: Log, backoffMs: number) {
  const queue = createQueue(connection, {
    attempts: ATTEMPTS,
    backoff: { type: 'exponential', delay: backoffMs },
    // Not "all but the last twenty": on PostgreSQL jobs that end together would deadlock over whom to remove.
    removeOnComplete: true,
    removeOnFail: 1_000,
  });
  queue.on('error', (error: Error) => log.error({ reason: reasonOf(error) }, 'Background queue error'));
  await reached(queue);
  return queue;
}

function createQueue({ redisUrl, databaseUrl }: QueueConnection, defaultJobOptions: DefaultJobOptions) {
  return redisUrl
    ? new Queue<Payload, void, JobName>(NAME, {
        // One try at reconnecting, then the request that is waiting goes on without.
        connection: { url: redisUrl, maxRetriesPerRequest: 1 },
        defaultJobOptions,
      })
    : new onPostgres.Queue<Payload, void, JobName>(NAME, {
        connection: postgres(databaseUrl),
        defaultJobOptions,
      });
}

function createWorker(
  { redisUrl, databaseUrl }: QueueConnection,
  work: (job: Job<Payload, void, JobName>) => Promise<void>,
  options: WorkerOptions,
) {
  // A job that kills its worker has as many lives as one that throws.
  const all = { maxStalledCount: ATTEMPTS - 1, autorun: false, ...options };
  return redisUrl
    ? new Worker<Payload, void, JobName>(NAME, work, {
        connection: { url: redisUrl, maxRetriesPerRequest: null },
        ...all,
      })
    : new onPostgres.Worker<Payload, void, JobName>(NAME, work, {
        connection: postgres(databaseUrl),
        ...all,
      });
}

/**
 * At most two connections each for the queue and for the worker, and one more on which the worker listens. They
 * close when idle. `migrate` brings the schema up to date under an advisory lock, so any number of processes may
 * start at once.
 */
function postgres(databaseUrl: string) {
  return {
    connectionString: databaseUrl,
    migrate: true,
    max: 2,
    keepAlive: true,
    connectionTimeoutMillis: ANSWER_LIMIT,
  };
}

async function ask<N extends JobName>(queue: OpenQueue, log: Log, name: N, payload: Jobs[N]): Promise<void> {
  const id = [name, ...Object.values(payload)].join('-');
  try {
    await answered(queue.add(name, payload, { deduplication: { id, keepLastIfActive: true } }));
  } catch (error) {
    const about: object = { job: name, ...payload, reason: reasonOf(error as Error) };
    log.error(about, 'Could not ask for a job; the sweep will');
  }
}

async function drain(queue: OpenQueue): Promise<void> {
  const deadline = Date.now() + DRAIN_LIMIT;
  while (!(await isIdle(queue))) {
    if (Date.now() > deadline) {
      throw new Error('Background work was not finished within a minute. Is a worker running?');
    }
    await sleep(20);
  }
}

/** The library cannot trim its events on PostgreSQL, and keeps 10,000 of them. */
async function deleteEvents(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: ANSWER_LIMIT });
  await client.connect();
  try {
    await client.query('delete from bullmq.event');
  } finally {
    await client.end();
  }
}

/** Whether nothing is left to do. The next scheduled sweep is always ahead and is not counted. */
async function isIdle(queue: OpenQueue): Promise<boolean> {
  const { waiting = 0, active = 0, delayed = 0 } = await queue.getJobCounts('waiting', 'active', 'delayed');
  if (waiting + active > 0) return false;
  const ahead = delayed > 0 ? await queue.getDelayed() : [];
  return ahead.filter((job) => job.repeatJobKey && job.attemptsMade === 0).length === delayed;
}

/** Runs one job. Generic so that the compiler knows the payload to be that of the name. */
function handle<N extends JobName>(handlers: JobHandlers, name: N, payload: Jobs[N]): Promise<void> {
  return handlers[name](payload);
}

function reportFailure(log: Log, job: Job<Payload, void, JobName> | undefined, error: Error): void {
  const about = {
    job: job?.name,
    jobId: job?.id,
    ...job?.data,
    attempt: job?.attemptsMade,
    reason: reasonOf(error),
  };
  if (job && !job.finishedOn) log.warn(about, 'Job failed and will be tried again');
  else log.error(about, 'Job given up');
}

/** Waits for the first connection. A start without a database or Redis must fail, not hang. */
async function reached(client: {
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}): Promise<void> {
  try {
    await answered(client.waitUntilReady(), START_LIMIT);
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function answered<T>(answer: Promise<T>, limit = ANSWER_LIMIT): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The queue did not answer within ${limit / 1_000} seconds`)),
      limit,
    );
  });
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

/** Some errors of Node's have a code and no message. */
function reasonOf(error: NodeJS.ErrnoException): string {
  return error.message || String(error.code);
}
