import { answersPerMinute } from '../../src/keeping/keeping.routes';
import { hostileValues } from '../responses/any-request';
import { everyKindDefinition, openSurveyOf } from '../responses/kinds';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const about = { profession: 'rn_adult', setting: 'gp_practice' };

async function begin(code: string, wish: Parameters<typeof makeSurvey>[1] & { device?: 'own' } = {}) {
  const { device, ...survey } = wish;
  const made = await makeSurvey(world.services, { code, ...survey });
  const nurse = world.visitor();
  await nurse.get(`/s/${code}`);
  await nurse.submit(`/s/${code}`, device ? { device } : {});
  return { nurse, survey: made };
}

const draft = async () => (await world.db('drafts'))[0];

test('an answer is kept as it is given, and the page does not count as sent by that', async () => {
  const { nurse } = await begin('KEEP1');
  const kept = await nurse.post('/s/KEEP1/pages/1/answers', { profession: 'midwife' }).expect(200);
  expect(kept.body).toEqual({ saved: true, at: null, revision: 1, refused: [] });
  expect(await draft()).toMatchObject({ answers: { profession: 'midwife' }, passed: [], revision: 1 });

  const page = await nurse.get('/s/KEEP1/pages/1');
  expect(page.text).toMatch(/value="midwife"[^>]* checked/);
  await nurse.submit('/s/KEEP1/check');
  expect(nurse.address).toBe('/s/KEEP1/pages/1');
});

test('in a confidential survey the page says when, in London', async () => {
  world.clock.set('2026-07-01T09:42:00Z');
  const { nurse } = await begin('KEEP2', { promise: 'confidential' });
  const kept = await nurse.post('/s/KEEP2/pages/1/answers', { profession: 'midwife' }).expect(200);
  expect(kept.body.at).toBe('10:42');
});

test('what cannot be kept is named and leaves what was kept before; what is emptied is removed', async () => {
  const { nurse } = await begin('KEEP3');
  await nurse.post('/s/KEEP3/pages/1/answers', about).expect(200);
  const kept = await nurse.post('/s/KEEP3/pages/1/answers', { profession: 'king', setting: '' }).expect(200);
  expect(kept.body).toMatchObject({ saved: true, refused: ['profession'] });
  expect((await draft()).answers).toEqual({ profession: 'rn_adult' });
});

test('what overtakes it on its way is not undone by it', async () => {
  const { nurse } = await begin('KEEP4');
  await nurse.submit('/s/KEEP4/pages/1', about);
  const late = await nurse.post('/s/KEEP4/pages/1/answers?revision=0', { profession: 'midwife' }).expect(200);
  expect(late.body).toEqual({ saved: false, code: 'moved', revision: 1 });
  expect((await draft()).answers).toEqual(about);
  await nurse.post('/s/KEEP4/pages/1/answers?revision=1', { profession: 'midwife' }).expect(200);
  expect((await draft()).answers).toEqual({ ...about, profession: 'midwife' });
});

test.each([
  ['a field of another page', '/s/KEEP5/pages/1/answers', { A1: '2' }, 422, 'notAsked'],
  ['a page that is not the turn of', '/s/KEEP5/pages/2/answers', { A1: '2' }, 409, 'elsewhere'],
  ['no page', '/s/KEEP5/pages/99/answers', { A1: '2' }, 409, 'elsewhere'],
  ['no number', '/s/KEEP5/pages/x/answers', { A1: '2' }, 409, 'elsewhere'],
])('refuses %s', async (_what, address, fields, status, code) => {
  const { nurse } = await begin('KEEP5');
  const refused = await nurse.post(address, fields).expect(status);
  expect(refused.body).toEqual({ saved: false, code });
  expect((await draft()).answers).toEqual({});
});

test('refuses a stranger, a form from elsewhere, too long a body, and a draft that has been sent', async () => {
  const { nurse } = await begin('KEEP6');
  const stranger = world.visitor();
  await stranger.get('/s/KEEP6');
  const unknown = await stranger.post('/s/KEEP6/pages/1/answers', { profession: 'midwife' }).expect(409);
  expect(unknown.body).toEqual({ saved: false, code: 'unknown' });
  await stranger.post('/s/NOSUCH/pages/1/answers', { profession: 'midwife' }).expect(404);
  await nurse.post('/s/KEEP6/pages/1/answers', { profession: 'midwife', _csrf: 'x' }).expect(403);
  await nurse.post('/s/KEEP6/pages/1/answers', { profession: 'x'.repeat(70_000) }).expect(413);

  await nurse.submit('/s/KEEP6/pages/1', about);
  await nurse.submit('/s/KEEP6/pages/2');
  await nurse.submit('/s/KEEP6/pages/3');
  await nurse.submit('/s/KEEP6/check');
  const sent = await nurse.post('/s/KEEP6/pages/1/answers', { profession: 'midwife' }).expect(409);
  expect(sent.body).toEqual({ saved: false, code: 'submitted' });
});

test('the page tells its script what it needs, and the preview of staff has none', async () => {
  const { nurse } = await begin('KEEP7');
  const page = await nurse.get('/s/KEEP7/pages/1');
  expect(page.text).toContain('data-module="keeping"');
  expect(page.text).toContain('data-device="shared" data-revision="0"');
  expect(page.text).toContain('data-module="idle"');
  expect(page.text).not.toContain('data-offline');
});

test('a device of their own gets all it needs without a signal, and nobody else does', async () => {
  const { nurse, survey } = await begin('KEEP8', { device: 'own' });
  await nurse.submit('/s/KEEP8/pages/1', about);
  const page = await nurse.get('/s/KEEP8/pages/2');
  const [, source] = /data-offline="([^"]+)"/.exec(page.text)!;
  expect(source).toContain(`/s/KEEP8/offline?for=${survey.versionId}.`);
  const { body } = await nurse.get(source!);
  expect(body).toMatchObject({
    survey: { address: '/s/KEEP8', promise: 'anonymous', threshold: 11 },
    progress: { answers: about, passed: ['about-you'] },
    lang: 'en-GB',
    texts: {},
  });
  expect(body.sendUntil).toMatch(/^Your answers can be sent until \d\d:\d\d on \d+ \w+ \d{4}\.$/);
  expect(body.plan.pages).toHaveLength(3);
  expect(Object.keys(body.survey).sort()).toEqual(
    ['address', 'closesAt', 'name', 'promise', 'simulated', 'threshold'].sort(),
  );

  const worker = await nurse.get('/s/KEEP8/worker.js');
  expect(worker.headers['service-worker-allowed']).toBe('/s/KEEP8');
  expect(worker.headers['content-type']).toContain('text/javascript');
  expect(worker.text).toMatch(
    /^self\.offline=\{"address":"\/s\/KEEP8","library":null\};importScripts\("\/assets\//,
  );

  const { nurse: onShared } = await begin('KEEP9');
  for (const address of ['/s/KEEP9/offline', '/s/KEEP9/worker.js', '/s/KEEP8/offline']) {
    expect((await onShared.get(address)).status).toBe(403);
  }
});

test('before it sends, a device asks for a token and whether there is anything to send', async () => {
  const { nurse } = await begin('KEEP10', { device: 'own' });
  const open = await nurse.get('/s/KEEP10/offline/token');
  const page = await nurse.get('/s/KEEP10/pages/1');
  const [, token] = /name="_csrf" value="([^"]+)"/.exec(page.text)!;
  expect(open.body).toEqual({ token, draft: 'open', draw: expect.any(Number) });
  const stranger = world.visitor();
  expect((await stranger.get('/s/KEEP10/offline/token')).body.draft).toBe('unknown');
});

test('what a device kept can be sent for half an hour after closing, and not later', async () => {
  const { nurse, survey } = await begin('KEEP11', { device: 'own' });
  world.clock.set(new Date(survey.closesAt.getTime() + 29 * 60_000));
  expect((await nurse.get('/s/KEEP11/offline/token')).status).toBe(200);
  world.clock.set(new Date(survey.closesAt.getTime() + 31 * 60_000));
  expect((await nurse.get('/s/KEEP11/offline/token')).status).toBe(410);
});

test.each(hostileValues.map((value) => [JSON.stringify(value.slice(0, 40)), value]))(
  'what nobody is offered is never kept: %s',
  async (_what, value) => {
    await openSurveyOf(world.services, everyKindDefinition, 'KEEP12');
    const nurse = world.visitor();
    await nurse.get('/s/KEEP12');
    await nurse.submit('/s/KEEP12', { participation: 'yes' });
    const fields = ['profession', 'years', 'ward', 'started-day', 'started-month', 'started-year'];
    const reply = await nurse.post(
      '/s/KEEP12/pages/1/answers',
      Object.fromEntries(fields.map((field) => [field, value])),
    );
    expect([200, 413, 422]).toContain(reply.status);
    const { answers } = await draft();
    expect(Object.keys(answers).filter((name) => name !== 'ward')).toEqual([]);
    if ('ward' in answers) expect(answers.ward).toBe(value.replace(/\r\n?/g, '\n').trim());
  },
);

test('answers of one draft come no faster than a hand could give them', async () => {
  world.clock.set('2026-07-01T09:42:10Z');
  const { nurse } = await begin('KEEP13');
  for (let sent = 0; sent < answersPerMinute; sent += 1) {
    await nurse.post('/s/KEEP13/pages/1/answers', { profession: 'midwife' }).expect(200);
  }
  const refused = await nurse.post('/s/KEEP13/pages/1/answers', { profession: 'midwife' }).expect(429);
  expect(refused.body).toEqual({ saved: false, code: 'later' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  world.clock.advance(61_000);
  await nurse.post('/s/KEEP13/pages/1/answers', { profession: 'midwife' }).expect(200);
}, 30_000);
