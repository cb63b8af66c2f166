import { openWorld, type World } from '../support/world';
import { makeWrittenSurvey, manyTexts, write } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const secret = 'I told Susan Miles at Hillside Surgery, and Mr Grey, twice';

/** Eight texts, one of which names people; a lead, and somebody who may redact and is named. */
async function begun() {
  const survey = await makeWrittenSurvey(world.services);
  await write(world, survey, [...manyTexts(7), secret]);
  const lead = await world.signedIn('lead', survey.projectId);
  const redactor = await world.signedIn('data_protection_lead', survey.projectId);
  const address = `/surveys/${survey.id}/texts`;
  await lead.get(address);
  return { survey, lead, redactor, address };
}

test('only who is named sees what was written, each look is on record, and never the text', async () => {
  const { survey, lead, redactor, address } = await begun();
  expect((await redactor.get(`${address}/redaction`)).status).toBe(403);
  const page = await lead.get(address);
  expect(page.text).toContain('What would help?');
  expect(page.text).not.toContain('Susan');
  await lead.post(`${address}/redactors`, { redactors: [redactor.accountId, lead.accountId] }).expect(303);
  // The lead may not redact, and so cannot name themselves.
  expect(await world.db('text_redactors').pluck('account_id')).toEqual([redactor.accountId]);
  expect((await lead.get(`${address}/redaction`)).status).toBe(403);

  const queue = await redactor.get(`${address}/redaction`);
  expect(queue.text).toContain('1 text to look at one by one, 7 texts to pass in lists');
  expect(queue.text).toContain('I told [name] at [organisation], and [name], twice');
  expect(queue.text).not.toContain('Susan');
  const original = /\/redaction\/[0-9a-f-]{36}/.exec(queue.text)![0];
  expect(await world.db('audit_entries').where({ action: 'original text looked at' })).toHaveLength(0);
  const shown = await redactor.get(`${address}${original}`);
  expect(shown.text).toContain(secret);
  const [entry] = await world.db('audit_entries').where({ action: 'original text looked at' });
  expect(entry).toMatchObject({
    account_id: redactor.accountId,
    subject: 'text',
    detail: { surveyId: survey.id },
  });
  expect(original).toContain(entry.subject_id);
  expect(JSON.stringify(await world.db('audit_entries'))).not.toContain('Susan');
});

test('a redactor takes words out and puts none in; what still looks like a name is asked about', async () => {
  const { survey, lead, redactor, address } = await begun();
  await lead.post(`${address}/redactors`, { redactors: redactor.accountId }).expect(303);
  const text = await world.db('texts').where({ original: secret }).first();
  const form = `${address}/redaction/${text.id}`;
  await redactor.get(form);
  const send = (redacted: string, more = {}) =>
    redactor.post(form, { revision: '1', decision: 'release', redacted, ...more });
  const invented = await send('I told everybody at [a place], and [name], twice').expect(422);
  expect(invented.text).toContain('Only take words out');
  const unsure = await send('I told Susan Miles at [a place], and [name], twice').expect(422);
  expect(unsure.text).toContain('“Susan Miles” looks like a name');
  expect(unsure.text).toContain('I told Susan Miles at [a place], and [name], twice');
  await redactor.post(form, { revision: '1', redacted: '' }).expect(422);
  await send('I told [two people] at [a place], and [name], twice').expect(303);
  const stored = await world.db('texts').where({ id: text.id }).first();
  expect(stored).toMatchObject({ state: 'released', handled_by: redactor.accountId, revision: 2 });
  // Somebody else has the form open still.
  await send('I told [somebody] at [a place], and [name], twice').expect(409);
  await send('I told Susan Miles at [a place], and [name], twice', { revision: '2', sure: 'yes' }).expect(
    303,
  );
  await redactor.post(form, { revision: '3', redacted: '', decision: 'safeguarding' }).expect(303);
  expect(await world.db('texts').where({ id: text.id }).first()).toMatchObject({
    ...{ state: 'withheld', reason: 'safeguarding', redacted: null },
  });
  expect(survey.id).toBeDefined();
});

test('where nothing was found texts pass in lists, but for those held back', async () => {
  const { lead, redactor, address } = await begun();
  await lead.post(`${address}/redactors`, { redactors: redactor.accountId }).expect(303);
  const queue = await redactor.get(`${address}/redaction`);
  const listed = /name="listed" value="([^"]+)"/.exec(queue.text)![1]!;
  const [held] = listed.split(' ')[0]!.split(':');
  // One that names people cannot be slipped into the list.
  const named = await world.db('texts').where({ original: secret }).first();
  const done = await redactor.submit(`${address}/redaction`, {
    listed: `${listed} ${named.id}:1`,
    held: held!,
  });
  expect(done.text).toContain('6 texts released to coders, 1 held back');
  expect(await world.db('texts').where({ state: 'released' })).toHaveLength(6);
  expect(await world.db('texts').where({ id: held }).first()).toMatchObject({
    ...{ state: 'waiting', found: ['held back by hand'] },
  });
  expect(await world.db('texts').where({ id: named.id }).first()).toMatchObject({ state: 'waiting' });
});

test('coders see redacted words in a shuffled list, with nothing of who wrote them', async () => {
  const { survey, lead, redactor, address } = await begun();
  await lead.post(`${address}/redactors`, { redactors: redactor.accountId }).expect(303);
  const queue = await redactor.get(`${address}/redaction`);
  const listed = /name="listed" value="([^"]+)"/.exec(queue.text)![1]!;
  await redactor.post(`${address}/redaction`, { listed }).expect(303);

  const analyst = await world.signedIn('analyst', survey.projectId);
  await analyst.get(`${address}/themes`);
  const noName = await analyst.post(`${address}/themes/new?question=helps`, { title: ' ' }).expect(422);
  expect(noName.text).toContain('Enter what the theme is called');
  await analyst
    .post(`${address}/themes/new?question=helps`, { title: 'Time', definition: 'Hours' })
    .expect(303);
  await analyst.post(`${address}/themes/new?question=helps`, { title: 'time' }).expect(422);
  await analyst.post(`${address}/themes/new?question=helps`, { title: 'Money' }).expect(303);
  await analyst.post(`${address}/themes/new?question=nothing`, { title: 'Money' }).expect(404);
  const [time, money] = await world.db('themes').orderBy('position');

  const page = await analyst.get(`${address}/coding?question=helps`);
  expect(page.text).toContain('0 of 7 texts are coded');
  expect(page.text).toContain('More time for task 3');
  expect(page.text).not.toMatch(/Susan|rn_adult|gp_practice|2026-|profession/i);
  const shown = /name="listed" value="([^"]+)"/.exec(page.text)![1]!.split(' ');
  expect(shown).toHaveLength(7);
  const [first, second, third] = shown.map((entry) => entry.split(':')[0]!);
  const fields = {
    [`themes-${first}`]: [time.id, money.id],
    [`themes-${second}`]: time.id,
    [`back-${third}`]: 'yes',
  };
  // A colleague has coded one of them meanwhile.
  const colleague = await world.signedIn('analyst', survey.projectId);
  await colleague.get(`${address}/coding?question=helps`);
  await colleague
    .post(`${address}/coding?question=helps`, { listed: shown[1]!, [`themes-${second}`]: money.id })
    .expect(303);
  const saved = await analyst.submit(`${address}/coding?question=helps`, {
    listed: shown.join(' '),
    ...fields,
  });
  expect(saved.text).toContain(
    '5 texts coded, 1 sent back to the redactors, 1 left as somebody else has changed them meanwhile',
  );
  const themesOf = async (id: string) => (await world.db('texts').where({ id }).first()).themes;
  expect(await themesOf(first!)).toEqual([time.id, money.id]);
  expect(await themesOf(second!)).toEqual([money.id]);
  expect(await world.db('texts').where({ id: third }).first()).toMatchObject({
    state: 'waiting',
    redacted: null,
  });

  const again = await analyst.get(`${address}/coding?question=helps&coded=yes`);
  expect(again.text).toContain('6 of 6 texts are coded');
  await analyst.post(`${address}/themes/${money.id}/removal`).expect(303);
  expect(await themesOf(first!)).toEqual([time.id]);
  expect(await themesOf(second!)).toEqual([]);
});

test('readers, experts and strangers reach none of it', async () => {
  const { survey, address } = await begun();
  const text = await world.db('texts').where({ original: secret }).first();
  const pages = [
    '',
    '/redaction',
    `/redaction/${text.id}`,
    '/themes',
    '/themes/new?question=helps',
    '/coding?question=helps',
  ];
  for (const role of ['reader', 'eag_member', 'coordinator', 'author', 'organisation_admin'] as const) {
    const browser = await world.signedIn(role, survey.projectId);
    for (const page of pages)
      expect([role, page, (await browser.get(address + page)).status]).toEqual([role, page, 403]);
  }
  const stranger = await world.signedIn('data_protection_lead');
  for (const page of pages) expect((await stranger.get(address + page)).status).toBe(404);
  // A text of another survey is not there, whoever asks.
  const other = await makeWrittenSurvey(world.services);
  const redactor = await world.signedIn('data_protection_lead', other.projectId);
  await world.db('text_redactors').insert({ survey_id: other.id, account_id: redactor.accountId });
  expect((await redactor.get(`/surveys/${other.id}/texts/redaction/${text.id}`)).status).toBe(404);
  expect((await redactor.get(`/surveys/${other.id}/texts/redaction`)).status).toBe(200);
});

test('respondents are told that nobody can act on what they write, and where to turn', async () => {
  const { survey, lead, address } = await begun();
  const nurse = world.visitor();
  const usual = await nurse.get(`/s/${survey.code}`);
  expect(usual.text).toContain('nobody can act on it');
  expect(usual.text).toContain('In an emergency, call 999.');
  await lead.get(address);
  await lead.post(`${address}/where-to-turn`, { whereToTurn: 'x'.repeat(501) }).expect(422);
  await lead.post(`${address}/where-to-turn`, { whereToTurn: 'Ring the safeguarding team.' }).expect(303);
  const page = await world.visitor().get(`/s/${survey.code}`);
  expect(page.text).toContain('Ring the safeguarding team.');
  expect(page.text).not.toContain('call 999');
  expect((await world.visitor().get(`/s/${survey.code}/privacy`)).text).toContain(
    'Ring the safeguarding team.',
  );
});
