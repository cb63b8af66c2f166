import fc from 'fast-check';
import { daysHeld } from '../../src/responses/draft-cookie';
import { insertResponseOfDraft } from '../../src/responses/responses.queries';
import { graceMinutes } from '../../src/surveys/survey';
import { sweep } from '../../workers/sweep';
import { makeWelshSurvey } from '../responses/welsh-survey';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { about, begun, enter, save } from './hands';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const keys = () => world.db('return_keys');
const lifetime = (cookies: string[] = []) =>
  Number(
    /^answers=.*Max-Age=(\d+)/.exec(cookies.findLast((cookie) => cookie.startsWith('answers=')) ?? '')?.[1],
  );

test('question and check pages lead to saving, the start page to coming back', async () => {
  await makeSurvey(world.services, { code: 'BACK1' });
  const visitor = world.visitor();
  expect((await visitor.get('/s/BACK1')).text).toContain(
    '<a href="/s/BACK1/continue">Continue a saved survey</a>',
  );
  const nurse = await begun(world, 'BACK1');
  const page = await nurse.get('/s/BACK1/pages/2');
  expect(page.text).toContain('<a href="/s/BACK1/save">Save and come back later</a>');
  expect(page.text).toContain('<a href="/s/BACK1/leave">Forget me on this device</a>');
  await nurse.submit('/s/BACK1/pages/2', {});
  const check = await nurse.submit('/s/BACK1/pages/3', {});
  expect(check.text).toContain('<a href="/s/BACK1/save">Save and come back later</a>');

  const own = await begun(world, 'BACK1', { device: 'own' });
  const ownPage = await own.get('/s/BACK1/pages/2');
  expect(ownPage.text).toContain('Save and come back later');
  expect(ownPage.text).not.toContain('Forget me on this device');
});

test('a code, typed in another way, opens the answers in another browser', async () => {
  await makeSurvey(world.services, { code: 'BACK2' });
  const ward = await begun(world, 'BACK2');
  await ward.submit('/s/BACK2/pages/2', { A1: '2' });
  const { code } = await save(ward, 'BACK2');
  expect(code).toMatch(/^\w{5}-\w{5}$/);

  const home = world.visitor();
  const response = await enter(home, 'BACK2', ` ${code.toLowerCase().replace('-', '  ')}`, { device: 'own' });
  expect(response.status).toBe(303);
  expect(response.headers.location).toBe('/s/BACK2/pages/3');
  expect(lifetime(response.get('Set-Cookie'))).toBeGreaterThan(86_400);
  expect((await home.get('/s/BACK2/pages/2')).text).toMatch(/name="A1"[^>]*value="2"[^>]* checked/);

  const shared = world.visitor();
  const begunThere = await enter(shared, 'BACK2', code);
  expect(lifetime(begunThere.get('Set-Cookie'))).toBe(30 * 60);
});

test('opening a personal link changes nothing, and its button goes on', async () => {
  await makeSurvey(world.services, { code: 'BACK3' });
  const ward = await begun(world, 'BACK3');
  const { link } = await save(ward, 'BACK3');
  const stored = await world.db('drafts').select();

  const phone = world.visitor();
  const page = await phone.get(link);
  expect(page.status).toBe(200);
  expect(page.text).toContain('Carry on with your answers');
  expect(String(page.get('Set-Cookie') ?? '')).not.toContain('answers=');
  expect(page.text).toContain('whoever gave you the link or the code could see what you answer here');
  await phone.get('/s/BACK3/pages/2');
  expect(phone.address).toBe('/s/BACK3');
  expect(await world.db('drafts').select()).toEqual(stored);

  await phone.get(link);
  await phone.submit(link, { device: 'own' });
  expect(phone.address).toBe('/s/BACK3/pages/2');
});

test('the keys are shown once: not by a get, in no address and in no cookie', async () => {
  await makeSurvey(world.services, { code: 'BACK4' });
  const nurse = await begun(world, 'BACK4');
  await nurse.get('/s/BACK4/save');
  const saved = await nurse.post('/s/BACK4/save').expect(200);
  const token = /continue\/([\w-]{43})/.exec(saved.text)![1]!;
  const code = /class="return-code">([^<]+)</.exec(saved.text)![1]!;
  expect(saved.headers['cache-control']).toBe('no-store');
  expect(saved.headers['referrer-policy']).toBe('no-referrer');
  expect(saved.headers.location).toBeUndefined();
  for (const key of [token, code, code.replace('-', '')]) {
    expect(String(saved.get('Set-Cookie'))).not.toContain(key);
  }
  const again = await nurse.get('/s/BACK4/save');
  expect(again.text).not.toMatch(/return-code|continue\//);
});

test('two devices go on with the same answers; they are sent once, and the other one is told', async () => {
  await makeSurvey(world.services, { code: 'BACK5' });
  const ward = await begun(world, 'BACK5');
  const { link } = await save(ward, 'BACK5');
  const phone = world.visitor();
  await phone.get(link);
  await phone.submit(link, { device: 'own' });

  await phone.submit('/s/BACK5/pages/2', { A1: '3', A2: '1' });
  expect((await ward.get('/s/BACK5/pages/2')).text).toMatch(/name="A1"[^>]*value="3"[^>]* checked/);
  await ward.submit('/s/BACK5/pages/3', { B1: '4' });
  const check = await phone.get('/s/BACK5/check');
  expect(check.text).toContain('Label 4');
  const sent = await Promise.all([phone.post('/s/BACK5/check'), ward.post('/s/BACK5/check')]);
  expect(sent.map(({ status }) => status)).toEqual([303, 303]);

  const told = await ward.get('/s/BACK5/pages/2');
  expect(told.text).toContain('You have already answered this survey');
  expect(told.text).toContain(
    'If you went on with these answers on another device, they were sent from there.',
  );
  expect((await ward.post('/s/BACK5/save')).text).toContain('You have already answered this survey');
  expect(await world.db('responses')).toHaveLength(1);
});

test('sent answers, old keys, other surveys and letters that never were a key all look the same', async () => {
  await makeSurvey(world.services, { code: 'BACK6' });
  await makeSurvey(world.services, { code: 'OTHER6' });
  const nurse = await begun(world, 'BACK6');
  const { code, link } = await save(nurse, 'BACK6');
  const visitor = world.visitor();

  const other = await visitor.get(link.replace('BACK6', 'OTHER6'));
  expect(other.status).toBe(404);
  expect((await enter(visitor, 'OTHER6', code)).status).toBe(422);
  expect((await visitor.get(link)).status).toBe(200);

  await nurse.submit('/s/BACK6/pages/2', {});
  await nurse.submit('/s/BACK6/pages/3', {});
  await nurse.submit('/s/BACK6/check', {});
  expect(await keys()).toEqual([]);
  const main = (text: string) => /<main[\s\S]*<\/main>/.exec(text)![0];
  const gone = await visitor.get(link);
  expect(gone.status).toBe(404);
  const never = await visitor.get(`/s/BACK6/continue/${'x'.repeat(43)}`);
  const mangled = await visitor.get('/s/BACK6/continue/%3Cscript%3E');
  for (const page of [never, mangled]) {
    expect(page.status).toBe(404);
    expect(main(page.text)).toBe(main(gone.text));
    expect(page.text).toContain('Enter a code instead');
    expect(page.text).not.toContain('xxxx');
    expect(page.text).not.toContain('script&');
  }
  await visitor.get('/s/BACK6');
  expect((await visitor.post(link)).status).toBe(404);
  const entered = await enter(visitor, 'BACK6', code);
  expect(entered.status).toBe(422);
  expect(entered.text).toContain('This code does not open any answers.');
  expect(await world.db('responses')).toHaveLength(1);
});

test.each([
  ['nothing', '', 'Enter your code'],
  ['blanks', '   ', 'Enter your code'],
  ['too few signs', 'K7QMX', 'Your code must be 10 letters and digits'],
  ['far too many', 'A'.repeat(5000), 'Your code must be 10 letters and digits'],
  ['markup', '"><script>x', 'Your code must be 10 letters and digits'],
  ['a code that nobody has', 'K7QMX-2XPA9', 'This code does not open any answers.'],
])('%s is refused beside the field, and what was typed stays', async (_what, typed, sentence) => {
  await makeSurvey(world.services, { code: 'BACK7' });
  const visitor = world.visitor();
  const page = await enter(visitor, 'BACK7', typed, { device: 'own' });
  expect(page.status).toBe(422);
  expect(page.text).toContain('<title>Error: Continue a saved survey');
  expect(page.text).toContain(`<a href="#code">${sentence}`);
  expect(page.text).toMatch(/name="device"[^>]*value="own"[^>]* checked/);
  expect(page.text).not.toContain('<script>x');
  if (typed.trim())
    expect(page.text).toContain(`value="${typed.replace('"><', '&quot;&gt;&lt;').replace('t>', 't&gt;')}"`);
});

test('several codes at once are none', async () => {
  await makeSurvey(world.services, { code: 'BACK8' });
  const visitor = world.visitor();
  await visitor.get('/s/BACK8/continue');
  const page = await visitor.post('/s/BACK8/continue', { code: ['K7QMX-2XPA9', 'K7QMX-2XPA8'] });
  expect(page.status).toBe(422);
  expect(page.text).toContain('Enter your code');
});

test('a browser with other unfinished answers is asked first, and loses none of the two', async () => {
  await makeSurvey(world.services, { code: 'BACK9' });
  const first = await begun(world, 'BACK9');
  await first.submit('/s/BACK9/pages/2', { A1: '1' });
  const { code, link } = await save(first, 'BACK9');

  const second = await begun(world, 'BACK9');
  const opened = await second.get(link);
  expect(opened.text).toContain('Which answers do you want to go on with?');
  expect(opened.text).toContain('<a href="/s/BACK9/pages/2">Stay with the answers in this browser</a>');
  // Sent by a page from before the browser held anything.
  for (const asked of [await second.post(link), await enter(second, 'BACK9', code)]) {
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('Which answers do you want to go on with?');
    expect(String(asked.get('Set-Cookie'))).not.toContain('Max-Age=0');
  }
  expect((await second.get('/s/BACK9/pages/3')).status).toBe(200);
  expect(second.address).toBe('/s/BACK9/pages/2');

  const own = await save(second, 'BACK9');
  await enter(second, 'BACK9', code, { instead: 'yes' });
  await second.get('/s/BACK9/pages/3');
  expect(second.address).toBe('/s/BACK9/pages/3');
  await enter(second, 'BACK9', own.code, { instead: 'yes' });
  await second.get('/s/BACK9/pages/3');
  expect(second.address).toBe('/s/BACK9/pages/2');
});

test('a browser that holds the same answers already goes on without being asked', async () => {
  await makeSurvey(world.services, { code: 'BACK10' });
  const nurse = await begun(world, 'BACK10', { device: 'own' });
  const { code, link } = await save(nurse, 'BACK10');
  const page = await nurse.get(link);
  expect(page.text).toContain('Carry on with your answers');
  expect(page.text).toMatch(/name="device"[^>]*value="own"[^>]* checked/);
  expect((await enter(nurse, 'BACK10', code)).headers.location).toBe('/s/BACK10/pages/2');
});

test('after somebody has sent theirs, the next person at that browser comes back to their own', async () => {
  await makeSurvey(world.services, { code: 'BACK11' });
  const phone = await begun(world, 'BACK11');
  const { code } = await save(phone, 'BACK11');
  const ward = await begun(world, 'BACK11');
  await ward.submit('/s/BACK11/pages/2', {});
  await ward.submit('/s/BACK11/pages/3', {});
  await ward.submit('/s/BACK11/check', {});
  expect((await enter(ward, 'BACK11', code)).headers.location).toBe('/s/BACK11/pages/2');
});

test('the keys of the last three saves work, those before no longer', async () => {
  await makeSurvey(world.services, { code: 'BACK12' });
  const nurse = await begun(world, 'BACK12');
  const saves = [];
  for (let time = 0; time < 4; time += 1) saves.push(await save(nurse, 'BACK12'));
  expect(await keys()).toHaveLength(6);
  const found = [];
  for (const { code, link } of saves) {
    const byCode = (await enter(world.visitor(), 'BACK12', code)).status;
    found.push([byCode, (await world.visitor().get(link)).status]);
  }
  expect(found).toEqual([
    [422, 404],
    [303, 200],
    [303, 200],
    [303, 200],
  ]);
});

test('a save while the answers are sent leaves no key behind', async () => {
  await makeSurvey(world.services, { code: 'BACK13' });
  for (let time = 0; time < 5; time += 1) {
    const nurse = await begun(world, 'BACK13');
    await nurse.submit('/s/BACK13/pages/2', {});
    await nurse.submit('/s/BACK13/pages/3', {});
    const [, sent] = await Promise.all([
      nurse.post('/s/BACK13/save'),
      nurse.post('/s/BACK13/check'),
      nurse.post('/s/BACK13/save'),
    ]);
    expect(sent.headers.location).toBe('/s/BACK13/submitted');
  }
  expect(await world.db('responses')).toHaveLength(5);
  expect(await keys()).toEqual([]);
});

test('a submission that read the draft before a save deletes the keys of that save', async () => {
  const survey = await makeSurvey(world.services, { code: 'BACK14' });
  const nurse = await begun(world, 'BACK14');
  await nurse.submit('/s/BACK14/pages/2', {});
  await nurse.submit('/s/BACK14/pages/3', {});
  const [draft] = await world.db('drafts');
  await save(nurse, 'BACK14');
  // What a submission that was quicker to read and slower to write would say.
  const late = await insertResponseOfDraft(
    world.db,
    { surveyId: survey.id, tokenHash: draft.token_hash },
    draft.revision,
    {
      versionId: survey.versionId,
      submittedOn: '2026-05-01',
      source: 'respondent',
      referenceHash: null,
      minutes: null,
      facets: [],
      ratings: Buffer.alloc(3),
      answers: null,
    },
  );
  expect(late).toBe(false);
  await nurse.submit('/s/BACK14/check', {});
  expect(await keys()).toEqual([]);
  expect(await world.db('responses')).toHaveLength(1);
});

test('keys of a closed survey open nothing until it is opened again, and are swept away after a month', async () => {
  const survey = await makeSurvey(world.services, { code: 'BACK15' });
  await makeSurvey(world.services, { code: 'OPEN15' });
  const nurse = await begun(world, 'BACK15');
  const { code, link } = await save(nurse, 'BACK15');
  world.clock.set(new Date(survey.closesAt.getTime() - 1000));
  await sweep(world.services);
  expect(await keys()).toHaveLength(2);
  const visitor = world.visitor();
  await visitor.get('/s/BACK15/continue');

  world.clock.set(new Date(survey.closesAt.getTime() + graceMinutes * 60_000));
  expect((await world.visitor().get(link)).status).toBe(410);
  expect((await visitor.post('/s/BACK15/continue', { code })).status).toBe(410);
  world.clock.set(survey.closesAt);
  world.clock.advance(daysHeld * 86_400_000);
  await sweep(world.services);
  const later = new Date(world.services.clock.now().getTime() + 86_400_000);
  await world.db('surveys').where({ id: survey.id }).update({ closes_at: later });
  expect((await world.visitor().get(link)).status).toBe(200);

  await world.db('surveys').where({ id: survey.id }).update({ closes_at: survey.closesAt });
  world.clock.advance(1000);
  await sweep(world.services);
  expect(await keys()).toEqual([]);
  await world.queue.drain();
});

test('nobody saves what they have not begun', async () => {
  await makeSurvey(world.services, { code: 'BACK16' });
  const visitor = world.visitor();
  await visitor.get('/s/BACK16/save');
  expect(visitor.address).toBe('/s/BACK16');
  const posted = await visitor.post('/s/BACK16/save');
  expect([posted.status, posted.headers.location]).toEqual([303, '/s/BACK16']);
  expect((await world.visitor().get('/s/NOSUCH/continue')).status).toBe(404);
});

test('forgetting is asked for with a button, and the code still leads back', async () => {
  await makeSurvey(world.services, { code: 'BACK17' });
  const nurse = await begun(world, 'BACK17');
  const { code } = await save(nurse, 'BACK17');
  const page = await nurse.get('/s/BACK17/leave');
  expect(page.text).toContain('Forget me on this device');
  await nurse.get('/s/BACK17/pages/2');
  expect(nurse.address).toBe('/s/BACK17/pages/2');

  const left = await nurse.submit('/s/BACK17/leave');
  expect(nurse.address).toBe('/s/BACK17/left');
  expect(left.text).toContain('This browser has forgotten you');
  await nurse.get('/s/BACK17/pages/2');
  expect(nurse.address).toBe('/s/BACK17');
  expect((await enter(nurse, 'BACK17', code)).headers.location).toBe('/s/BACK17/pages/2');
});

test('a screen left alone is cleared by a post; a get asks, so that no link elsewhere costs anybody their answers', async () => {
  await makeSurvey(world.services, { code: 'BACK18' });
  const nurse = await begun(world, 'BACK18');
  await nurse.get('/s/BACK18/idle');
  expect(nurse.address).toBe('/s/BACK18/leave');
  await nurse.get('/s/BACK18/left');
  expect(nurse.address).toBe('/s/BACK18/leave');
  const cleared = await nurse.submit('/s/BACK18/idle');
  expect(nurse.address).toBe('/s/BACK18/idle');
  expect(cleared.text).toContain('We have cleared this screen');
  // Back asks for the page anew.
  await nurse.get('/s/BACK18/pages/1');
  expect(nurse.address).toBe('/s/BACK18');
});

test("a device of somebody's own is not left like a shared computer", async () => {
  await makeSurvey(world.services, { code: 'BACK20' });
  const saved = async (fields: Record<string, string>) => {
    const nurse = await begun(world, 'BACK20', fields);
    return (await nurse.post('/s/BACK20/save')).text;
  };
  expect(await saved({})).toContain('Leave now');
  expect(await saved({ device: 'own' })).not.toContain('Leave now');
});

test('the page says what the survey promises of code and link', async () => {
  await makeSurvey(world.services, { code: 'BACK19' });
  await makeSurvey(world.services, { code: 'CONF19', promise: 'confidential' });
  const saved = async (code: string) => {
    const nurse = await begun(world, code);
    return (await nurse.post(`/s/${code}/save`)).text;
  };
  expect(await saved('BACK19')).toContain('nothing leads to your answers any more');
  const confidential = await saved('CONF19');
  expect(confidential).toContain('When you send your answers, the code and the link are deleted.');
  expect(confidential).not.toContain('anonymous');
});

test('it is all said in Welsh, and the link goes on in Welsh', async () => {
  await makeWelshSurvey(world, 'CYMRU');
  const nurse = world.visitor();
  const start = await nurse.get('/s/CYMRU?lang=cy');
  expect(start.text).toContain('Parhau ag arolwg a gadwyd');
  await nurse.submit('/s/CYMRU');
  const page = await nurse.submit('/s/CYMRU/pages/1', about);
  expect(page.text).toContain('Cadw a dod yn ôl yn nes ymlaen');
  const { link } = await save(nurse, 'CYMRU');
  expect(link).toMatch(/\?lang=cy$/);

  const phone = world.visitor();
  const opened = await phone.get(link);
  expect(opened.text).toContain('Mynd ymlaen â’ch atebion');
  expect((await enter(phone, 'CYMRU', 'x')).text).toContain('Rhaid i’ch cod fod yn 10 o lythrennau');
  const unknown = await phone.get('/s/CYMRU/continue/nothing');
  expect(unknown.text).toContain('Nid yw’r ddolen hon yn agor unrhyw atebion');
  expect(unknown.text).not.toContain('continue/nothing');
});

test('whose cookie has ended with a page filled in is told of their code', async () => {
  await makeSurvey(world.services, { code: 'BACK21' });
  const nurse = await begun(world, 'BACK21');
  await nurse.submit('/s/BACK21/leave');
  const lost = await nurse.post('/s/BACK21/pages/2', { A1: '1' });
  expect(lost.status).toBe(409);
  expect(lost.text).toContain('<a href="/s/BACK21/continue">Continue a saved survey</a>');
});

test('whatever is sent to these pages, they answer, and open nothing', async () => {
  await makeSurvey(world.services, { code: 'BACK22' });
  const nurse = await begun(world, 'BACK22');
  await save(nurse, 'BACK22');
  const visitor = world.visitor();
  await visitor.get('/s/BACK22/continue');
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  const hostile = fc.constantFrom(
    '\0',
    '%',
    '__proto__',
    "' or true --",
    '../save',
    '\u202e',

    'K7QMX-2XPA9',
  );
  const value = fc.oneof(text, hostile, fc.array(text, { maxLength: 3 }));
  const fields = fc.dictionary(
    fc.oneof(fc.constantFrom('code', 'device', 'instead', '__proto__'), text),
    value,
  );
  const places = fc.oneof(
    fc.constantFrom('continue', 'save', 'leave', 'idle'),
    fc.oneof(text, hostile).map((key) => `continue/${encodeURIComponent(key)}`),
  );
  await fc.assert(
    fc.asyncProperty(places, fields, async (place, body) => {
      const shown = await visitor.get(`/s/BACK22/${place}`);
      const sent = await visitor.post(`/s/BACK22/${place}`, body);
      expect([shown.status, sent.status].filter((status) => status >= 500)).toEqual([]);
      expect(String(sent.get('Set-Cookie'))).not.toMatch(/answers=s%3A(own|shared)/);
    }),
    { numRuns: 150 },
  );
  expect(await keys()).toHaveLength(2);
}, 60_000);

test('what was saved can be gone on with for as long as it can be sent', async () => {
  const survey = await makeSurvey(world.services, { code: 'BACK40' });
  const ward = await begun(world, 'BACK40');
  await ward.submit('/s/BACK40/pages/2', {});
  await ward.submit('/s/BACK40/pages/3', {});
  const { code, link } = await save(ward, 'BACK40');
  world.clock.set(new Date(survey.closesAt.getTime() + graceMinutes * 60_000 - 1));
  expect((await world.visitor().get(link)).status).toBe(200);
  const home = world.visitor();
  expect((await home.get('/s/BACK40/continue')).status).toBe(200);
  expect((await home.post('/s/BACK40/continue', { code })).headers.location).toBe('/s/BACK40/check');

  world.clock.advance(1);
  expect((await world.visitor().get(link)).status).toBe(410);
  expect((await world.visitor().get('/s/BACK40/continue')).status).toBe(410);
});

test('whoever has sent their answers is not told to go on with them or to begin again', async () => {
  await makeSurvey(world.services, { code: 'BACK41' });
  const nurse = await begun(world, 'BACK41');
  await nurse.submit('/s/BACK41/pages/2', {});
  await nurse.submit('/s/BACK41/pages/3', {});
  await nurse.submit('/s/BACK41/check', {});
  for (const address of ['leave', 'left', 'idle']) {
    const page = await nurse.get(`/s/BACK41/${address}`);
    expect(page.text).toContain('You have already answered this survey');
    expect(page.text).not.toContain('you can go on with your code');
  }
  // As the page that was saved does in another tab, and a screen that is left alone.
  const left = await nurse.submit('/s/BACK41/leave');
  expect(left.text).toContain('This browser has forgotten you');
  expect(left.text).toContain('What you have sent before is safe.');
});
