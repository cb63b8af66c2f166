import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { findCoordinated } from '../../src/projects/projects.queries';
import { writeWords } from '../../src/vocabularies/project-terms.queries';
import { wordsIn } from '../progress/make';
import { makeSurvey } from '../support/make';
import { openWorld, password, type World } from '../support/world';
import { makeSurveyOfSeveral } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test('the lead names somebody with an account, who comes into the project, and takes them out again', async () => {
  const { projectId } = await makeSurveyOfSeveral(world);
  const lead = await world.signedIn('lead', projectId);
  const email = 'north@example.org';
  const accountId = await createAccount(world.services, operator, { email, role: 'coordinator', password });
  const project = (await lead.get(`/projects/${projectId}`)).text;
  const address = `/projects/${projectId}/coordinators`;
  expect(project).toContain(address);
  expect(wordsIn((await lead.get(address)).text)).toContain('No organisation has a coordinator yet.');
  const named = await lead.submit(address, { email: ' North@Example.org ', organisation: 'own_north' });
  expect(wordsIn(named.text)).toContain('Coordinator named');
  expect(wordsIn(named.text)).toContain('north@example.org North Trust');
  expect(await findCoordinated(world.db, projectId, accountId)).toBe('own_north');
  const membership = { project_id: projectId, account_id: accountId };
  expect(await world.db('project_members').where(membership).first('role')).toEqual({ role: 'coordinator' });

  const removed = await lead.submit(`${address}/${accountId}/removal`);
  expect(wordsIn(removed.text)).toContain('Coordinator removed');
  expect(await world.db('project_members').where(membership).first()).toBeUndefined();
  await lead.post(`${address}/${accountId}/removal`).expect(303);
  const trail = await world
    .db('audit_entries')
    .where({ subject_id: projectId })
    .orderBy('id')
    .pluck('action');
  expect(trail.slice(-3)).toEqual(['member added', 'coordinator named', 'coordinator removed']);
});

test.each([
  ['nothing', {}, ['Enter their email address', 'Select the organisation']],
  [
    'no address',
    { email: 'north', organisation: 'own_north' },
    ['Enter an email address in the correct format'],
  ],
  [
    'an address without an account',
    { email: 'nobody@example.org', organisation: 'own_north' },
    ['Nobody with this email address has an account'],
  ],
  [
    'an organisation of another project',
    { email: 'nobody@example.org', organisation: 'own_elsewhere' },
    ['Select the organisation'],
  ],
])('refuses %s, and keeps what was typed', async (_name, fields, sentences) => {
  const { projectId } = await makeSurveyOfSeveral(world);
  const lead = await world.signedIn('lead', projectId);
  const address = `/projects/${projectId}/coordinators`;
  await lead.get(address);
  const { text, status } = await lead.post(address, fields);
  expect(status).toBe(422);
  for (const sentence of sentences) expect(wordsIn(text)).toContain(sentence);
  if ('email' in fields) expect(text).toContain(`value="${fields.email}"`);
});

test('whoever is in the project with another role, or coordinates already, is not made a coordinator', async () => {
  const { projectId } = await makeSurveyOfSeveral(world);
  const lead = await world.signedIn('lead', projectId);
  const analyst = await world.signedIn('analyst', projectId);
  const address = `/projects/${projectId}/coordinators`;
  await lead.get(address);
  const refused = await lead.post(address, { email: analyst.email, organisation: 'own_north' });
  expect(wordsIn(refused.text)).toContain('This person is in the project already, as analyst.');
  const coordinator = await world.signedIn('coordinator', projectId);
  await lead.post(address, { email: coordinator.email, organisation: 'own_north' }).expect(303);
  const again = await lead.post(address, { email: coordinator.email, organisation: 'own_south' });
  expect(wordsIn(again.text)).toContain('Remove them first');
  expect(await findCoordinated(world.db, projectId, coordinator.accountId)).toBe('own_north');
});

test('an organisation that somebody coordinates is told to be used, and keeps its code', async () => {
  const { projectId } = await makeSurveyOfSeveral(world);
  const lead = await world.signedIn('lead', projectId);
  const coordinator = await world.signedIn('coordinator', projectId);
  const words = { label: 'East Trust', tier: null, staffGroup: null, parent: null };
  const term = { vocabulary: 'organisation', code: 'own_east' };
  await world.db.transaction((trx) => writeWords(trx, projectId, term, words));
  await lead.get(`/projects/${projectId}/coordinators`);
  const named = { email: coordinator.email, organisation: term.code };
  await lead.post(`/projects/${projectId}/coordinators`, named).expect(303);
  const address = `/projects/${projectId}/vocabularies/organisation/terms/own_east`;
  expect(wordsIn((await lead.get(address)).text)).toContain(coordinator.email);
  expect((await lead.post(`${address}/deletion`)).status).toBe(409);
});

test('a project without organisations says where to add them', async () => {
  const { projectId } = await makeSurvey(world.services);
  const lead = await world.signedIn('lead', projectId);
  const { text } = await lead.get(`/projects/${projectId}/coordinators`);
  expect(wordsIn(text)).toContain('The project has no organisations yet.');
  const words = `/projects/${projectId}/vocabularies/organisation`;
  expect(text).toContain(words);
  expect((await lead.get(words)).status).toBe(200);
});

test('nobody but who runs surveys of the project names coordinators', async () => {
  const { projectId } = await makeSurveyOfSeveral(world);
  const elsewhere = await makeSurvey(world.services);
  const address = `/projects/${projectId}/coordinators`;
  for (const role of ['reader', 'eag_member', 'coordinator', 'author', 'analyst'] as const) {
    const browser = await world.signedIn(role, projectId);
    expect((await browser.get(address)).status).toBe(403);
    await browser.post(address, { email: browser.email, organisation: 'own_north' }).expect(403);
    await browser.post(`${address}/${browser.accountId}/removal`).expect(403);
  }
  const stranger = await world.signedIn('lead', elsewhere.projectId);
  expect((await stranger.get(address)).status).toBe(404);
  await stranger.post(`${address}/${stranger.accountId}/removal`).expect(404);
});
