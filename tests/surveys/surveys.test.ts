import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test('a survey page shows the link, the dates and the promise', async () => {
  world.clock.set('2026-03-20T10:00:00Z');
  const survey = await makeSurvey(world.services, { code: 'SPRING26' });
  const lead = await world.signedIn('lead', survey.projectId);
  const page = await lead.get(`/surveys/${survey.id}`);
  expect(page.text).toContain('/s/SPRING26');
  expect(page.text).toContain('20 March 2026 at 10:00am');
  // 28 days of 24 hours later the clocks have gone forward.
  expect(page.text).toContain('17 April 2026 at 11:00am');
  expect(page.text).toContain('Anonymous');
});

test('the ways on from a survey stand under headings, in the order of the work', async () => {
  world.clock.set('2026-03-20T10:00:00Z');
  const survey = await makeSurvey(world.services);
  const headings = async (role: 'lead' | 'author' = 'lead') => {
    const viewer = await world.signedIn(role, survey.projectId);
    const page = (await viewer.get(`/surveys/${survey.id}`)).text;
    return [...page.matchAll(/<h2 class="nhsuk-heading-m">([^<]*)</g)].map(([, heading]) => heading);
  };
  const open = ['How it goes', 'Give it out', 'What is asked and said', 'When it ends'];
  expect(await headings()).toEqual(open);
  expect(await headings('author')).not.toContain('When it ends');
  world.clock.set('2026-06-20T10:00:00Z');
  expect(await headings()).toEqual([...open.slice(0, 3), 'What comes next']);
  const lead = await world.signedIn('lead', survey.projectId);
  const closed = (await lead.get(`/surveys/${survey.id}`)).text;
  expect(closed).toContain('Repeat this survey');
  expect(closed).not.toContain('Close the survey');
  // An anonymous survey never tells who has answered.
  expect(closed).toContain('Progress: how many have answered so far');
});

test('closing asks first, then closes for everybody, once, with an audit entry', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await world.signedIn('lead', survey.projectId);
  const question = await lead.get(`/surveys/${survey.id}/closure`);
  expect(question.text).toContain('Are you sure');
  const unsaid = await lead.post(`/surveys/${survey.id}/closure`, { reason: ' ' });
  expect([unsaid.status, unsaid.text.includes('Enter why')]).toEqual([422, true]);
  const page = await lead.submit(`/surveys/${survey.id}/closure`, { reason: 'Enough people answered' });
  expect(page.text).toContain('The survey is closed');
  await lead.submit(`/surveys/${survey.id}/closure`, { reason: 'Again' });
  expect((await world.visitor().get(`/s/${survey.code}`)).status).toBe(410);
  const entries = await world.db('audit_entries').where({ subject_id: survey.id, action: 'survey closed' });
  expect(entries).toHaveLength(1);
});

test('only who runs the survey may close it', async () => {
  const survey = await makeSurvey(world.services);
  for (const role of ['analyst', 'author', 'coordinator'] as const) {
    const member = await world.signedIn(role, survey.projectId);
    await member.get(`/surveys/${survey.id}`);
    expect((await member.post(`/surveys/${survey.id}/closure`)).status).toBe(403);
  }
});

test.each([
  [{ code: 'ABC' }, 'A code is 4 to 20 letters'],
  [{ code: 'WITH SPACE' }, 'A code is 4 to 20 letters'],
  [{ dimensions: [] as string[] }, 'Choose from what the questionnaire asks: profession, setting'],
  [{ dimensions: ['profession', 'shoe_size'] }, 'Choose from what the questionnaire asks'],
])('a survey that cannot be opened so says why: %j', async (wish, sentence) => {
  await expect(makeSurvey(world.services, wish)).rejects.toMatchObject({
    status: 409,
    detail: expect.stringContaining(sentence),
  });
});

test('two surveys never share a code', async () => {
  await makeSurvey(world.services, { code: 'SAME1' });
  await expect(makeSurvey(world.services, { code: 'SAME1' })).rejects.toMatchObject({
    detail: 'Another survey has the code SAME1.',
  });
});
