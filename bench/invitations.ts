import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { operator } from '../src/audit/actor';
import { importContactsFile } from '../src/contacts/contact-imports.commands';
import { startMailing } from '../src/mailings/mailings.commands';
import { findMailing } from '../src/mailings/mailings.queries';
import { countMessages } from '../src/mailings/messages.queries';
import { insertReplyAddress, markVerified } from '../src/mailings/reply-addresses.queries';
import { fromRoot } from '../src/platform/paths';
import { randomToken } from '../src/platform/secrets';
import type { Services } from '../src/services';
import type { Survey } from '../src/surveys/survey';
import { rounded } from './percentiles';
import { secondsSince } from './product';
import type { Stage } from './stage';
import { openWorld, type World } from './world';

const contacts = 50_000;
const limitSeconds = 1_800;

/** How long it takes to bring in a list of 50,000 and to invite them all, and what the process that sends holds meanwhile. */
export async function invitations(stage: Stage): Promise<void> {
  const world = await openWorld(stage);
  const sink = await startSink(stage);
  const { services, survey } = world;
  await confirmReplyAddress(services, survey);

  stage.say(`Bringing in ${contacts} contacts`);
  const importing = performance.now();
  const bytes = Buffer.from(listOfPeople());
  const imported = await importContactsFile(services, operator, survey, { name: 'staff.csv', bytes });
  const importSeconds = secondsSince(importing);
  if (imported.added !== contacts) throw new Error(`Only ${imported.added} of ${contacts} came in.`);

  stage.say(`Inviting ${contacts} people`);
  const worker = await startWorker(stage, world, sink.url);
  const sending = performance.now();
  const mailingId = await startMailing(services, operator, survey.id, 'invitation');
  const peakRssMb = await untilSent(services, mailingId, worker);
  const sendSeconds = secondsSince(sending);

  const { sent = 0 } = await countMessages(services.db, mailingId);
  const { taken, recipients } = await sink.tell();
  stage.print({
    ...{
      bench: 'invitations',
      contacts,
      importSeconds: rounded(importSeconds),
      sendSeconds: rounded(sendSeconds),
    },
    ...{ peakRssMb, sent, lost: contacts - recipients, doubled: taken - recipients },
  });
}

function listOfPeople(): string {
  const rows = Array.from({ length: contacts }, (_, index) => {
    const profession = index % 2 === 0 ? 'rn_adult' : 'rn_mental_health';
    return `nurse.${index}@staff.bench.example,Colleague ${index},${profession}`;
  });
  return `email,name,profession\n${rows.join('\n')}\n`;
}

async function confirmReplyAddress({ db, clock }: Services, { projectId }: Survey): Promise<void> {
  const tokenHash = Buffer.from(randomToken());
  const asked = { projectId, email: 'team@bench.example', tokenHash, accountId: null, now: clock.now() };
  await markVerified(db, await insertReplyAddress(db, asked), clock.now());
}

/** The mail server is another's: a process of its own. */
async function startSink(stage: Stage): Promise<{ url: string; tell(): Promise<Told> }> {
  const child = await stage.open(
    () => fork(path.join(__dirname, 'mail-sink.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
    (process) => process.kill(),
  );
  const [{ url }] = await once(child, 'message');
  return {
    url,
    tell: async () => {
      child.send('tell');
      const [told] = await once(child, 'message');
      return told;
    },
  };
}

interface Told {
  taken: number;
  recipients: number;
}

function startWorker(stage: Stage, { databaseUrl, dataDir }: World, mailUrl: string): Promise<ChildProcess> {
  return stage.open(
    () =>
      fork(fromRoot('dist/workers/main.js'), {
        execArgv: ['--require', path.join(__dirname, 'end-with-parent.js')],
        env: {
          ...process.env,
          ...{
            DATABASE_URL: databaseUrl,
            DATA_DIR: dataDir,
            REDIS_URL: '',
            DATABASE_POOL: '',
            LOG_LEVEL: 'warn',
          },
          ...{ MAIL_URL: mailUrl, MAIL_FROM: 'surveys@bench.example', NOTIFY_API_KEY: '', NODE_ENV: '' },
        },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        detached: true,
      }),
    async (child) => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  );
}

/** Waits until nothing is left to send; gives the most memory that was held, in megabytes. */
async function untilSent({ db }: Services, mailingId: string, { pid }: ChildProcess): Promise<number> {
  const begin = performance.now();
  while (secondsSince(begin) < limitSeconds) {
    await sleep(250);
    if ((await findMailing(db, mailingId))?.state === 'done') return peakOf(pid!);
  }
  throw new Error(`Not sent within ${limitSeconds} seconds.`);
}

/** As the kernel counts it: the highest it ever was. */
function peakOf(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (!kilobytes) throw new Error('This machine does not tell how much memory a process held.');
  return Math.round(Number(kilobytes) / 1024);
}
