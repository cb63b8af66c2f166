import { gapSources, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const auditOf = (subjectId: string) =>
  world.db('audit_entries').where({ subject_id: subjectId }).orderBy('id').pluck('action');

async function createdProject(
  browser: Awaited<ReturnType<World['signedIn']>>,
  name: string,
): Promise<string> {
  await browser.get('/projects/new');
  await browser.submit('/projects', { name, purpose: 'To test' });
  return browser.address.split('/').at(-1)!;
}

test('a lead creates a project and is told so', async () => {
  const lead = await world.signedIn('lead');
  await lead.get('/projects/new');
  const page = await lead.submit('/projects', { name: 'Wound care', purpose: 'To find out' });
  expect(page.text).toContain('Project created');
  expect(page.text).toContain('<h1 class="nhsuk-heading-xl">Wound care</h1>');
  expect((await lead.get('/projects')).text).toContain('Wound care');
  const projectId = (await world.db('projects').first('id')).id;
  expect(await auditOf(projectId)).toEqual(['project created']);
});

test('a project without a name gets a sentence, and what was typed stays', async () => {
  const lead = await world.signedIn('lead');
  await lead.get('/projects/new');
  const page = await lead.post('/projects', { name: '  ', purpose: 'A <long> purpose' }).expect(422);
  expect(page.text).toContain('<a href="#name">Enter a name for the project</a>');
  expect(page.text).toContain('A &lt;long&gt; purpose');
  expect(await world.db('projects')).toHaveLength(0);
});

test('a lead changes, archives and brings back a project; each is in the audit trail once', async () => {
  const lead = await world.signedIn('lead');
  const projectId = await createdProject(lead, 'First name');
  await lead.submit(`/projects/${projectId}/edit`, { name: 'Second name' });
  expect((await lead.get(`/projects/${projectId}`)).text).toContain('Second name');
  const archived = await lead.submit(`/projects/${projectId}/archive`);
  expect(archived.text).toContain('This project was archived on');
  await lead.submit(`/projects/${projectId}/archive`);
  expect((await lead.get('/projects')).text).toContain('Archived');
  const restored = await lead.submit(`/projects/${projectId}/restoration`);
  expect(restored.text).not.toContain('This project was archived on');

  expect(await auditOf(projectId)).toEqual([
    'project created',
    'project changed',
    'project archived',
    'project restored',
  ]);
});

test('a copy takes framework and questionnaire along as drafts, and leaves surveys and people', async () => {
  const survey = await makeSurvey(world.services, { gapSources });
  const lead = await world.signedIn('lead', survey.projectId);
  await lead.get(`/projects/${survey.projectId}`);
  const page = await lead.submit(`/projects/${survey.projectId}/copies`);
  expect(page.text).toContain('Copy of Project');
  const copyId = lead.address.split('/').at(-1)!;

  const [framework] = await world.db('frameworks').where({ project_id: copyId });
  const [questionnaire] = await world.db('questionnaires').where({ project_id: copyId });
  expect(framework.published_at).toBeNull();
  expect(questionnaire.framework_id).toBe(framework.id);
  const [original] = await world.db('questionnaires').where({ project_id: survey.projectId });
  expect(questionnaire.definition).toEqual(original.definition);
  expect(await world.db('required_levels').where({ framework_id: framework.id })).toHaveLength(2);
  expect(await world.db('competencies').where({ framework_id: framework.id })).toHaveLength(3);
  expect(await world.db('surveys').where({ project_id: copyId })).toHaveLength(0);
  const members = await world.db('project_members').where({ project_id: copyId });
  expect(members).toMatchObject([{ account_id: lead.accountId, role: 'lead' }]);
});

test('to strangers a project does not exist; a reader sees it but may not change it', async () => {
  const survey = await makeSurvey(world.services);
  const stranger = await world.signedIn('lead');
  const reader = await world.signedIn('reader', survey.projectId);
  const address = `/projects/${survey.projectId}`;
  expect((await stranger.get(address)).status).toBe(404);
  expect((await reader.get(address)).status).toBe(200);
  expect((await reader.get(`${address}/edit`)).status).toBe(403);
  await reader.get(address);
  for (const action of ['edit', 'archive', 'restoration', 'copies']) {
    expect((await reader.post(`${address}/${action}`, { name: 'Mine now' })).status).toBe(403);
    expect((await stranger.post(`${address}/${action}`, { name: 'Mine now' })).status).toBe(404);
  }
  expect((await reader.get('/projects/new')).status).toBe(403);
});

test('the platform administrator sees every project, and no working figures', async () => {
  const survey = await makeSurvey(world.services);
  const admin = await world.signedIn('platform_admin');
  expect((await admin.get('/projects')).text).toContain(`/projects/${survey.projectId}`);
  expect((await admin.get(`/surveys/${survey.id}/working-report`)).status).toBe(403);
});

test('an address that is no id is not found', async () => {
  const lead = await world.signedIn('lead');
  for (const address of [
    '/projects/1',
    '/frameworks/x',
    '/questionnaires/%00',
    '/surveys/1',
    '/surveys/1/working-report',
  ]) {
    expect((await lead.get(address)).status).toBe(404);
  }
});

test('framework and questionnaire can be read', async () => {
  const survey = await makeSurvey(world.services, { gapSources });
  const lead = await world.signedIn('lead', survey.projectId);
  const [framework] = await world.db('frameworks');
  const [questionnaire] = await world.db('questionnaires');
  const page = await lead.get(`/frameworks/${framework.id}`);
  expect(page.text).toContain('Hearing what people say');
  expect(page.text).toContain('Everybody else: 3');
  expect(page.text).toContain('No requirement');
  const asked = await lead.get(`/questionnaires/${questionnaire.id}`);
  expect(asked.text).toContain('What is your profession?');
  expect(asked.text).toContain('Version 1');
});

test('the audit trail cannot be changed, deleted or emptied', async () => {
  await makeSurvey(world.services);
  await expect(world.db('audit_entries').update({ action: 'nothing' })).rejects.toThrow('cannot be changed');
  await expect(world.db('audit_entries').delete()).rejects.toThrow('cannot be changed');
  await expect(world.db.raw('truncate audit_entries')).rejects.toThrow('cannot truncate');
  await expect(world.db.raw('truncate audit_entries cascade')).rejects.toThrow('cannot be changed');
});

test('what is published cannot be changed, whatever the code does', async () => {
  await makeSurvey(world.services);
  await expect(world.db('competencies').update({ title: 'Other' })).rejects.toThrow('cannot be changed');
  await expect(world.db('required_levels').delete()).rejects.toThrow('cannot be changed');
  await expect(world.db('frameworks').update({ title: 'Other' })).rejects.toThrow('cannot be changed');
  await expect(world.db('questionnaire_versions').update({ plan: '{}' })).rejects.toThrow(
    'cannot be changed',
  );
  await expect(world.db('surveys').update({ promise: 'confidential' })).rejects.toThrow('cannot be changed');
});
