import { operator } from '../../src/audit/actor';
import { changeQuestionnaire } from '../../src/edits/edits.commands';
import { getVersion } from '../../src/questionnaires/questionnaires.queries';
import { sweep } from '../../workers/sweep';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function makeQuestionnaire() {
  const survey = await makeSurvey(world.services);
  const { questionnaireId } = await getVersion(world.db, survey.versionId);
  const lead = await world.signedIn('lead', survey.projectId);
  const change = (settings: object, question = 'A1') =>
    world.db.transaction((trx) =>
      changeQuestionnaire(
        trx,
        operator,
        questionnaireId,
        () => ({ edit: { kind: 'change question', question, settings }, summary: 'Changed' }),
        world.services.clock.now(),
      ),
    );
  const ask = (participation: string) =>
    world.db.transaction((trx) =>
      changeQuestionnaire(
        trx,
        operator,
        questionnaireId,
        () => ({ edit: { kind: 'change questionnaire', settings: { participation } }, summary: 'Changed' }),
        world.services.clock.now(),
      ),
    );
  return { survey, lead, change, ask, address: `/questionnaires/${questionnaireId}/preview` };
}

const everyTable = ['drafts', 'responses', 'tallies'];
const counts = () =>
  Promise.all(everyTable.map(async (table) => Number((await world.db(table).count('* as n').first())!.n)));

test('a lead previews as a chosen profession and setting, in the pages respondents see, and nothing is counted', async () => {
  const { lead, address } = await makeQuestionnaire();
  const choice = await lead.get(address);
  expect(choice.text).toContain('Choose as whom you look.');
  const frame = await lead.submit(address, { 'facet-profession': 'midwife', 'facet-setting': 'acute_ward' });
  expect(lead.address).toBe(`${address}/phone`);
  expect(frame.text).toContain(`<iframe class="preview-frame preview-frame--phone" src="${address}/walk"`);
  expect(frame.headers['content-security-policy']).toContain("frame-src 'self'");
  expect(frame.headers['content-security-policy']).toContain("frame-ancestors 'none'");

  const start = await lead.get(`${address}/walk`);
  expect(start.headers['content-security-policy']).toContain("frame-ancestors 'self'");
  expect(start.headers['x-frame-options']).toBe('SAMEORIGIN');
  expect(start.text).toContain('This is a preview. Test answers are never counted');
  expect(start.text).toContain('How do you listen?');
  expect(start.text).toContain('Start now');
  expect((await lead.get(`${address}/walk/pages/2`)).text).toContain('Start now');
  // Who one is has been said: the first page is the first that asks about skills.
  await lead.submit(`${address}/walk`, {});
  expect(lead.address).toBe(`${address}/walk/pages/2`);
  const first = await lead.get(`${address}/walk/pages/1`);
  expect(first.text).toMatch(/value="midwife"[^>]*checked/);

  const wrong = await lead.submit(`${address}/walk/pages/1`, { profession: 'pirate', setting: 'acute_ward' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Choose one of the answers shown');
  await lead.get(`${address}/walk/pages/2`);
  await lead.submit(`${address}/walk/pages/2`, { A1: '2', A2: 'na' });
  await lead.submit(`${address}/walk/pages/3`, { B1: '1' });
  const check = await lead.get(`${address}/walk/check`);
  expect(check.text).toContain('Midwife');
  const sent = await lead.submit(`${address}/walk/check`, {});
  expect(sent.text).toContain('Your answers have been sent');
  expect(sent.text).toContain('This is a preview.');
  expect(await counts()).toEqual([0, 0, 0]);
  expect(await world.db('previews').first('answers', 'submitted')).toEqual({ answers: {}, submitted: true });

  // Somebody else begins from the start.
  const again = await lead.submit(`${address}/walk/another`, {});
  expect(again.text).toContain('Start now');
});

test('a preview shows the questionnaire as it is now, and says what keeps it from being shown', async () => {
  const { lead, change, address } = await makeQuestionnaire();
  await lead.get(address);
  await lead.submit(address, { 'facet-profession': 'midwife', 'facet-setting': 'acute_ward' });
  await lead.submit(`${address}/walk`, {});
  await change({ title: 'A question put otherwise' });
  expect((await lead.get(`${address}/walk/pages/2`)).text).toContain('A question put otherwise');
  await change({ choices: [] });
  const broken = await lead.get(address);
  expect(broken.text).toContain('A1: The question has no choices.');
  expect(broken.text).not.toContain('Start the preview');
  expect((await lead.get(`${address}/walk/pages/2`)).status).toBe(404);
});

test('each person previews for themselves, in a language the questionnaire has', async () => {
  const { survey, lead, change, address } = await makeQuestionnaire();
  await change({ title: { default: 'Hearing what people say', cy: 'Clywed beth mae pobl yn ei ddweud' } });
  const member = await world.signedIn('eag_member', survey.projectId);
  expect((await lead.get(address)).text).toContain('Cymraeg');
  const unknown = await lead.submit(address, { language: 'xx' });
  expect(unknown.text).toContain('Choose a language the questionnaire is translated into');
  const wish = { 'facet-profession': 'midwife', 'facet-setting': 'acute_ward' };
  await lead.submit(address, { ...wish, language: 'cy' });
  await lead.submit(`${address}/walk`, {});
  await member.get(address);
  await member.submit(address, wish);
  await member.submit(`${address}/walk`, {});
  expect((await lead.get(`${address}/walk/pages/2`)).text).toContain('Clywed beth mae pobl');
  expect((await member.get(`${address}/walk/pages/2`)).text).toContain('Hearing what people say');
  const stranger = await world.signedIn('lead');
  for (const page of ['', '/phone', '/desktop', '/walk', '/walk/pages/1', '/walk/check']) {
    expect((await stranger.get(address + page)).status).toBe(404);
    expect((await world.visitor().get(address + page)).text).toContain('Sign in');
  }
});

test('a preview begins as respondents begin, with the tick where the questionnaire asks for one', async () => {
  const { lead, address, ask } = await makeQuestionnaire();
  await ask('I take part');
  await lead.get(address);
  await lead.submit(address, { 'facet-profession': 'midwife', 'facet-setting': 'acute_ward' });
  const start = await lead.get(`${address}/walk`);
  expect(start.text).toContain('I take part');
  const refused = await lead.submit(`${address}/walk`, {});
  expect(refused.text).toContain('Tick the box to say that you take part');
  await lead.submit(`${address}/walk`, { participation: 'yes' });
  expect(lead.address).toBe(`${address}/walk/pages/2`);
  await lead.submit(`${address}/walk/pages/2`, { A1: '2', A2: 'na' });
  // Whoever comes back to the start goes on where they were, and whoever chooses anew begins anew.
  expect((await lead.get(`${address}/walk`)).text).toContain(`href="${address}/walk/pages/3"`);
  await lead.submit(address, { 'facet-profession': 'rn_adult' });
  expect((await lead.get(`${address}/walk`)).text).toContain('Start now');
});

test('a choice that is not offered keeps what was chosen beside it', async () => {
  const { lead, address } = await makeQuestionnaire();
  await lead.get(address);
  const page = await lead.submit(address, { 'facet-profession': 'pirate', 'facet-setting': 'acute_ward' });
  expect(page.status).toBe(422);
  expect(page.text).toContain('Choose one of those listed, or leave it open');
  expect(page.text).toMatch(/value="acute_ward" selected/);
});

test('test answers nobody has touched for thirty days are forgotten', async () => {
  const { lead, address } = await makeQuestionnaire();
  await lead.get(address);
  await lead.submit(address, { 'facet-profession': 'midwife' });
  world.clock.advance(30 * 86_400_000);
  await sweep(world.services);
  expect(await world.db('previews')).toHaveLength(1);
  world.clock.advance(86_400_000);
  await sweep(world.services);
  expect(await world.db('previews')).toHaveLength(0);
});
