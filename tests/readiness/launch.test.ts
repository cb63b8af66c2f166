import { listTrials } from '../../src/surveys/surveys.queries';
import { makeResponses } from '../support/make';
import { openWorld, type World } from '../support/world';
import { completeNotice, fieldsOfForm, prepare } from '../surveys/prepared';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.reset();
  world.clock.set('2026-03-02T12:00:00Z');
});
afterAll(() => world.close());

/** A prepared survey, and what is done with it. */
async function begun(fields: Record<string, string> = {}) {
  const made = await prepare(world, fields);
  const { lead, surveyId } = made;
  const at = (page: string) => `/surveys/${surveyId}/${page}`;
  const settle = async (change: Record<string, string | string[]>) => {
    const form = fieldsOfForm((await lead.get(at('settings'))).text);
    await lead.post(at('settings'), { ...form, ...change }).expect(303);
  };
  const startTrial = async () => {
    await lead.get(at('trial'));
    const page = await lead.submit(at('trial'));
    const [trial] = await listTrials(world.db, surveyId);
    return { page, trial: trial! };
  };
  const tryOut = async () => {
    const { trial } = await startTrial();
    await makeResponses(world.services, trial, {});
    return trial;
  };
  return { ...made, at, settle, startTrial, tryOut };
}

test('what is missing is listed, each with the page that mends it; then the survey opens', async () => {
  const { lead, at, surveyId, tryOut, survey } = await begun();
  const first = await lead.get(at('readiness'));
  expect(first.text).toContain('2 things are missing. 1 thing is worth a look.');
  expect(first.text).toContain(`href="${at('notice')}"`);
  expect(first.text).toContain(`href="${at('trial')}"`);
  expect(first.text).toContain('None chosen: no response rate can be given.');
  expect(first.text).not.toContain('Open the survey');
  const refused = await lead.post(at('launch'));
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('The survey has not been opened, because something is missing.');
  expect((await survey()).launchedAt).toBeNull();

  await completeNotice(lead, surveyId);
  const trial = await tryOut();
  const ready = await lead.get(at('readiness'));
  expect(ready.text).toContain('Nothing is missing.');
  expect(ready.text).toContain('1 test answer has been sent. They are never counted.');
  world.clock.advance(60_000);
  const open = await lead.submit(at('launch'));
  expect(open.text).toContain('The survey is open. Pass its link on.');
  expect(await survey()).toMatchObject({
    launchedAt: new Date('2026-03-02T12:01:00Z'),
    opensAt: new Date('2026-03-02T12:01:00Z'),
  });
  expect((await world.visitor().get('/s/SPRING26')).text).toContain('It closes on 29 March 2026');
  const over = await world.visitor().get(`/s/${trial.code}`);
  expect([over.status, over.text.includes('It was a trial run')]).toEqual([410, true]);
  expect(over.text).not.toContain('The answers are now counted');
  expect(
    await world.db('audit_entries').where({ subject_id: surveyId }).orderBy('id').pluck('action'),
  ).toEqual([...['survey prepared', 'notice changed', 'trial run started', 'survey launched']]);
});

test('pressed twice at once it opens once', async () => {
  const { lead, at, surveyId, tryOut } = await begun();
  await completeNotice(lead, surveyId);
  await tryOut();
  await lead.get(at('readiness'));
  const answers = await Promise.all([lead.post(at('launch')), lead.post(at('launch'))]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(await world.db('audit_entries').where({ action: 'survey launched' })).toHaveLength(1);
  expect((await lead.get(at('readiness'))).text).toContain('Close the survey');
});

test('a survey that opens later is not open yet, and says from when', async () => {
  const { lead, at, settle, surveyId, tryOut, survey } = await begun();
  await settle({
    ...{ opens: 'later', 'opens-day': '29', 'opens-month': '3', 'opens-year': '2026', 'opens-time': '3am' },
    ...{ 'last-day': '1', 'last-month': '4', 'last-year': '2026', 'last-time': '17:00' },
  });
  await completeNotice(lead, surveyId);
  await tryOut();
  await lead.get(at('readiness'));
  const page = await lead.submit(at('launch'));
  expect(page.text).toContain('The survey opens on 29 March 2026 at 3:00am (London time).');
  expect(page.text).toContain('Not open yet');
  // The clocks have gone forward an hour before.
  expect((await survey()).opensAt).toEqual(new Date('2026-03-29T02:00:00Z'));
  const early = await world.visitor().get('/s/SPRING26');
  expect(early.status).toBe(403);
  expect(early.text).toContain('It opens on 29 March 2026 at 3:00am, London time.');
  world.clock.set('2026-03-29T02:00:00Z');
  expect((await world.visitor().get('/s/SPRING26')).text).toContain(
    'It closes on 1 April 2026 at 5:00pm, London time',
  );
});

test('until it opens, when it does can be moved, and what it promises cannot', async () => {
  const { lead, at, settle, surveyId, tryOut, survey } = await begun();
  await settle({
    opens: 'later',
    'opens-day': '9',
    'opens-month': '3',
    'opens-year': '2026',
    'opens-time': '9am',
  });
  await completeNotice(lead, surveyId);
  await tryOut();
  await lead.get(at('readiness'));
  await lead.submit(at('launch'));
  const page = await lead.get(at('settings'));
  expect(page.text).toContain('The survey opens by itself.');
  const form = fieldsOfForm(page.text);
  expect(Object.keys(form)).not.toContain('promise');
  for (const [change, sentence] of [
    [{ 'opens-day': '1' }, 'The survey cannot open in the past.'],
    [{ 'opens-day': '30' }, 'The survey must close after it opens'],
    [{ 'opens-day': '29', 'opens-time': '1:30am' }, 'There is no such time on that day'],
  ] as const) {
    const refused = await lead.post(at('settings'), { ...form, ...change });
    expect([refused.status, refused.text.includes(sentence)]).toEqual([422, true]);
  }
  await lead.submit(at('settings'), { ...form, 'opens-day': '10', promise: 'confidential', threshold: '30' });
  expect(await survey()).toMatchObject({
    ...{ opensAt: new Date('2026-03-10T09:00:00Z'), promise: 'anonymous', threshold: 11 },
    closesAt: new Date('2026-03-29T23:00:00Z'),
  });
  const stale = fieldsOfForm((await lead.get(at('settings'))).text);
  await lead.submit(at('settings'), { ...stale, opens: 'at once' });
  expect((await world.visitor().get('/s/SPRING26')).status).toBe(200);
  const late = await lead.post(at('settings'), stale);
  expect([late.status, late.text.includes('This survey has been opened meanwhile')]).toEqual([409, true]);
});

test('an opening that has gone by while the survey was prepared means at once', async () => {
  const { lead, at, settle, surveyId, tryOut, survey } = await begun();
  await settle({
    opens: 'later',
    'opens-day': '2',
    'opens-month': '3',
    'opens-year': '2026',
    'opens-time': '12:30',
  });
  await completeNotice(lead, surveyId);
  await tryOut();
  world.clock.set('2026-03-02T13:00:00Z');
  await lead.get(at('readiness'));
  await lead.submit(at('launch'));
  expect((await survey()).opensAt).toEqual(new Date('2026-03-02T13:00:00Z'));
});

test('a survey whose end has gone by cannot be opened', async () => {
  const { lead, at, surveyId, tryOut, projectId } = await begun();
  await completeNotice(lead, surveyId);
  await tryOut();
  world.clock.set('2026-04-20T12:00:00Z');
  const again = await world.signedIn('lead', projectId);
  const page = await again.get(at('readiness'));
  expect(page.text).toContain('The survey must close in the future.');
  expect((await again.post(at('launch'))).status).toBe(409);
});

test('a trial run asks and promises the same, apart from everything that counts', async () => {
  const { lead, at, startTrial, projectId, surveyId, survey } = await begun({ promise: 'confidential' });
  const { page, trial } = await startTrial();
  expect(page.text).toContain('The trial run has started.');
  expect(page.text).toContain(`/s/${trial.code}`);
  expect(page.text).toContain('<svg');
  expect(page.text).toContain('no test answers yet');
  const { versionId, threshold, dimensions } = await survey();
  expect(trial).toMatchObject({
    ...{ trialOf: surveyId, simulated: true, promise: 'confidential', versionId, threshold, dimensions },
    ...{ series: '', wave: null },
  });
  const start = (await world.visitor().get(`/s/${trial.code}`)).text;
  expect(start).toContain('Trial run');
  expect(start).toContain('Your answers are test answers');
  expect(start).not.toContain('made-up');
  expect((await world.visitor().get(`/s/${trial.code}/privacy`)).status).toBe(200);
  await makeResponses(world.services, trial, { count: 2 });
  expect((await lead.get(at('trial'))).text).toContain('2 test answers');
  const report = await lead.get(`/surveys/${trial.id}/working-report`);
  expect(report.text).toContain('These figures are of test answers');
  expect((await lead.get(`/surveys/${trial.id}`)).text).toContain(
    '<h1 class="nhsuk-heading-l">Trial run</h1>',
  );
  const project = (await lead.get(`/projects/${projectId}`)).text;
  expect(project).toContain(`/surveys/${surveyId}"`);
  expect(project).not.toContain(trial.id);
  for (const [method, path] of [
    ...(['settings', 'closing', 'closure', 'repeats/new'] as const).map((one) => ['get', one] as const),
    ...(['settings', 'version', 'closing', 'closure', 'trial'] as const).map((one) => ['post', one] as const),
  ]) {
    const answer = await lead[method](`/surveys/${trial.id}/${path}`);
    expect([method, path, answer.status]).toEqual([method, path, 409]);
  }
  expect((await lead.post(`/surveys/${trial.id}/launch`)).status).toBe(404);
});

test('a trial run is started once, and again after what matters has changed', async () => {
  const { lead, at, settle, startTrial, tryOut, surveyId } = await begun();
  await lead.get(at('trial'));
  await Promise.all([lead.post(at('trial')), lead.post(at('trial'))]);
  expect(await listTrials(world.db, surveyId)).toHaveLength(1);
  const old = await tryOut();
  expect(await listTrials(world.db, surveyId)).toHaveLength(1);
  await settle({ name: 'Another name', reminders: '1' });
  expect((await lead.get(at('readiness'))).text).toContain('1 test answer has been sent.');

  world.clock.advance(60_000);
  await settle({ promise: 'confidential' });
  expect((await lead.get(at('readiness'))).text).toContain('Changed since the trial run: the promise.');
  expect((await lead.get(at('trial'))).text).toContain('Start another trial run');
  const { page, trial } = await startTrial();
  expect(trial.id).not.toBe(old.id);
  expect(page.text).toContain('Earlier trial runs');
  expect((await world.visitor().get(`/s/${old.code}`)).status).toBe(410);
  expect((await lead.get(at('readiness'))).text).toContain('No test answer has been sent yet.');
});

test('made-up answers do not try a survey out', async () => {
  const { lead, at, startTrial } = await begun();
  const { trial } = await startTrial();
  await makeResponses(world.services, trial, {});
  await world.db('responses').where({ survey_id: trial.id }).update({ source: 'simulation' });
  expect((await lead.get(at('readiness'))).text).toContain('No test answer has been sent yet.');
});

test('what a launched survey told stays, in the form and in the database; the rest can change', async () => {
  const { lead, at, surveyId, tryOut, survey } = await begun();
  const early = fieldsOfForm((await lead.get(at('settings'))).text);
  await completeNotice(lead, surveyId);
  await tryOut();
  await lead.get(at('readiness'));
  await lead.submit(at('launch'));
  const late = await lead.post(at('settings'), { ...early, promise: 'confidential' });
  expect(late.status).toBe(409);
  expect(late.text).toContain('This survey has been opened meanwhile');
  const page = await lead.get(at('settings'));
  expect(page.text).toContain('What can no longer be changed');
  const form = fieldsOfForm(page.text);
  expect(Object.keys(form).sort()).toEqual(
    ['name', 'population', 'reminderDays', 'reminders', 'seen', 'series', 'stage', 'wave'].sort(),
  );
  const sly = {
    ...form,
    name: 'Renamed',
    reminders: '0',
    series: 'Ours',
    promise: 'confidential',
    threshold: '30',
  };
  expect((await lead.submit(at('settings'), sly)).text).toContain('Ours, wave 1');
  expect(await survey()).toMatchObject({
    name: 'Renamed',
    reminders: 0,
    promise: 'anonymous',
    threshold: 11,
  });
  for (const change of [
    { promise: 'confidential' },
    { threshold: 10 },
    { dimensions: ['setting'] },
    { launched_at: null },
  ]) {
    await expect(world.db('surveys').where({ id: surveyId }).update(change)).rejects.toThrow();
  }
  await lead.get(at('trial'));
  expect((await lead.post(at('trial'))).status).toBe(409);
  expect((await lead.post(at('version'))).status).toBe(409);
});

test('only who runs the survey may open and try it; those who see it see what is missing', async () => {
  const { at, projectId } = await begun();
  for (const [role, seen] of [
    ...(['author', 'analyst', 'coordinator'] as const).map((one) => [one, 200] as const),
    ...(['eag_member', 'reader'] as const).map((one) => [one, 403] as const),
  ]) {
    const member = await world.signedIn(role, projectId);
    await member.get('/projects');
    expect([role, (await member.get(at('readiness'))).status]).toEqual([role, seen]);
    expect([role, (await member.get(at('trial'))).status]).toEqual([role, seen]);
    expect([role, (await member.post(at('launch'))).status]).toEqual([role, 403]);
    expect([role, (await member.post(at('trial'))).status]).toEqual([role, 403]);
  }
  const stranger = await world.signedIn('lead');
  await stranger.get('/projects');
  for (const answer of [
    await stranger.get(at('readiness')),
    await stranger.get(at('trial')),
    await stranger.post(at('launch')),
    await stranger.post(at('trial')),
  ]) {
    expect(answer.status).toBe(404);
  }
});
