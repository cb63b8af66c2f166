import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import request from 'supertest';
import { createApp } from '../src/app';
import { closeSides, openSides } from '../src/database-sides';
import { readBackup } from '../src/platform/backup';
import { readConfig } from '../src/platform/config';
import { migrate, openDatabase } from '../src/platform/database';
import { createLog } from '../src/platform/log';
import { openMail } from '../src/platform/mail';
import { fromRoot } from '../src/platform/paths';
import { openQueue, startWorker } from '../src/queue/queue';
import type { Services } from '../src/services';
import { checkTallies, foldResponses } from '../src/tallies/tallies.commands';
import { handlers } from '../workers/handlers';
import { createBrowser } from './support/browser';
import { freshDatabase } from './support/database';
import { secret } from './support/world';

jest.setTimeout(120_000);

/**
 * A backup of the database that the program of the first 17 migrations made: its demo, answered by 600 simulated people, and one
 * more who had answered the first page and not the rest. It was made by running that program with the secret of the tests and
 * handing its database to `writeBackup`.
 */
const backup = gunzipSync(readFileSync(fromRoot('tests/fixtures/first-database.backup.gz'))).toString();

test('the database of the first day comes to this one with every row, and serves', async () => {
  const { url, drop } = await freshDatabase('test_first_day');
  const db = openDatabase(url);
  const log = createLog('silent');
  await migrate(db);
  await readBackup(db, Readable.from([Buffer.from(backup)]), secret);

  const rows = [...backup.matchAll(/^copy "(\w+)"[^\n]*\n[\s\S]*?^-- rows (\d+)$/gm)];
  expect(rows.map(([, table]) => table)).toEqual(
    expect.arrayContaining(['accounts', 'surveys', 'drafts', 'responses', 'tallies']),
  );
  expect(Object.fromEntries(rows.map(([, table, count]) => [table, Number(count)]))).toMatchObject({
    responses: 600,
    drafts: 601,
    accounts: 4,
  });
  for (const [, table, count] of rows) {
    const [{ present } = { present: 0 }] = await db(table!).count('* as present');
    // Counts are made afresh from the responses, below.
    if (table === 'tallies') continue;
    // Migrations add: terms that were not thought of, and entries of what they did.
    expect([table, Number(present) >= Number(count)]).toEqual([table, true]);
  }

  const sides = await openSides(db, url, 4, log);
  const queue = await openQueue({ databaseUrl: url }, log);
  const config = readConfig({ DATABASE_URL: url, SESSION_SECRET: secret });
  const clock = { now: () => new Date('2026-11-22T22:00:00Z') };
  const mail = openMail(config, db, clock);
  const services: Services = { db, sides, queue, mail, clock, log, config, secret };
  const worker = await startWorker({ databaseUrl: url }, handlers(services), log);
  try {
    const app = createApp(services);
    const lead = createBrowser(app);
    await lead.get('/sign-in');
    await lead.post('/sign-in', { email: 'lead@demo.example', password: 'demo-skills-gap' }).expect(303);
    const { id } = await db('surveys').where({ code: 'CYPMH26' }).first('id');
    for (const address of ['/projects', `/surveys/${id}`, `/surveys/${id}/releases/new`]) {
      expect([address, (await lead.get(address)).status]).toEqual([address, 200]);
    }
    expect((await request(app).get('/s/CYPMH26')).status).toBe(200);
    await foldResponses(services, id);
    expect(await checkTallies(services, id)).toEqual([]);
    const [{ counted }] = (await db('tallies').where({ survey_id: id }).sum('respondents as counted')) as [
      { counted: string },
    ];
    expect(Number(counted)).toBe(600);
  } finally {
    await worker.close();
    await queue.close();
    await closeSides(sides);
    await db.destroy();
    await drop();
  }
});
