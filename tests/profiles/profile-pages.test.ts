import { Writable } from 'node:stream';
import pino from 'pino';
import request from 'supertest';
import { operator } from '../../src/audit/actor';
import { profileMinutes } from '../../src/profiles/held-answers';
import type { OfferDetails } from '../../src/training/offer';
import { createOffer, setLevels } from '../../src/training/offers.commands';
import { sweep } from '../../workers/sweep';
import { makeWelshSurvey } from '../responses/welsh-survey';
import type { Browser } from '../support/browser';
import { makeSurvey, smallFramework } from '../support/make';
import { partsUnder, readPdf } from '../support/pdf';
import { openWorld, type World } from '../support/world';
import { course } from '../training/make';

let world: World;
let logged = '';
beforeAll(async () => {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk;
      done();
    },
  });
  world = await openWorld({ log: pino({ level: 'trace' }, sink) });
});
beforeEach(async () => {
  await world.reset();
  logged = '';
});
afterAll(() => world.close());

type Ratings = Partial<Record<'A1' | 'A2' | 'B1', string>>;

/** Answers up to the check. */
async function answer(code: string, ratings: Ratings, device: 'own' | 'shared' = 'shared'): Promise<Browser> {
  const nurse = world.visitor();
  await nurse.get(`/s/${code}`);
  await nurse.submit(`/s/${code}`, { device });
  await nurse.submit(`/s/${code}/pages/1`, { profession: 'rn_adult', setting: 'gp_practice' });
  const { B1, ...first } = ratings;
  await nurse.submit(`/s/${code}/pages/2`, first);
  await nurse.submit(`/s/${code}/pages/3`, B1 ? { B1 } : {});
  return nurse;
}

async function answerAndSend(code: string, ratings: Ratings, device?: 'own' | 'shared'): Promise<Browser> {
  const nurse = await answer(code, ratings, device);
  await nurse.submit(`/s/${code}/check`);
  return nurse;
}

/** An offer in the project of a survey, teaching levels by competency code. */
async function offer(projectId: string, change: Partial<OfferDetails>, levels: Record<string, number>) {
  const { services, db } = world;
  const id = await createOffer(services, operator, projectId, { ...course, ...change });
  const rows = await db({ c: 'competencies' })
    .join({ f: 'frameworks' }, 'f.id', 'c.framework_id')
    .where('f.project_id', projectId)
    .select('c.code', 'c.lineage_id');
  const lineages = new Map(rows.map(({ code, lineage_id }) => [code, lineage_id]));
  const typed = Object.entries(levels).map(([code, level]) => [lineages.get(code), level] as const);
  await setLevels(services, operator, id, 1, new Map(typed));
}

const entities: Record<string, string> = {
  '&#39;': "'",
  '&amp;': '&',
  '&#34;': '"',
  '&lt;': '<',
  '&gt;': '>',
};
const wordsIn = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&[#\w]+;/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
const mainOf = ({ text }: request.Response) => /<main[\s\S]*<\/main>/.exec(text)![0];

/** The part of a page from a heading to the next of its rank. */
const partOf = (page: request.Response, heading: string) =>
  wordsIn(new RegExp(`<h2[^>]*>${heading}</h2>([\\s\\S]*?)(?=<h2|</main>)`).exec(mainOf(page))![1]!);

test('after sending, somebody sees where they stand, strengths first, and the training that would help', async () => {
  const { projectId } = await makeSurvey(world.services, { code: 'PROF1' });
  await offer(
    projectId,
    { title: 'Far enough', cost: 0, hours: 1, url: 'https://example.org/far' },
    { A1: 3 },
  );
  await offer(projectId, { title: 'Not far enough', url: '' }, { A1: 2 });
  await offer(projectId, { title: 'For midwives', professions: ['midwife'] }, { A1: 4 });
  const nurse = await answer('PROF1', { A1: '1', A2: '3', B1: 'na' });
  const receipt = await nurse.submit('/s/PROF1/check');
  expect(receipt.text).toMatch(/href="\/s\/PROF1\/profile"[^>]*>\s*See where you stand/);
  expect(receipt.text).not.toContain('You can close this page');

  const page = await nurse.get('/s/PROF1/profile');
  expect(page.status).toBe(200);
  expect(page.headers['cache-control']).toBe('no-store');
  const words = wordsIn(mainOf(page));
  expect(words).toContain('compared with the levels agreed for: Registered nurse - adult, GP practice.');
  expect(words).toContain('nobody has tested or observed them');
  expect(words).toContain('This page is not kept. Your answers are anonymous');
  expect(partOf(page, 'Area by area')).toContain('Listening 2.0 2.5 At or above the level in 1 of 2 skills');
  expect(partOf(page, 'Your strengths')).toContain(
    'Above the level Asking what people mean One level above. Your level: Label 3. Level needed: Label 2.',
  );
  const training = partOf(page, 'Where training would help most');
  expect(training).toContain(
    'Hearing what people say 2 levels below. Your level: Label 1. Level needed: Label 3.',
  );
  expect(training).toContain(
    'Far enough – North College In person, 1 hour, free. Not far enough – North College In person, 7.5 hours, has a cost. Part of the way: it does not reach the level needed.',
  );
  expect(words).not.toContain('For midwives');
  expect(words).toContain('All other skills (1) Not part of your role Writing it down');
  expect(page.text).toContain('<a href="https://example.org/far" rel="noreferrer">Far enough</a>');
  expect(words.indexOf('Your strengths')).toBeLessThan(words.indexOf('Where training would help most'));
});

test('what an offer says is escaped', async () => {
  const { projectId } = await makeSurvey(world.services, { code: 'PROF2' });
  await offer(projectId, { title: '<b>"Bold" & \'brave\'</b>', provider: '<i>', url: '' }, { A1: 3 });
  const nurse = await answerAndSend('PROF2', { A1: '1' });
  const page = await nurse.get('/s/PROF2/profile');
  expect(page.text).toContain('&lt;b&gt;&#34;Bold&#34; &amp; &#39;brave&#39;&lt;/b&gt;');
});

test('each way of giving no level stands apart, and none counts as one', async () => {
  await makeSurvey(world.services, {
    code: 'PROF3',
    framework: smallFramework({
      requiredLevels: ['A1', 'A2', 'B1'].map((competency) => ({ competency, level: 2 })),
    }),
  });
  const nurse = await answerAndSend('PROF3', { A1: 'na', B1: '2' });
  const page = await nurse.get('/s/PROF3/profile');
  expect(partOf(page, 'Area by area')).not.toContain('Listening');
  expect(partOf(page, 'Area by area')).toContain('Writing 2.0 2.0 At the level');
  expect(partOf(page, 'Where training would help most')).toContain('None of your levels is below');
  expect(wordsIn(mainOf(page))).toContain(
    'All other skills (2) Not part of your role Hearing what people say You gave no answer Asking what people mean',
  );
});

test.each([
  ['nothing answered', {}],
  ['nothing a part of the role', { A1: 'na', A2: 'na', B1: 'na' }],
  ['a level where none is needed', { B1: '2' }],
] as [string, Ratings][])(
  'with %s nobody is told that they are below, or that they are not',
  async (_what, ratings) => {
    await makeSurvey(world.services, { code: 'PROF20' });
    const nurse = await answerAndSend('PROF20', ratings);
    const page = await nurse.get('/s/PROF20/profile');
    expect(partOf(page, 'Your strengths')).toBe(
      'You gave no level that can be compared with the level your work needs.',
    );
    expect(partOf(page, 'Where training would help most')).toMatch(/^Without a level to compare/);
  },
);

test('a confidential survey says what is kept and what is not', async () => {
  await makeSurvey(world.services, { code: 'PROF4', promise: 'confidential' });
  const nurse = await answerAndSend('PROF4', { A1: '3' });
  const page = await nurse.get('/s/PROF4/profile');
  expect(page.text).toContain('We keep your answers in confidence, but not this page');
  expect(page.text).not.toContain('Your answers are anonymous');
});

test('the document holds every figure and every sentence of the page, and room for notes', async () => {
  const { projectId } = await makeSurvey(world.services, { code: 'PROF5' });
  const levels = { A1: 3, A2: 1 };
  await offer(projectId, { title: 'A course', url: 'https://example.org/course', places: 20 }, levels);
  world.clock.set('2026-11-21T10:00:00Z');
  await world.db('surveys').update({ opens_at: '2026-11-01', closes_at: '2026-12-31' });
  const nurse = await answerAndSend('PROF5', { A1: '1', A2: '0' });
  const page = await nurse.get('/s/PROF5/profile');
  const file = await nurse.download('/s/PROF5/profile.pdf');
  expect(file.headers['content-type']).toBe('application/pdf');
  expect(file.headers['content-disposition']).toBe('attachment; filename="PROF5-profile-2026-11-21.pdf"');
  expect(file.headers['cache-control']).toBe('no-store');

  const pdf = readPdf(file.body);
  const content = mainOf(page)
    .replace(/<div class="nhsuk-inset-text">[\s\S]*?<\/div>/, '')
    .replace(/<(ul|div) class="[^"]*profile-actions">[\s\S]*?<\/\1>/g, '')
    .replace(/<desc[\s\S]*?<\/desc>|<title[\s\S]*?<\/title>/g, '');
  const sentences = [...content.matchAll(/>([^<>]+)</g)]
    .map(([, text]) => wordsIn(text!).replace(/^– /, ''))
    .filter((text) => text !== '');
  expect(sentences.length).toBeGreaterThan(25);
  expect(sentences.filter((sentence) => !pdf.text.includes(sentence))).toEqual([]);
  const description = wordsIn(/<desc[^>]*>([\s\S]*?)<\/desc>/.exec(page.text)![1]!);
  const figures = partsUnder(pdf.root).filter(({ type }) => type === 'Figure');
  expect(figures.map(({ alt }) => alt)).toEqual([description, 'My reflections']);

  expect(pdf).toMatchObject({ lang: 'en-GB', marked: true, unmarked: '' });
  expect(pdf.title).toMatch(/^Where you stand: Survey \d+$/);
  expect(pdf.text).toContain('Made on 21 November 2026');
  expect(pdf.text).toContain('how you rated yourself');
  expect(pdf.text).toContain('My reflections Space for your own notes');
  expect(partsUnder(pdf.root).some(({ href }) => href === 'https://example.org/course')).toBe(true);
  expect(pdf.artifacts).toContain('Page 1 of');
});

test('Finish takes the profile out of the browser, and all else out of a shared one', async () => {
  await makeSurvey(world.services, { code: 'PROF6' });
  for (const device of ['own', 'shared'] as const) {
    const nurse = await answerAndSend('PROF6', { A1: '1' }, device);
    expect((await nurse.get('/s/PROF6/profile')).status).toBe(200);
    const last = await nurse.submit('/s/PROF6/profile/finish');
    expect(nurse.address).toBe('/s/PROF6/profile/finished');
    expect(wordsIn(last.text)).toContain('You can close this page.');
    const gone = await nurse.get('/s/PROF6/profile');
    expect(gone.status).toBe(410);
    expect(wordsIn(gone.text)).toContain('Your profile cannot be shown any more');
    expect((await nurse.get('/s/PROF6/profile.pdf')).status).toBe(410);
    const start = await nurse.get('/s/PROF6');
    expect(start.text.includes('You have already answered')).toBe(device === 'own');
  }
});

test('a form from elsewhere finishes nothing', async () => {
  await makeSurvey(world.services, { code: 'PROF7' });
  await request(world.app).post('/s/PROF7/profile/finish').expect(403);
});

test('somebody else on a shared computer does not see it', async () => {
  await makeSurvey(world.services, { code: 'PROF8' });
  const nurse = await answerAndSend('PROF8', { A1: '1' });
  await nurse.submit('/s/PROF8/another');
  expect((await nurse.get('/s/PROF8/profile')).status).toBe(410);
});

test('there is no profile before answers are sent, nor for who never answered, nor of a survey that is none', async () => {
  await makeSurvey(world.services, { code: 'PROF9' });
  const nurse = await answer('PROF9', { A1: '1' });
  await nurse.get('/s/PROF9/profile');
  expect(nurse.address).toBe('/s/PROF9/check');
  const stranger = world.visitor();
  expect((await stranger.get('/s/PROF9/profile')).status).toBe(410);
  expect((await stranger.get('/s/NOSUCH/profile')).status).toBe(404);
  expect((await stranger.get('/s/NOSUCH/profile.pdf')).status).toBe(404);
});

test('a second press of the button loses nothing', async () => {
  await makeSurvey(world.services, { code: 'PROF10' });
  const nurse = await answer('PROF10', { A1: '1' });
  const once = nurse.post('/s/PROF10/check');
  const twice = nurse.post('/s/PROF10/check');
  expect((await Promise.all([once, twice])).map(({ status }) => status)).toEqual([303, 303]);
  expect(await world.db('responses')).toHaveLength(1);
  expect((await nurse.get('/s/PROF10/submitted')).text).toContain('See where you stand');
  expect((await nurse.get('/s/PROF10/profile')).status).toBe(200);
});

describe('the cookie', () => {
  /** Sends answers by hand; gives the cookies that browsers hold then, by name. */
  async function cookiesOf(code: string): Promise<Map<string, string>> {
    const cookies = new Map<string, string>();
    const jar = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const seen = (response: request.Response) => {
      for (const cookie of response.get('Set-Cookie') ?? []) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
        cookies.set(name!, value!);
        if (name === 'profile') attributes = cookie.slice(cookie.indexOf(';'));
      }
      token = /name="_csrf" value="([^"]+)"/.exec(response.text)?.[1] ?? token;
    };
    let token = '';
    const get = async (where: string) => seen(await request(world.app).get(where).set('Cookie', jar()));
    const post = async (where: string, fields: Record<string, string> = {}) =>
      seen(
        await request(world.app)
          .post(where)
          .set('Cookie', jar())
          .type('form')
          .send({ _csrf: token, ...fields }),
      );
    await get(`/s/${code}`);
    await post(`/s/${code}`);
    await post(`/s/${code}/pages/1`, { profession: 'rn_adult', setting: 'gp_practice' });
    await post(`/s/${code}/pages/2`, { A1: '1' });
    await post(`/s/${code}/pages/3`);
    await post(`/s/${code}/check`);
    return cookies;
  }
  let attributes = '';

  const profileWith = (code: string, cookies: Map<string, string>) =>
    request(world.app)
      .get(`/s/${code}/profile`)
      .set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));

  test('is out of reach of scripts and other sites, and belongs to one survey for 30 minutes', async () => {
    await makeSurvey(world.services, { code: 'COOK1' });
    await cookiesOf('COOK1');
    expect(attributes).toContain('; Path=/s/COOK1;');
    expect(attributes).toContain('HttpOnly');
    expect(attributes).toContain('SameSite=Lax');
    expect(attributes).toContain(`Max-Age=${profileMinutes * 60};`);
    expect(profileMinutes).toBe(30);
  });

  test('altered by one letter, it shows the kind page', async () => {
    await makeSurvey(world.services, { code: 'COOK2' });
    const cookies = await cookiesOf('COOK2');
    await profileWith('COOK2', cookies).expect(200);
    const value = cookies.get('profile')!;
    for (const place of [0, 20, 40, value.length - 5]) {
      const letter = value[place] === 'A' ? 'B' : 'A';
      const altered = value.slice(0, place) + letter + value.slice(place + 1);
      const page = await profileWith('COOK2', new Map(cookies).set('profile', altered)).expect(410);
      expect(page.text).toContain('Your profile cannot be shown any more');
    }
    await profileWith('COOK2', new Map(cookies).set('profile', 'x'.repeat(5000))).expect(410);
  });

  test('of another survey, or beside another’s draft, it shows nothing', async () => {
    await makeSurvey(world.services, { code: 'COOK3' });
    await makeSurvey(world.services, { code: 'COOK4' });
    const [here, there, other] = [
      await cookiesOf('COOK3'),
      await cookiesOf('COOK4'),
      await cookiesOf('COOK3'),
    ];
    await profileWith('COOK4', new Map(there).set('profile', here.get('profile')!)).expect(410);
    await profileWith('COOK3', new Map(other).set('profile', here.get('profile')!)).expect(410);
    here.delete('answers');
    await profileWith('COOK3', here).expect(410);
  });

  test('older than 30 minutes, it shows nothing, whatever the browser says', async () => {
    await makeSurvey(world.services, { code: 'COOK5' });
    const cookies = await cookiesOf('COOK5');
    world.clock.set(new Date(Date.now() + (profileMinutes - 1) * 60_000));
    await profileWith('COOK5', cookies).expect(200);
    world.clock.advance(2 * 60_000);
    await profileWith('COOK5', cookies).expect(410);
  });

  test('says nothing to who holds it', async () => {
    await makeSurvey(world.services, { code: 'COOK6' });
    const cookies = await cookiesOf('COOK6');
    const bytes = Buffer.from(cookies.get('profile')!, 'base64url').toString('latin1');
    for (const code of ['rn_adult', 'gp_practice']) expect(bytes).not.toContain(code);
  });
});

/** Every row of every table, as text. */
async function everythingStored(): Promise<string[]> {
  const tables = await world
    .db('pg_tables')
    .whereIn('schemaname', ['public', 'bullmq'])
    .select('schemaname', 'tablename');
  const rows = await Promise.all(
    tables.map(({ schemaname, tablename }) =>
      world.db.raw(`select t::text as row from ${schemaname}."${tablename}" t`),
    ),
  );
  return rows.flatMap((result) => result.rows.map(({ row }: { row: string }) => row)).sort();
}

test('looking at a profile and downloading it leaves nothing behind, in no table and no log', async () => {
  await makeSurvey(world.services, { code: 'TRACE' });
  const nurse = await answerAndSend('TRACE', { A1: '1', A2: '3' });
  await world.queue.drain();
  await sweep(world.services);
  await world.queue.drain();
  const before = await everythingStored();
  logged = '';
  await nurse.get('/s/TRACE/submitted');
  await nurse.get('/s/TRACE/profile');
  await nurse.download('/s/TRACE/profile.pdf');
  await nurse.submit('/s/TRACE/profile/finish');
  expect(await everythingStored()).toEqual(before);
  expect(logged).not.toMatch(/rn_adult|gp_practice|Label|profile=/);
});

test('a survey without levels offers no profile, and says so to who asks', async () => {
  await makeSurvey(world.services, { code: 'PROF11', measures: ['confidence'] });
  const nurse = await answer('PROF11', {});
  const receipt = await nurse.submit('/s/PROF11/check');
  expect(receipt.text).not.toContain('See where you stand');
  expect(receipt.text).toContain('You can close this page');
  const page = await nurse.get('/s/PROF11/profile');
  expect(page.status).toBe(404);
  expect(page.text).toContain('There is no profile for this survey');
});

test('the profile speaks the respondent’s language, on the page and on paper', async () => {
  await makeWelshSurvey(world, 'CYMRU');
  const nurse = world.visitor();
  await nurse.get('/s/CYMRU?lang=cy');
  await nurse.submit('/s/CYMRU');
  await nurse.submit('/s/CYMRU/pages/1', { profession: 'rn_adult', setting: 'gp_practice' });
  await nurse.submit('/s/CYMRU/pages/2', { A1: '1', A2: '3' });
  await nurse.submit('/s/CYMRU/pages/3');
  const receipt = await nurse.submit('/s/CYMRU/check');
  expect(receipt.text).toContain('Gweld lle rydych chi’n sefyll');
  const page = await nurse.get('/s/CYMRU/profile');
  expect(page.text).toContain('<html lang="cy">');
  const words = wordsIn(mainOf(page));
  expect(words).toContain('Lle rydych chi’n sefyll');
  expect(words).toContain('[Listening]');
  expect(words).toContain('[Hearing what people say]');
  expect(words).toContain('2 lefel yn is. Eich lefel chi: [Label 1]. Y lefel sydd ei hangen: [Label 3].');
  expect(words).not.toMatch(/Your level|level above|Where you stand|Finish\b/);
  const pdf = readPdf((await nurse.download('/s/CYMRU/profile.pdf')).body);
  expect(pdf).toMatchObject({ lang: 'cy', title: 'Lle rydych chi’n sefyll: Arolwg' });
  expect(pdf.text).toContain('Fy myfyrdodau');
  expect((await nurse.get('/s/CYMRU/profile?lang=en')).text).toContain('Where you stand');
});

test('a profile can be seen although the survey has closed meanwhile', async () => {
  const survey = await makeSurvey(world.services, { code: 'PROF12' });
  world.clock.set(new Date(survey.closesAt.getTime() - 60_000));
  const nurse = await answerAndSend('PROF12', { A1: '1' }, 'own');
  world.clock.advance(10 * 60_000);
  expect((await nurse.get('/s/PROF12/profile')).status).toBe(200);
});
