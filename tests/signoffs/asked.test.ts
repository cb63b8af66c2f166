import { makeReport } from '../recommendations/make';
import { openWorld, type World } from '../support/world';
import { answer, lead, require } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const letters = async () => {
  await world.queue.drain();
  return world.db('outbox').orderBy('recipient').select('recipient', 'subject', 'text');
};

test('whoever has to sign is written to once when signing opens, and again when it opens anew', async () => {
  const report = await makeReport(world);
  const { projectId } = report.survey;
  const leader = await world.signedIn('lead', projectId);
  const one = await world.signedIn('eag_member', projectId);
  const other = await world.signedIn('eag_member', projectId);
  await world.signedIn('eag_member', projectId);
  await require(leader, report, [leader.accountId, one.accountId, other.accountId]);
  expect(await letters()).toEqual([]);

  await lead(leader, report, 'opening');
  await lead(leader, report, 'opening');
  const sent = await letters();
  expect(sent.map(({ recipient }) => recipient)).toEqual([one.email, other.email]);
  expect(sent[0].subject).toMatch(/^Please sign the report /);
  expect(sent[0].text).toContain(`${report.address}/sign-off`);

  expect(await answer(one, report)).toBe(303);
  await lead(leader, report, 'reopening');
  await lead(leader, report, 'opening');
  expect((await letters()).map(({ recipient }) => recipient)).toEqual([
    ...[one.email, one.email],
    ...[other.email, other.email],
  ]);
});

test('a letter that has waited is left out for whoever has signed meanwhile, and when signing is closed again', async () => {
  const report = await makeReport(world);
  const { projectId } = report.survey;
  const leader = await world.signedIn('lead', projectId);
  const one = await world.signedIn('eag_member', projectId);
  const other = await world.signedIn('eag_member', projectId);
  await require(leader, report, [one.accountId, other.accountId]);
  await lead(leader, report, 'opening');
  await letters();
  await world.db('outbox').delete();
  const again = async () => {
    await world.db('report_letters').update({ state: 'waiting', sent_at: null });
    await world.queue.add('letters', {});
    return (await letters()).map(({ recipient }) => recipient);
  };
  expect(await answer(one, report)).toBe(303);
  expect(await again()).toEqual([other.email]);
  await lead(leader, report, 'reopening');
  expect(await again()).toEqual([other.email]);
  expect(await world.db('report_letters').pluck('state')).toEqual(['left out', 'left out']);
});
