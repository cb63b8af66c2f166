import { operator } from '../../src/audit/actor';
import { addQuota, changeQuota, removeQuota } from '../../src/quotas/quotas.commands';
import { listQuotas } from '../../src/quotas/quotas.queries';
import type { Survey } from '../../src/surveys/survey';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { rebuildTallies } from '../../src/tallies/tallies.commands';
import { sweep } from '../../workers/sweep';
import { makeInvited } from '../invitations/make';
import { makeLink } from '../links/make';
import { makeWelshSurvey } from '../responses/welsh-survey';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function open(action: 'close links' | 'turn away', promise: Survey['promise'] = 'anonymous') {
  const survey = await makeSurvey(world.services, { code: 'MAIN1', threshold: 8, promise });
  const quota = { facet: 'profession', value: 'rn_adult', most: 10, action };
  expect(await addQuota(world.services, operator, survey.id, quota)).toBeUndefined();
  const [set] = await listQuotas(world.db, survey.id);
  return { survey, quotaId: set!.id };
}

async function answered(survey: Survey, count: number, profession = 'rn_adult'): Promise<void> {
  await makeResponses(world.services, survey, { count, profession });
  await world.queue.drain();
}

async function begun() {
  const nurse = world.visitor();
  await nurse.get('/s/MAIN1');
  await nurse.submit('/s/MAIN1', { device: 'own' });
  return nurse;
}

const adult = { profession: 'rn_adult', setting: 'gp_practice' };
const midwife = { profession: 'midwife', setting: 'gp_practice' };
const first = '/s/MAIN1/pages/1';

test.each(['anonymous', 'confidential'] as const)(
  'once enough have answered, who answers so is thanked right after that page and leaves nothing behind, %s',
  async (promise) => {
    const { survey } = await open('turn away', promise);
    await answered(survey, 9);
    const early = await begun();
    expect((await early.post(first, adult)).status).toBe(303);
    await answered(survey, 1);

    const nurse = await begun();
    await nurse.submit('/s/MAIN1/save');
    const drafts = await world.db('drafts').where({ submitted: false });
    expect(drafts).toHaveLength(2);
    const page = await nurse.post(first, adult);
    expect(page.status).toBe(410);
    for (const words of [
      'Thank you for wanting to take part',
      'have taken part already',
      'Nothing of it is kept',
    ])
      expect(page.text).toContain(words);
    expect(String(page.headers['set-cookie'])).toMatch(
      /answers=[^;]*; Path=\/s\/MAIN1; Expires=Thu, 01 Jan 1970/,
    );
    expect(await world.db('drafts').where({ submitted: false })).toHaveLength(1);
    expect(await world.db('return_keys')).toEqual([]);
    expect((await nurse.get(first)).text).toContain('Start now');

    // Who was past the page finishes, also when they look at it again.
    expect((await early.post(first, adult)).status).toBe(303);
    for (const number of [2, 3]) await early.post(`/s/MAIN1/pages/${number}`, {});
    await early.submit('/s/MAIN1/check');
    expect(await world.db('responses')).toHaveLength(11);
    await world.queue.drain();
    // Nobody else is concerned.
    expect((await (await begun()).post(first, midwife)).status).toBe(303);
  },
);

test('what was kept of the page while it was filled in goes with the rest', async () => {
  const { survey } = await open('turn away');
  await answered(survey, 10);
  const nurse = await begun();
  await nurse.get(first);
  const kept = await nurse.post(`${first}/answers`, { profession: 'rn_adult' });
  expect(kept.body).toMatchObject({ saved: true });
  expect((await nurse.post(first, adult)).status).toBe(410);
  expect(await world.db('drafts').where({ submitted: false })).toEqual([]);
});

test('answers given on a device without a signal are taken, whatever has filled meanwhile', async () => {
  const { survey } = await open('turn away');
  await answered(survey, 10);
  const nurse = await begun();
  expect((await nurse.post(`${first}?kept=device`, adult)).headers.location).toBe('/s/MAIN1/pages/2');
  expect((await nurse.post(first, adult)).status).toBe(303);
});

test('a quota raised or removed lets people in again, and one set afterwards is full at once', async () => {
  const { survey, quotaId } = await open('turn away');
  await answered(survey, 10);
  expect((await (await begun()).post(first, adult)).status).toBe(410);
  await changeQuota(world.services, operator, survey.id, quotaId, { most: 15, action: 'turn away' });
  expect((await (await begun()).post(first, adult)).status).toBe(303);
  await changeQuota(world.services, operator, survey.id, quotaId, { most: 10, action: 'close links' });
  expect((await (await begun()).post(first, adult)).status).toBe(303);
  await removeQuota(world.services, operator, survey.id, quotaId);
  expect((await getSurvey(world.db, survey.id)).fullQuotas).toEqual([]);
  const setting = { facet: 'setting', value: 'gp_practice', most: 10, action: 'turn away' } as const;
  await addQuota(world.services, operator, survey.id, setting);
  expect((await (await begun()).post(first, midwife)).status).toBe(410);
});

test('what is counted anew, or taken away, is noticed within a minute', async () => {
  const { survey } = await open('turn away');
  await answered(survey, 10);
  await world.db('surveys').where({ id: survey.id }).update({ full_quotas: '[]' });
  await rebuildTallies(world.services, operator, survey.id);
  await sweep(world.services);
  await world.queue.drain();
  expect((await getSurvey(world.db, survey.id)).fullQuotas).toHaveLength(1);
  await world.db('responses').delete();
  await rebuildTallies(world.services, operator, survey.id);
  await sweep(world.services);
  expect((await getSurvey(world.db, survey.id)).fullQuotas).toEqual([]);
});

test('a quota can close the links that begin with its answer, and no others', async () => {
  const { survey, quotaId } = await open('close links');
  const nurses = { name: 'Nurses', code: 'NURSE1', facet: 'profession', value: 'rn_adult' };
  await makeLink(world.services, survey, nurses);
  await makeLink(world.services, survey, { ...nurses, name: 'Midwives', code: 'MIDW1', value: 'midwife' });
  const statusOf = async (code: string) => (await world.visitor().get(`/s/MAIN1?via=${code}`)).status;
  await answered(survey, 9);
  const early = world.visitor();
  await early.get('/s/MAIN1?via=NURSE1');
  await early.submit('/s/MAIN1', { via: 'NURSE1' });
  expect(await statusOf('NURSE1')).toBe(200);
  await answered(survey, 1);

  const late = await world.visitor().get('/s/MAIN1?via=NURSE1');
  expect(late.status).toBe(410);
  expect(late.text).toContain('Enough people have answered with it');
  expect(await statusOf('MIDW1')).toBe(200);
  expect((await early.post(first, adult)).status).toBe(303);
  expect((await (await begun()).post(first, adult)).status).toBe(303);
  const lead = await world.signedIn('lead', survey.projectId);
  expect((await lead.get(`/surveys/${survey.id}/links`)).text).toContain('Closed: quota full');
  await removeQuota(world.services, operator, survey.id, quotaId);
  expect(await statusOf('NURSE1')).toBe(200);
});

test('who was invited is told that a reminder may still come, for nothing tells that they were here', async () => {
  const { survey } = await open('turn away');
  await answered(survey, 10);
  const { address, contactId } = await makeInvited(world, survey);
  const nurse = world.visitor();
  await nurse.get(address);
  await nurse.submit('/s/MAIN1');
  const page = await nurse.post(first, adult);
  expect(page.status).toBe(410);
  expect(page.text).toContain('if a reminder still comes, you need not do anything');
  expect(await world.db('drafts').where({ submitted: false })).toEqual([]);
  expect(await world.db('invitations').where({ contact_id: contactId }).first()).toMatchObject({
    answered: false,
  });
  const other = await begun();
  expect((await other.post(first, adult)).text).not.toContain('reminder');
});

test('thanks are said in the language somebody answers in', async () => {
  const survey = await getSurvey(world.db, await makeWelshSurvey(world, 'ARLWG1'));
  const quota = { facet: 'profession', value: 'rn_adult', most: 15, action: 'turn away' } as const;
  await addQuota(world.services, operator, survey.id, quota);
  await answered(survey, 15);
  const nurse = world.visitor();
  await nurse.get('/s/ARLWG1?lang=cy');
  await nurse.submit('/s/ARLWG1');
  const page = await nurse.post('/s/ARLWG1/pages/1', adult);
  expect(page.status).toBe(410);
  expect(page.text).toContain('<html lang="cy"');
  expect(page.text).toContain('Mae digon o bobl a atebodd');
});

test('no column and no record tells when a quota was filled', async () => {
  const { survey } = await open('turn away');
  await answered(survey, 10);
  const columns = await world
    .db('information_schema.columns')
    .where({ table_schema: 'public', table_name: 'survey_quotas' })
    .pluck('data_type');
  expect(columns.filter((type) => /time|date/.test(type))).toEqual([]);
  expect((await getSurvey(world.db, survey.id)).fullQuotas).toEqual([
    { facet: 'profession', value: 'rn_adult', action: 'turn away' },
  ]);
  const actions = await world.db('audit_entries').where('action', 'like', '%quota%').pluck('action');
  expect(actions).toEqual(['quota set']);
});
