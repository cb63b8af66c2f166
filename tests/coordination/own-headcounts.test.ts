import { findPopulation } from '../../src/populations/populations.queries';
import type { Survey } from '../../src/surveys/survey';
import { makePopulation } from '../populations/make';
import { wordsIn } from '../progress/make';
import type { Browser } from '../support/browser';
import { openWorld, type World } from '../support/world';
import { coordinatorOf, makeSurveyOfSeveral } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const details = {
  ...{ title: 'Our staff', source: 'Staff record', kind: 'joint', facets: ['profession'] },
  ...{ 'countedOn-day': '1', 'countedOn-month': '3', 'countedOn-year': '2026' },
};

/** Begins the headcounts of a coordinator's organisation; gives their address. */
async function begun(browser: Browser, survey: Survey): Promise<string> {
  await browser.get(`/surveys/${survey.id}/own-headcounts`);
  const answer = await browser.post(`/surveys/${survey.id}/own-headcounts`, details).expect(303);
  return String(answer.headers.location);
}

test('a coordinator types and imports the headcounts of their organisation, once in a survey', async () => {
  const survey = await makeSurveyOfSeveral(world);
  const north = await coordinatorOf(world, survey, 'own_north');
  const form = await north.get(`/surveys/${survey.id}/own-headcounts`);
  expect(wordsIn(form.text)).toContain('Headcounts of your organisation');
  expect(form.text).not.toContain('value="organisation"');
  const empty = await north.post(`/surveys/${survey.id}/own-headcounts`, {});
  expect(empty.status).toBe(422);
  const address = await begun(north, survey);
  expect(await begun(north, survey)).toBe(address);

  await north.get(`${address}/imports`);
  const staged = await north.upload(`${address}/imports`, {
    ...details,
    facets: 'profession',
    list: 'profession,headcount\nmidwife,30\nrn_adult,60\n',
  });
  expect(staged.status).toBe(303);
  const look = await north.get(String(staged.headers.location));
  const seen = /name="seen" value="([^"]*)"/.exec(look.text)![1]!;
  const applied = await north.submit(`${staged.headers.location}/application`, { seen });
  expect(wordsIn(applied.text)).toContain('Midwife 30');
  const listed = await north.get(`/projects/${survey.projectId}/populations`);
  expect(wordsIn(listed.text)).toContain('Our staff');
  // What one organisation counted is not what the project weights to.
  expect(await findPopulation(world.db, survey.projectId)).toBeUndefined();
});

test('headcounts of a neighbour, and those of the whole project, are nowhere to be seen by a coordinator', async () => {
  const survey = await makeSurveyOfSeveral(world);
  const whole = await makePopulation(world, survey.projectId);
  const north = await coordinatorOf(world, survey, 'own_north');
  const south = await coordinatorOf(world, survey, 'own_south');
  const unassigned = await world.signedIn('coordinator', survey.projectId);
  const address = await begun(north, survey);
  await north.get(`${address}/imports`);
  const list = 'profession,headcount\nmidwife,30\n';
  const staged = await north.upload(`${address}/imports`, { ...details, facets: 'profession', list });
  for (const browser of [south, unassigned]) {
    await browser.get('/projects');
    for (const page of ['', '/headcounts', '/headcounts.csv', '/edit', '/imports', '/retirement']) {
      expect((await browser.get(`${address}${page}`)).status).toBe(404);
    }
    await browser.post(`${address}/headcounts`, { revision: '1' }).expect(404);
    await browser.post(`${address}/retirement`).expect(404);
    expect((await browser.get(String(staged.headers.location))).status).toBe(404);
    await browser.post(`${staged.headers.location}/application`).expect(404);
    const words = wordsIn((await browser.get(`/projects/${survey.projectId}/populations`)).text);
    expect(words).not.toContain('Our staff');
    expect(words).not.toContain('Staff in spring');
  }
  expect((await north.get(`/populations/${whole}`)).status).toBe(404);
  const lead = await world.signedIn('lead', survey.projectId);
  const all = wordsIn((await lead.get(`/projects/${survey.projectId}/populations`)).text);
  expect(all).toContain('Our staff');
  expect(all).toContain('No headcounts yet');
  const row = { facet: '', codes: ['midwife'], headcount: 30 };
  await world.db('headcounts').insert({ population_id: address.split('/')[2], ...row });
  expect((await lead.get(address)).text).toContain('Of one organisation');
});

test('nobody but coordinators begins headcounts of an organisation', async () => {
  const survey = await makeSurveyOfSeveral(world);
  const elsewhere = await makeSurveyOfSeveral(world);
  const address = `/surveys/${survey.id}/own-headcounts`;
  for (const role of ['reader', 'eag_member', 'author', 'analyst', 'lead'] as const) {
    expect((await (await world.signedIn(role, survey.projectId)).get(address)).status).toBe(403);
  }
  const stranger = await coordinatorOf(world, elsewhere, 'own_north');
  expect((await stranger.get(address)).status).toBe(404);
  const unassigned = await world.signedIn('coordinator', survey.projectId);
  const refused = await unassigned.get(address);
  expect(refused.status).toBe(409);
  expect(wordsIn(refused.text)).toContain('Ask the project lead to name the organisation');
});
