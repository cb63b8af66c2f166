import { pagesPerMinute } from '../../src/responses/walk.routes';
import { triesPerSession, triesPerSurvey } from '../../src/returns/return-limit';
import { savesPerMinute } from '../../src/returns/save.routes';
import { sweep } from '../../workers/sweep';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { begun, enter, save } from './hands';

let world: World;
beforeAll(async () => {
  world = await openWorld({ config: { startsPerMinute: 3 } });
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const wrong = 'K7QMX-2XPA9';

async function tireOut(code: string) {
  const attacker = world.visitor();
  for (let time = 0; time < triesPerSession; time += 1) {
    expect((await enter(attacker, code, wrong)).status).toBe(422);
  }
  return attacker;
}

test('a browser session that has typed too many wrong codes waits, and keeps what it typed', async () => {
  await makeSurvey(world.services, { code: 'LIMIT1' });
  const attacker = await tireOut('LIMIT1');
  const refused = await enter(attacker, 'LIMIT1', wrong);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(600);
  expect(refused.text).toMatch(/<a href="#code">Too many wrong codes have been entered. Wait 1[45] minutes/);
  expect(refused.text).toContain(`value="${wrong}"`);
});

test('a right code is not looked up then either, but a personal link opens, and others go on', async () => {
  await makeSurvey(world.services, { code: 'LIMIT2' });
  const nurse = await begun(world, 'LIMIT2');
  const { code, link } = await save(nurse, 'LIMIT2');
  const attacker = await tireOut('LIMIT2');
  expect((await enter(attacker, 'LIMIT2', code)).status).toBe(429);
  expect((await attacker.get(link)).status).toBe(200);
  expect((await attacker.post(link)).status).toBe(303);

  expect((await enter(world.visitor(), 'LIMIT2', code)).status).toBe(303);
});

test('a session that is refused adds nothing to the count of the survey', async () => {
  const survey = await makeSurvey(world.services, { code: 'LIMIT3' });
  const attacker = await tireOut('LIMIT3');
  await enter(attacker, 'LIMIT3', wrong);
  await enter(attacker, 'LIMIT3', wrong);
  const count = await world
    .db('return_limits')
    .where({ key: `survey:${survey.id}` })
    .first();
  expect(count.points).toBe(triesPerSession);
});

test('tries made all at once are counted one by one', async () => {
  await makeSurvey(world.services, { code: 'LIMIT4' });
  const attacker = world.visitor();
  await attacker.get('/s/LIMIT4/continue');
  const tries = Array.from({ length: triesPerSession + 5 }, () =>
    attacker.post('/s/LIMIT4/continue', { code: wrong }),
  );
  const answers = await Promise.all(tries);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
});

test('right codes and typing errors that can be no code cost nobody a try', async () => {
  await makeSurvey(world.services, { code: 'LIMIT5' });
  const nurse = await begun(world, 'LIMIT5');
  const { code } = await save(nurse, 'LIMIT5');
  const visitor = world.visitor();
  for (let time = 0; time < triesPerSession + 2; time += 1) {
    expect((await enter(visitor, 'LIMIT5', 'K7QMX')).status).toBe(422);
    expect((await enter(visitor, 'LIMIT5', code)).status).toBe(303);
  }
});

test('above the ceiling of a survey codes wait; links, answers and other surveys do not', async () => {
  const survey = await makeSurvey(world.services, { code: 'LIMIT6' });
  await makeSurvey(world.services, { code: 'OTHER6' });
  const nurse = await begun(world, 'LIMIT6');
  const { code, link } = await save(nurse, 'LIMIT6');
  const other = await save(await begun(world, 'OTHER6'), 'OTHER6');
  await enter(world.visitor(), 'LIMIT6', wrong);
  const ofSurvey = world.db('return_limits').where({ key: `survey:${survey.id}` });
  await ofSurvey.clone().update({ points: triesPerSurvey - 1 });
  expect((await enter(world.visitor(), 'LIMIT6', code)).status).toBe(303);
  expect((await enter(world.visitor(), 'LIMIT6', wrong)).status).toBe(422);

  const refused = await enter(world.visitor(), 'LIMIT6', code);
  expect(refused.status).toBe(429);
  expect(refused.text).toContain('A personal link or its QR code works meanwhile.');
  const phone = world.visitor();
  await phone.get(link);
  expect((await phone.post(link)).status).toBe(303);
  expect((await nurse.post('/s/LIMIT6/pages/2', { A1: '2' })).status).toBe(303);
  expect((await enter(world.visitor(), 'OTHER6', other.code)).status).toBe(303);
});

test('what is counted names no address and nothing a browser holds, and is swept when its time is over', async () => {
  await makeSurvey(world.services, { code: 'LIMIT7' });
  const visitor = world.visitor();
  const held = String((await visitor.get('/s/LIMIT7/continue')).get('Set-Cookie'));
  await enter(visitor, 'LIMIT7', wrong);
  expect(held).toContain('csrf=');
  const counts = await world.db('return_limits');
  expect(counts).toHaveLength(2);
  for (const part of held.split(/[=;.|]|%7C/).filter((text) => text.length > 20)) {
    expect(JSON.stringify(counts)).not.toContain(part);
  }
  expect(JSON.stringify(counts)).not.toContain('127.0.0.1');

  world.clock.advance(2 * 3_600_000);
  await sweep(world.services);
  expect(await world.db('return_limits')).toEqual([]);
  await world.queue.drain();
});

test('more pages of one draft than anybody fills in are asked to wait, and come back as they were filled in', async () => {
  world.clock.set(new Date());
  await makeSurvey(world.services, { code: 'LIMIT8' });
  const nurse = await begun(world, 'LIMIT8');
  for (let page = 1; page < pagesPerMinute; page += 1) {
    await nurse.post('/s/LIMIT8/pages/2', { A1: '2' }).expect(303);
  }
  const refused = await nurse.post('/s/LIMIT8/pages/2?from=check', { A1: '3', A2: '4' });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.text).toContain('Pages came faster than we can keep them. Wait a minute');
  expect(refused.text).toMatch(/name="A1"[^>]*value="3"[^>]* checked/);
  expect(refused.text).toContain('action="/s/LIMIT8/pages/2?from=check"');
  const [draft] = await world.db('drafts');
  expect(draft.answers).toMatchObject({ A1: 2 });
  expect(draft.answers).not.toHaveProperty('A2');

  const colleague = await begun(world, 'LIMIT8');
  await colleague.post('/s/LIMIT8/pages/2', { A1: '1' }).expect(303);
  world.clock.advance(60_000);
  await nurse.post('/s/LIMIT8/pages/2', { A1: '3', A2: '4' }).expect(303);
}, 60_000);

test('more people starting than a link may have in a minute are asked to wait, with their boxes as ticked', async () => {
  world.clock.set(new Date());
  await makeSurvey(world.services, { code: 'LIMIT9' });
  await makeSurvey(world.services, { code: 'OTHER9' });
  const early = await begun(world, 'LIMIT9');
  await begun(world, 'LIMIT9');
  await begun(world, 'LIMIT9');
  const late = world.visitor();
  await late.get('/s/LIMIT9');
  const refused = await late.post('/s/LIMIT9', { device: 'own' });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.text).toContain('Very many people are starting at this moment.');
  expect(refused.text).toMatch(/name="device"[^>]*value="own"[^>]* checked/);
  expect(await world.db('drafts')).toHaveLength(3);
  await early.post('/s/LIMIT9/pages/2', { A1: '1' }).expect(303);
  await begun(world, 'OTHER9');

  world.clock.advance(60_000);
  expect((await late.post('/s/LIMIT9', { device: 'own' })).headers.location).toBe('/s/LIMIT9/pages/1');
});

test('more saves of one draft than anybody makes are asked to wait, and the last ones go on working', async () => {
  world.clock.set(new Date());
  await makeSurvey(world.services, { code: 'LIMIT10' });
  const nurse = await begun(world, 'LIMIT10');
  let kept = await save(nurse, 'LIMIT10');
  for (let time = 1; time < savesPerMinute; time += 1) kept = await save(nurse, 'LIMIT10');
  const refused = await nurse.post('/s/LIMIT10/save');
  expect(refused.status).toBe(429);
  expect(refused.text).toContain('You have saved very often just now. Wait a minute, then save again.');
  expect(await world.db('return_keys')).toHaveLength(6);
  expect((await world.visitor().get(kept.link)).status).toBe(200);
});

test('a form of more fields than any page has is refused with 413', async () => {
  await makeSurvey(world.services, { code: 'LIMIT11' });
  const nurse = await begun(world, 'LIMIT11');
  const fields = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`f${index}`, '1']));
  const refused = await nurse.post('/s/LIMIT11/pages/2', fields);
  expect(refused.status).toBe(413);
  expect(refused.text).toContain('What you sent is too large');
  const [draft] = await world.db('drafts');
  expect(draft.passed).toHaveLength(1);
});
