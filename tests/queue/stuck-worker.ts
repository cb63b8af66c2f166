import pino from 'pino';
import { startWorker } from '../../src/queue/queue';

/** A worker process for a test to kill: it takes a job, says so, and never finishes it. */
async function stick(): Promise<void> {
  process.stdout.write('started\n');
  await new Promise(() => {});
}

const [connection, options] = process.argv.slice(2).map((text) => JSON.parse(text));
void startWorker(
  connection,
  {
    fold: stick,
    shuffle: stick,
    contacts: stick,
    mail: stick,
    letters: stick,
    digests: stick,
    release: stick,
    file: stick,
    retention: stick,
    returned: stick,
    sweep: stick,
  },
  pino({ enabled: false }),
  options,
);
