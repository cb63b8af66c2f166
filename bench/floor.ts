import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { secondsSince } from './product';
import type { Stage } from './stage';
import type { World } from './world';

/** What this machine can do at best, in a process of its own as the product is. */
export interface Floor {
  url: string;
  startSeconds: number;
}

/** Starts the bare server on the product's database; see floor-server.ts for all it does. */
export async function startFloor(stage: Stage, { services, databaseUrl }: World): Promise<Floor> {
  await services.db.raw(
    `create table floor (
       id      bigint generated always as identity primary key,
       token   bytea not null,
       answers jsonb not null
     )`,
  );
  return startBareServer(stage, databaseUrl);
}

/** Without a database it only has pages. */
export function startBareServer(stage: Stage, databaseUrl = ''): Promise<Floor> {
  return stage.open(
    () => launch(databaseUrl),
    (floor) => floor.stop(),
  );
}

async function launch(databaseUrl: string): Promise<Floor & { stop(): Promise<unknown> }> {
  const begin = performance.now();
  const child = fork(path.join(__dirname, 'floor-server.js'), [databaseUrl]);
  const exited = once(child, 'exit');
  const [port] = await Promise.race([
    once(child, 'message'),
    exited.then(([code]) => Promise.reject(new Error(`The bare server ended with ${code}.`))),
  ]);
  return {
    url: `http://127.0.0.1:${port}`,
    startSeconds: secondsSince(begin),
    stop: () => {
      child.disconnect();
      return exited;
    },
  };
}
