import type { Plan } from '../../src/questionnaires/plan';
import { getPlan, getSpoken } from '../../src/questionnaires/questionnaires.queries';
import { blanksOf, interfaceKeys, isShipped, ownNameOf, wordsIn } from '../../src/web/words';
import { english } from '../../src/web/words-english';
import { welsh } from '../../src/web/words-welsh';
import type { Browser } from '../support/browser';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { makeWelshSurvey } from './welsh-survey';

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

async function answer(nurse: Browser, code: string) {
  await nurse.submit(`/s/${code}`);
  await nurse.submit(`/s/${code}/pages/1`, about);
  await nurse.submit(`/s/${code}/pages/2`, { A1: '2', A2: 'na' });
  await nurse.submit(`/s/${code}/pages/3`);
  return nurse.submit(`/s/${code}/check`);
}

test('somebody answers in Welsh from the first page to the last, and is told in Welsh what is wrong', async () => {
  await makeWelshSurvey(world, 'CYM1');
  const nurse = world.visitor();
  let page = await nurse.get('/s/CYM1');
  expect(page.text).toContain('<html lang="en-GB">');
  expect(page.text).toMatch(/<a href="\/s\/CYM1\?lang=cy" lang="cy" hreflang="cy">Cymraeg<\/a>/);
  page = await nurse.get('/s/CYM1?lang=cy');
  expect(page.text).toContain('<html lang="cy">');
  expect(page.text).toMatch(/<span lang="cy" aria-current="true">Cymraeg/);
  expect(words(page)).toContain('[How do you listen?]');
  expect(words(page)).toContain('Mae eich atebion yn ddienw');
  expect(words(page)).toMatch(
    /Mae’n cau ar \d+ (Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr) \d{4}/,
  );
  expect(words(page)).toContain('Dechrau nawr');
  expect(words(page)).not.toMatch(/Start now|Your answers|Cookies|Privacy|Skip to/);

  page = await nurse.submit('/s/CYM1');
  expect(words(page)).toContain('Tudalen 1 o 3');
  page = await nurse.post('/s/CYM1/pages/1', { profession: 'nonsense' }).expect(422);
  expect(page.text).toContain('<title>Gwall: [About you]');
  expect(words(page)).toContain('Mae problem');
  expect(words(page)).toContain('Dewiswch un o’r atebion a ddangosir');
  expect(words(page)).not.toMatch(/There is a problem|Error|Choose one/);
  await nurse.submit('/s/CYM1/pages/1', about);
  page = await nurse.get('/s/CYM1/pages/2');
  expect(words(page)).toContain('Beth yw ystyr y lefelau?');
  expect(words(page)).toContain('[Descriptor 2]');
  expect(words(page)).toContain('[Hearing');
  // What is not translated is read in English.
  expect(words(page)).toContain('Asking what people mean');
  await nurse.submit('/s/CYM1/pages/2', { A1: '2', A2: 'na' });
  page = await nurse.submit('/s/CYM1/pages/3');
  expect(words(page)).toContain('Gwirio eich atebion');
  expect(words(page)).toContain('Heb ei ateb');
  page = await nurse.submit('/s/CYM1/check');
  expect(words(page)).toContain('Mae eich atebion wedi’u hanfon');
  page = await nurse.get('/s/CYM1');
  expect(words(page)).toContain('Rydych eisoes wedi ateb yr arolwg hwn');
});

test('the answers kept are the same bytes in every language', async () => {
  await makeWelshSurvey(world, 'CYM2');
  for (const lang of ['en', 'cy', 'pl']) {
    const nurse = world.visitor();
    await nurse.get(`/s/CYM2?lang=${lang}`);
    const receipt = await answer(nurse, 'CYM2');
    expect(receipt.text).toContain('/another');
  }
  const stored = await world.db('responses').select('facets', 'ratings', 'answers');
  expect(stored).toHaveLength(3);
  for (const one of stored) expect(one).toEqual(stored[0]);
});

test('whoever changes the language on the way loses no answer', async () => {
  await makeWelshSurvey(world, 'CYM3');
  const nurse = world.visitor();
  await nurse.get('/s/CYM3');
  await nurse.submit('/s/CYM3');
  await nurse.submit('/s/CYM3/pages/1', about);
  let page = await nurse.get('/s/CYM3/pages/1?lang=cy');
  expect(page.text).toMatch(/value="rn_adult"[^>]* checked/);
  page = await nurse.get('/s/CYM3/pages/2');
  expect(page.text).toContain('<html lang="cy">');
  await nurse.submit('/s/CYM3/pages/2', { A1: '2', A2: '3' });
  await nurse.submit('/s/CYM3/pages/3', { B1: '4' });
  page = await nurse.get('/s/CYM3/pages/2?from=check&lang=en');
  expect(page.text).toContain('<html lang="en-GB">');
  expect(page.text).toContain('action="/s/CYM3/pages/2?from=check"');
  expect(page.text).toContain('href="/s/CYM3/pages/2?from=check&amp;lang=cy"');
  page = await nurse.get('/s/CYM3/check');
  expect(words(page)).toContain('Label 2');
  expect(words(page)).not.toContain('Not answered');
});

test('a language the product does not ship speaks with what the questionnaire brings, and English else', async () => {
  await makeWelshSurvey(world, 'CYM4');
  const nurse = world.visitor();
  let page = await nurse.get('/s/CYM4?lang=pl');
  expect(page.text).toContain('<html lang="pl">');
  expect(words(page)).toContain('Jak słuchasz?');
  expect(words(page)).toContain('Zacznij');
  expect(words(page)).toContain('Your answers are anonymous');
  page = await nurse.submit('/s/CYM4');
  expect(words(page)).toContain('Strona 1 z 3');
});

test.each(['fr', 'default', '__proto__', 'constructor', 'CY', '<script>'])(
  'the language "%s", which the survey is not in, changes nothing',
  async (lang) => {
    await makeWelshSurvey(world, 'CYM5');
    const page = await world.visitor().get(`/s/CYM5?lang=${encodeURIComponent(lang)}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html lang="en-GB">');
    expect(page.text).not.toContain('<script>');
  },
);

test('a survey in English alone offers no other language', async () => {
  await makeSurvey(world.services, { code: 'ENG1' });
  const page = await world.visitor().get('/s/ENG1?lang=cy');
  expect(page.text).toContain('<html lang="en-GB">');
  expect(page.text).not.toContain('hreflang');
});

test('what keeps somebody from answering is said in their language too', async () => {
  await makeWelshSurvey(world, 'CYM6');
  const nurse = world.visitor();
  await nurse.get('/s/cym6?lang=cy');
  expect(nurse.address).toBe('/s/CYM6?lang=cy');
  const lost = await nurse.post('/s/CYM6/check').expect(409);
  expect(words(lost)).toContain('Nid ydym yn gwybod pa atebion yw eich rhai chi');
  expect(words(lost)).toContain('dechreuwch eto.');
  world.clock.advance(365 * 86_400_000);
  const closed = await nurse.get('/s/CYM6');
  expect(closed.status).toBe(410);
  expect(words(closed)).toContain('Mae’r arolwg hwn wedi cau');
});

test('a confidential survey promises in Welsh what it promises in English', async () => {
  await makeWelshSurvey(world, 'CYM7', 'confidential');
  const nurse = world.visitor();
  const page = await nurse.get('/s/CYM7?lang=cy');
  expect(words(page)).toContain('Mae eich atebion yn gyfrinachol');
  expect(words(page)).toContain('Dim ond y bobl sy’n dadansoddi’r arolwg hwn.');
  const receipt = await answer(nurse, 'CYM7');
  expect(words(receipt)).toContain('Eich cyfeirnod');
});

test('what is published is asked in another language page by page as in English', async () => {
  const surveyId = await makeWelshSurvey(world, 'CYM8');
  const { questionnaire_version_id: versionId } = await world.db('surveys').where({ id: surveyId }).first();
  const plan = await getPlan(world.db, versionId);
  expect(plan.languages).toEqual(['cy', 'pl']);
  const spoken = (await getSpoken(world.db, versionId, 'cy')).plan;
  const { title, introduction, participation, thanks, scale, pages, ...kept } = plan;
  expect(spoken).toMatchObject(kept);
  const asked = (one: Plan) =>
    one.pages.map((page) => [
      page.name,
      page.visibleIf,
      page.questions.map(({ name, kind, visibleIf, choices }) => [
        ...[name, kind, visibleIf],
        choices.map(({ value }) => value),
      ]),
    ]);
  expect(asked(spoken)).toEqual(asked(plan));
  expect(spoken.title).toBe('[How do you listen?]');
});

test('every text of the interface is in Welsh, with the same things to fill in', () => {
  expect(Object.keys(welsh)).toEqual(Object.keys(english));
  for (const key of interfaceKeys) {
    expect([key, blanksOf(welsh[key])]).toEqual([key, blanksOf(english[key])]);
    expect(welsh[key]).not.toBe(english[key]);
    expect(welsh[key]).not.toContain("'");
  }
  expect(['cy', 'en-GB', 'pl', '__proto__'].map(isShipped)).toEqual([true, true, false, false]);
});

test.each([
  ['cy', '21 Tachwedd 2026'],
  ['en-GB', '21 November 2026'],
  ['pl', '21 listopada 2026'],
  ['ar', '21 نوفمبر 2026'],
])('a day is written as in %s', (lang, day) => {
  expect(wordsIn(lang).date(new Date('2026-11-21T12:00:00Z'))).toBe(day);
});

test('languages are called what their speakers call them', () => {
  expect(['en', 'cy', 'pl', 'ur'].map(ownNameOf)).toEqual(['English', 'Cymraeg', 'Polski', 'اردو']);
});
