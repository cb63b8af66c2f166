import { openServices } from '../src/open-services';
import { readConfig, requireDatabaseUrl } from '../src/platform/config';
import { runUntilStopped } from '../src/platform/process';
import { runWorker } from './worker';

/** The worker process: `npm run worker`. */
runUntilStopped(async (say) => {
  const config = requireDatabaseUrl(readConfig());
  const world = await openServices(config, say);
  const worker = await runWorker(world.services, world.queueConnection);
  process.stdout.write('Worker ready\n');
  return async () => {
    await worker.close();
    await world.close();
  };
});
