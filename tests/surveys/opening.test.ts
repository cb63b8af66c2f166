import { operator } from '../../src/audit/actor';
import type { GenerationOptions } from '../../src/questionnaires/generation';
import {
  createQuestionnaire,
  generateQuestionnaire,
  publishQuestionnaire,
} from '../../src/questionnaires/questionnaires.commands';
import { listTerms } from '../../src/vocabularies/vocabularies.queries';
import { definitionOf, words } from '../questionnaires/definitions';
import { makeFramework } from '../questionnaires/frameworks';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function makeQuestionnaire({ publish = true } = {}) {
  const { db } = world;
  const { projectId, frameworkId } = await makeFramework(world);
  const terms = await listTerms(db, ['profession', 'setting']);
  const of = (facet: string) => ({ facet, terms: terms.filter((term) => term.vocabulary === facet) });
  const options: GenerationOptions = {
    ...{ title: 'How do you listen?', introduction: [], thanks: '' },
    facets: [of('profession'), of('setting')],
  };
  const id = await generateQuestionnaire(db, operator, frameworkId, options);
  if (publish) await publishQuestionnaire(db, operator, id, new Date());
  const lead = await world.signedIn('lead', projectId);
  return { projectId, address: `/questionnaires/${id}`, lead };
}

const wish = {
  name: 'Spring 2026',
  code: 'spring-26',
  promise: 'anonymous',
  dimension: ['profession', 'setting'],
  threshold: '11',
  'last-day': '29',
  'last-month': '3',
  'last-year': '2026',
};

test('a lead opens a survey, which closes at midnight in London, and people can answer it', async () => {
  world.clock.set('2026-03-02T12:00:00Z');
  const { address, lead } = await makeQuestionnaire();
  expect((await lead.get(address)).text).toContain('Open a survey');
  const form = await lead.get(`${address}/surveys/new`);
  expect(form.text).toMatch(/name="code"[^>]*value="[A-HJ-NP-Z2-9]{6}"/);
  expect(form.text).not.toMatch(/name="promise"[^>]*checked/);
  const page = await lead.submit(`${address}/surveys`, wish);
  expect(page.text).toContain('The survey is open. Pass its link on.');
  expect(page.text).toContain('At the end of 29 March 2026');
  const survey = await world.db('surveys').first('code', 'closes_at', 'promise', 'threshold', 'dimensions');
  expect(survey).toEqual({
    ...{ code: 'SPRING26', promise: 'anonymous', threshold: 11, dimensions: ['profession', 'setting'] },
    // Summer time began on the last day.
    closes_at: new Date('2026-03-29T23:00:00Z'),
  });
  const start = (await world.visitor().get('/s/SPRING26')).text;
  expect(start).toContain('How do you listen?');
  expect(start).toContain('It closes on 29 March 2026');
});

test.each([
  ['name', { name: '' }, 'Enter a name for the survey'],
  ['code', { code: 'a b' }, 'Enter a code of 4 to 20 letters A to Z and digits'],
  ['promise', { promise: [] }, 'Select what respondents are promised'],
  ['dimension', { dimension: [] }, 'Select what the report is broken down by'],
  ['threshold', { threshold: '3' }, 'The smallest group must be 8 to 30 people'],
  ['threshold', { threshold: 'ten' }, 'Enter a whole number'],
  ['last-day', { 'last-day': '31', 'last-month': '2' }, 'Enter a day that is in the calendar'],
  ['last-day', { 'last-day': '', 'last-month': '', 'last-year': '' }, 'Enter the last day people can answer'],
  ['last-day', { 'last-year': '2025' }, 'The last day must be today or later'],
])('a wrong %s gets a sentence, and what was typed stays', async (field, change, sentence) => {
  world.clock.set('2026-03-02T12:00:00Z');
  const { address, lead } = await makeQuestionnaire();
  await lead.get(`${address}/surveys/new`);
  const typed = { ...wish, name: 'A <name> to keep', ...change };
  const page = await lead.post(`${address}/surveys`, typed).expect(422);
  expect(page.text).toContain(`<a href="#${field}">${sentence}`);
  if (field !== 'name') expect(page.text).toContain('A &lt;name&gt; to keep');
  expect(await world.db('surveys')).toHaveLength(0);
});

test('a code that is taken gets a sentence', async () => {
  world.clock.set('2026-03-02T12:00:00Z');
  const { address, lead } = await makeQuestionnaire();
  await lead.get(`${address}/surveys/new`);
  await lead.post(`${address}/surveys`, wish).expect(303);
  const page = await lead.post(`${address}/surveys`, wish).expect(422);
  expect(page.text).toContain('Another survey has this code. Enter another');
});

test('no survey of a questionnaire that asks nothing about the person, and it says why', async () => {
  const { db } = world;
  const { projectId } = await makeFramework(world);
  const definition = definitionOf({ name: 'p', title: 'Page', elements: [words('q')] });
  const facts = { projectId, frameworkId: null, title: 'Words only', definition };
  const id = await db.transaction((trx) => createQuestionnaire(trx, operator, facts));
  await publishQuestionnaire(db, operator, id, new Date());
  const lead = await world.signedIn('lead', projectId);
  const page = await lead.get(`/questionnaires/${id}/surveys/new`);
  expect(page.status).toBe(409);
  expect(page.text).toContain('It asks nothing about the person that a report can be broken down by.');
});

test('no survey of a draft, and none by an author or a stranger', async () => {
  world.clock.set('2026-03-02T12:00:00Z');
  const { address, lead, projectId } = await makeQuestionnaire({ publish: false });
  expect((await lead.get(address)).text).not.toContain('Open a survey');
  expect((await lead.get(`${address}/surveys/new`)).status).toBe(409);
  const author = await world.signedIn('author', projectId);
  const stranger = await world.signedIn('lead');
  await author.get(address);
  await stranger.get('/projects');
  expect((await author.post(`${address}/surveys`, wish)).status).toBe(403);
  expect((await stranger.post(`${address}/surveys`, wish)).status).toBe(404);
});
