import { operator } from '../../src/audit/actor';
import { closeLink } from '../../src/links/links.commands';
import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import { countByLink } from '../../src/responses/ways.queries';
import type { Survey } from '../../src/surveys/survey';
import { closeSurvey } from '../../src/surveys/surveys.commands';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { sweep } from '../../workers/sweep';
import { everyKindDefinition, openSurveyOf } from '../responses/kinds';
import { makeWelshSurvey } from '../responses/welsh-survey';
import type { Browser } from '../support/browser';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { makeLink } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function open(wish: Parameters<typeof makeSurvey>[1] = {}) {
  const survey = await makeSurvey(world.services, { code: 'MAIN1', ...wish });
  const ward = { name: 'Ward 5', code: 'WARD5', facet: 'setting', value: 'acute_ward' };
  return { survey, link: await makeLink(world.services, survey, ward) };
}

/** Everything a visit could have changed, as it stands. */
async function stored(): Promise<unknown> {
  const { rows } = await world.db.raw<{ rows: { name: string }[] }>(
    `select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'knex%' order by 1`,
  );
  const tables: unknown[] = [];
  for (const { name } of rows)
    tables.push([name, await world.db(name).select('*', world.db.raw('xmin::text'))]);
  return tables;
}

async function answer(person: Browser, survey: Survey, start: string, changes: Record<string, string> = {}) {
  const plan = await getPlan(world.db, survey.versionId);
  await person.get(start);
  await person.submit(`/s/${survey.code}`, { via: 'WARD5', device: 'own' });
  const about = { profession: 'rn_adult', setting: 'acute_ward', ...changes };
  for (let page = await person.submit(`/s/${survey.code}/pages/1`, about); ; ) {
    if (/action="\/s\/\w+\/check"/.test(page.text)) break;
    const [, number] = /action="\/s\/\w+\/pages\/(\d+)"/.exec(page.text)!;
    expect(Number(number)).toBeLessThanOrEqual(plan.pages.length);
    page = await person.submit(`/s/${survey.code}/pages/${number}`);
  }
  await person.submit(`/s/${survey.code}/check`);
}

test('the code of a link, however it is typed, leads to the survey and remembers the way', async () => {
  await open();
  const nurse = world.visitor();
  for (const [typed, then] of [
    ['/s/WARD5', '/s/MAIN1?via=WARD5'],
    ['/s/WARD5?lang=cy', '/s/MAIN1?via=WARD5&lang=cy'],
  ] as const) {
    const reply = await nurse.download(typed);
    expect([reply.status, reply.headers.location]).toEqual([302, then]);
    expect(reply.headers['set-cookie']).toBeUndefined();
  }
  const typed = await nurse.download('/s/ward-5?lang=cy');
  expect([typed.status, typed.headers.location]).toEqual([301, '/s/WARD5?lang=cy']);
  const front = await nurse.download('/?code=ward%205');
  expect([front.status, front.headers.location]).toEqual([303, '/s/WARD5']);
  expect((await nurse.get('/s/NOLINK1')).status).toBe(404);
});

test('opening a link, ever so often, changes nothing', async () => {
  await open();
  const before = await stored();
  for (let time = 0; time < 5; time += 1) {
    await world.visitor().get('/s/MAIN1?via=WARD5');
    await world.visitor().download('/s/WARD5');
  }
  expect(await stored()).toEqual(before);
});

test('who comes by a link finds its answer chosen, is told so, and may change it', async () => {
  const { survey, link } = await open();
  const nurse = world.visitor();
  const start = (await nurse.get('/s/MAIN1?via=ward5')).text;
  expect(start).toContain('name="via" value="WARD5"');
  expect(start).toMatch(/answers one question for you: “[^”]+”\. You can change it/);
  expect(start).toContain('We count how many people come by the link you used, not who they are');
  expect((await world.visitor().get('/s/MAIN1')).text).not.toContain('the link you used');
  expect(start).toContain('/s/MAIN1/privacy?via=WARD5');
  expect((await nurse.get('/s/MAIN1/privacy?via=WARD5')).text).toContain('href="/s/MAIN1?via=WARD5"');

  const page = await nurse.submit('/s/MAIN1', { via: 'WARD5' });
  expect(page.text).toMatch(/value="acute_ward"[^>]*checked/);
  expect(page.text).not.toMatch(/value="gp_practice"[^>]*checked/);
  expect(await world.db('drafts').select('link_id', 'answers', 'passed')).toEqual([
    { link_id: link.id, answers: { setting: 'acute_ward' }, passed: [] },
  ]);
  await nurse.submit('/s/MAIN1/pages/1', { profession: 'rn_adult', setting: 'gp_practice' });
  expect((await world.db('drafts').first()).answers.setting).toBe('gp_practice');
  expect(await countByLink(world.db, survey.id)).toEqual([{ linkId: link.id, started: 1, submitted: 0 }]);

  // Who has begun goes on, by whatever way they come back.
  expect((await nurse.get('/s/MAIN1?via=WARD5')).text).toContain('Carry on');
  await closeLink(world.services, operator, survey.id, link.id, 'closed');
  expect((await nurse.get('/s/MAIN1?via=WARD5')).text).toContain('Carry on');
  expect((await nurse.submit('/s/MAIN1', { via: 'WARD5' })).status).toBe(200);
  expect(await world.db('drafts')).toHaveLength(1);
});

test('a way that is none, or leads to another survey, is passed over', async () => {
  await open();
  const other = await makeSurvey(world.services, { code: 'OTHER1' });
  await makeLink(world.services, other, { name: 'Elsewhere', code: 'ELSE1' });
  const odd = ['ELSE1', 'NOWAY1', '', '<script>', 'W'.repeat(5000), "WARD5'--"];
  for (const via of odd) {
    const nurse = world.visitor();
    const page = await nurse.get(`/s/MAIN1?${new URLSearchParams({ via })}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('name="via"');
    expect((await nurse.submit('/s/MAIN1', { via })).status).toBe(200);
  }
  const nurse = world.visitor();
  await nurse.get('/s/MAIN1?via=WARD5&via=WARD5');
  await nurse.submit('/s/MAIN1', { via: ['WARD5', 'WARD5'] });
  const drafts = await world.db('drafts').select('link_id', 'answers');
  expect(drafts).toEqual(Array(odd.length + 1).fill({ link_id: null, answers: {} }));
});

test('a link that answers what the survey does not ask any more answers nothing, and is counted all the same', async () => {
  const { survey } = await open();
  const gone = await makeLink(world.services, survey, {
    name: 'Gone',
    code: 'GONE1',
    facet: 'setting',
    value: 'moon',
  });
  const nurse = world.visitor();
  expect((await nurse.get('/s/MAIN1?via=GONE1')).text).not.toContain('answers one question for you');
  await nurse.submit('/s/MAIN1', { via: 'GONE1' });
  expect(await world.db('drafts').select('link_id', 'answers')).toEqual([{ link_id: gone.id, answers: {} }]);
});

test('a closed link says so in the language asked for, and whom to ask; open again, it works', async () => {
  const surveyId = await makeWelshSurvey(world, 'ARLWG1');
  const survey = await getSurvey(world.db, surveyId);
  const link = await makeLink(world.services, survey, { name: 'Ward', code: 'WARD9' });
  const nurse = world.visitor();
  const before = (await nurse.get('/s/ARLWG1?via=WARD9')).text;
  expect(before).toContain('href="/s/ARLWG1?via=WARD9&amp;lang=cy"');
  await closeLink(world.services, operator, surveyId, link.id, 'closed');
  const late = await nurse.post('/s/ARLWG1', { via: 'WARD9' });
  expect(late.status).toBe(410);
  expect(await world.db('drafts')).toEqual([]);

  const english = await world.visitor().get('/s/ARLWG1?via=WARD9');
  expect(english.status).toBe(410);
  for (const words of ['This link is closed', 'If you have a question', '/s/ARLWG1/continue', 'via=WARD9'])
    expect(english.text).toContain(words);
  const welsh = await world.visitor().get('/s/ARLWG1?via=WARD9&lang=cy');
  expect(welsh.text).toContain('<html lang="cy"');
  expect(welsh.text).toContain('Mae’r ddolen hon wedi cau');
  expect(welsh.text).toContain('Os oes gennych gwestiwn');
  // The survey's own link is not concerned.
  expect((await world.visitor().get('/s/ARLWG1')).status).toBe(200);

  await closeLink(world.services, operator, surveyId, link.id, 'open');
  expect((await world.visitor().get('/s/ARLWG1?via=WARD9')).status).toBe(200);
});

test('the way is kept through what is refused: a tick that is missing, and too many who start', async () => {
  const crowded = await openWorld({ config: { startsPerMinute: 1 } });
  try {
    const { services } = crowded;
    const survey = await openSurveyOf(services, everyKindDefinition, 'TICK1');
    await makeLink(services, survey, { name: 'Ward 5', code: 'WARD5' });
    const nurse = crowded.visitor();
    await nurse.get('/s/TICK1?via=WARD5');
    const unticked = await nurse.post('/s/TICK1', { via: 'WARD5' });
    expect(unticked.status).toBe(422);
    expect(unticked.text).toContain('name="via" value="WARD5"');
    await nurse.submit('/s/TICK1', { via: 'WARD5', participation: 'yes' });
    const next = crowded.visitor();
    await next.get('/s/TICK1?via=WARD5');
    const busy = await next.post('/s/TICK1', { via: 'WARD5', participation: 'yes' });
    expect(busy.status).toBe(429);
    expect(busy.text).toContain('name="via" value="WARD5"');
  } finally {
    await crowded.close();
  }
});

test('the next one at a shared computer, who comes by the link, keeps their way', async () => {
  const { survey, link } = await open();
  const ward = world.visitor();
  await answer(ward, survey, '/s/MAIN1?via=WARD5');
  const answered = await ward.get('/s/MAIN1?via=WARD5');
  expect(answered.text).toContain('action="/s/MAIN1/another?via=WARD5"');
  const start = await ward.submit('/s/MAIN1/another?via=WARD5');
  expect(ward.address).toBe('/s/MAIN1?via=WARD5');
  expect(start.text).toContain('name="via" value="WARD5"');
  await ward.submit('/s/MAIN1', { via: 'WARD5' });
  expect(await countByLink(world.db, survey.id)).toEqual([{ linkId: link.id, started: 2, submitted: 1 }]);
});

test('a survey that is over says that, and not that the link is closed', async () => {
  const { survey, link } = await open();
  await closeLink(world.services, operator, survey.id, link.id, 'closed');
  await closeSurvey(world.services, operator, survey.id, 'Enough answers');
  expect((await world.visitor().get('/s/WARD5')).status).toBe(302);
  expect((await world.visitor().get('/s/MAIN1?via=WARD5')).text).toContain('This survey is closed');
});

test.each(['anonymous', 'confidential'] as const)(
  'who came by a link and sent their answers is counted with it, %s',
  async (promise) => {
    const { survey, link } = await open({ threshold: 8, promise });
    for (let person = 0; person < 8; person += 1) {
      await answer(world.visitor(), survey, '/s/MAIN1?via=WARD5', { profession: 'midwife' });
    }
    const unfinished = world.visitor();
    await unfinished.get('/s/MAIN1?via=WARD5');
    await unfinished.submit('/s/MAIN1', { via: 'WARD5' });
    expect(await countByLink(world.db, survey.id)).toEqual([{ linkId: link.id, started: 9, submitted: 8 }]);

    await world.queue.drain();
    await sweep(world.services);
    await world.queue.drain();
    expect(await countByLink(world.db, survey.id)).toEqual([{ linkId: link.id, started: 9, submitted: 8 }]);
    const spent = await world.db('drafts').where({ submitted: true }).select('link_id', 'shuffled');
    const responses = JSON.stringify(await world.db('responses'));
    expect(responses).not.toContain(link.id);
    // What a link says of those who came by it is left to a count, before anybody could join it to an answer.
    const ofAnonymous = Array(8).fill({ link_id: null, shuffled: true });
    if (promise === 'anonymous') expect(spent).toEqual(ofAnonymous);
    else expect(spent).toHaveLength(8);
  },
);
