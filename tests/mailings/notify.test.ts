import { sweep } from '../../workers/sweep';
import { openWorld, type World } from '../support/world';
import { mailOut, makeMailSurvey, makePeople } from './make';
import { type FakeNotify, notifyKey, notifyTemplate, openNotifyFake } from './notify';

let notify: FakeNotify;
let world: World;
beforeAll(async () => {
  notify = await openNotifyFake();
  const config = { notify: { apiKey: notifyKey, templateId: notifyTemplate, url: notify.url } };
  world = await openWorld({ config });
});
beforeEach(async () => {
  await world.reset();
  notify.notifications.length = 0;
  notify.troubles.length = 0;
});
afterAll(async () => {
  await world.close();
  await notify.close();
});

async function minutesPass(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    world.clock.advance(61_000);
    await sweep(world.services);
    await world.queue.drain();
  }
}

const states = () => world.db('messages').distinct('state').orderBy('state').pluck('state');

test('a doubt is cleared by asking; nobody is left out or written to twice', async () => {
  const survey = await makeMailSurvey(world.services);
  const people = await makePeople(world.services, survey, 8);
  notify.troubles.push('taken and hung up', {
    status: 500,
    error: 'Exception',
    message: 'Internal server error',
  });
  await mailOut(world.services, survey);
  expect(await states()).toEqual(['handing over', 'sent']);
  await minutesPass(2);
  expect(await states()).toEqual(['sent']);
  expect(notify.notifications.map(({ email_address }) => email_address).sort()).toEqual(people);
  expect(await world.db('mailings').first('state')).toEqual({ state: 'done' });
  expect(notify.notifications[0]!.body).toContain('/unsubscribe/');
});

test('too many for the moment: it rests and goes on', async () => {
  const survey = await makeMailSurvey(world.services);
  const people = await makePeople(world.services, survey, 8);
  const busy = { status: 429, error: 'RateLimitError', message: 'Exceeded rate limit' };
  notify.troubles.push(busy, busy, busy, busy, busy);
  await mailOut(world.services, survey);
  expect(await world.db('mailings').first('state', 'why')).toEqual({
    state: 'running',
    why: 'Exceeded rate limit',
  });
  await minutesPass(2);
  expect(notify.notifications.map(({ email_address }) => email_address).sort()).toEqual(people);
});

test.each(['confidential', 'anonymous'] as const)('what comes back is noted, %s', async (promise) => {
  const survey = await makeMailSurvey(world.services, { promise, threshold: 8 });
  await makePeople(world.services, survey, 12);
  await mailOut(world.services, survey);
  for (const index of [1, 4, 6]) notify.notifications[index]!.status = 'permanent-failure';
  await minutesPass(1);
  const returned = [1, 4, 6].map((index) => notify.notifications[index]!.email_address).sort();
  const bounced = () => world.db('contacts').where({ state: 'bounced' }).orderBy('email').pluck('email');
  expect(await bounced()).toEqual(returned);
  expect(await world.db('messages').where({ state: 'bounced' })).toHaveLength(3);

  // A reminder that comes back would tell of an anonymous survey that this person had not answered.
  world.clock.advance(8 * 86_400_000);
  await world.db('contacts').update({ state: 'active' });
  const before = notify.notifications.length;
  await mailOut(world.services, survey, 'reminder');
  const reminded = notify.notifications.slice(before);
  expect(reminded).toHaveLength(9);
  reminded[0]!.status = 'permanent-failure';
  await minutesPass(1);
  expect(await bounced()).toEqual(promise === 'anonymous' ? [] : [reminded[0]!.email_address]);
});
