import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { triesPerAccount } from '../../src/accounts/sign-in-limit';
import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { readFrozenRelease } from '../../src/releases/releases.queries';
import { mostPerMinute } from '../../src/tokens/bearer.routes';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { makeToken } from '../tokens/make';
import { sampleRelease, storeRelease } from './make';
import { readJson, readRows } from './reading';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

function ask(address: string, token?: string) {
  const asking = request(world.app).get(`/api/v1${address}`);
  return token === undefined ? asking : asking.set('Authorization', `Bearer ${token}`);
}

function isProblem({ type, body, status }: request.Response): boolean {
  return (
    type === 'application/problem+json' && body.status === status && body.title !== '' && body.detail !== ''
  );
}

async function makeReport() {
  const survey = await makeSurvey(world.services);
  return { survey, id: await storeRelease(world.db, sampleRelease(survey)) };
}

test('a token reads the report as everybody sees it, with no cookie set or needed', async () => {
  const { survey, id } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  const token = await makeToken(world, reader.email);
  const answer = await ask(`/reports/${id}`, token).expect(200);
  expect(answer.type).toBe('application/json');
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(readJson(answer.body)).toEqual(readRows(await readFrozenRelease(world.db, id)));
  expect(answer.text).toBe((await reader.get(`/reports/${id}.json`)).text);
  const [entry] = await world.db('audit_entries').where({ action: 'report downloaded' }).orderBy('id');
  expect([entry.account_id, entry.subject_id, entry.detail]).toEqual([
    reader.accountId,
    id,
    { format: 'api' },
  ]);
});

test('the report has the shape of the contract', async () => {
  const { survey, id } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  const { body } = await ask(`/reports/${id}`, await makeToken(world, reader.email));
  expect(body).toMatchObject({
    ...{ id, survey: survey.code, title: survey.name, releasedAt: '2026-11-20', threshold: 11 },
    method: { weighting: 'none', gap: 'required-level v1' },
  });
  expect(body.dimensions[0].categories[0]).toMatchObject({ code: 'rn_adult', label: 'Label of rn_adult' });
  expect(body.nodes[0]).toMatchObject({ key: { profession: null, setting: null }, status: 'published' });
  const named = [
    ...['competency', 'measure', 'status', 'n', 'required', 'percentMeeting', 'percentMeetingInterval'],
    ...['meanShortfall', 'meanShortfallInterval', 'meanLevel', 'percentMeetingBound', 'distribution'],
    ...['flags', 'statistics'],
  ];
  for (const name of named) expect(Object.keys(body.nodes[0].items[0])).toContain(name);
});

test('the list names the reports of the account’s projects, and of no other', async () => {
  const { survey, id } = await makeReport();
  const other = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  const admin = await world.signedIn('platform_admin');
  const { body } = await ask('/reports', await makeToken(world, reader.email)).expect(200);
  expect(body).toEqual({
    reports: [{ id, survey: survey.code, title: survey.name, number: 1, releasedAt: '2026-11-20' }],
  });
  const all = await ask('/reports', await makeToken(world, admin.email));
  const ids = all.body.reports.map((report: { id: string }) => report.id);
  expect(ids.sort()).toEqual([id, other.id].sort());
});

test('no token, a wrong one and one that has expired are answered alike, as problems', async () => {
  const { survey, id } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  const token = await makeToken(world, reader.email, 7);
  const wrong = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
  world.clock.advance(8 * 86_400_000);
  for (const given of [undefined, '', 'nonsense', wrong, token]) {
    for (const address of [`/reports/${id}`, '/reports', '/nothing']) {
      const answer = await ask(address, given);
      expect([given, answer.status, isProblem(answer)]).toEqual([given, 401, true]);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="api"/);
    }
  }
});

test('a session opens no door of the API, and a token none of the pages', async () => {
  const { survey, id } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  expect((await reader.download(`/api/v1/reports/${id}`)).status).toBe(401);
  const token = await makeToken(world, reader.email);
  const page = await request(world.app).get(`/reports/${id}`).set('Authorization', `Bearer ${token}`);
  expect(page.status).toBe(303);
});

test('the rights of the account decide, today’s and not those of the day the token was made', async () => {
  const { survey, id } = await makeReport();
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const stranger = await world.signedIn('lead', elsewhere);
  const refused = await ask(`/reports/${id}`, await makeToken(world, stranger.email));
  expect([refused.status, isProblem(refused)]).toEqual([404, true]);

  const reader = await world.signedIn('reader', survey.projectId);
  const token = await makeToken(world, reader.email);
  await ask(`/reports/${id}`, token).expect(200);
  await world.db('project_members').where({ account_id: reader.accountId }).delete();
  await ask(`/reports/${id}`, token).expect(404);
});

test('a token without the scope is told so', async () => {
  const { survey, id } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  const token = await makeToken(world, reader.email);
  await world.db('api_tokens').update({ scopes: ['something:else'] });
  const answer = await ask(`/reports/${id}`, token);
  expect([answer.status, isProblem(answer)]).toEqual([403, true]);
  expect(answer.headers['www-authenticate']).toContain('insufficient_scope');
});

test('what is no report, and what is asked behind its address, are problems', async () => {
  const { survey, id } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  const token = await makeToken(world, reader.email);
  const answers = {
    [`/reports/${randomUUID()}`]: 404,
    '/reports/1': 404,
    '/surveys': 404,
    '/': 404,
    [`/reports/${id}/nodes`]: 404,
    [`/reports/${id}?profession=rn_adult`]: 400,
    '/reports?survey=x': 400,
    '/reports/%E0%A4%A': 400,
  };
  for (const [address, status] of Object.entries(answers)) {
    const answer = await ask(address, token);
    expect([address, answer.status, isProblem(answer)]).toEqual([address, status, true]);
  }
});

test('wrong tokens, and too many questions, are slowed down', async () => {
  const { survey, id } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  world.clock.set('2026-11-21T12:00:00Z');
  const token = await makeToken(world, reader.email);
  for (let asked = 0; asked < mostPerMinute; asked += 1) await ask('/reports', token).expect(200);
  const tooMany = await ask('/reports', token);
  expect([tooMany.status, isProblem(tooMany)]).toEqual([429, true]);
  expect(Number(tooMany.headers['retry-after'])).toBeGreaterThan(0);
  world.clock.advance(61_000);

  const wrong = `sgs_${'x'.repeat(43)}`;
  for (let tries = 0; tries < triesPerAccount; tries += 1) await ask('/reports', wrong).expect(401);
  expect((await ask('/reports', wrong)).status).toBe(429);
  await ask(`/reports/${id}`, token).expect(200);
});

test('nothing of a token is kept but its hash, its day of use, and who it is of', async () => {
  const { survey } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  const token = await makeToken(world, reader.email);
  await ask('/reports', token).expect(200);
  const [row] = await world.db('api_tokens').select('*', world.db.raw('last_used_on::text as day'));
  expect(JSON.stringify({ ...row, hash: row.token_hash.toString('latin1') })).not.toContain(token.slice(4));
  expect(row.day).toBe(world.services.clock.now().toISOString().slice(0, 10));
  const trail = JSON.stringify(await world.db('audit_entries'));
  expect(trail).toContain('token created');
  expect(trail).not.toContain(token.slice(4));
});
