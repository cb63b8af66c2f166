import { graceMinutes } from '../../src/surveys/survey';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const about = { profession: 'rn_adult', setting: 'gp_practice' };

test('a respondent answers every page without script, checks, submits and gets a receipt', async () => {
  const survey = await makeSurvey(world.services, { code: 'WALK1' });
  const nurse = world.visitor();

  const start = await nurse.get('/s/WALK1');
  expect(start.text).toContain('How do you listen?');
  await nurse.submit('/s/WALK1');
  expect(nurse.address).toBe('/s/WALK1/pages/1');
  await nurse.submit('/s/WALK1/pages/1', about);
  expect(nurse.address).toBe('/s/WALK1/pages/2');
  await nurse.submit('/s/WALK1/pages/2', { A1: '2', A2: 'na' });
  const check = await nurse.submit('/s/WALK1/pages/3');
  expect(nurse.address).toBe('/s/WALK1/check');
  expect(check.text).toContain('Registered nurse - adult');
  expect(check.text).toContain('Label 2');
  expect(check.text).toContain('Not part of my role');
  expect(check.text).toContain('Not answered');
  const receipt = await nurse.submit('/s/WALK1/check');
  expect(nurse.address).toBe('/s/WALK1/submitted');
  expect(receipt.text).toContain('Your answers have been sent');
  expect(receipt.text).toContain('Nothing links these answers to you');

  const stored = await world.db('responses').where({ survey_id: survey.id });
  expect(stored).toHaveLength(1);
  expect(stored[0].facets).toEqual(['rn_adult', 'gp_practice']);
  expect([...stored[0].ratings]).toEqual([6, 2, 0]);
});

async function walkTo(code: string, page: 'page 2' | 'check') {
  const nurse = world.visitor();
  await nurse.get(`/s/${code}`);
  await nurse.submit(`/s/${code}`);
  await nurse.submit(`/s/${code}/pages/1`, about);
  if (page === 'check') {
    await nurse.submit(`/s/${code}/pages/2`, { A1: '2', A2: '3' });
    await nurse.submit(`/s/${code}/pages/3`, { B1: '4' });
  }
  return nurse;
}

test('a missing required answer is said beside the field and on top, and nothing typed is lost', async () => {
  await makeSurvey(world.services, { code: 'WALK2' });
  const nurse = world.visitor();
  await nurse.get('/s/WALK2');
  await nurse.submit('/s/WALK2');
  const page = await nurse.post('/s/WALK2/pages/1', { setting: 'acute_ward' }).expect(422);

  expect(page.text).toContain('<title>Error: About you');
  expect(page.text).toContain('<a href="#profession">Select your profession</a>');
  expect(page.text).toMatch(/value="acute_ward"[^>]* checked/);
  expect(page.text).not.toMatch(/value="gp_practice"[^>]* checked/);
});

test('a value that is not on the list is refused, and the rest stays filled in', async () => {
  await makeSurvey(world.services, { code: 'WALK3' });
  const nurse = await walkTo('WALK3', 'page 2');
  const page = await nurse.post('/s/WALK3/pages/2', { A1: '999', A2: '4' }).expect(422);

  expect(page.text).toContain('Choose one of the answers shown');
  expect(page.text).toContain('href="#A1"');
  expect(page.text).toMatch(/name="A2"[^>]*value="4"[^>]* checked/);
  const [draft] = await world.db('drafts');
  expect(draft.answers).not.toHaveProperty('A2');
});

test('a field the page does not ask for is refused', async () => {
  await makeSurvey(world.services, { code: 'WALK4' });
  const nurse = await walkTo('WALK4', 'page 2');
  const page = await nurse.post('/s/WALK4/pages/2', { A1: '1', B1: '4' }).expect(422);
  expect(page.text).toContain('something this page does not ask for');
});

test('a body over the limit is refused with 413', async () => {
  await makeSurvey(world.services, { code: 'WALK5' });
  const nurse = await walkTo('WALK5', 'page 2');
  const page = await nurse.post('/s/WALK5/pages/2', { A1: 'x'.repeat(70_000) }).expect(413);
  expect(page.text).toContain('What you sent is too large');
});

test('an unknown code is not found, a closed survey is gone and says when', async () => {
  world.clock.set('2026-05-01T10:00:00Z');
  const survey = await makeSurvey(world.services, { code: 'WALK6' });
  const nurse = await walkTo('WALK6', 'page 2');
  expect((await nurse.get('/s/NOSUCH')).status).toBe(404);
  expect((await nurse.get('/s/a-code-nobody-has-ever-made')).status).toBe(404);

  world.clock.set(survey.closesAt);
  const closed = await world.visitor().get('/s/WALK6');
  expect(closed.status).toBe(410);
  expect(closed.text).toContain('It closed on 29 May 2026');
  world.clock.advance(graceMinutes * 60_000);
  expect((await nurse.get('/s/WALK6')).status).toBe(410);
  expect((await nurse.post('/s/WALK6/pages/2', { A1: '1' })).status).toBe(410);
  expect((await nurse.post('/s/WALK6/check')).status).toBe(410);
});

test('what was begun before a survey closed can be finished for 30 minutes, and nothing begun after', async () => {
  const survey = await makeSurvey(world.services, { code: 'WALK6' });
  const nurse = await walkTo('WALK6', 'page 2');
  const idle = await walkTo('WALK6', 'check');
  const grace = graceMinutes * 60_000;
  world.clock.set(new Date(survey.closesAt.getTime() + grace - 1000));
  await nurse.submit('/s/WALK6/pages/2', { A1: '2', A2: '3' });
  await nurse.submit('/s/WALK6/pages/3', { B1: '4' });
  const sent = await nurse.submit('/s/WALK6/check');
  expect(sent.text).toContain('Your answers have been sent');
  const late = world.visitor();
  expect((await late.get('/s/WALK6')).status).toBe(410);

  world.clock.set(new Date(survey.closesAt.getTime() + grace));
  expect((await idle.post('/s/WALK6/check')).status).toBe(410);
  expect(await world.db('responses')).toHaveLength(1);
});

test('a shared device forgets after 30 minutes, one of their own remembers past the end, which may be moved', async () => {
  const survey = await makeSurvey(world.services, { code: 'WALK6' });
  const lifetime = (cookies: string[]) =>
    Number(/^answers=.*Max-Age=(\d+)/.exec(cookies.find((cookie) => cookie.startsWith('answers='))!)![1]);
  const ward = world.visitor();
  await ward.get('/s/WALK6');
  const begun = await ward.post('/s/WALK6', {});
  expect(lifetime(begun.get('Set-Cookie')!)).toBe(30 * 60);
  const again = await ward.post('/s/WALK6/pages/1', about);
  expect(lifetime(again.get('Set-Cookie')!)).toBe(30 * 60);

  const phone = world.visitor();
  await phone.get('/s/WALK6');
  const own = await phone.post('/s/WALK6', { device: 'own' });
  const left = (survey.closesAt.getTime() - Date.now()) / 1000;
  expect(lifetime(own.get('Set-Cookie')!)).toBeGreaterThan(left + 29 * 86_400);
  expect((await phone.post('/s/WALK6/pages/1', about)).get('Set-Cookie')).toBeUndefined();
});

test('a shared device passes on when the survey is over, and no longer shows the receipt', async () => {
  const survey = await makeSurvey(world.services, { code: 'WALK9', promise: 'confidential' });
  const nurse = await walkTo('WALK9', 'check');
  expect((await nurse.submit('/s/WALK9/check')).text).toContain('Your reference');
  world.clock.set(new Date(survey.closesAt.getTime() + 3_600_000));
  const next = await nurse.submit('/s/WALK9/another');
  expect(next.status).toBe(410);
  expect(next.text).not.toContain('You sent your answers in time');
  await nurse.get('/s/WALK9/submitted');
  expect(nurse.address).toBe('/s/WALK9');
});

test('a code may be typed in small letters', async () => {
  await makeSurvey(world.services, { code: 'WALK7' });
  const nurse = world.visitor();
  await nurse.get('/s/walk7');
  expect(nurse.address).toBe('/s/WALK7');
  await nurse.get('/?code=walk-7');
  expect(nurse.address).toBe('/s/WALK7');
  expect((await nurse.get('/?code=nope')).status).toBe(422);
});

test('submitting twice, going back and submitting again, or resending stores one response', async () => {
  await makeSurvey(world.services, { code: 'WALK8' });
  const nurse = await walkTo('WALK8', 'check');
  const [first, second] = await Promise.all([nurse.post('/s/WALK8/check'), nurse.post('/s/WALK8/check')]);
  expect([first.status, second.status]).toEqual([303, 303]);
  expect([first.headers.location, second.headers.location]).toEqual([
    '/s/WALK8/submitted',
    '/s/WALK8/submitted',
  ]);
  await nurse.post('/s/WALK8/check').expect(303);
  const back = await nurse.post('/s/WALK8/pages/2', { A1: '0' });
  expect(back.text).toContain('You have already answered this survey');
  await nurse.post('/s/WALK8/check').expect(303);

  expect(await world.db('responses')).toHaveLength(1);
  await world.queue.drain();
  expect(await world.db('tallies').sum('respondents as n').first()).toEqual({ n: 1 });
});

test('after submitting, a shared computer can pass on to somebody else', async () => {
  await makeSurvey(world.services, { code: 'WALK9' });
  const nurse = await walkTo('WALK9', 'check');
  await nurse.submit('/s/WALK9/check');
  const again = await nurse.get('/s/WALK9');
  expect(again.text).toContain('You have already answered this survey');

  const start = await nurse.submit('/s/WALK9/another');
  expect(start.text).toContain('Start now');
  await nurse.submit('/s/WALK9');
  expect(nurse.address).toBe('/s/WALK9/pages/1');
});

test('an address typed ahead leads back to the first page not answered', async () => {
  await makeSurvey(world.services, { code: 'WALK10' });
  const nurse = await walkTo('WALK10', 'page 2');
  for (const ahead of ['/pages/3', '/check', '/pages/99', '/pages/nonsense', '/submitted']) {
    await nurse.get(`/s/WALK10${ahead}`);
    expect(nurse.address).toBe('/s/WALK10/pages/2');
  }
  await nurse.post('/s/WALK10/pages/3', { B1: '1' }).expect(303);
  const submission = await nurse.post('/s/WALK10/check').expect(303);
  expect(submission.headers.location).toBe('/s/WALK10/pages/2');
  expect(await world.db('responses')).toHaveLength(0);
});

test('going back keeps every answer, and a change from the check page returns to it', async () => {
  await makeSurvey(world.services, { code: 'WALK11' });
  const nurse = await walkTo('WALK11', 'check');
  const page = await nurse.get('/s/WALK11/pages/2?from=check');
  expect(page.text).toMatch(/name="A1"[^>]*value="2"[^>]* checked/);
  const check = await nurse.submit('/s/WALK11/pages/2?from=check', { A1: '4' });
  expect(nurse.address).toBe('/s/WALK11/check');
  expect(check.text).toContain('Label 4');
  const [draft] = await world.db('drafts');
  expect(draft.answers).toEqual({ ...about, A1: 4, B1: 4 });
});

test('a draft begun on this device can be carried on', async () => {
  await makeSurvey(world.services, { code: 'WALK12' });
  const nurse = await walkTo('WALK12', 'page 2');
  const start = await nurse.get('/s/WALK12');
  expect(start.text).toContain('Carry on');
  expect(start.text).toContain('href="/s/WALK12/pages/2"');
});

test('two tabs on different pages lose nothing of each other', async () => {
  await makeSurvey(world.services, { code: 'WALK13' });
  const nurse = await walkTo('WALK13', 'check');
  await Promise.all([
    nurse.post('/s/WALK13/pages/2', { A1: '0', A2: '1' }),
    nurse.post('/s/WALK13/pages/3', { B1: '2' }),
  ]);
  const [draft] = await world.db('drafts');
  expect(draft.answers).toEqual({ ...about, A1: 0, A2: 1, B1: 2 });
});

test('a confidential survey gives a reference, the same each time the receipt is opened', async () => {
  await makeSurvey(world.services, { code: 'WALK14', promise: 'confidential' });
  const nurse = await walkTo('WALK14', 'check');
  const receipt = await nurse.submit('/s/WALK14/check');
  const reference = /[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}/.exec(receipt.text)?.[0];
  expect(reference).toBeDefined();
  expect((await nurse.get('/s/WALK14/submitted')).text).toContain(reference);
});

test('a browser that lost its cookie is told so, and nothing is stored', async () => {
  await makeSurvey(world.services, { code: 'WALK15' });
  const stranger = world.visitor();
  await stranger.get('/s/WALK15');
  expect((await stranger.post('/s/WALK15/check')).status).toBe(409);
  expect((await stranger.post('/s/WALK15/pages/1', about)).status).toBe(409);
});

test('a form from elsewhere is refused', async () => {
  await makeSurvey(world.services, { code: 'WALK16' });
  const forger = world.visitor();
  await forger.post('/s/WALK16').expect(403);
  await forger.get('/s/WALK16');
  await forger.post('/s/WALK16', { _csrf: 'a guess' }).expect(403);
  expect(await world.db('drafts')).toHaveLength(0);
});

test('the database going away while a page is kept loses nothing and shows no insides', async () => {
  await makeSurvey(world.services, { code: 'WALK17' });
  const nurse = await walkTo('WALK17', 'page 2');
  await world.db.raw(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  );
  let page = await nurse.post('/s/WALK17/pages/2', { A1: '1', A2: '1' });
  if (page.status === 500) {
    expect(page.text).toContain('Sorry, there is a problem with the service');
    expect(page.text).not.toMatch(/terminat|connection|at .*\.ts/i);
    page = await nurse.post('/s/WALK17/pages/2', { A1: '1', A2: '1' });
  }
  expect(page.status).toBe(303);
  const [draft] = await world.db('drafts');
  expect(draft.answers).toEqual({ ...about, A1: 1, A2: 1 });
});
