import request from 'supertest';
import type { Browser } from '../support/browser';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function answer(code: string, ratings: Record<string, string>, device = ''): Promise<Browser> {
  const nurse = world.visitor();
  await nurse.get(`/s/${code}`);
  await nurse.submit(`/s/${code}`, device ? { device } : {});
  await nurse.submit(`/s/${code}/pages/1`, { profession: 'rn_adult', setting: 'gp_practice' });
  const { A1, A2, B1 } = ratings;
  await nurse.submit(`/s/${code}/pages/2`, { ...(A1 ? { A1 } : {}), ...(A2 ? { A2 } : {}) });
  await nurse.submit(`/s/${code}/pages/3`, B1 ? { B1 } : {});
  return nurse;
}

test('try', async () => {
  await makeSurvey(world.services, { code: 'PROF1' });
  const nurse = await answer('PROF1', { A1: '1', A2: '3', B1: 'na' });
  const receipt = await nurse.submit('/s/PROF1/check');
  expect(receipt.text).toContain('See where you stand');
  const page = await nurse.get('/s/PROF1/profile');
  console.log(page.status, page.text);
  const pdf = await nurse.download('/s/PROF1/profile.pdf');
  require('node:fs').writeFileSync('/tmp/profile/x.pdf', pdf.body);
  console.log(pdf.headers, pdf.body.length);
  void request;
});
