import { closeSides, openSides, type Sides } from './database-sides';
import { systemClock } from './platform/clock';
import type { Config } from './platform/config';
import { migrate, openDatabase } from './platform/database';
import { startEmbeddedPostgres } from './platform/embedded-postgres';
import { createLog } from './platform/log';
import { openMail } from './platform/mail';
import { sessionSecret } from './platform/secrets';
import { openQueue, type QueueConnection } from './queue/queue';
import type { Services } from './services';
import { loadDefaultVocabularies } from './vocabularies/vocabularies.commands';

/** The outside world, opened; and how to close it again. */
export interface OpenServices {
  services: Services;
  queueConnection: QueueConnection;
  close(): Promise<void>;
}

/** Opens database, queue and secrets: the given ones, or the embedded database. Brings the schema up to date. */
export async function openServices(config: Config, say: (sentence: string) => void): Promise<OpenServices> {
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({ dataDir: config.dataDir, say });
  const databaseUrl = config.databaseUrl ?? embedded!.url;
  const db = openDatabase(databaseUrl, { max: config.databasePool });
  let sides: Sides | undefined;
  try {
    say('Bringing the database up to date');
    await migrate(db);
    await loadDefaultVocabularies({ db });
    const log = createLog(config.logLevel);
    sides = await openSides(db, databaseUrl, config.databasePool, log);
    const queueConnection = { databaseUrl, redisUrl: config.redisUrl };
    const queue = await openQueue(queueConnection, log);
    const mail = openMail(config, db, systemClock);
    const services = {
      db,
      sides,
      queue,
      mail,
      clock: systemClock,
      log,
      config,
      secret: sessionSecret(config),
    };
    return {
      services,
      queueConnection,
      close: async () => {
        await queue.close();
        await closeSides(sides);
        await db.destroy();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await closeSides(sides);
    await db.destroy();
    await embedded?.stop();
    throw error;
  }
}
