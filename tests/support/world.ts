import type { Express } from 'express';
import type { Role } from '../../src/accounts/account';
import { createAccount } from '../../src/accounts/accounts.commands';
import { createApp } from '../../src/app';
import { operator } from '../../src/audit/actor';
import { closeSides, openSides } from '../../src/database-sides';
import { type Config, readConfig } from '../../src/platform/config';
import { type Database, openDatabase } from '../../src/platform/database';
import { createLog, type Log } from '../../src/platform/log';
import { openMail } from '../../src/platform/mail';
import { insertMember } from '../../src/projects/projects.queries';
import { type JobQueue, openQueue, startWorker } from '../../src/queue/queue';
import type { Services } from '../../src/services';
import { handlers } from '../../workers/handlers';
import { type Browser, createBrowser } from './browser';
import { emptyDatabase, testDatabaseUrl } from './database';

/** The product as a test sees it: the real application, database, queue and worker; only the time is ours. */
export interface World {
  services: Services;
  db: Database;
  queue: JobQueue;
  app: Express;
  clock: { set(instant: string | Date): void; advance(milliseconds: number): void };
  /** A browser nobody has signed in on. */
  visitor(): Browser;
  /** A browser of somebody new with this role, in the project where one is given. */
  signedIn(role: Role, projectId?: string): Promise<Browser & { accountId: string; email: string }>;
  /** Empties the database, and sets the clock to the machine's. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export const password = 'a password for tests';
export const secret = 'a secret for tests, 32 characters or more';

/** Opens the world for a test file: once in beforeAll, closed in afterAll, reset before each test. */
export async function openWorld(options: { log?: Log; config?: Partial<Config> } = {}): Promise<World> {
  const databaseUrl = await testDatabaseUrl();
  const log = options.log ?? createLog('silent');
  const db = openDatabase(databaseUrl);
  const queue = await openQueue({ databaseUrl }, log);
  const config = { ...readConfig({ DATABASE_URL: databaseUrl, SESSION_SECRET: secret }), ...options.config };
  let now: Date | undefined;
  const clock = { now: () => now ?? new Date() };
  const mail = openMail(config, db, clock);
  const sides = await openSides(db, databaseUrl, 10, log);
  const services: Services = { db, sides, queue, mail, clock, log, config, secret };
  const worker = await startWorker({ databaseUrl }, handlers(services), log);
  const app = createApp(services);
  return {
    services,
    db,
    queue,
    app,
    clock: {
      set: (instant) => {
        now = new Date(instant);
      },
      advance: (milliseconds) => {
        now = new Date(clock.now().getTime() + milliseconds);
      },
    },
    visitor: () => createBrowser(app),
    signedIn: (role, projectId) => signIn(services, app, role, projectId),
    reset: async () => {
      await queue.drain();
      now = undefined;
      await emptyDatabase(db);
    },
    close: async () => {
      await worker.close();
      await queue.close();
      await closeSides(sides);
      await db.destroy();
    },
  };
}

let people = 0;

async function signIn(services: Services, app: Express, role: Role, projectId?: string) {
  people += 1;
  const email = `${role.replaceAll('_', '-')}-${people}@example.org`;
  const accountId = await createAccount(services, operator, { email, role, password });
  if (projectId) await insertMember(services.db, { projectId, accountId, role });
  const browser = createBrowser(app);
  await browser.get('/sign-in');
  await browser.post('/sign-in', { email, password }).expect(303);
  return Object.assign(browser, { accountId, email });
}
