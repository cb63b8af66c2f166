import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, findBinaries, invocation } from './postgres-binaries';
import {
  ensureCluster,
  findServer,
  freeStaleLocks,
  isAlive,
  isServer,
  readIfThere,
  superuser,
} from './postgres-cluster';

export interface EmbeddedPostgres {
  /** For `pg` and `knex`: over a Unix socket, so that there is no port to collide or to guard. */
  url: string;
  /** True when a server that was already running on this data directory was used rather than started. */
  adopted: boolean;
  /** Stops the server and waits until it is gone. An adopted server is left to whoever started it. */
  stop(): Promise<void>;
}

interface Place {
  cluster: string;
  socketFolder: string;
  log: string;
  /** Two lines: the process that answers for the server, and the server. */
  ownerFile: string;
}

const database = 'skills';
const port = 5432;
const patience = 60_000;

/** A child of a killed server may still be counting, and holds the data until it is done: about 25 seconds. */
const retries = 100;

const longestLog = 10 * 1024 * 1024;

/** Terse errors without their statement: those quote values, and an answer or a name has no place in a log. */
const defaults = {
  listen_addresses: '',
  port: String(port),
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  jit: 'off',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/**
 * Starts PostgreSQL on `<dataDir>/postgres`, or uses the server that already runs there. Whoever may enter
 * the socket's folder is trusted: it is closed to all but the user who runs the server.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  say?: (sentence: string) => void;
  settings?: Record<string, string>;
}): Promise<EmbeddedPostgres> {
  const { dataDir, say = () => {}, settings = {} } = options;
  await fs.mkdir(dataDir, { recursive: true });
  const home = await fs.realpath(dataDir);
  const cluster = path.join(home, 'postgres');
  const binaries = await findBinaries(await ownerOf(cluster));
  await ensureCluster(cluster, binaries, say);
  const place = placeIn(home, await fs.realpath(cluster));
  await announce(place, say);
  for (let attempt = 0; attempt < retries; attempt += 1) {
    const server = (await adopt(place)) ?? (await launch(place, binaries, settings));
    if (server) return server;
    await sleep(250);
  }
  throw new Error(`Something holds on to the database in ${place.cluster}; see the end of ${place.log}.`);
}

/** A socket's path may have 107 bytes, so a folder deep in the tree needs a stand-in with a short name. */
function placeIn(dataDir: string, cluster: string): Place {
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folders = [path.join(dataDir, 'run'), path.join(os.tmpdir(), `skills-postgres-${hash}`)];
  return {
    cluster,
    socketFolder: folders.find((folder) => Buffer.byteLength(folder) < 85) ?? `/tmp/skills-postgres-${hash}`,
    log: path.join(dataDir, 'postgres.log'),
    ownerFile: path.join(dataDir, 'postgres.owner'),
  };
}

async function ownerOf(cluster: string) {
  const found = await fs
    .stat(cluster)
    .catch((error) => (error.code === 'ENOENT' ? undefined : Promise.reject(error)));
  return found && { uid: found.uid, gid: found.gid };
}

async function announce({ cluster }: Place, say: (sentence: string) => void): Promise<void> {
  const isUnclean = (await readIfThere(path.join(cluster, 'postmaster.pid'))) !== undefined;
  if (await findServer(cluster)) say('Using the database that is already running');
  else say(isUnclean ? 'Recovering the database, which was not shut down' : 'Starting the database');
}

/** Uses the server that is there, if there is one and it stays. Who adopts an orphan answers for it. */
async function adopt(place: Place): Promise<EmbeddedPostgres | undefined> {
  const pid = (await findServer(place.cluster))?.pid;
  if (!pid) return undefined;
  const wasOrphan = await isOrphan(place, pid);
  // On Linux an orphan has just been told to stop, so it is given a moment to do so.
  if (wasOrphan && (await isGone(place, pid, 1000))) return undefined;
  const url = await whenReady(place, pid);
  if (!url) return undefined;
  if (wasOrphan) await own(place, pid);
  const stop = async () => {
    if (wasOrphan || (await isOrphan(place, pid))) await stopServer(place, pid);
  };
  return { url, adopted: true, stop };
}

/** Starts a server. Nothing, if another one holds the data: it may be going, or may be there to adopt. */
async function launch(
  place: Place,
  binaries: Binaries,
  settings: Record<string, string>,
): Promise<EmbeddedPostgres | undefined> {
  await openPrivately(place.socketFolder, binaries);
  const socketLock = path.join(place.socketFolder, `.s.PGSQL.${port}.lock`);
  await freeStaleLocks([path.join(place.cluster, 'postmaster.pid'), socketLock]);
  const { child, logStart } = await spawnServer(place, binaries, settings);
  const pid = child.pid!;
  try {
    await isInCharge(place, child);
    const url = await whenReady(place, pid);
    if (url) return { url, adopted: false, stop: () => stopServer(place, pid) };
  } catch (error) {
    child.kill('SIGINT');
    throw error;
  }
  const complaint = (await fs.readFile(place.log)).subarray(logStart).toString().trim();
  if (/lock file .* (already exists|is empty)|shared memory block .* still in use/.test(complaint)) {
    return undefined;
  }
  const end = complaint.split('\n').slice(-12).join('\n');
  throw new Error(`The database stopped while starting. The end of ${place.log}:\n${end}`);
}

/** Makes the socket's folder, or makes sure that the one that is there is ours alone. */
async function openPrivately(folder: string, { uid, gid }: Binaries): Promise<void> {
  if (await fs.mkdir(folder, { recursive: true, mode: 0o700 })) await fs.chown(folder, uid, gid);
  const found = await fs.lstat(folder);
  if (found.isDirectory() && found.uid === uid && (found.mode & 0o777) === 0o700) return;
  throw new Error(
    `${folder} must be a folder of user number ${uid} that is closed to others: remove it and start again.`,
  );
}

/** Detached, since Ctrl-C is for us: the database must stay until we have closed down. */
async function spawnServer({ cluster, socketFolder, log }: Place, binaries: Binaries, settings: object) {
  const values = Object.entries({ ...defaults, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const sockets = `"${socketFolder.replaceAll('"', '""')}"`;
  const { file, args, options } = invocation(binaries, 'postgres', ['-D', cluster, '-k', sockets, ...values]);
  const output = await fs.open(log, 'a', 0o600);
  try {
    if ((await output.stat()).size > longestLog) await output.truncate();
    const logStart = (await output.stat()).size;
    const stdio = ['ignore' as const, output.fd, output.fd];
    const child = spawn(file, args, { ...options, stdio, detached: true });
    await once(child, 'spawn');
    child.unref();
    return { child, logStart };
  } finally {
    await output.close();
  }
}

/** Waits until our server holds the data, and signs for it before anyone can find it ready. */
async function isInCharge(place: Place, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + patience;
  while (child.exitCode === null && child.signalCode === null) {
    if ((await findServer(place.cluster))?.pid === child.pid) return own(place, child.pid!);
    if (Date.now() > deadline) throw new Error(`The database in ${place.cluster} does not get going.`);
    await sleep(20);
  }
}

/**
 * The address, once a server answers there; nothing when the server goes away. A minute of silence is a fault,
 * but one that says it is busy recovering is waited for: stopped, it would begin again the next time.
 */
async function whenReady({ cluster }: Place, pid: number): Promise<string | undefined> {
  let deadline = Date.now() + patience;
  let reason: unknown;
  while (Date.now() < deadline) {
    const server = await findServer(cluster);
    if (server?.pid !== pid) return undefined;
    try {
      if (server.socketFolder) return await addressIn(server.socketFolder);
    } catch (error) {
      reason = error;
      if ((error as pg.DatabaseError).code === '57P03') deadline = Date.now() + patience;
    }
    await sleep(30);
  }
  throw new Error(`The database in ${cluster} does not answer.`, { cause: reason });
}

/** Connects, makes the database at the first time, and gives its address. */
async function addressIn(host: string): Promise<string> {
  const client = new pg.Client({
    host,
    port,
    user: superuser,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: 5000,
  });
  // The query that fails says so itself.
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (!rowCount) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
  return `postgresql://${superuser}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
}

async function own({ ownerFile }: Place, pid: number): Promise<void> {
  await fs.rm(ownerFile, { force: true });
  await fs.writeFile(ownerFile, `${process.pid}\n${pid}\n`);
}

/** True when the process that answered for the server is dead; a server nobody signed for is left alone. */
async function isOrphan({ ownerFile }: Place, pid: number): Promise<boolean> {
  const [owner = 0, server] = ((await readIfThere(ownerFile)) ?? '').split('\n').map(Number);
  return server === pid && !(await isAlive(owner));
}

async function stopServer(place: Place, pid: number): Promise<void> {
  if (!(await isServer(pid, place.cluster))) return;
  process.kill(pid, 'SIGINT');
  await isGone(place, pid, Number.POSITIVE_INFINITY);
  await fs.rm(place.ownerFile, { force: true });
}

async function isGone({ cluster }: Place, pid: number, within: number): Promise<boolean> {
  const deadline = Date.now() + within;
  while (await isServer(pid, cluster)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}
