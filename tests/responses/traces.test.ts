import { Writable } from 'node:stream';
import pino from 'pino';
import request from 'supertest';
import { sweep } from '../../workers/sweep';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
let logged = '';
beforeAll(async () => {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk;
      done();
    },
  });
  world = await openWorld({ log: pino({ level: 'trace' }, sink) });
});
beforeEach(async () => {
  await world.reset();
  logged = '';
});
afterAll(() => world.close());

/** Every row of every table, as text. */
async function everythingStored(): Promise<string> {
  const tables = await world
    .db('pg_tables')
    .whereIn('schemaname', ['public', 'bullmq'])
    .select('schemaname', 'tablename');
  const rows = await Promise.all(
    tables.map(({ schemaname, tablename }) =>
      world.db.raw(`select t::text as row from ${schemaname}."${tablename}" t`),
    ),
  );
  return rows.flatMap((result) => result.rows.map(({ row }: { row: string }) => row)).join('\n');
}

test('an anonymous walk leaves no address, no browser, no token and no exact time behind, in no table and no log', async () => {
  const survey = await makeSurvey(world.services, { code: 'TRACE1' });
  const before = await everythingStored();
  const agent = request.agent(world.app);
  const headers = {
    'User-Agent': 'TellTale/1.0',
    'X-Forwarded-For': '203.0.113.77',
    Referer: 'http://ward.example/7',
  };
  const cookies: string[] = [];
  const keys: string[] = [];
  let token = '';
  const seen = (response: request.Response) => {
    for (const cookie of response.get('Set-Cookie') ?? [])
      cookies.push(decodeURIComponent(/=([^;]*)/.exec(cookie)![1]!));
    token = /name="_csrf" value="([^"]+)"/.exec(response.text)?.[1] ?? token;
    const code = /return-code">(\w{5})-(\w{5})</.exec(response.text);
    if (code) keys.push(code[1]! + code[2]!, /continue\/([\w-]{43})</.exec(response.text)![1]!);
  };
  const get = async (where: string) => seen(await agent.get(where).set(headers));
  const post = async (where: string, fields: Record<string, string>) =>
    seen(
      await agent
        .post(where)
        .set(headers)
        .type('form')
        .send({ _csrf: token, ...fields }),
    );

  await get('/s/TRACE1');
  await post('/s/TRACE1', {});
  await get('/s/TRACE1/privacy');
  await get('/s/TRACE1/pages/1');
  await post('/s/TRACE1/pages/1', { profession: 'rn_adult' });
  await post('/s/TRACE1/pages/1', { profession: 'rn_adult', setting: 'acute_ward' });
  await post('/s/TRACE1/pages/2', { A1: '1', A2: '3' });
  await get('/s/TRACE1/save');
  await post('/s/TRACE1/save', {});
  const saved = await everythingStored();
  await get(`/s/TRACE1/continue/${keys[1]}`);
  await post(`/s/TRACE1/continue/${keys[1]}`, {});
  await get('/s/TRACE1/continue');
  await post('/s/TRACE1/continue', { code: 'K7QMX-2XPA9' });
  await post('/s/TRACE1/continue', { code: keys[0]! });
  await post('/s/TRACE1/pages/3', { B1: '2' });
  await post('/s/TRACE1/check', {});
  await get('/s/TRACE1/submitted');
  await world.queue.drain();
  await sweep(world.services);
  await world.queue.drain();

  const after = await everythingStored();
  expect(await world.db('responses').where({ survey_id: survey.id })).toHaveLength(1);
  const secrets = cookies
    .map((cookie) => cookie.replace(/^s:/, '').split('.')[0]!)
    .filter((value) => value.length > 20);
  expect(secrets.length).toBeGreaterThan(1);
  expect(keys).toHaveLength(2);
  for (const key of keys) expect(saved).not.toContain(key);
  expect(await world.db('return_keys')).toEqual([]);
  for (const trace of [
    ...keys,
    'TellTale',
    '203.0.113.77',
    'ward.example',
    '127.0.0.1',
    '::ffff',
    ...secrets,
  ]) {
    expect(after).not.toContain(trace);
    expect(logged).not.toContain(trace);
  }
  expect(logged).not.toContain('acute_ward');
  // The notice says from when it is in force: that is the moment the survey opened, or the beginning of a day.
  const notices = await world.db('notices').where({ survey_id: survey.id });
  expect(notices.map(({ in_force_from }) => in_force_from)).toEqual([survey.opensAt]);
  // Nothing that was stored since the survey opened, in our own tables, holds a time of day.
  const added = after.split('\n').filter((row) => !before.includes(row) && row.includes(survey.id));
  expect(added.filter((row) => row.startsWith('(') && / \d\d:\d\d:\d\d/.test(row))).toEqual([]);
});

test('what the queue notes of its jobs, each to the millisecond, is gone with the next sweep', async () => {
  const survey = await makeSurvey(world.services);
  await makeResponses(world.services, survey, {});
  await world.queue.drain();
  const { rows } = await world.db.raw('select max(id) as newest from bullmq.event');
  const before = () => world.db('bullmq.event').where('id', '<=', rows[0].newest);
  expect((await before()).map(({ data }) => data.name)).toContain('fold');

  await sweep(world.services);
  expect(await before()).toEqual([]);
  await world.queue.drain();
});
