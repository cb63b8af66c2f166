import request from 'supertest';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test.each([
  ['br, gzip', 'br'],
  ['gzip', 'gzip'],
  ['', undefined],
])('a respondent’s page is compressed as the browser can take it: %j', async (accepted, encoding) => {
  await makeSurvey(world.services, { code: 'SMALL1' });
  const page = await request(world.app).get('/s/SMALL1').set('Accept-Encoding', accepted);
  expect(page.status).toBe(200);
  expect(page.headers['content-encoding']).toBe(encoding);
  expect(page.headers.vary).toContain('Accept-Encoding');
  expect(page.text).toContain('We ask how you listen.');
});

test('a page with mistakes is compressed too, and a redirect says nothing', async () => {
  await makeSurvey(world.services, { code: 'SMALL2' });
  const visitor = world.visitor();
  await visitor.get('/s/SMALL2');
  await visitor.submit('/s/SMALL2');
  const wrong = await visitor.post('/s/SMALL2/pages/1').set('Accept-Encoding', 'gzip').expect(422);
  expect(wrong.headers['content-encoding']).toBe('gzip');
  expect(wrong.text).toContain('There is a problem');

  const answers = { profession: 'midwife', setting: 'gp_practice' };
  const passed = await visitor.post('/s/SMALL2/pages/1', answers).set('Accept-Encoding', 'gzip').expect(303);
  expect(passed.headers.location).toBe('/s/SMALL2/pages/2');
  expect(passed.headers['content-encoding']).toBeUndefined();
  expect(passed.text).toBe('');
});

test('pages for staff repeat what others wrote, so they are not compressed', async () => {
  const page = await request(world.app).get('/sign-in').set('Accept-Encoding', 'br, gzip');
  expect(page.headers['content-encoding']).toBeUndefined();
});
