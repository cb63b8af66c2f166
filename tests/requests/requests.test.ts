import { checkTallies, foldResponses } from '../../src/tallies/tallies.commands';
import { readTallies } from '../../src/tallies/tallies.queries';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { expectNowhere } from './nowhere';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** Answers as a midwife does, through the pages; gives the reference on the receipt. */
async function answer(code: string): Promise<string> {
  const nurse = world.visitor();
  await nurse.get(`/s/${code}`);
  await nurse.submit(`/s/${code}`, {});
  await nurse.submit(`/s/${code}/pages/1`, { profession: 'midwife', setting: 'acute_ward' });
  await nurse.submit(`/s/${code}/pages/2`, { A1: '4', A2: 'na' });
  await nurse.submit(`/s/${code}/pages/3`, { B1: '1' });
  const receipt = await nurse.submit(`/s/${code}/check`, {});
  return /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(receipt.text)?.[0] ?? '';
}

const came = { 'came-day': '2', 'came-month': '3', 'came-year': '2026' };

async function desk(promise: 'confidential' | 'anonymous' = 'confidential') {
  world.clock.set('2026-03-10T10:00:00Z');
  const survey = await makeSurvey(world.services, { code: 'ASKUS1', promise });
  const lead = await world.signedIn('lead', survey.projectId);
  const register = `/surveys/${survey.id}/requests`;
  const record = async (kind: string) => {
    await lead.get(`${register}/new`);
    const page = await lead.submit(register, { kind, way: 'e-mail', note: '', ...came });
    expect(page.status).toBe(200);
    return lead.address;
  };
  return { survey, lead, register, record };
}

test('a request is recorded, stands out as its day comes, is given more time, and is answered', async () => {
  const { survey, lead, register, record } = await desk();
  expect((await lead.get(`/surveys/${survey.id}`)).text).toContain(`href="${register}"`);
  expect((await lead.get(register)).text).toContain('Nobody has asked anything yet.');
  await lead.get(`${register}/new`);
  const empty = await lead.submit(register, { note: 'Written by nurse@example.org' });
  expect(empty.text).toContain('Select what the person asks for');
  expect(empty.text).toContain('Enter the day on which it came');
  expect(empty.text).toContain('Leave e-mail addresses out of the note');
  expect(empty.text).toContain('Written by nurse@example.org');

  const address = await record('access');
  const page = (await lead.get(address)).text;
  expect(page).toContain('Request R-2026-0001');
  expect(page).toContain('Answer it by 2 April 2026.');
  const complaint = await record('complaint');
  expect((await lead.get(complaint)).text).toContain('Tell the person by 31 March 2026');
  expect((await lead.get(register)).text).not.toContain('Due in');

  world.clock.set('2026-03-29T10:00:00Z');
  const later = await world.signedIn('data_protection_lead', survey.projectId);
  expect((await later.get(register)).text).toMatch(/Due in 2 days[\s\S]*Due in 4 days/);
  expect((await later.get('/requests')).text).toMatch(/Due in 2 days[\s\S]*Survey \d+, Project \d+/);
  await later.get(address);
  const unreasoned = await later.submit(`${address}/steps`, { step: 'extended', note: '' });
  expect(unreasoned.text).toContain('Enter the reason');
  await later.submit(`${address}/steps`, { step: 'extended', note: 'It asks about four surveys' });
  expect((await later.get(address)).text).toContain('Answer it by 2 June 2026, the two further months');
  await later.get(complaint);
  await later.submit(`${complaint}/steps`, { step: 'acknowledged' });
  expect((await later.get(complaint)).text).toContain('without undue delay');

  world.clock.set('2026-06-04T10:00:00Z');
  const last = await world.signedIn('lead', survey.projectId);
  expect((await last.get('/requests')).text).toContain('Overdue by 2 days');
  await last.get(address);
  await last.submit(`${address}/steps`, { step: 'answered' });
  expect((await last.get('/requests')).text).not.toContain('Overdue');
  const again = await last.post(`${address}/steps`, { step: 'refused', note: 'Too late' });
  expect(again.status).toBe(409);
  await last.get(address);
  await last.submit(`${address}/steps`, { step: 'reopened', note: 'The copy did not arrive' });
  expect((await last.get(register)).text).toContain('Overdue by 2 days');

  const trail = await world.db('audit_entries').where({ subject: 'data request' }).orderBy('id');
  expect(trail.map(({ action }) => action)).toEqual([
    ...['data request recorded', 'data request recorded', 'data request extended'],
    ...['data request acknowledged', 'data request answered', 'data request reopened'],
  ]);
  expect(JSON.stringify(trail)).not.toContain('four surveys');
});

test('at a person’s request their answers are deleted, and nothing of them is left anywhere', async () => {
  const { survey, lead, record } = await desk();
  await makeResponses(world.services, survey, { count: 2, A1: 2 });
  await foldResponses(world.services, survey.id);
  const before = await readTallies(world.db, survey.id);
  const reference = await answer('ASKUS1');
  await foldResponses(world.services, survey.id);
  const [{ id }] = await world.db('responses').whereRaw("facets[1] = 'midwife'").select('id');
  const kept = await world.db('responses').where({ id }).first();

  const address = await record('withdrawal');
  await lead.get(address);
  const unknown = await lead.submit(`${address}/answers`, { reference: 'K7QM-2XPA-94TD' });
  expect(unknown.text).toContain('There are no answers with this reference');
  const mistyped = await lead.submit(`${address}/answers`, { reference: 'K7QM' });
  expect(mistyped.text).toContain('Enter the 12 letters and digits');
  const typed = reference.toLowerCase().replaceAll('-', ' ');
  const found = await lead.submit(`${address}/answers`, { reference: typed });
  expect(found.text).toContain('Delete these answers?');
  expect(found.text).not.toContain('idwife');
  const handing = await lead.post(`${address}/answers/file`, { reference, format: 'json' });
  expect(handing.status).toBe(409);
  expect(await world.db('responses')).toHaveLength(3);

  const done = await lead.submit(`${address}/answers/deletion`, { reference });
  expect(done.text).toContain('The answers are deleted.');
  expect(await world.db('responses')).toHaveLength(2);
  const after = await readTallies(world.db, survey.id);
  expect(after.filter(({ respondents }) => respondents > 0)).toEqual(before);
  expect(await checkTallies(world.services, survey.id)).toEqual([]);
  await expectNowhere(world.db, [
    ...[reference, reference.replaceAll('-', ''), id, kept.reference_hash.toString('hex')],
  ]);

  const twice = await lead.submit(`${address}/answers/deletion`, { reference });
  expect(twice.text).toContain('There are no answers with this reference');
});

test('a person gets a copy of their own answers in the words they were asked, and of nobody else’s', async () => {
  const { survey, lead, record } = await desk();
  await makeResponses(world.services, survey, { count: 2, A1: 2 });
  const reference = await answer('ASKUS1');
  const address = await record('access');
  await lead.get(address);
  const found = await lead.submit(`${address}/answers`, { reference });
  expect(found.text).toContain('Hand these answers over?');
  expect(found.text).not.toContain('Midwife');

  const json = await lead.post(`${address}/answers/file`, { reference, format: 'json' });
  expect(json.headers['content-disposition']).toContain('askus1-own-answers.json');
  expect(json.body).toMatchObject({
    ...{ survey: survey.name, questionnaire: 'How do you listen?', submittedOn: '2026-03-10' },
    noticeVersion: 1,
  });
  const said = json.body.answers.map(({ answer: words }: { answer: string }) => words);
  expect(said[0]).toBe('Midwife');
  expect(said).toContain('Label 4');
  expect(said).toContain('Label 1');
  expect(said).not.toContain('Label 2');
  const csv = await lead.post(`${address}/answers/file`, { reference, format: 'csv' });
  expect(csv.text).toContain('Hearing what people say,Label 4');
  const html = await lead.post(`${address}/answers/file`, { reference, format: 'html' });
  expect(html.headers['content-type']).toContain('text/html');
  expect(html.text).toContain('<dd>Label 4</dd>');

  expect(await world.db('responses')).toHaveLength(3);
  const wrong = await lead.post(`${address}/answers/deletion`, { reference });
  expect(wrong.status).toBe(409);
  const trail = await world.db('audit_entries').where({ action: 'own answers exported' });
  expect(trail).toHaveLength(3);
  for (const hidden of [reference, 'Label', 'idwife']) expect(JSON.stringify(trail)).not.toContain(hidden);
});

test('of an anonymous survey nothing can be looked for, and the page says what to tell the person', async () => {
  const { lead, record } = await desk('anonymous');
  const address = await record('erasure');
  const page = await lead.get(address);
  expect(page.text).toContain('nobody’s answers can be found again');
  expect(page.text).toContain('Only answers are reached from here.');
  expect(page.text).not.toContain('name="reference"');
  const tried = await lead.submit(`${address}/answers`, { reference: 'K7QM-2XPA-94TD' });
  expect(tried.text).not.toContain('Delete these answers?');
});

test('references cannot be tried out', async () => {
  const { lead, record } = await desk();
  const address = await record('access');
  await lead.get(address);
  const tries = [];
  for (let i = 0; i < 12; i += 1) {
    tries.push((await lead.post(`${address}/answers`, { reference: 'K7QM-2XPA-94TD' })).status);
  }
  expect(tries.slice(0, 10)).toEqual(Array(10).fill(422));
  expect(tries.slice(10)).toEqual([429, 429]);
});

test('only those who answer people see the register, and only that of their own projects', async () => {
  const { survey, register, record } = await desk();
  const address = await record('access');
  const other = await makeSurvey(world.services, { code: 'OTHER1', promise: 'confidential' });
  for (const role of [
    'reader',
    'eag_member',
    'analyst',
    'author',
    'coordinator',
    'organisation_admin',
  ] as const) {
    const person = await world.signedIn(role, survey.projectId);
    for (const place of [register, `${register}/new`, address]) {
      expect([role, (await person.get(place)).status]).toEqual([role, 403]);
    }
    expect((await person.post(`${address}/answers`, { reference: 'K7QM-2XPA-94TD' })).status).toBe(403);
    expect((await person.get('/requests')).text).not.toContain('R-2026-0001');
  }
  const stranger = await world.signedIn('lead', other.projectId);
  expect((await stranger.get(register)).status).toBe(404);
  expect((await stranger.get(address.replace(survey.id, other.id))).status).toBe(404);
  expect((await stranger.get('/requests')).text).not.toContain('R-2026-0001');
  const nobody = world.visitor();
  expect((await nobody.get('/requests')).text).toContain('Sign in');
});
