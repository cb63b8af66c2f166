import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { operator } from '../../src/audit/actor';
import { closeSides, openSides } from '../../src/database-sides';
import { startMailing } from '../../src/mailings/mailings.commands';
import { countMessages } from '../../src/mailings/messages.queries';
import { systemClock } from '../../src/platform/clock';
import { readConfig } from '../../src/platform/config';
import { migrate, openDatabase } from '../../src/platform/database';
import { createLog } from '../../src/platform/log';
import { openMail } from '../../src/platform/mail';
import { fromRoot } from '../../src/platform/paths';
import { openQueue } from '../../src/queue/queue';
import type { Services } from '../../src/services';
import { loadDefaultVocabularies } from '../../src/vocabularies/vocabularies.commands';
import { freshDatabase } from '../support/database';
import { secret } from '../support/world';
import { makeMailSurvey, makePeople } from './make';
import { openSink, type Sink } from './sink';

jest.setTimeout(240_000);

const people = 3_000;
const before = 1_000;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The product without a worker, on a database of its own. */
async function openApart(mailUrl: string): Promise<{ services: Services; env: Record<string, string> }> {
  const { url, drop } = await freshDatabase('mailings_killed');
  closers.push(drop);
  const db = openDatabase(url);
  closers.push(() => db.destroy());
  await migrate(db);
  await loadDefaultVocabularies({ db });
  const log = createLog('silent');
  const sides = await openSides(db, url, 10, log);
  closers.push(() => closeSides(sides));
  const queue = await openQueue({ databaseUrl: url }, log);
  closers.push(() => queue.close());
  const dataDir = mkdtempSync(path.join(tmpdir(), 'skills-killed-'));
  closers.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const env = {
    ...{ DATABASE_URL: url, SESSION_SECRET: secret, MAIL_URL: mailUrl, MAIL_FROM: 'surveys@example.org' },
    ...{ DATA_DIR: dataDir, LOG_LEVEL: 'error', REDIS_URL: '', NODE_ENV: '' },
  };
  const config = readConfig(env);
  const mail = openMail(config, db, systemClock);
  return { services: { db, sides, queue, mail, clock: systemClock, log, config, secret }, env };
}

function startWorker(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [fromRoot('dist/workers/main.js')], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  closers.push(() => child.kill('SIGKILL'));
  return child;
}

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let wait = 0; wait < 1_500; wait += 1) {
    if (await isSo()) return;
    await sleep(100);
  }
  throw new Error('It did not come about within two and a half minutes');
}

test('a worker killed in the middle of thousands loses nobody and writes to nobody twice', async () => {
  // What arrives after this many is taken in and never answered: the worker is waiting for a word when it dies.
  let answering = true;
  const unanswered: string[] = [];
  const sink: Sink = await openSink({
    onMessage: (to) => {
      if (answering && sink.taken.length < before) return undefined;
      if (!answering) return undefined;
      unanswered.push(to);
      // Every other one has arrived all the same.
      if (unanswered.length % 2 === 0) sink.taken.push({ to, raw: '' });
      return new Promise(() => {});
    },
  });
  closers.push(() => sink.close());
  const { services, env } = await openApart(sink.url);
  const survey = await makeMailSurvey(services);
  const emails = await makePeople(services, survey, people);
  const first = startWorker(env);
  const mailingId = await startMailing(services, operator, survey.id, 'invitation');
  await until(() => unanswered.length === 5);
  first.kill('SIGKILL');
  await until(() => first.exitCode !== null || first.signalCode !== null);
  expect((await countMessages(services.db, mailingId))['handing over']).toBe(5);

  // The lease of what it had taken runs out.
  answering = false;
  await services.db('messages').whereNotNull('claim').update({ claimed_until: new Date() });
  startWorker(env);
  await until(async () => (await services.db('mailings').first('state')).state === 'done');

  const counts = await countMessages(services.db, mailingId);
  expect(counts).toEqual({ sent: people - 5, 'in doubt': 5 });
  const arrived = sink.taken.map(({ to }) => to);
  const doubled = arrived.filter((to, index) => arrived.indexOf(to) !== index);
  expect(doubled).toEqual([]);
  // Whoever got nothing is one of those that are in doubt, and so is whoever got one without an answer.
  const missing = emails.filter((to) => !arrived.includes(to));
  expect(missing).toHaveLength(3);
  const doubtful: string[] = await services
    .db({ m: 'messages' })
    .join({ c: 'contacts' }, 'c.id', 'm.contact_id')
    .where('m.state', 'in doubt')
    .pluck('c.email');
  expect(doubtful.sort()).toEqual([...unanswered].sort());
  expect(doubtful).toEqual(expect.arrayContaining(missing));
});
