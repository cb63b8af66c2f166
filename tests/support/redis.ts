import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';

export interface TestRedis {
  url: string;
  stop(): Promise<void>;
}

/** Whether tests can have a Redis. On CI they must; elsewhere one line says what is left out. */
export function canHaveRedis(): boolean {
  if (process.env.REDIS_URL || spawnSync('redis-server', ['--version']).status === 0) return true;
  const absence = 'neither REDIS_URL nor redis-server was found';
  if (process.env.CI === 'true') throw new Error(`CI tests the queue on Redis too, but ${absence}`);
  process.stderr.write(`Tests on Redis are left out: ${absence}.\n`);
  return false;
}

/** A Redis for this jest worker: a database of its own on REDIS_URL, or a server of its own. */
export async function startTestRedis(): Promise<TestRedis> {
  if (process.env.REDIS_URL) return { url: ownDatabase(process.env.REDIS_URL), stop: async () => {} };
  const folder = mkdtempSync(path.join(tmpdir(), 'skills-redis-'));
  const socket = path.join(folder, 'redis.sock');
  const options = [
    '--port',
    '0',
    '--unixsocket',
    socket,
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  const server = spawn('redis-server', options, { stdio: 'ignore' });
  await answering(socket);
  return { url: `unix://${socket}`, stop: () => stop(server, folder) };
}

/** Never database 0, which somebody may be using. */
function ownDatabase(address: string): string {
  const url = new URL(address);
  url.pathname = `/${process.env.JEST_WORKER_ID ?? 1}`;
  return url.href;
}

async function answering(socket: string): Promise<void> {
  const redis = new Redis(socket, { retryStrategy: () => 20, maxRetriesPerRequest: 250 });
  redis.on('error', () => {}); // Refused until the server listens; a server that never does fails the ping.
  await redis.ping();
  redis.disconnect();
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  const stopped = once(server, 'exit');
  server.kill();
  await stopped;
  rmSync(folder, { recursive: true });
}
