import { operator } from '../../src/audit/actor';
import { countInvited, keepInvitedTotals } from '../../src/progress/invited.queries';
import { countAnswers } from '../../src/responses/progress-counts.queries';
import { startDraft } from '../../src/responses/responses.commands';
import { countByLink } from '../../src/responses/ways.queries';
import { planRetention, runRetention } from '../../src/retention/retention.commands';
import { checkTallies } from '../../src/tallies/tallies.commands';
import { makeLink } from '../contacts/make';
import { makeInvited } from '../invitations/make';
import { answerAs, crowd, dumpOf, prepared, published } from '../releases/make';
import { openCommandLine } from '../support/cli';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { makeWrittenSurvey, manyTexts, write } from '../texts/make';
import { rowsOf, tellDay } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.reset();
  world.clock.set('2026-03-01T12:00:00Z');
});
afterAll(() => world.close());

/** As each minute does it. */
async function sweep(): Promise<void> {
  await world.queue.add('sweep', {});
  await world.queue.drain();
  await world.queue.drain();
}

const mine = ['contacts', 'invitations', 'drafts', 'responses', 'tallies', 'texts', 'survey_counts'];
const over = { idleBefore: '2026-03-01', isOver: true };

async function entries(action: string): Promise<{ detail: Record<string, number>; actor: string }[]> {
  return world.db('audit_entries').where({ action }).orderBy('id').select('detail', 'actor');
}

test('everything goes at its day by itself, once, and what was published stays as it was', async () => {
  const { db, services, clock } = world;
  const survey = await makeSurvey(services, { lastDay: '2026-03-28' });
  const kept = await makeSurvey(services, { lastDay: '2027-03-28' });
  await makeResponses(services, kept, { count: 3, A1: 2 });
  await startDraft(services, kept.id);
  await answerAs(world, survey, crowd);
  const linkId = await makeLink(db, survey);
  await startDraft(services, survey.id);
  await db('drafts').where({ survey_id: survey.id, submitted: false }).update({ link_id: linkId });
  const { address } = await makeInvited(world, survey);
  const release = await published(world, survey);
  await makeResponses(services, survey, { count: 12, A1: 2 });
  const another = await prepared(world, survey);
  expect(another.state).not.toBe('published');
  await tellDay(world, survey, '2026-06-30');
  const before = await dumpOf(world, release.id);
  const untouched = await rowsOf(world, kept, mine);

  clock.set('2026-04-27T12:00:00Z');
  await sweep();
  expect(await rowsOf(world, survey, ['contacts', 'responses'])).toEqual({ contacts: 1, responses: 101 });
  const answers = await countAnswers(db, survey.id, over);
  const invited = await countInvited(db, survey.id, over);
  const byLink = await countByLink(db, survey.id);

  clock.set('2026-04-28T00:05:00Z');
  await sweep();
  expect(await rowsOf(world, survey, ['contacts', 'invitations', 'responses'])).toEqual({
    ...{ contacts: 0, invitations: 0, responses: 101 },
  });
  expect(await db('drafts').where({ survey_id: survey.id, submitted: false })).toEqual([]);
  expect(await db('messages')).toEqual([]);
  expect((await world.visitor().get(address)).status).toBe(404);
  // How it went is told as before.
  expect(await countAnswers(db, survey.id, over)).toEqual(answers);
  expect(await countInvited(db, survey.id, over)).toEqual(invited);
  expect(await countByLink(db, survey.id)).toEqual(byLink);
  expect(await entries('unfinished answers destroyed')).toEqual([{ actor: 'system', detail: { drafts: 1 } }]);
  expect(await entries('contact list deleted')).toEqual([{ actor: 'system', detail: { people: 1 } }]);

  clock.set('2026-06-29T12:00:00Z');
  await sweep();
  expect(await checkTallies(services, survey.id)).toEqual([]);
  expect(await rowsOf(world, survey, ['responses'])).toEqual({ responses: 101 });

  clock.set('2026-06-30T00:05:00Z');
  await sweep();
  await sweep();
  const nothing = Object.fromEntries(mine.map((table) => [table, 0]));
  expect(await rowsOf(world, survey, mine)).toEqual(nothing);
  expect(await checkTallies(services, survey.id)).toEqual([]);
  expect(await db('releases').where({ survey_id: survey.id }).pluck('number')).toEqual([release.number]);
  expect(await dumpOf(world, release.id)).toBe(before);
  expect(await entries('answers destroyed')).toEqual([
    { actor: 'system', detail: { responses: 101, texts: 0, reports: 1 } },
  ]);
  expect(await rowsOf(world, kept, mine)).toEqual(untouched);
  expect(await planRetention(services)).toMatchObject({ now: [] });
  expect((await db('retention_runs').orderBy('day')).length).toBe(4);
  const lead = await world.signedIn('lead', survey.projectId);
  expect((await lead.get(`/reports/${release.id}`)).status).toBe(200);
  expect((await lead.get(`/surveys/${survey.id}/progress`)).status).toBe(200);
  expect((await lead.get(`/surveys/${survey.id}/working-report`)).status).toBe(200);
});

test('texts go with the answers, as they were written and as they were released', async () => {
  const { db, services, clock } = world;
  const survey = await makeWrittenSurvey(services);
  await write(world, survey, manyTexts(12), { confident: '3' });
  expect((await rowsOf(world, survey, ['texts'])).texts).toBeGreaterThan(7);
  await tellDay(world, survey, '2026-05-01');
  clock.set('2026-05-01T12:00:00Z');
  const gone = await runRetention(services, operator, keepInvitedTotals);
  expect(gone.map(({ rule, count }) => [rule, count])).toEqual([['answers', 12]]);
  expect(await db('texts')).toEqual([]);
  expect(await db('quotes')).toEqual([]);
});

test('a day that somebody was told stands, and a later notice postpones only what nobody was told', async () => {
  const { services, clock } = world;
  const told = await makeSurvey(services, { lastDay: '2026-03-28', promise: 'confidential' });
  const untold = await makeSurvey(services, { lastDay: '2026-03-28', promise: 'confidential' });
  await tellDay(world, told, '2026-04-10');
  await makeResponses(services, told, { A1: 2 });
  await tellDay(world, told, '2029-04-10');
  await tellDay(world, untold, '2026-04-10');
  clock.advance(60_000);
  await tellDay(world, untold, '2029-04-10');
  await makeResponses(services, untold, { A1: 2 });
  clock.set('2026-04-10T12:00:00Z');
  await runRetention(services, operator, keepInvitedTotals);
  expect(await rowsOf(world, told, ['responses'])).toEqual({ responses: 0 });
  expect(await rowsOf(world, untold, ['responses'])).toEqual({ responses: 1 });
});

test('what fails for one survey stops no other, and the day is not done', async () => {
  const { db, services, clock } = world;
  const [stuck, free] = [await makeSurvey(services), await makeSurvey(services)];
  for (const survey of [stuck, free]) {
    await makeResponses(services, survey, { A1: 2 });
    await tellDay(world, survey, '2026-04-10');
  }
  await db.raw(`create function refuse_for_test() returns trigger language plpgsql as
    $$ begin if old.survey_id = '${stuck.id}' then raise exception 'not this one'; end if; return old; end $$;
    create trigger refuse_for_test before delete on responses for each row execute function refuse_for_test()`);
  clock.set('2026-04-10T12:00:00Z');
  try {
    await expect(runRetention(services, operator, keepInvitedTotals)).rejects.toThrow('not this one');
    expect(await rowsOf(world, stuck, ['responses'])).toEqual({ responses: 1 });
    expect(await checkTallies(services, stuck.id)).toEqual([]);
    expect(await rowsOf(world, free, ['responses'])).toEqual({ responses: 0 });
    expect(await db('retention_runs')).toEqual([]);
  } finally {
    await db.raw('drop trigger refuse_for_test on responses; drop function refuse_for_test()');
  }
  await runRetention(services, operator, keepInvitedTotals);
  expect(await rowsOf(world, stuck, ['responses'])).toEqual({ responses: 0 });
  expect((await entries('answers destroyed')).length).toBe(2);
});

test('two runs at a time destroy nothing twice', async () => {
  const { services, clock } = world;
  const survey = await makeSurvey(services);
  await makeResponses(services, survey, { count: 5, A1: 2 });
  await tellDay(world, survey, '2026-04-10');
  clock.set('2026-04-10T12:00:00Z');
  const run = () => runRetention(services, operator, keepInvitedTotals);
  await Promise.all([run(), run()]);
  const told = await entries('answers destroyed');
  expect(told.reduce((sum, { detail }) => sum + detail.responses!, 0)).toBe(5);
  expect(told.filter(({ detail }) => detail.responses! > 0).length).toBe(1);
});

test('an administrator sees what would go and has it go; a lead sees when, and nobody else may', async () => {
  const { services, clock } = world;
  const survey = await makeSurvey(services, { lastDay: '2026-03-28' });
  const open = await makeSurvey(services, { lastDay: '2026-05-20' });
  await makeResponses(services, survey, { count: 7, A1: 2 });
  await makeResponses(services, open, { count: 9, A1: 2 });
  await tellDay(world, survey, '2026-05-01');
  await tellDay(world, open, '2026-05-25');
  clock.set('2026-04-20T12:00:00Z');
  const lead = await world.signedIn('lead', survey.projectId);
  const before = await lead.get(`/surveys/${survey.id}`);
  expect(before.text).toContain('All answers to this survey are deleted on 1 May 2026.');
  const page = await lead.get(`/surveys/${survey.id}/retention`);
  expect(page.text).toContain('1 May 2026');
  expect(page.text).toContain('The day of the answers is the one that the privacy notice names.');
  expect((await lead.get('/admin/retention')).status).toBe(403);
  await lead.post('/admin/retention/run', {}).expect(403);
  const reader = await world.signedIn('reader', survey.projectId);
  expect((await reader.get(`/surveys/${survey.id}/retention`)).status).toBe(403);
  const stranger = await world.signedIn('lead', open.projectId);
  expect((await stranger.get(`/surveys/${survey.id}/retention`)).status).toBe(404);

  clock.set('2026-05-01T12:00:00Z');
  const admin = await world.signedIn('platform_admin');
  const plan = await admin.get('/admin/retention');
  expect(plan.text).toMatch(new RegExp(`${survey.name}</a></th><td>[^<]*</td><td>Answers</td><td>7</td>`));
  expect(plan.text).toMatch(
    new RegExp(`${open.name}</a></th><td>[^<]*</td><td>Answers</td><td>Not counted while it is open</td>`),
  );
  expect((await admin.get('/admin/retention/run')).text).toContain('This cannot be undone');
  expect(await rowsOf(world, survey, ['responses'])).toEqual({ responses: 7 });
  await admin.post('/admin/retention/run', {}).expect(303);
  const after = await admin.get('/admin/retention');
  expect(after.text).toContain('1 thing past its day is destroyed');
  expect(after.text).toContain('<td>responses 7</td>');
  expect(await rowsOf(world, survey, ['responses', 'tallies'])).toEqual({ responses: 0, tallies: 0 });
  expect((await entries('answers destroyed'))[0]!.actor).toBe('account');
});

test('the command line tells what would go before it goes', async () => {
  const { services, clock } = world;
  // The command line's clock is the machine's.
  clock.set('2020-03-01T12:00:00Z');
  const survey = await makeSurvey(services, { lastDay: '2020-03-28' });
  await makeResponses(services, survey, { count: 4, A1: 2 });
  await tellDay(world, survey, '2020-06-30');
  await world.queue.drain(); // A command that waits for our own worker would wait for ever: it stands still meanwhile.
  const line = openCommandLine(world);
  try {
    const told = { survey: survey.code, rule: 'answers', day: '2020-06-30', count: 4 };
    const dry = line.run('retention', 'run', '--dry-run');
    expect(dry.said).toBe('');
    expect(JSON.parse(dry.out.toString())).toEqual(told);
    expect(await rowsOf(world, survey, ['responses'])).toEqual({ responses: 4 });
    expect(JSON.parse(line.run('retention', 'run').out.toString())).toEqual(told);
    expect(await rowsOf(world, survey, ['responses', 'drafts', 'tallies'])).toEqual({
      ...{ responses: 0, drafts: 0, tallies: 0 },
    });
    expect(line.run('retention', 'run').out.toString()).toBe('');
  } finally {
    line.close();
  }
});

test('e-mails, untaken invitations to reports and counts of wrong tries go once their time is over', async () => {
  const { db, clock } = world;
  const letter = { recipient: 'a@example.org', subject: 'S', text: 'T' };
  const id = (end: string) => `6b2fe1d8-0d51-4f0a-93c4-6f6d5a1c1b${end}`;
  await db('outbox').insert([
    { ...letter, id: id('11'), kept_at: '2026-01-20T12:00:00Z' },
    { ...letter, id: id('12'), kept_at: '2026-02-20T12:00:00Z' },
  ]);
  await db('sign_in_limits').insert([
    { key: 'old', points: 3, expire: Date.parse('2026-02-28T12:00:00Z') },
    { key: 'new', points: 3, expire: Date.parse('2026-03-02T12:00:00Z') },
  ]);
  clock.set('2026-03-01T12:00:00Z');
  await sweep();
  expect(await db('outbox').pluck('id')).toEqual([id('12')]);
  expect(await db('sign_in_limits').pluck('key')).toEqual(['new']);
});
