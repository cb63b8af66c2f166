import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openServices } from '../src/open-services';
import { readConfig, requireDatabaseUrl } from '../src/platform/config';
import { runUntilStopped } from '../src/platform/process';
import type { Services } from '../src/services';
import { runWorker } from './worker';

/** The worker process: `npm run worker`. */
runUntilStopped(async (say) => {
  const config = requireDatabaseUrl(readConfig());
  const world = await openServices(config, say);
  const worker = await runWorker(world.services, world.queueConnection);
  const heart = await startHeart(world.services);
  process.stdout.write('Worker ready\n');
  return async () => {
    clearInterval(heart);
    await worker.close();
    await world.close();
  };
});

const beatEvery = 15_000;

/** Touches DATA_DIR/worker-alive while the queue answers: a worker listens on no port that could be asked. */
async function startHeart({ queue, config, log }: Services): Promise<NodeJS.Timeout> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const beat = async () => {
    await queue.ping();
    await writeFile(path.join(config.dataDir, 'worker-alive'), '');
  };
  await beat();
  return setInterval(() => {
    beat().catch((error: Error) => log.warn({ reason: error.message }, 'the queue does not answer'));
  }, beatEvery);
}
