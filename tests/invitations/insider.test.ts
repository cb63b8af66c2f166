import { operator } from '../../src/audit/actor';
import { importContactsFile } from '../../src/contacts/contact-imports.commands';
import type { Log } from '../../src/platform/log';
import { invitedToken, shuffleResponses } from '../../src/responses/responses.commands';
import { foldResponses } from '../../src/tallies/tallies.commands';
import { mailOut, makeMailSurvey } from '../mailings/make';
import { openWorld, secret, type World } from '../support/world';

const lines: unknown[] = [];
const keep = (...said: unknown[]) => void lines.push(said);
const log = { debug: keep, info: keep, warn: keep, error: keep } as Log;

let world: World;
beforeAll(async () => {
  world = await openWorld({ log });
});
beforeEach(() => world.reset());
afterAll(() => world.close());

interface Row {
  name: string;
  version: string;
  text: string;
}

/** Every row of every table there is, those of the queue too, with the transaction that wrote it. */
async function everyRow(): Promise<Row[]> {
  const { rows: tables } = await world.db.raw<{ rows: { name: string }[] }>(
    `select format('%I.%I', table_schema, table_name) as name
       from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const all: Row[] = [];
  for (const { name } of tables) {
    const { rows } = await world.db.raw(`select t.xmin::text as version, t::text as text from ${name} t`);
    for (const row of rows) all.push({ name, ...row });
  }
  return all;
}

test('after walks by invitation no row and no line of the log joins a person, or a link, to answers', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const survey = await makeMailSurvey(world.services);
  const emails = Array.from({ length: 13 }, (_, at) => `nurse-${at}@example.org`);
  const file = `email,profession\n${emails.map((email) => `${email},Midwife`).join('\n')}\n`;
  const bytes = Buffer.from(file);
  await importContactsFile(world.services, operator, survey, { name: 'people.csv', bytes });
  await mailOut(world.services, survey);
  const letters = await world.db('outbox').select('recipient', 'text');
  const tokens = letters.map(({ text }) => /\/i\/([\w-]{43})/.exec(text)![1]!);
  const start = `/s/${survey.code}`;
  for (const token of tokens.slice(1)) {
    const nurse = world.visitor();
    await nurse.get(`/i/${token}`);
    await nurse.submit(start);
    await nurse.submit(`${start}/pages/1`, { profession: 'midwife', setting: 'gp_practice' });
    for (const page of ['pages/2', 'pages/3', 'check']) await nurse.submit(`${start}/${page}`);
    expect((await nurse.get(`/i/${token}`)).status).toBe(410);
  }
  await world.queue.drain();
  await foldResponses(world.services, survey.id);
  await shuffleResponses(world.services, survey.id);
  await world.db('outbox').delete(); // What an administrator reads there is what the mail server would have had.

  const contacts = await world.db('contacts').select('id', 'address_hash');
  const hashes = await world.db('messages').pluck('token_hash');
  const people = [
    ...emails,
    ...tokens,
    ...contacts.flatMap(({ id, address_hash }) => [id, address_hash.toString('hex')]),
    ...contacts.map(({ id }) => invitedToken(secret, id)),
    ...hashes.map((hash: Buffer) => hash.toString('hex')),
  ];
  const responses: string[] = await world.db('responses').pluck('id');
  expect(responses).toHaveLength(12);
  const spent = (await world.db('drafts').pluck('token_hash')).map((hash: Buffer) => hash.toString('hex'));
  const rows = await everyRow();
  const holds = (wanted: readonly string[]) =>
    rows.filter(({ text }) => wanted.some((value) => text.includes(value)));
  const ofPeople = holds(people);
  const ofAnswers = holds([...responses, ...spent]);
  expect(new Set(ofPeople.map(({ name }) => name))).toEqual(
    new Set(['public.contacts', 'public.invitations', 'public.messages']),
  );
  expect(new Set(ofAnswers.map(({ name }) => name))).toEqual(new Set(['public.responses', 'public.drafts']));
  const versions = new Set(ofAnswers.map(({ version }) => version));
  expect(ofPeople.filter(({ version }) => versions.has(version))).toEqual([]);
  const own = rows.filter(({ name }) => name === 'public.responses').map(({ version }) => version);
  const others = rows.filter(({ name }) => name !== 'public.responses' && !name.includes('bullmq'));
  expect(others.filter(({ version }) => own.includes(version))).toEqual([]);
  const said = JSON.stringify(lines);
  expect([...people, ...responses, ...spent].filter((value) => said.includes(value))).toEqual([]);
}, 60_000);
