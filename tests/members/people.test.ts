import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { listMembers } from '../../src/projects/projects.queries';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function makeProject() {
  const projectId = await createProject(world.db, operator, { name: 'Wards', purpose: '' }, undefined);
  return { projectId, address: `/projects/${projectId}`, lead: await world.signedIn('lead', projectId) };
}

const membersOf = async (projectId: string) =>
  Object.fromEntries((await listMembers(world.db, projectId)).map(({ email, role }) => [email, role]));

test('a lead brings somebody in, who is told, gets another role, and is taken out again', async () => {
  const { projectId, address, lead } = await makeProject();
  const somebody = await world.signedIn('author');
  expect((await somebody.get(address)).status).toBe(404);

  await lead.get(`${address}/people`);
  const email = somebody.email.toUpperCase();
  await lead.post(`${address}/people`, { email, role: 'author' }).expect(303);
  expect(await membersOf(projectId)).toEqual({ [lead.email]: 'lead', [somebody.email]: 'author' });
  const [letter] = await world.db('outbox').where({ recipient: somebody.email });
  expect(letter.text).toContain('“Wards” now, as author');
  expect(letter.text).toContain(address);
  expect((await somebody.get(address)).status).toBe(200);

  const person = `${address}/people/${somebody.accountId}`;
  await lead.post(person, { role: 'analyst' }).expect(303);
  expect((await membersOf(projectId))[somebody.email]).toBe('analyst');
  expect((await lead.get(`${person}/removal`)).text).toContain(`${somebody.email} will no longer see Wards.`);
  await lead.post(`${person}/removal`).expect(303);
  expect(await membersOf(projectId)).toEqual({ [lead.email]: 'lead' });
  expect((await somebody.get(address)).status).toBe(404);
  await lead.post(`${person}/removal`).expect(404);

  const actions = await world
    .db('audit_entries')
    .where({ account_id: lead.accountId })
    .orderBy('id')
    .pluck('action');
  expect(actions).toEqual(['signed in', 'member added', 'role changed', 'member removed']);
});

test.each([
  [{ email: '', role: 'author' }, 'Enter their email address'],
  [{ email: 'nobody@example.org', role: 'author' }, 'Nobody with this email address has an account'],
  [{ email: 'lead', role: 'author' }, 'Enter an email address in the correct format'],
  [{ email: 'somebody@example.org', role: '' }, 'Select what they are in the project'],
  [{ email: 'somebody@example.org', role: 'platform_admin' }, 'Select what they are in the project'],
])('%j is refused, and what was typed is kept', async (typed, sentence) => {
  const { projectId, address, lead } = await makeProject();
  await lead.get(`${address}/people`);
  const page = await lead.post(`${address}/people`, typed);
  expect([page.status, page.text]).toEqual([422, expect.stringContaining(sentence)]);
  expect(page.text).toContain(`value="${typed.email}"`);
  expect(Object.keys(await membersOf(projectId))).toEqual([lead.email]);
});

test('nobody is in a project twice, and nobody who has left the service comes in', async () => {
  const { projectId, address, lead } = await makeProject();
  const reader = await world.signedIn('reader', projectId);
  const gone = await world.signedIn('author');
  await world.db('accounts').where({ id: gone.accountId }).update({ left_at: new Date() });
  await lead.get(`${address}/people`);
  const twice = await lead.post(`${address}/people`, { email: reader.email, role: 'author' }).expect(422);
  expect(twice.text).toContain('in the project already, as report reader');
  await lead.post(`${address}/people`, { email: gone.email, role: 'author' }).expect(422);
  expect(await membersOf(projectId)).toEqual({ [lead.email]: 'lead', [reader.email]: 'reader' });
});

test('those who only read see whom they can ask, and nobody else', async () => {
  const { projectId, address, lead } = await makeProject();
  const author = await world.signedIn('author', projectId);
  const reader = await world.signedIn('reader', projectId);
  const seen = await reader.get(`${address}/people`);
  expect(seen.text).toContain(lead.email);
  expect(seen.text).not.toContain(author.email);
  expect(seen.text).not.toContain('Bring somebody in');
  expect((await author.get(`${address}/people`)).text).toContain(reader.email);
});

test('the last lead who can sign in neither leaves nor gets another role', async () => {
  const { projectId, address, lead } = await makeProject();
  const other = await world.signedIn('lead', projectId);
  const admin = await world.signedIn('platform_admin');
  await world.db('accounts').where({ id: other.accountId }).update({ left_at: new Date() });
  const own = `${address}/people/${lead.accountId}`;
  for (const browser of [lead, admin]) {
    await browser.get(`${address}/people`);
    const sentence = browser === lead ? 'Nobody changes their own role' : 'would have no lead';
    expect((await browser.post(own, { role: 'author' }).expect(409)).text).toContain(sentence);
    expect((await browser.post(`${own}/removal`)).status).toBe(409);
  }
  expect((await lead.post(`${address}/departure`)).status).toBe(409);
  expect((await membersOf(projectId))[lead.email]).toBe('lead');
});

test('nobody gives a role to themselves: an administrator comes in only where nobody leads the project', async () => {
  const { projectId, address, lead } = await makeProject();
  const ofOrganisation = await world.signedIn('organisation_admin', projectId);
  const own = `${address}/people/${ofOrganisation.accountId}`;
  await ofOrganisation.get(own);
  expect((await ofOrganisation.post(own, { role: 'lead' })).status).toBe(409);
  const admin = await world.signedIn('platform_admin');
  await admin.get(`${address}/people`);
  const wish = { email: admin.email, role: 'analyst' };
  expect((await admin.post(`${address}/people`, wish).expect(422)).text).toContain('Ask its lead');
  await world.db('accounts').where({ id: lead.accountId }).update({ left_at: new Date() });
  await admin.post(`${address}/people`, wish).expect(303);
  expect((await membersOf(projectId))[admin.email]).toBe('analyst');
});

test('of two leads who go at the same moment one stays', async () => {
  const { projectId, address, lead } = await makeProject();
  const other = await world.signedIn('lead', projectId);
  for (const browser of [lead, other]) await browser.get(`${address}/departure`);
  const answers = await Promise.all(
    [lead, other].map(async (one) => (await one.post(`${address}/departure`)).status),
  );
  expect(answers.sort()).toEqual([303, 409]);
  expect(Object.values(await membersOf(projectId))).toEqual(['lead']);
});

test.each([
  ['leave', undefined],
  ['author', 'author'],
  ['lead', 'lead'],
])('a project is handed over: the lead goes on as %s', async (become, role) => {
  const { projectId, address, lead } = await makeProject();
  const heir = await world.signedIn('author', projectId);
  await lead.get(`${address}/handover`);
  expect((await lead.post(`${address}/handover`, { to: lead.accountId, become })).status).toBe(409);
  expect((await lead.post(`${address}/handover`, { to: '', become })).status).toBe(422);
  await lead.post(`${address}/handover`, { to: heir.accountId, become }).expect(303);
  expect(await membersOf(projectId)).toEqual({
    [heir.email]: 'lead',
    ...(role ? { [lead.email]: role } : {}),
  });
});

test('nobody but the lead hands a project over, or to somebody who is not in it', async () => {
  const { projectId, address, lead } = await makeProject();
  const stranger = await world.signedIn('author');
  const admin = await world.signedIn('organisation_admin', projectId);
  await admin.get(`${address}/people`);
  expect((await admin.post(`${address}/handover`, { to: lead.accountId, become: 'author' })).status).toBe(
    403,
  );
  await lead.get(`${address}/handover`);
  expect((await lead.post(`${address}/handover`, { to: stranger.accountId, become: 'leave' })).status).toBe(
    404,
  );
});

test('what somebody was named for ends with their role', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await world.signedIn('lead', survey.projectId);
  const keeper = await world.signedIn('data_protection_lead', survey.projectId);
  const other = await makeSurvey(world.services);
  await world.db('text_redactors').insert([
    { survey_id: survey.id, account_id: keeper.accountId },
    { survey_id: other.id, account_id: keeper.accountId },
  ]);
  await lead.get(`/projects/${survey.projectId}/people`);
  await lead.post(`/projects/${survey.projectId}/people/${keeper.accountId}`, { role: 'author' }).expect(303);
  expect(await world.db('text_redactors').pluck('survey_id')).toEqual([other.id]);
});
