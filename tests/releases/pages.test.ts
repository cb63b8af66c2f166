import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { askRelease } from '../../src/releases/releases.commands';
import type { Survey } from '../../src/surveys/survey';
import type { Browser } from '../support/browser';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { answerAs, crowd, largeCrowd, prepared, published } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function answered(people = crowd): Promise<{ survey: Survey; lead: Browser; at: string }> {
  const survey = await makeSurvey(world.services);
  await answerAs(world, survey, people);
  const lead = await world.signedIn('lead', survey.projectId);
  return { survey, lead, at: `/surveys/${survey.id}/releases` };
}

function wordsOf(page: { text: string }): string {
  const main = /<main[\s\S]*<\/main>/.exec(page.text)?.[0] ?? '';
  return main
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#34;|&quot;/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

test('the lead prepares a report, looks it over without a figure, publishes it, and everybody finds it', async () => {
  const { survey, lead, at } = await answered();
  const survey_ = await lead.get(`/surveys/${survey.id}`);
  expect(survey_.text).toContain(`href="${at}"`);
  const empty = await lead.get(at);
  expect(wordsOf(empty)).toContain('There is no report yet. Prepare one');
  expect(empty.text).toContain(`href="${at}/new"`);

  const form = await lead.get(`${at}/new`);
  expect(wordsOf(form)).toContain('The survey is still open');
  expect(wordsOf(form)).toContain('changed by 11 answers or more, or not at all');
  expect(wordsOf(form)).toContain('There are no headcounts to weight by');
  expect(form.text).not.toContain('name="reason"');
  const asked = await lead.submit(at, { weighting: 'none' });
  expect(wordsOf(asked)).toMatch(/Waiting|Being worked out|Ready/);
  await world.queue.drain();

  const ready = await lead.get(`${at}/1`);
  const words = wordsOf(ready);
  expect(words).toContain('Ready to look over');
  expect(words).toMatch(/(\d+) of 12 groups would be shown/);
  expect(words).toMatch(/Registered nurse - children (✓ Shown|c Withheld) c Withheld/);
  expect(words).toContain('c Withheld');
  expect(words).not.toContain('%');
  for (const count of [...Object.values(crowd), 89, 90]) {
    if (count > 12) expect(words).not.toMatch(new RegExp(`\\b${count}\\b`));
  }
  expect(wordsOf(await lead.get(at))).toContain('In hand Report 1 Ready to look over');

  const asking = await lead.get(`${at}/1/publication`);
  expect(wordsOf(asking)).toContain('It cannot be changed, taken back or undone.');
  const done = await lead.post(`${at}/1/publication`).expect(303);
  const { id } = await world.db('releases').first('id');
  expect(done.headers.location).toBe(`/reports/${id}`);
  expect((await lead.get(`${at}/1`)).headers.location ?? `/reports/${id}`).toBe(`/reports/${id}`);
  const list = wordsOf(await lead.get(at));
  expect(list).toContain('Interim: more answers could still come');
  expect(list).not.toContain('In hand');
  const author = await world.signedIn('author', survey.projectId);
  const read = await author.get(at);
  expect(read.text).toContain(`href="/reports/${id}"`);
  expect(read.text).not.toContain('Prepare a report');
});

test('what the lead leaves out or mistypes is said where it belongs, and kept', async () => {
  const { survey, lead, at } = await answered(largeCrowd);
  await lead.get(`${at}/new`);
  const none = await lead.post(at, {}).expect(422);
  expect(wordsOf(none)).toContain('Choose how figures are weighted');
  await published(world, survey);
  const later = await lead.get(`${at}/new`);
  expect(wordsOf(later)).toContain(
    'Weighting: not weighted, and the same groups put together as in report 1',
  );
  expect(later.text).not.toContain('name="weighting"');
  const refused = await lead.post(at, { reason: ' ', smallChanges: 'carry' }).expect(422);
  expect(wordsOf(refused)).toContain('Enter why there is another report');
  expect(refused.text).toMatch(/value="carry"[^>]*checked/);
  const long = await lead.post(at, { reason: 'x'.repeat(1001), smallChanges: 'no' }).expect(422);
  expect(wordsOf(long)).toContain('The reason must be 1,000 characters or fewer');
  expect(wordsOf(long)).toContain('Choose what is done about groups that changed too little');
  expect(long.text).toContain('x'.repeat(1001));
});

test('a later report is refused with the groups by name, and prepared again with these left as they were', async () => {
  const { survey, lead, at } = await answered(largeCrowd);
  await published(world, survey);
  await answerAs(world, survey, {
    ...{ 'midwife acute_ward': 3, 'midwife gp_practice': 12, 'rn_adult acute_ward': 12 },
  });
  await lead.get(`${at}/new`);
  await lead.submit(at, { reason: 'A ward came late', smallChanges: 'refuse' });
  await world.queue.drain();
  const refused = await lead.get(`${at}/2`);
  expect(wordsOf(refused)).toContain('Why there is no report');
  expect(wordsOf(refused)).toContain(
    'Midwife, Acute hospital - ward or outpatient (incl. paediatrics) What can be done',
  );
  await lead.submit(`${at}/2/again`, { smallChanges: 'carry' });
  await world.queue.drain();
  const ready = wordsOf(await lead.get(`${at}/2`));
  expect(ready).toContain('As in report 1');
  expect(ready).toContain('Why there is another report: A ward came late');
  expect(ready).not.toContain('What would show more');
});

test('what is offered to be put together is prepared again so, several at once', async () => {
  const { survey, lead, at } = await answered();
  const { id } = await prepared(world, survey);
  const nursing = {
    dimension: 'profession',
    code: 'nursing',
    label: 'Nursing',
    codes: ['rn_adult', 'rn_child'],
  };
  const places = {
    dimension: 'setting',
    code: 'all',
    label: 'Anywhere',
    codes: ['gp_practice', 'acute_ward'],
  };
  const offers = [
    { merges: [nursing], shown: 9, withheld: 0, shownPeople: 1 },
    { merges: [places], shown: 4, withheld: 1, shownPeople: 1 },
  ];
  await world
    .db('releases')
    .where({ id })
    .update({ offers: JSON.stringify(offers) });
  const page = await lead.get(`${at}/1`);
  expect(wordsOf(page)).toContain(
    'Put 2 professions together as “Nursing”: 9 of 9 groups with answers would be shown Registered nurse - adult; Registered nurse - children',
  );
  const none = await lead.post(`${at}/1/again`, { merging: 'yes' }).expect(422);
  expect(wordsOf(none)).toContain('Choose what to put together');
  const again = await lead.post(`${at}/1/again`, { merging: 'yes', offer: ['0', '1'] }).expect(303);
  expect(again.headers.location).toBe(`${at}/1`);
  await world.queue.drain();
  const [release] = await world.db('releases').select('state', 'merges');
  expect(release).toEqual({ state: 'ready', merges: [nursing, places] });
  expect(wordsOf(await lead.get(`${at}/1`))).toContain(
    '2 groups are put together as “Nursing”: Registered nurse - adult; Registered nurse - children.',
  );
  const [{ document }] = await world.db('releases').select('document');
  expect(document.dimensions[0].categories[0]).toEqual({
    ...nursing,
    dimension: undefined,
    of: ['Registered nurse - adult', 'Registered nurse - children'],
  });
  expect(document.dimensions[0].categories[1]).toEqual({
    ...{ code: 'midwife', label: 'Midwife', codes: ['midwife'] },
  });
});

test('of two offers that share a group the one or the other is to be chosen, and the ticks are kept', async () => {
  const { survey, lead, at } = await answered();
  const { id } = await prepared(world, survey);
  const offers = [
    { code: 'nursing', label: 'Nursing', codes: ['rn_adult', 'rn_child'] },
    { code: 'other', label: 'Other (2)', codes: ['rn_child', 'midwife'] },
  ].map((merge) => ({
    merges: [{ dimension: 'profession', ...merge }],
    ...{ shown: 9, withheld: 0, shownPeople: 1 },
  }));
  await world
    .db('releases')
    .where({ id })
    .update({ offers: JSON.stringify(offers) });
  await lead.get(`${at}/1`);
  const refused = await lead.post(`${at}/1/again`, { merging: 'yes', offer: ['0', '1'] }).expect(422);
  expect(wordsOf(refused)).toContain(
    'Two of these put “Registered nurse - children” together with different others. Choose the one or the other',
  );
  for (const place of [0, 1]) expect(refused.text).toMatch(new RegExp(`value="${place}"[^>]*checked`));
  expect(wordsOf(refused)).toContain('What it would show');
  expect(await world.db('releases').select('id', 'state')).toEqual([{ id, state: 'ready' }]);
});

test('one in hand is thrown away after a question, and another can be prepared', async () => {
  const { survey, lead, at } = await answered();
  await prepared(world, survey);
  await lead.get(at);
  expect((await lead.post(at, { weighting: 'none' })).status).toBe(409);
  expect(wordsOf(await lead.get(`${at}/new`))).toContain('Ready to look over');
  expect(wordsOf(await lead.get(`${at}/1/removal`))).toContain(
    'Are you sure you want to throw report 1 away?',
  );
  const gone = await lead.submit(`${at}/1/removal`);
  expect(wordsOf(gone)).toContain('The report is thrown away');
  expect((await lead.download(`${at}/1`)).status).toBe(404);
  expect(wordsOf(await lead.get(at))).toContain('There is no report yet');
});

test('one under way says how far it is, and one that failed offers to try again', async () => {
  const { survey, lead, at } = await answered();
  const { id } = await prepared(world, survey);
  const change = { state: 'working', stage: 'protecting answers', done: 3, of: 12, document: null };
  await world.db('releases').where({ id }).update(change);
  const working = await lead.get(`${at}/1`);
  expect(wordsOf(working)).toContain('Choosing how much is told of each question: 3 of 12');
  expect(working.text).toContain(`data-events="${at}/1/events"`);
  expect(working.text).toMatch(/max="12" value="3"/);
  expect(wordsOf(working)).not.toContain('Publish this report');
  await world.db('releases').where({ id }).update({ state: 'failed' });
  const failed = await lead.get(`${at}/1`);
  expect(wordsOf(failed)).toContain('Something went wrong on our side');
  await lead.submit(`${at}/1/again`, { smallChanges: 'refuse' });
  await world.queue.drain();
  expect(wordsOf(await lead.get(`${at}/1`))).toContain('Ready to look over');
});

test('only a lead asks, publishes and throws away; whoever sees working figures looks on', async () => {
  const { survey, at } = await answered();
  await prepared(world, survey);
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const table: [string, number[]][] = [
    // list, new, look, publication, removal
    ['lead', [200, 303, 200, 200, 200]],
    ['analyst', [200, 403, 200, 403, 403]],
    ['data_protection_lead', [200, 403, 200, 403, 403]],
    ['author', [200, 403, 403, 403, 403]],
    ['coordinator', [200, 403, 403, 403, 403]],
    ['eag_member', [403, 403, 403, 403, 403]],
    ['reader', [403, 403, 403, 403, 403]],
  ];
  const pages = [at, `${at}/new`, `${at}/1`, `${at}/1/publication`, `${at}/1/removal`];
  for (const [role, expected] of table) {
    const browser = await world.signedIn(role as never, survey.projectId);
    const statuses: number[] = [];
    for (const page of pages) statuses.push((await browser.download(page)).status);
    expect([role, statuses]).toEqual([role, expected]);
    if (role === 'lead') continue;
    await browser.get('/sign-in');
    for (const action of [at, `${at}/1/again`, `${at}/1/publication`, `${at}/1/removal`]) {
      expect([role, action, (await browser.post(action)).status]).toEqual([role, action, 403]);
    }
    const seesNothing = role === 'author' || role === 'coordinator';
    if (seesNothing) expect((await browser.get(at)).text).not.toContain('In hand');
  }
  const stranger = await world.signedIn('lead', elsewhere);
  for (const page of pages) expect((await stranger.download(page)).status).toBe(404);
  await stranger.get('/sign-in');
  expect((await stranger.post(`${at}/1/publication`)).status).toBe(404);
  expect((await world.visitor().download(`${at}/1`)).status).toBe(303);
  expect(await world.db('releases').first('state')).toEqual({ state: 'ready' });
});

test('a number that no report has, or that is none, is not found', async () => {
  const { lead, at } = await answered();
  for (const number of ['1', '0', '01', '1e2', 'x', '99999999'])
    expect([number, (await lead.download(`${at}/${number}`)).status]).toEqual([number, 404]);
});

test('what a project calls things is written as it is, and nothing else comes of it', async () => {
  const { survey, lead, at } = await answered();
  const merge = {
    dimension: 'profession',
    code: 'x',
    label: '<script>alert(1)</script>',
    codes: ['rn_adult', 'rn_child'],
  };
  const wish = { merges: [merge], smallChanges: 'refuse' as const, reason: '' };
  await askRelease(world.services, operator, survey, wish);
  await world.queue.drain();
  const page = await lead.get(`${at}/1`);
  expect(page.text).not.toContain('<script>alert(1)');
  expect(page.text).toContain('&lt;script&gt;alert(1)');
});
