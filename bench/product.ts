import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fromRoot } from '../src/platform/paths';
import { randomToken } from '../src/platform/secrets';
import { cpuMilliseconds } from './cpu';
import type { Stage } from './stage';
import type { World } from './world';

/** The product as a process of its own: web and worker, as `npm start` runs them. */
export interface Product {
  url: string;
  /** Seconds from the start of the process to "Ready on". */
  startSeconds: number;
  /** Processor time taken so far. */
  cpu(): Promise<number>;
  /** Tells it to stop, as an operator would, and waits; gives the seconds it took. */
  stop(): Promise<number>;
}

/** Starts it on a world's database, set as an operator would set it. */
export function startProductOn(
  stage: Stage,
  { databaseUrl, dataDir }: World,
  settings: Record<string, string> = {},
): Promise<Product> {
  return startProduct(stage, {
    ...settings,
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    DEMO: 'off',
    NODE_ENV: 'production',
    SESSION_SECRET: randomToken(),
  });
}

/** Starts it with these settings, whatever the caller's are. */
export function startProduct(stage: Stage, environment: Record<string, string>): Promise<Product> {
  return stage.open(
    () => launch(environment),
    (product) => product.stop(),
  );
}

/** A free port, and nothing else set. */
const neutral = {
  HOST: '',
  PORT: '0',
  BASE_URL: '',
  DATABASE_URL: '',
  DATABASE_POOL: '',
  REDIS_URL: '',
  TRUST_PROXY: '',
  DEMO: '',
  NODE_ENV: '',
  LOG_LEVEL: 'warn',
  STARTS_PER_MINUTE: '9999999',
};

async function launch(environment: Record<string, string>): Promise<Product> {
  const begin = performance.now();
  const child = fork(fromRoot('dist/src/server.js'), {
    execArgv: ['--require', path.join(__dirname, 'end-with-parent.js')],
    env: { ...process.env, ...neutral, ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // Ctrl-C is for us: a second signal would make it leave without stopping its database.
    detached: true,
  });
  const exited = once(child, 'exit');
  const url = await Promise.race([
    readyUrl(child),
    exited.then(([code]) => Promise.reject(new Error(`The product ended with ${code} before it was ready.`))),
  ]);
  return {
    url,
    startSeconds: secondsSince(begin),
    cpu: () => cpuMilliseconds(child),
    stop: async () => {
      const stopping = performance.now();
      child.kill('SIGTERM');
      await exited;
      return secondsSince(stopping);
    },
  };
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    createInterface(child.stdout!).on('line', (line) => {
      const [, url] = /^Ready on (\S+)/.exec(line) ?? [];
      if (url) resolve(url);
    });
  });
}

export function secondsSince(begin: number): number {
  return (performance.now() - begin) / 1000;
}
