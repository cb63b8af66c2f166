import { totalWithheld } from '../../src/progress/own-progress.page';
import type { Survey } from '../../src/surveys/survey';
import { coordinatorOf, makeSurveyOfSeveral, type Organisation } from '../coordination/make';
import { makeLink } from '../links/make';
import { makePopulation } from '../populations/make';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { counted, wordsIn } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function answered(survey: Survey, counts: Partial<Record<Organisation, number>>): Promise<void> {
  for (const [organisation, count] of Object.entries(counts)) {
    await makeResponses(world.services, survey, { count, organisation });
  }
  await counted(world, survey);
}

test('a coordinator sees their own organisation, and no neighbour', async () => {
  const survey = await makeSurveyOfSeveral(world);
  await answered(survey, { own_north: 17, own_south: 23, own_care: 28 });
  const north = await coordinatorOf(world, survey, 'own_north');
  const { text } = await north.get(`/surveys/${survey.id}`);
  const address = `/surveys/${survey.id}/own-progress`;
  expect(text).toContain(address);
  const page = await north.get(address);
  const words = wordsIn(page.text);
  expect(words).toContain('Progress of North Trust');
  expect(words).toContain('submitted in your organisation 15');
  expect(words).toContain('submitted in all organisations 70');
  expect(words).toContain('Registered nurse - adult 15');
  expect(page.text).not.toMatch(/South Trust|Care Together/);
  expect(words).not.toMatch(/\b(17|23|28|25|30|68|51)\b/);
});

test.each([
  ['there is one other organisation', { own_north: 15, own_south: 40 }],
  ['the second other one is under the threshold', { own_north: 15, own_south: 40, own_care: 10 }],
])('the total is not shown where %s', async (_name, counts) => {
  const survey = await makeSurveyOfSeveral(world);
  await answered(survey, counts);
  const north = await coordinatorOf(world, survey, 'own_north');
  const words = wordsIn((await north.get(`/surveys/${survey.id}/own-progress`)).text).replaceAll(
    '&#39;',
    "'",
  );
  expect(words).toContain(totalWithheld);
  expect(words).not.toMatch(/\b(55|65)\b/);
});

test('of their own organisation a coordinator sees no number under the threshold either', async () => {
  const survey = await makeSurveyOfSeveral(world);
  await answered(survey, { own_north: 4, own_south: 30, own_care: 30 });
  const north = await coordinatorOf(world, survey, 'own_north');
  const words = wordsIn((await north.get(`/surveys/${survey.id}/own-progress`)).text);
  expect(words).toContain('submitted in your organisation – Not yet enough answers to show');
  expect(words).not.toContain('Who has answered in your organisation');
  expect(words).toContain('submitted in all organisations 65');
});

test('own headcounts give the share of staff reached, own links who started, own lists who was invited', async () => {
  const survey = await makeSurveyOfSeveral(world);
  await answered(survey, { own_north: 20 });
  const north = await coordinatorOf(world, survey, 'own_north');
  const wish = { name: 'North', facet: 'organisation', value: 'own_north' };
  const link = await makeLink(world.services, survey, wish);
  await world.db('drafts').update({ link_id: link.id });
  await world.db('survey_counts').insert([
    { survey_id: survey.id, kind: 'invited', key: '{"organisation":"own_north"}', count: 53 },
    { survey_id: survey.id, kind: 'invited', key: '{"organisation":"own_south"}', count: 77 },
  ]);
  const form = {
    ...{ title: 'Our staff', source: 'Staff record', kind: 'joint', facets: ['profession'] },
    ...{ 'countedOn-day': '1', 'countedOn-month': '3', 'countedOn-year': '2026' },
  };
  await north.get(`/surveys/${survey.id}/own-headcounts`);
  await north.post(`/surveys/${survey.id}/own-headcounts`, form).expect(303);
  const population = await world.db('survey_populations').first('population_id');
  await world.db('headcounts').insert({
    ...{ population_id: population.population_id, facet: '', codes: ['rn_adult'], headcount: 50 },
  });
  const words = wordsIn((await north.get(`/surveys/${survey.id}/own-progress`)).text);
  expect(words).toContain('share of your staff reached 40% 20 of 50');
  expect(words).toContain('link 20 to the nearest five');
  expect(words).toContain('invited by name 55 as your lists told, to the nearest five');
  expect(words).toContain('submitted in your organisation 20');
  expect((await north.get(`/surveys/${survey.id}/contacts/imports`)).status).toBe(200);
  expect(words).not.toContain('77');
});

test('the lead sees every organisation, beside the staff each has counted', async () => {
  const survey = await makeSurveyOfSeveral(world);
  await answered(survey, { own_north: 20, own_south: 16, own_care: 4 });
  const lead = await world.signedIn('lead', survey.projectId);
  const population = await makePopulation(world, survey.projectId, {
    ...{ kind: 'margins', facets: ['profession', 'setting'] },
    rows: [
      { facet: 'profession', codes: ['midwife'], headcount: 30 },
      { facet: 'profession', codes: ['rn_adult'], headcount: 10 },
      { facet: 'setting', codes: ['gp_practice'], headcount: 40 },
    ],
  });
  await world.db('survey_populations').insert({
    ...{ survey_id: survey.id, organisation: 'own_north', population_id: population },
  });
  const words = wordsIn((await lead.get(`/surveys/${survey.id}/progress`)).text);
  expect(words).toContain('People who answered, by organisation');
  expect(words).toContain('North Trust 20 50% of 40');
  expect(words).toContain('South Trust 15 none known');
  expect(words).toContain('Not yet enough answers to show: Care Together.');
});

test('a survey that does not ask for the organisation, and a coordinator of none, are told so', async () => {
  const survey = await makeSurvey(world.services);
  const coordinator = await world.signedIn('coordinator', survey.projectId);
  const address = `/surveys/${survey.id}/own-progress`;
  expect(wordsIn((await coordinator.get(address)).text)).toContain('You do not coordinate an organisation');
  const membership = { project_id: survey.projectId, account_id: coordinator.accountId };
  await world.db('project_coordinators').insert({ ...membership, organisation: 'own_north' });
  expect(wordsIn((await coordinator.get(address)).text)).toContain(
    'This survey does not ask which organisation people work for',
  );
});

test('own progress is for coordinators only', async () => {
  const survey = await makeSurveyOfSeveral(world);
  const elsewhere = await makeSurveyOfSeveral(world);
  const address = `/surveys/${survey.id}/own-progress`;
  for (const role of ['reader', 'eag_member', 'author', 'analyst', 'lead'] as const) {
    expect((await (await world.signedIn(role, survey.projectId)).get(address)).status).toBe(403);
  }
  const stranger = await coordinatorOf(world, elsewhere, 'own_north');
  expect((await stranger.get(address)).status).toBe(404);
});
