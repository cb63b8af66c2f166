import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getVersionDefinition } from '../src/questionnaires/questionnaires.queries';
import { cpuMilliseconds } from './cpu';
import { secondsSince } from './product';
import type { Stage } from './stage';
import type { World } from './world';

/** What this machine can do at best, in a process of its own as the product is. */
export interface Floor {
  url: string;
  startSeconds: number;
  /** Processor time taken so far. */
  cpu(): Promise<number>;
}

/** Starts the bare server on the product's database; see bare-server.ts for all it does. */
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
  return start(stage, 'floor-server.js', [databaseUrl]);
}

/** The bare server with survey-core's own model before it; it keeps its rows where the floor does. */
export async function startModelServer(stage: Stage, world: World): Promise<Floor> {
  const { services, survey, dataDir, databaseUrl } = world;
  const file = path.join(dataDir, 'definition.json');
  await writeFile(file, JSON.stringify(await getVersionDefinition(services.db, survey.versionId)));
  return start(stage, 'model-server.js', [databaseUrl, file]);
}

function start(stage: Stage, program: string, words: string[]): Promise<Floor> {
  return stage.open(
    () => launch(program, words),
    (floor) => floor.stop(),
  );
}

async function launch(program: string, words: string[]): Promise<Floor & { stop(): Promise<unknown> }> {
  const begin = performance.now();
  const child = fork(path.join(__dirname, program), words);
  const exited = once(child, 'exit');
  const [port] = await Promise.race([
    once(child, 'message'),
    exited.then(([code]) => Promise.reject(new Error(`The bare server ended with ${code}.`))),
  ]);
  return {
    url: `http://127.0.0.1:${port}`,
    startSeconds: secondsSince(begin),
    cpu: () => cpuMilliseconds(child),
    stop: () => {
      child.disconnect();
      return exited;
    },
  };
}
