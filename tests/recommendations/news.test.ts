import { sweep } from '../../workers/sweep';
import { lettersTo } from '../readers/make';
import { openWorld, type World } from '../support/world';
import { draft, makeReport, step } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test('what others do about recommendations stands in the next digest, once, by number and without their words', async () => {
  world.clock.set('2026-11-22T20:00:00Z');
  const report = await makeReport(world);
  const lead = await world.signedIn('lead', report.survey.projectId);
  const expert = await world.signedIn('eag_member', report.survey.projectId);
  const reader = await world.signedIn('reader', report.survey.projectId);
  const address = await draft(expert, report, { text: '57% of them lack it' });
  world.clock.advance(60_000);
  expect(await step(lead, address, 'under discussion')).toBe(303);
  for (const now of ['2026-11-23T07:00:00Z', '2026-11-23T07:01:00Z', '2026-11-24T07:00:00Z']) {
    world.clock.set(now);
    await sweep(world.services);
    await world.queue.drain();
  }
  const [toLead, ...more] = await lettersTo(world, lead.email);
  expect(more).toEqual([]);
  expect(toLead!.text).toContain(`${expert.email} drafted recommendation 1:\n`);
  expect(toLead!.text).toContain(`${address}\n`);
  expect(toLead!.text).not.toMatch(/57%|lack/);
  expect(toLead!.text).not.toContain('under discussion');
  const [toExpert] = await lettersTo(world, expert.email);
  expect(toExpert!.text).toContain(`${lead.email} set recommendation 1 to “under discussion”:\n`);
  expect(toExpert!.text).not.toContain('drafted');
  expect(await lettersTo(world, reader.email)).toEqual([]);
});
