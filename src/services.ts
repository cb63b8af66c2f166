import type { Clock } from './platform/clock';
import type { Config } from './platform/config';
import type { Database } from './platform/database';
import type { Log } from './platform/log';
import type { Mail } from './platform/mail';
import type { JobQueue } from './queue/queue';

/** What the outside world is to a command. */
export interface Services {
  db: Database;
  /** The same database, as pages that may do less ask it. */
  sides: { respondents: Database; readers: Database };
  queue: JobQueue;
  mail: Mail;
  clock: Clock;
  log: Log;
  config: Config;
  /** Signs cookies and keys the hashes of links. */
  secret: string;
}
