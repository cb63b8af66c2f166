import fc from 'fast-check';
import { isoDay } from '../../src/platform/dates';
import { endOf, lastDayOf } from '../../src/surveys/closing';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const day = (iso: string) => {
  const [year, month, date] = iso.split('-') as [string, string, string];
  return { 'last-day': date, 'last-month': month, 'last-year': year };
};

async function openOn(instant: string) {
  world.clock.set(instant);
  const survey = await makeSurvey(world.services, { code: 'END26', lastDay: '2026-04-10' });
  const lead = await world.signedIn('lead', survey.projectId);
  const address = `/surveys/${survey.id}/closing`;
  const move = async (fields: Record<string, string>) => {
    const page = await lead.get(address);
    const seen = /name="seen" value="([^"]*)"/.exec(page.text)![1]!;
    return lead.submit(address, { seen, ...fields });
  };
  const closesAt = async () => (await getSurvey(world.db, survey.id)).closesAt.toISOString();
  return { survey, lead, address, move, closesAt };
}

test.each([
  ['2026-03-28', '2026-03-29T00:00:00.000Z'],
  ['2026-03-29', '2026-03-29T23:00:00.000Z'],
  ['2026-10-24', '2026-10-24T23:00:00.000Z'],
  ['2026-10-25', '2026-10-26T00:00:00.000Z'],
])('the last day %s ends at midnight in London, whatever the clocks do', (lastDay, instant) => {
  expect(endOf(lastDay).toISOString()).toBe(instant);
  expect(lastDayOf({ closesAt: new Date(instant) })).toBe(lastDay);
});

test('a survey that closes in the middle of a day is not said to take answers until its end', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const survey = await makeSurvey(world.services);
  const lead = await world.signedIn('lead', survey.projectId);
  const page = await lead.get(`/surveys/${survey.id}/closing`);
  expect(page.text).toContain('People can answer until 30 March 2026 at 11:00am (London time).');
});

test('any day ends on itself: a moment before is that day, and the end is the next', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2190-01-01'), noInvalidDate: true }),
      (instant) => {
        const today = isoDay(instant);
        expect(lastDayOf({ closesAt: endOf(today) })).toBe(today);
        expect(isoDay(endOf(today)) > today).toBe(true);
      },
    ),
  );
});

test('a survey is extended, cut short, closed and opened again, each on record with who and why', async () => {
  const { survey, lead, move, closesAt } = await openOn('2026-03-20T10:00:00Z');
  expect(await closesAt()).toBe('2026-04-10T23:00:00.000Z');
  const extended = await move({ ...day('2026-04-30'), reason: 'Wards  were busy' });
  expect(extended.text).toContain('People can answer until the end of 30 April 2026');
  expect(await closesAt()).toBe('2026-04-30T23:00:00.000Z');
  await move({ ...day('2026-04-20'), reason: 'The group meets earlier' });
  world.clock.set('2026-03-20T11:00:00Z');
  await lead.get(`/surveys/${survey.id}/closure`);
  await lead.submit(`/surveys/${survey.id}/closure`, { reason: 'Enough' });
  expect((await world.visitor().get('/s/END26')).status).toBe(410);
  const again = await move({ ...day('2026-04-15'), reason: 'One trust was left out' });
  expect(again.text).toContain('People can answer until the end of 15 April 2026');
  expect((await world.visitor().get('/s/END26')).text).toContain('It closes on 15 April 2026');

  const page = (await lead.get(`/surveys/${survey.id}`)).text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  expect(page).toContain('Extended: the end of 10 April 2026 → the end of 30 April 2026');
  for (const words of ['Extended:', 'Shortened:', 'Closed:', 'Re-opened:', 'Wards were busy', lead.email]) {
    expect(page).toContain(words);
  }
  const actions = await world.db('audit_entries').where({ subject: 'survey' }).orderBy('id').pluck('action');
  expect(actions).toEqual([
    'survey opened',
    'survey extended',
    'survey shortened',
    'survey closed',
    'survey re-opened',
  ]);
  await expect(world.db('survey_changes').update({ reason: 'Another' })).rejects.toThrow();
  await expect(world.db('survey_changes').delete()).rejects.toThrow();
});

test.each([
  [{ ...day('2026-03-19'), reason: 'Why' }, 'The last day must be today or later'],
  [{ ...day('2026-02-30'), reason: 'Why' }, 'Enter a day that is in the calendar'],
  [{ reason: 'Why' }, 'Enter the last day people can answer'],
  [{ ...day('2026-04-10'), reason: 'Why' }, 'The survey closes at the end of this day already'],
  [{ ...day('2026-04-11'), reason: '' }, 'Enter why'],
  [{ ...day('2026-04-11'), reason: 'x'.repeat(301) }, 'The reason must be 300 characters or fewer'],
])('%j is refused with a sentence, and what was typed stays', async (fields, sentence) => {
  const { move, closesAt } = await openOn('2026-03-20T10:00:00Z');
  const page = await move(fields);
  expect(page.status).toBe(422);
  expect(page.text).toContain(sentence);
  if (fields.reason) expect(page.text).toContain(`value="${fields.reason}"`);
  expect(await closesAt()).toBe('2026-04-10T23:00:00.000Z');
});

test.each([
  ['5pm', '2026-04-15T16:00:00.000Z', '15 April 2026 at 5:00pm (London time)'],
  ['noon', '2026-04-15T11:00:00.000Z', '15 April 2026 at 12:00pm (London time)'],
])('it can close in the middle of its last day, at %s', async (time, instant, words) => {
  const { survey, lead, address, move, closesAt } = await openOn('2026-03-20T10:00:00Z');
  const page = await move({ ...day('2026-04-15'), 'last-time': time, reason: 'The office closes' });
  expect(page.text).toContain(`People can answer until ${words}`);
  expect(await closesAt()).toBe(instant);
  const sentence = `It closes on 15 April 2026 at ${/at (\S+)/.exec(words)![1]}, London time`;
  expect((await world.visitor().get('/s/END26')).text).toContain(sentence);
  expect((await lead.get(`/surveys/${survey.id}/share/poster`)).text).toContain(sentence);
  expect((await lead.get(address)).text).toMatch(/name="last-time"[^>]*value="1[27]:00"/);
});

test.each([
  ['x', 'Enter a time, such as 9am or 17:00'],
  ['midnight', 'Leave the time empty to close at midnight at the end of the day'],
  ['9am', 'The time must lie ahead.'],
])('a closing time of %s today is refused with a sentence', async (time, sentence) => {
  const { move } = await openOn('2026-03-20T10:00:00Z');
  const page = await move({ ...day('2026-03-20'), 'last-time': time, reason: 'Why' });
  expect(page.status).toBe(422);
  expect(page.text).toContain(`<a href="#last-time">${sentence}`);
});

test('on the day itself people read at what time it closes', async () => {
  const { move } = await openOn('2026-03-20T10:00:00Z');
  await move({ ...day('2026-03-20'), 'last-time': '5pm', reason: 'Why' });
  expect((await world.visitor().get('/s/END26')).text).toContain('It closes today at 5:00pm, London time');
});

test('today is a last day, and a colleague who was ahead is told', async () => {
  const { lead, address, move, closesAt } = await openOn('2026-03-20T10:00:00Z');
  const stale = /name="seen" value="([^"]*)"/.exec((await lead.get(address)).text)![1]!;
  await move({ ...day('2026-03-20'), reason: 'It ends tonight' });
  expect(await closesAt()).toBe('2026-03-21T00:00:00.000Z');
  const late = await lead.post(address, { seen: stale, ...day('2026-05-01'), reason: 'Longer' });
  expect(late.status).toBe(422);
  expect(late.text).toContain(
    'Somebody else has moved it meanwhile: people can now answer until the end of 20 March 2026',
  );
  expect(late.text).toContain('value="Longer"');
  expect(await closesAt()).toBe('2026-03-21T00:00:00.000Z');
});

test('only who runs the survey may move its end', async () => {
  const { survey, address } = await openOn('2026-03-20T10:00:00Z');
  for (const role of ['author', 'analyst', 'coordinator', 'reader'] as const) {
    const member = await world.signedIn(role, survey.projectId);
    await member.get('/projects');
    expect((await member.get(address)).status).toBe(403);
    expect((await member.post(address, { reason: 'x' })).status).toBe(403);
  }
  expect((await (await world.signedIn('lead')).get(address)).status).toBe(404);
});
