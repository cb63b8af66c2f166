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
