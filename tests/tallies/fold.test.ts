import { operator } from '../../src/audit/actor';
import type { Survey } from '../../src/surveys/survey';
import { checkTallies, foldResponses, rebuildTallies } from '../../src/tallies/tallies.commands';
import { readTallies } from '../../src/tallies/tallies.queries';
import { sweep } from '../../workers/sweep';
import { gapSources, makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function respondentsByStratum(survey: Survey): Promise<Record<string, number>> {
  const tallies = await readTallies(world.db, survey.id);
  return Object.fromEntries(tallies.map(({ stratum, respondents }) => [stratum.join(' '), respondents]));
}

test('a submission is counted by the worker, in its stratum', async () => {
  const survey = await makeSurvey(world.services);
  await makeResponses(world.services, survey, {
    profession: 'midwife',
    setting: 'acute_ward',
    A1: 4,
    A2: 'na',
  });
  await makeResponses(world.services, survey, { count: 2 });
  await world.queue.drain();

  expect(await respondentsByStratum(survey)).toEqual({ 'midwife acute_ward': 1, 'rn_adult gp_practice': 2 });
  const [midwife] = await readTallies(world.db, survey.id);
  // For each of A1, A2 and B1: skipped, not shown, not my role, don't know, then levels 0 to 4.
  expect(midwife!.counts.slice(0, 27)).toEqual([
    ...[0, 0, 0, 0, 0, 0, 0, 0, 1],
    ...[0, 0, 1, 0, 0, 0, 0, 0, 0],
    ...[1, 0, 0, 0, 0, 0, 0, 0, 0],
  ]);
});

test('ticks are counted by every combination of sources', async () => {
  const survey = await makeSurvey(world.services, { gapSources });
  const sources = { A__where: ['prereg', 'offer'], A__where_main: 'offer', B__where: 'none' };
  await makeResponses(world.services, survey, sources);
  await world.queue.drain();

  const [tally] = await readTallies(world.db, survey.id);
  const whereA = tally!.counts.slice(27, 27 + 12);
  expect(whereA.indexOf(1)).toBe(4 + 0b101);
  const whereB = tally!.counts.slice(27 + 12, 27 + 24);
  expect(whereB.indexOf(1)).toBe(4 + 0);
  const mainA = tally!.counts.slice(27 + 24, 27 + 24 + 7);
  expect(mainA.indexOf(1)).toBe(4 + 2);
  const mainB = tally!.counts.slice(27 + 24 + 7, 27 + 24 + 14);
  expect(mainB.indexOf(1)).toBe(1);
});

test('eight folds at once count every response exactly once', async () => {
  const survey = await makeSurvey(world.services);
  await makeResponses(world.services, survey, { count: 40, A1: 1 });
  await world.queue.drain();
  await world.db('tallies').delete();
  await world.db('responses').update({ folded: false });
  await Promise.all(Array.from({ length: 8 }, () => foldResponses(world.services, survey.id)));

  expect(await respondentsByStratum(survey)).toEqual({ 'rn_adult gp_practice': 40 });
});

test('a fold waits for what another has in hand, so that all is counted when it returns', async () => {
  const survey = await makeSurvey(world.services);
  await makeResponses(world.services, survey, { count: 3 });
  await world.queue.drain();
  await world.db('tallies').delete();
  await world.db('responses').update({ folded: false });
  const other = await world.db.transaction();
  await other('responses').orderBy('id').limit(1).forUpdate();

  let returned = false;
  const fold = foldResponses(world.services, survey.id).then(() => {
    returned = true;
  });
  while (!(await waitsForALock())) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(returned).toBe(false);
  expect(await respondentsByStratum(survey)).toEqual({ 'rn_adult gp_practice': 2 });
  await other.rollback();
  await fold;
  expect(await respondentsByStratum(survey)).toEqual({ 'rn_adult gp_practice': 3 });
});

async function waitsForALock(): Promise<boolean> {
  const { rows } = await world.db.raw(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length > 0;
}

test('a fold that dies before its commit has counted nothing', async () => {
  const survey = await makeSurvey(world.services);
  await makeResponses(world.services, survey, { count: 3 });
  await world.queue.drain();
  await world.db('tallies').delete();
  await world.db('responses').update({ folded: false });
  await world.db.raw(`
    create function die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$;
    create trigger die before update of folded on responses for each row execute function die()`);
  try {
    await expect(foldResponses(world.services, survey.id)).rejects.toThrow('killed');
    expect(await respondentsByStratum(survey)).toEqual({});
  } finally {
    await world.db.raw('drop trigger die on responses; drop function die()');
  }
  await foldResponses(world.services, survey.id);
  expect(await respondentsByStratum(survey)).toEqual({ 'rn_adult gp_practice': 3 });
});

test('what the queue forgot, the sweep finds', async () => {
  const survey = await makeSurvey(world.services);
  await makeResponses(world.services, survey, { count: 2 });
  await world.queue.drain();
  // As if the fold had never been asked for.
  await world.db('tallies').delete();
  await world.db('responses').update({ folded: false });

  await sweep(world.services);
  await world.queue.drain();
  expect(await respondentsByStratum(survey)).toEqual({ 'rn_adult gp_practice': 2 });
});

test('counting afresh agrees to the last unit, and run twice changes nothing', async () => {
  const survey = await makeSurvey(world.services, { gapSources });
  for (const profession of ['rn_adult', 'rn_child', 'midwife']) {
    await makeResponses(world.services, survey, { profession, A1: 2, B__where: ['prereg'], count: 5 });
  }
  await world.queue.drain();
  const folded = await readTallies(world.db, survey.id);

  expect(await checkTallies(world.services, survey.id)).toEqual([]);
  await rebuildTallies(world.services, operator, survey.id);
  await rebuildTallies(world.services, operator, survey.id);
  expect(await readTallies(world.db, survey.id)).toEqual(folded);
});

test('the check names the stratum whose counts differ, and a rebuild mends it', async () => {
  const survey = await makeSurvey(world.services);
  await makeResponses(world.services, survey, { count: 3 });
  await world.queue.drain();
  await world.db('tallies').update({ respondents: 4 });
  expect(await checkTallies(world.services, survey.id)).toEqual([['rn_adult', 'gp_practice']]);
  await world.db('tallies').update({ respondents: 3 });
  await world.db.raw('update tallies set counts[1] = counts[1] + 1');
  expect(await checkTallies(world.services, survey.id)).toEqual([['rn_adult', 'gp_practice']]);
  await world.db('tallies').delete();
  expect(await checkTallies(world.services, survey.id)).toEqual([['rn_adult', 'gp_practice']]);

  await rebuildTallies(world.services, operator, survey.id);
  expect(await checkTallies(world.services, survey.id)).toEqual([]);
});

test('answers sent while a survey is counted afresh are counted too', async () => {
  const survey = await makeSurvey(world.services);
  await makeResponses(world.services, survey, { count: 20 });
  await Promise.all([
    makeResponses(world.services, survey, { count: 20 }),
    rebuildTallies(world.services, operator, survey.id),
    rebuildTallies(world.services, operator, survey.id),
  ]);
  await world.queue.drain();

  expect(await respondentsByStratum(survey)).toEqual({ 'rn_adult gp_practice': 40 });
  expect(await checkTallies(world.services, survey.id)).toEqual([]);
});
