import { operator } from '../../src/audit/actor';
import { firstValueCode } from '../../src/questionnaires/coding';
import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import { importResponses } from '../../src/responses/import.commands';
import { graceMinutes } from '../../src/surveys/survey';
import { closeSurvey } from '../../src/surveys/surveys.commands';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { makeWelshSurvey } from '../responses/welsh-survey';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { filledIn } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const about = { profession: 'rn_adult', setting: 'gp_practice' };
const words = ({ text }: { text: string }) =>
  text
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'");
/** English that no page of a Welsh survey may say around the questionnaire. */
const anyEnglish = /\b(the|and|your|you|page|survey|answers|Privacy|Cookies|Skip)\b/;

async function begun(code: string, device?: 'own') {
  const nurse = world.visitor();
  await nurse.get(`/s/${code}`);
  await nurse.submit(`/s/${code}`, device ? { device } : {});
  return nurse;
}

async function answered(code: string) {
  const nurse = await begun(code, 'own');
  await nurse.submit(`/s/${code}/pages/1`, about);
  await nurse.submit(`/s/${code}/pages/2`, { A1: '2' });
  await nurse.submit(`/s/${code}/pages/3`);
  await nurse.submit(`/s/${code}/check`);
  return nurse;
}

async function tell(surveyId: string, fields: Record<string, string>) {
  const { projectId } = await getSurvey(world.db, surveyId);
  const lead = await world.signedIn('lead', projectId);
  await lead.get(`/surveys/${surveyId}/notice`);
  await lead.post(`/surveys/${surveyId}/notice`, { ...filledIn, ...fields }).expect(303);
  world.clock.advance(86_400_000); // Of an anonymous survey that people can answer it begins with a day.
}

test('the start page answers what people ask before they begin, of an anonymous survey', async () => {
  const survey = await makeSurvey(world.services, { code: 'START1', threshold: 9 });
  await tell(survey.id, {
    contactPhone: '01632 960 001',
    'deletedOn-day': '31',
    'deletedOn-month': '3',
    'deletedOn-year': '2099',
  });
  const page = await world.visitor().get('/s/START1');
  const said = words(page);
  expect(said).toContain('Who is asking and why North Vale Care Trust is asking you');
  expect(said).toContain('To plan training.');
  expect(said).toContain('What happens to my answers Your answers are counted together');
  expect(said).toContain('Answers are deleted by 31 March 2099. For a year.');
  expect(said).toContain(
    'Can anyone find me? No one – not your manager, not us. Groups of fewer than 9 people',
  );
  expect(said).toContain('we cannot find your answers again to change or remove them');
  expect(said).toContain('nothing leads from the key to them');
  expect(said).toContain('ask Workforce team. Email: workforce@example.org Telephone: 01632 960 001');
  expect(said).toContain('complain to them. You can also complain to the Information Commissioner’s Office');
  expect(page.text).toContain('href="mailto:workforce@example.org"');
  expect(page.text).toContain('href="tel:01632960001"');
  expect(page.text.match(/href="\/s\/START1\/privacy"/g)).toHaveLength(2);
  expect(page.text).not.toContain('href="/privacy"');
  // Nobody writes in their own words here, so nobody is warned of it.
  expect(said).not.toContain('in your own words');
});

test('a confidential survey says who can link answers, until when, and how to take them back', async () => {
  const survey = await makeSurvey(world.services, { code: 'START2', promise: 'confidential' });
  await tell(survey.id, { complaintsName: 'Data protection team', complaintsEmail: 'dp@example.org' });
  const start = words(await world.visitor().get('/s/START2'));
  expect(start).toContain('Only the people who analyse this survey can.');
  expect(start).toContain('They can for as long as the answers are kept.');
  expect(start).toContain('With it you can ask for them to be removed.');
  expect(start).toContain('complain to Data protection team. Email: dp@example.org');
  const notice = words(await world.visitor().get('/s/START2/privacy'));
  expect(notice).toContain('Give the reference from your receipt: without it we cannot find them.');
  expect(notice).toContain('Your reference is kept only in a form that cannot be turned back into it.');
  // The reference follows from the key, so here something does lead from one to the other.
  for (const said of [start, notice]) expect(said).not.toContain('nothing leads from the key');
});

test('what a lead writes is text, whatever it looks like', async () => {
  const survey = await makeSurvey(world.services, { code: 'START3' });
  await tell(survey.id, {
    controller: '<b>Trust</b> %contact',
    purpose: '<script>alert(1)</script>',
    more: 'One\n\nTwo & three',
  });
  for (const address of ['/s/START3', '/s/START3/privacy']) {
    const page = await world.visitor().get(address);
    expect(page.text).toContain('&lt;b&gt;Trust&lt;/b&gt; %contact is asking you');
    expect(page.text).not.toContain('<script>alert');
  }
  const notice = await world.visitor().get('/s/START3/privacy');
  expect(notice.text).toMatch(/<p>One<\/p>\s*<p>Two &amp; three<\/p>/);
});

test('the whole notice can be read before a survey opens, while it is open and when it is over', async () => {
  world.clock.set('2026-03-20T10:00:00Z');
  const survey = await makeSurvey(world.services, { code: 'NOTICE1' });
  for (const now of ['2026-03-19T10:00:00Z', '2026-03-20T10:00:00Z', '2099-01-01T00:00:00Z']) {
    world.clock.set(now);
    const page = await world.visitor().get('/s/notice-1/privacy');
    expect(page.status).toBe(200);
    expect(words(page)).toContain('Privacy notice Version 1, in force from 20 March 2026.');
    expect(words(page)).toContain('Data protection law calls this a public task');
    expect(page.text).toContain('href="/s/NOTICE1"');
  }
  expect((await world.visitor().get('/s/NOSUCH/privacy')).status).toBe(404);
  await tell(survey.id, { lawfulBasis: 'legitimate interests' });
  expect(words(await world.visitor().get('/s/NOTICE1/privacy'))).toContain('calls this legitimate interests');
});

test('whoever answers can read the notice from every page, and loses nothing by it', async () => {
  await makeSurvey(world.services, { code: 'NOTICE2' });
  const nurse = await begun('NOTICE2');
  await nurse.submit('/s/NOTICE2/pages/1', about);
  for (const address of ['/s/NOTICE2/pages/2', '/s/NOTICE2/check', '/s/NOTICE2/privacy']) {
    expect((await nurse.get(address)).text).toContain('href="/s/NOTICE2/privacy"');
  }
  const back = await nurse.get('/s/NOTICE2/pages/1');
  expect(back.text).toMatch(/value="rn_adult"[^>]* checked/);
});

test('the version somebody was told when they began stays with their answers', async () => {
  const survey = await makeSurvey(world.services, { code: 'KEPT1', promise: 'confidential' });
  const early = await begun('KEPT1');
  await tell(survey.id, {});
  await answered('KEPT1');
  await early.submit('/s/KEPT1/pages/1', about);
  await early.submit('/s/KEPT1/pages/2', { A1: '1' });
  await early.submit('/s/KEPT1/pages/3');
  await early.submit('/s/KEPT1/check');
  const told = await world
    .db('responses as r')
    .join('notices as n', 'n.id', 'r.notice_id')
    .orderBy('n.number')
    .select('n.number', 'r.ratings');
  expect(told.map(({ number, ratings }) => [number, ratings[0]])).toEqual([
    [1, firstValueCode + 1],
    [2, firstValueCode + 2],
  ]);
});

test('of answers collected elsewhere nothing is said about what people were told', async () => {
  const { services, db } = world;
  const survey = await makeSurvey(services, { code: 'PAPER1' });
  const plan = await getPlan(db, survey.versionId);
  const origin = { tool: 'own', fileName: 'paper.csv' } as const;
  const answers = { ...about, A1: 2 };
  await db.transaction((trx) =>
    importResponses(trx, services, operator, { survey, plan, origin }, [
      { line: 2, responseId: null, answers },
    ]),
  );
  expect(await db('responses').pluck('notice_id')).toEqual([null]);
});

test('a closed survey thanks, and says what became of what was begun on this device', async () => {
  const survey = await makeSurvey(world.services, { code: 'OVER1', threshold: 10 });
  const sent = await answered('OVER1');
  const unsent = await begun('OVER1', 'own');
  await closeSurvey(world.services, operator, survey.id, 'Enough');
  world.clock.advance(graceMinutes * 60_000 + 1_000);
  const stranger = await world.visitor().get('/s/OVER1');
  expect(stranger.status).toBe(410);
  expect(words(stranger)).toContain('Thank you for wanting to take part.');
  expect(words(stranger)).toContain(
    'The results are shown to the expert advisory group of the survey; groups of fewer than 10',
  );
  expect(words(stranger)).not.toMatch(/You sent|do not count/);
  expect(stranger.text).toContain('href="/s/OVER1/privacy"');
  expect(words(await sent.get('/s/OVER1'))).toContain('You sent your answers in time, and they count.');
  expect(words(await unsent.get('/s/OVER1/pages/1'))).toContain(
    'were not sent by then, so they do not count.',
  );
});

test('each page that refuses says what to do, and where to go on', async () => {
  world.clock.set('2026-03-20T10:00:00Z');
  await makeSurvey(world.services, { code: 'WAYS1', promise: 'confidential' });
  const unknown = await world.visitor().get('/s/NOSUCH');
  expect(unknown.text).toContain('<a href="/">Enter the code of your survey</a>');

  const nurse = world.visitor();
  await nurse.get('/s/WAYS1');
  const lost = await nurse.post('/s/WAYS1/pages/1', about).expect(409);
  expect(words(lost)).toContain('What you have sent before is safe.');
  expect(lost.text).toContain('<a href="/s/WAYS1">Start again</a>');

  const again = await (await answered('WAYS1')).get('/s/WAYS1');
  expect(words(again)).toContain('You have already answered this survey');
  expect(again.text).toContain('<a href="/s/WAYS1/submitted">See your receipt again</a>');

  world.clock.set('2026-03-19T10:00:00Z');
  const early = await world.visitor().get('/s/WAYS1');
  expect(early.status).toBe(403);
  expect(words(early)).toContain(
    'It opens on 20 March 2026 at 10:00am, London time. Use the same link again from then on.',
  );
});

test('an anonymous survey that has been answered offers no receipt to keep', async () => {
  await makeSurvey(world.services, { code: 'WAYS2' });
  const again = await (await answered('WAYS2')).get('/s/WAYS2');
  expect(again.text).not.toContain('/s/WAYS2/submitted');
});

test('whatever goes wrong is said in the language chosen for the survey', async () => {
  await makeWelshSurvey(world, 'CYM1');
  const nurse = world.visitor();
  await nurse.get('/s/CYM1?lang=cy');
  await nurse.submit('/s/CYM1');
  const pages = {
    'Mae’r hyn a anfonwyd gennych yn rhy fawr': await nurse
      .post('/s/CYM1/pages/1', { profession: 'x'.repeat(70_000) })
      .expect(413),
    'Heb ddod o hyd i’r dudalen': await nurse.get('/s/CYM1/nowhere'),
    'Ni ellir anfon y ffurflen hon mwyach': await nurse.post('/s/CYM1/pages/1', {
      _csrf: 'old',
      profession: 'x',
    }),
    'Mae’n ddrwg gennym, mae problem gyda’r gwasanaeth': await whileBroken(() =>
      nurse.get('/s/CYM1/privacy'),
    ),
  };
  for (const [title, page] of Object.entries(pages)) {
    expect(page.text).toContain('<html lang="cy">');
    expect(words(page)).toContain(title);
    expect(words(page).replace(/Skills gap survey/g, '')).not.toMatch(anyEnglish);
  }
  const english = await whileBroken(() => world.visitor().get('/s/CYM1/privacy'));
  expect(english.status).toBe(500);
  expect(words(english)).toContain('Sorry, there is a problem with the service');
});

/** The table of notices is not there: a fault of ours, in the middle of a request. */
async function whileBroken<T>(request: () => Promise<T>): Promise<T> {
  await world.db.raw('alter table notices rename to notices_away');
  try {
    return await request();
  } finally {
    await world.db.raw('alter table notices_away rename to notices');
  }
}

test('every page around a Welsh survey speaks Welsh', async () => {
  const surveyId = await makeWelshSurvey(world, 'CYM2', 'confidential');
  const nurse = await answered('CYM2');
  const chosen = async (browser = world.visitor()) => {
    await browser.get('/s/CYM2?lang=cy');
    return browser;
  };
  const pages = [
    await (await chosen()).get('/s/CYM2/privacy'),
    await (await chosen(nurse)).get('/s/CYM2'),
    await (await chosen()).post('/s/CYM2/check'),
  ];
  await closeSurvey(world.services, operator, surveyId, 'Enough');
  world.clock.advance(graceMinutes * 60_000 + 1_000);
  pages.push(await nurse.get('/s/CYM2'), await (await chosen()).get('/s/CYM2'));
  expect(pages.map(({ status }) => status)).toEqual([200, 200, 409, 410, 410]);
  for (const page of pages) {
    expect(page.text).toContain('<html lang="cy">');
    expect(words(page).replace(/Skills gap survey|English/g, '')).not.toMatch(anyEnglish);
  }
});

test('the preview says what the usual notice says, and leads to no notice of a survey', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await world.signedIn('lead', survey.projectId);
  const { questionnaire_id: id } = await world
    .db('questionnaire_versions')
    .where({ id: survey.versionId })
    .first();
  const page = await lead.get(`/questionnaires/${id}/preview/walk`);
  expect(words(page)).toContain(
    'Who is asking and why The organisation that sent you the link to this survey',
  );
  expect(page.text).not.toContain('/s/');
});
