import { operator } from '../../src/audit/actor';
import { createQuestionnaire, publishQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { makePopulation } from '../populations/make';
import { definitionOf, words } from '../questionnaires/definitions';
import { makeFramework } from '../questionnaires/frameworks';
import { openWorld, type World } from '../support/world';
import { fieldsOfForm, makeQuestionnaire, prepare } from './prepared';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.reset();
  world.clock.set('2026-03-02T12:00:00Z');
});
afterAll(() => world.close());

const wish = { name: 'Spring 2026', code: 'spring-26', promise: 'anonymous' };

test('a lead prepares a survey: everything else begins with what is usual, and nobody can answer yet', async () => {
  const { address, lead } = await makeQuestionnaire(world);
  expect((await lead.get(address)).text).toContain('Prepare a survey');
  const form = await lead.get(`${address}/surveys/new`);
  expect(form.text).toMatch(/name="code"[^>]*value="[A-HJ-NP-Z2-9]{6}"/);
  expect(form.text).not.toMatch(/name="promise"[^>]*checked/);
  const page = await lead.submit(`${address}/surveys`, wish);
  expect(page.text).toContain('Nobody can answer it yet.');
  expect(page.text).toContain('Being prepared');
  expect(page.text).toContain('At the end of 29 March 2026 (London time)');
  const survey = await world.db('surveys').first();
  expect(survey).toMatchObject({
    ...{ code: 'SPRING26', promise: 'anonymous', threshold: 11, dimensions: ['profession', 'setting'] },
    ...{ launched_at: null, trial_of: null, series: '', wave: null, audience: {}, population_id: null },
    ...{ reminders: 2, reminder_days: 7, simulated: false },
    // Summer time begins on the last day.
    closes_at: new Date('2026-03-29T23:00:00Z'),
  });
  const start = await world.visitor().get('/s/SPRING26');
  expect([start.status, start.text.includes('It is still being prepared')]).toEqual([403, true]);
  expect(await world.db('audit_entries').where({ subject: 'survey' }).pluck('action')).toEqual([
    'survey prepared',
  ]);
});

test.each([
  ['name', { name: '' }, 'Enter a name for the survey'],
  ['name', { name: 'x'.repeat(121) }, 'The name must be 120 characters or fewer'],
  ['code', { code: 'a b' }, 'Enter a code of 4 to 20 letters A to Z and digits'],
  ['promise', { promise: [] }, 'Select what respondents are promised'],
])('a wrong %s gets a sentence, and what was typed stays', async (field, change, sentence) => {
  const { address, lead } = await makeQuestionnaire(world);
  await lead.get(`${address}/surveys/new`);
  const typed = { ...wish, name: 'A <name> to keep', ...change };
  const page = await lead.post(`${address}/surveys`, typed).expect(422);
  expect(page.text).toContain(`<a href="#${field}">${sentence}`);
  if (field !== 'name') expect(page.text).toContain('A &lt;name&gt; to keep');
  expect(await world.db('surveys')).toHaveLength(0);
});

test('a code that is taken gets a sentence, also when both ask for it at once', async () => {
  const { address, lead } = await makeQuestionnaire(world);
  await lead.get(`${address}/surveys/new`);
  const answers = await Promise.all([
    lead.post(`${address}/surveys`, wish),
    lead.post(`${address}/surveys`, wish),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  expect(answers.find(({ status }) => status === 422)!.text).toContain(
    'Another survey or link has this code. Enter another',
  );
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
  const { address, lead, projectId } = await makeQuestionnaire(world, { publish: false });
  expect((await lead.get(address)).text).not.toContain('Prepare a survey');
  expect((await lead.get(`${address}/surveys/new`)).status).toBe(409);
  const author = await world.signedIn('author', projectId);
  const stranger = await world.signedIn('lead');
  await author.get(address);
  await stranger.get('/projects');
  expect((await author.post(`${address}/surveys`, wish)).status).toBe(403);
  expect((await stranger.post(`${address}/surveys`, wish)).status).toBe(404);
});

const later = {
  opens: 'later',
  'opens-day': '9',
  'opens-month': '3',
  'opens-year': '2026',
  'opens-time': '9am',
};
const last = (day: string, month: string, year: string, time = '') => ({
  ...{ 'last-day': day, 'last-month': month, 'last-year': year, 'last-time': time },
});

/** The settings page of a prepared survey, and its form sent with some fields changed. */
async function settings(fields: Record<string, string> = {}) {
  const made = await prepare(world, fields);
  const address = `/surveys/${made.surveyId}/settings`;
  const open = async () => fieldsOfForm((await made.lead.get(address)).text);
  const save = async (change: Record<string, string | string[]>) =>
    made.lead.submit(address, { ...(await open()), ...change });
  return { ...made, address, open, save };
}

test('everything is settled on one page, and the same form sent again changes nothing', async () => {
  const { save, survey, projectId, lead, surveyId, address } = await settings();
  const population = await makePopulation(world, projectId);
  const professions = (await lead.get(address)).text.match(
    /name="audience-profession"[^>]*value="([^"]+)"/,
  )![1]!;
  const saved = await save({
    ...{ name: 'Autumn', code: 'autumn1', promise: 'confidential', threshold: '12', dimension: 'setting' },
    ...{ ...later, ...last('28', '3', '2026', '5pm'), series: 'Listening', population },
    ...{ reminders: '3', reminderDays: '10', 'audience-profession': professions },
  });
  expect(saved.text).toContain('The settings are saved');
  for (const words of [
    'Listening, wave 1',
    '9 March 2026 at 9:00am (London time)',
    '28 March 2026 at 5:00pm (London time)',
    'At most 3, at least 10 days apart',
    'Confidential',
  ]) {
    expect(saved.text).toContain(words);
  }
  expect(await survey()).toMatchObject({
    ...{ name: 'Autumn', code: 'AUTUMN1', promise: 'confidential', threshold: 12, dimensions: ['setting'] },
    ...{ opensAt: new Date('2026-03-09T09:00:00Z'), closesAt: new Date('2026-03-28T17:00:00Z') },
    ...{ series: 'Listening', wave: 1, audience: { profession: [professions] }, populationId: population },
    ...{ reminders: 3, reminderDays: 10, launchedAt: null },
  });
  const again = await save({});
  expect(again.text).toContain('Nothing has changed');
  const [entry] = await world
    .db('audit_entries')
    .where({ action: 'survey settings changed', subject_id: surveyId });
  expect(entry.detail).toMatchObject({
    wave: { from: '', to: '1' },
    opens: { from: '', to: '2026-03-09T09:00' },
  });
  const back = await save({ opens: 'at once' });
  expect(back.text).toContain('As soon as it is opened here');
});

test.each([
  ['opens', { opens: 'never' }, 'Select when the survey opens'],
  ['opens-day', { ...later, 'opens-day': '' }, 'Enter a day that is in the calendar'],
  ['opens-day', { ...later, 'opens-month': '2' }, 'The survey cannot open in the past.'],
  ['opens-time', { ...later, 'opens-time': '25' }, 'Enter a time, such as 9am or 17:00'],
  ['opens-time', { ...later, 'opens-time': '9am GMT' }, 'Times are those of London'],
  ['opens-time', { ...later, 'opens-time': '09:00Z' }, 'Times are those of London'],
  ['last-time', last('28', '3', '2026', '17:00 Europe/Paris'), 'Times are those of London'],
  ['last-time', last('28', '3', '2026', '17:00+01:00'), 'Times are those of London'],
  // The clocks go forward on 29 March 2026 and 28 March 2027.
  [
    'opens-time',
    { ...later, 'opens-day': '29', 'opens-time': '1:30am' },
    'There is no such time on that day',
  ],
  ['last-time', last('28', '3', '2027', '01:30'), 'There is no such time on that day'],
  ['last-day', last('1', '3', '2026'), 'The survey must close in the future'],
  ['last-day', { ...later, ...last('8', '3', '2026') }, 'The survey must close after it opens'],
  ['last-day', { ...later, ...last('9', '3', '2026', '9am') }, 'The survey must close after it opens'],
  ['last-day', last('31', '2', '2026'), 'Enter a day that is in the calendar'],
  ['last-day', last('', '', ''), 'Enter the last day people can answer'],
  ['last-time', last('28', '3', '2026', '0:00'), 'Leave the time empty to close at midnight'],
  [
    'audience-profession',
    { 'audience-profession': [] },
    'Select whom the survey is for. With nothing selected under Professions',
  ],
  ['dimension', { dimension: [] }, 'Select what the report is broken down by'],
  ['threshold', { threshold: '7' }, 'The smallest group must be 8 to 30 people'],
  ['threshold', { threshold: 'ten' }, 'Enter a whole number'],
  ['wave', { series: 'A', wave: '0' }, 'The wave must be a whole number from 1 to 1000'],
  ['series', { wave: '2' }, 'Enter the series of which this is wave 2'],
  ['reminders', { reminders: '6' }, 'There can be 0 to 5 reminders'],
  ['reminderDays', { reminderDays: '2' }, 'There must be 3 to 60 days between two e-mails'],
  [
    'population',
    { population: '00000000-0000-4000-8000-000000000000' },
    'Select headcounts of this project, or none',
  ],
  ['code', { code: '?' }, 'Enter a code of 4 to 20 letters A to Z and digits'],
  ['promise', { promise: 'both' }, 'Select what respondents are promised'],
])(
  'settings with a wrong %s (%j) get a sentence, and what was typed stays',
  async (field, change, sentence) => {
    const { save, survey } = await settings();
    const before = await survey();
    const page = await save({ name: 'A <name> to keep', ...change });
    expect(page.status).toBe(422);
    expect(page.text).toContain(`<a href="#${field}">${sentence}`);
    expect(page.text).toContain('A &lt;name&gt; to keep');
    expect(await survey()).toEqual(before);
  },
);

test('an hour that comes twice: a survey opens the first time and closes the second', async () => {
  const { save, survey } = await settings();
  await save({
    ...{ ...later, 'opens-day': '25', 'opens-month': '10', 'opens-time': '1:30am' },
    ...last('31', '10', '2027', '1:30am'),
  });
  expect(await survey()).toMatchObject({
    opensAt: new Date('2026-10-25T00:30:00Z'),
    closesAt: new Date('2027-10-31T01:30:00Z'),
  });
  const page = await save({ name: 'Another name' });
  expect(page.text).toContain('25 October 2026 at 1:30am (London time, before the clocks go back)');
  expect(page.text).toContain('31 October 2027 at 1:30am (London time, after the clocks have gone back)');
  expect(await survey()).toMatchObject({
    name: 'Another name',
    opensAt: new Date('2026-10-25T00:30:00Z'),
    closesAt: new Date('2027-10-31T01:30:00Z'),
  });
});

test('the next wave of a series is proposed, one that is taken names whose it is', async () => {
  const { save, lead, address } = await settings();
  await save({ series: 'Listening', wave: '4' });
  const other = await settings({ code: 'OTHER1' });
  // Of another project: its series are its own.
  expect((await other.save({ series: 'listening', wave: '' })).text).toContain('listening, wave 1');
  expect((await lead.get(address)).text).toContain('In this project: “Listening”');
  const form = await lead.get(`/surveys/${other.surveyId}/settings`);
  expect(form.status).toBe(404);
});

test('two surveys of one project cannot be the same wave', async () => {
  const { lead, surveyId, address, id } = await prepare(world);
  await lead.get(`${address}/surveys/new`);
  await lead.post(`${address}/surveys`, { ...wish, code: 'SECOND1' }).expect(303);
  const { id: second } = await world.db('surveys').where({ code: 'SECOND1' }).first('id');
  const save = async (survey: string, change: Record<string, string>) => {
    const page = await lead.get(`/surveys/${survey}/settings`);
    return lead.submit(`/surveys/${survey}/settings`, { ...fieldsOfForm(page.text), ...change });
  };
  await save(surveyId, { series: 'Listening' });
  const taken = await save(second, { series: 'LISTENING', wave: '1' });
  expect(taken.status).toBe(422);
  expect(taken.text).toContain('Wave 1 of this series is the survey “Spring”. Enter another wave');
  expect((await save(second, { series: 'LISTENING', wave: '' })).text).toContain('LISTENING, wave 2');
  expect((await save(second, { code: 'SPRING26' })).text).toContain(
    'Another survey or link has this code. Enter another',
  );
  expect(id).toBeTruthy();
});

test('two leads at once: the second is shown what the first changed, and loses nothing', async () => {
  const { lead, address, open, save, survey, projectId } = await settings();
  const stale = await open();
  const colleague = await world.signedIn('lead', projectId);
  const theirs = fieldsOfForm((await colleague.get(address)).text);
  await colleague.submit(address, {
    ...theirs,
    ...last('28', '3', '2026', '5pm'),
    threshold: '15',
    name: 'Theirs',
  });
  await lead.get(address);
  const both = await lead.post(address, { ...stale, name: 'Mine', reminders: '4' });
  expect(both.status).toBe(409);
  expect(both.text).toContain('Name was “Spring”, and is now “Theirs”.');
  expect(both.text).toContain(
    'Closing was “the end of 29 March 2026”, and is now “28 March 2026 at 5:00pm (London time)”.',
  );
  expect(both.text).toContain('Smallest group that is ever shown was “11”, and is now “15”.');
  expect(await survey()).toMatchObject({ threshold: 15, name: 'Theirs', reminders: 2 });
  const decided = fieldsOfForm(both.text);
  expect(decided).toMatchObject({ threshold: '15', name: 'Mine', reminders: '4' });
  expect((await lead.submit(address, decided)).text).toContain('The settings are saved');
  expect(await survey()).toMatchObject({ threshold: 15, name: 'Mine', reminders: 4 });
  expect((await save({})).text).toContain('Nothing has changed');
});

test('only who runs the survey may see and change its settings', async () => {
  const { address, projectId, surveyId } = await settings();
  for (const role of ['author', 'analyst', 'coordinator', 'eag_member', 'reader'] as const) {
    const member = await world.signedIn(role, projectId);
    await member.get('/projects');
    for (const answer of [
      await member.get(address),
      await member.post(address),
      await member.post(`/surveys/${surveyId}/version`),
      await member.get(`/surveys/${surveyId}/repeats/new`),
      await member.post(`/surveys/${surveyId}/repeats`),
    ]) {
      expect([role, answer.status]).toEqual([role, 403]);
    }
  }
  const stranger = await world.signedIn('lead');
  expect((await stranger.get(address)).status).toBe(404);
});

test('the newest published version can be taken while a survey is being prepared', async () => {
  const { lead, address, surveyId, id, survey } = await settings();
  const before = await survey();
  await world.db('questionnaires').where({ id }).increment('revision', 1);
  const { definition } = await world.db('questionnaires').where({ id }).first('definition');
  await world
    .db('questionnaires')
    .where({ id })
    .update({ definition: { ...definition, title: 'Anew' } });
  await publishQuestionnaire(world.db, operator, id, new Date('2026-03-02T12:30:00Z'));
  const page = await lead.get(address);
  expect(page.text).toContain('Version 2 has been published since.');
  const after = await lead.submit(`/surveys/${surveyId}/version`);
  expect(after.text).toContain('It asks version 2 of the questionnaire.');
  const { versionId, ...rest } = await survey();
  expect(versionId).not.toBe(before.versionId);
  expect({ ...rest, versionId: before.versionId }).toEqual(before);
});

test('before it is opened, whoever gives the link out is told to print nothing', async () => {
  const { lead, surveyId } = await settings();
  expect((await lead.get(`/surveys/${surveyId}/share`)).text).toContain('print nothing before');
});
