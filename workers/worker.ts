import type { QueueConnection } from '../src/queue/queue';
import { scheduleSweep, startWorker } from '../src/queue/queue';
import type { Services } from '../src/services';
import { handlers } from './handlers';

/** Does background work until closed: every job, and the sweep each minute. */
export async function runWorker(
  services: Services,
  connection: QueueConnection,
): Promise<{ close(): Promise<void> }> {
  const stop = new AbortController();
  const worker = await startWorker(connection, handlers(services, stop.signal), services.log, {
    concurrency: 4,
  });
  const schedule = await scheduleSweep(connection, services.log);
  return {
    close: async () => {
      stop.abort();
      await schedule.close();
      await worker.close();
    },
  };
}
