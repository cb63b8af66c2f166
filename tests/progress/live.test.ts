import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { createAccount } from '../../src/accounts/accounts.commands';
import { createApp } from '../../src/app';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import type { Survey } from '../../src/surveys/survey';
import { endStreams, mostOfOnePerson } from '../../src/web/live';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, password, type World } from '../support/world';
import { counted, wordsIn } from './make';

let world: World;
let server: Server;
let app: ReturnType<typeof createApp>;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.reset();
  app = createApp(world.services);
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  endStreams(app);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
afterAll(() => world.close());

interface Person {
  accountId: string;
  cookie: string;
  csrf: string;
}

/** Somebody who leads the project, with the cookies of their session. */
async function signIn(survey: Survey, email: string): Promise<Person> {
  const { services, db } = world;
  const accountId = await createAccount(services, operator, { email, role: 'lead', password });
  await insertMember(db, { projectId: survey.projectId, accountId, role: 'lead' });
  const agent = request.agent(server);
  const csrfIn = (text: string) => /name="_csrf" value="([^"]+)"/.exec(text)![1]!;
  const form = await agent.get('/sign-in');
  const entered = await agent
    .post('/sign-in')
    .type('form')
    .send({ _csrf: csrfIn(form.text), email, password });
  const page = await agent.get('/projects');
  const cookies = [form, entered, page].flatMap(({ headers }) => headers['set-cookie'] ?? []);
  const latest = new Map(cookies.map((cookie) => [cookie.split('=')[0]!, cookie.split(';')[0]!]));
  return { accountId, cookie: [...latest.values()].join('; '), csrf: csrfIn(page.text) };
}

/** A stream as it comes: its head, what is said one after the other, and its end. */
interface Watching {
  response: IncomingMessage;
  next(): Promise<string>;
  ended: Promise<void>;
}

async function watch(survey: Survey, { cookie }: Person): Promise<Watching> {
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const path = `/surveys/${survey.id}/progress/events`;
    get({ host: '127.0.0.1', port, path, headers: { cookie } }, resolve).on('error', reject);
  });
  const said: string[] = [];
  let wake = () => {};
  let rest = '';
  response.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n\n');
    rest = parts.pop()!;
    for (const part of parts) {
      const data = /^data: (.*)$/m.exec(part);
      if (data) said.push(wordsIn(JSON.parse(data[1]!)));
    }
    wake();
  });
  const next = async (): Promise<string> => {
    while (said.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return said.shift()!;
  };
  const ended = new Promise<void>((resolve) => {
    response.on('end', resolve);
  });
  return { response, next, ended };
}

test('whoever watches sees answers come in, to the nearest five', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await signIn(survey, 'lead@example.org');
  const stream = await watch(survey, lead);
  expect(stream.response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  expect(await stream.next()).toContain('submitted 0 of 0 who started');
  await makeResponses(world.services, survey, { count: 13 });
  await counted(world, survey);
  let words = await stream.next();
  // A look may have come between the answers.
  while (!words.includes('Registered nurse - adult 15')) words = await stream.next();
  expect(words).toContain('submitted 15 of 15 who started');
}, 30_000);

test('a stream ends when its person signs out, and others go on', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await signIn(survey, 'lead@example.org');
  const other = await signIn(survey, 'other@example.org');
  const [one, two] = [await watch(survey, lead), await watch(survey, other)];
  await Promise.all([one.next(), two.next()]);
  await request(server)
    .post('/sign-out')
    .set('Cookie', lead.cookie)
    .type('form')
    .send({ _csrf: lead.csrf })
    .expect(303);
  await one.ended;
  await makeResponses(world.services, survey, { count: 4 });
  expect(await two.next()).toContain('submitted 5');
}, 30_000);

test('a stream ends when its person is no longer in the project', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await signIn(survey, 'lead@example.org');
  const stream = await watch(survey, lead);
  await stream.next();
  await world.db('project_members').where({ account_id: lead.accountId }).delete();
  await stream.ended;
}, 30_000);

test('streams end with the server, and none begins after', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await signIn(survey, 'lead@example.org');
  const stream = await watch(survey, lead);
  await stream.next();
  endStreams(app);
  await stream.ended;
  expect((await watch(survey, lead)).response.statusCode).toBe(503);
}, 30_000);

test('one person can keep only a few pages up to date at once', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await signIn(survey, 'lead@example.org');
  const streams: Watching[] = [];
  for (let page = 0; page < mostOfOnePerson; page += 1) streams.push(await watch(survey, lead));
  expect((await watch(survey, lead)).response.statusCode).toBe(503);
  const left = new Promise((resolve) => streams[0]!.response.on('close', resolve));
  streams[0]!.response.destroy();
  await left;
  let again = await watch(survey, lead);
  while (again.response.statusCode === 503) again = await watch(survey, lead);
  expect(await again.next()).toContain('submitted');
}, 30_000);

test('one look at the database serves all who watch the same', async () => {
  const survey = await makeSurvey(world.services);
  const looks: string[] = [];
  const note = ({ sql }: { sql: string }) => {
    if (sql.includes('of_survey as materialized')) looks.push(sql);
  };
  const people = [await signIn(survey, 'lead@example.org'), await signIn(survey, 'other@example.org')];
  const first = await watch(survey, people[0]!);
  await first.next();
  world.db.on('query', note);
  const streams: Watching[] = [];
  for (const person of [...people, ...people]) streams.push(await watch(survey, person));
  for (const stream of streams) expect(await stream.next()).toContain('submitted 0');
  await makeResponses(world.services, survey, { count: 4 });
  const before = looks.length;
  for (const stream of [first, ...streams]) expect(await stream.next()).toContain('submitted 5');
  expect(looks.length - before).toBeLessThan(streams.length);
  world.db.removeListener('query', note);
}, 30_000);
