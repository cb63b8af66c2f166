import { operator } from '../../src/audit/actor';
import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import { readResponses } from '../../src/responses/responses-file.form';
import { graceMinutes } from '../../src/surveys/survey';
import { checkTallies, foldResponses, rebuildTallies, removeBatch } from '../../src/tallies/tallies.commands';
import { gatherTexts, withdrawWithTexts } from '../../src/texts/gathering.commands';
import { sweep } from '../../workers/sweep';
import { makeResponses, makeSurvey, storeFile } from '../support/make';
import { openWorld, type World } from '../support/world';
import { makeWrittenSurvey, manyTexts, write } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function sweepAll(): Promise<void> {
  await world.queue.drain();
  await sweep(world.services);
  await world.queue.drain();
}

const originals = async () => (await world.db('texts').pluck('original')).sort();

test('texts of an anonymous survey leave their responses, and share with them nothing but a group and a week', async () => {
  world.clock.set('2026-03-04T10:00:00Z');
  const survey = await makeWrittenSurvey(world.services);
  const texts = manyTexts(8);
  await write(world, survey, texts, { else: 'Ring Susan Miles on 07700 900123', confident: '4' });
  await sweepAll();

  expect(await originals()).toEqual(
    [...texts, ...texts.map(() => 'Ring Susan Miles on 07700 900123')].sort(),
  );
  const responses = await world.db('responses').select('*', world.db.raw('xmin::text'));
  expect(JSON.stringify(responses)).not.toMatch(/task|Susan/);
  expect(responses.every((row) => row.gathered && row.shuffled && row.answers === null)).toBe(true);
  const rows = await world.db('texts').select('*', world.db.raw('xmin::text'));
  expect(rows[0]).toMatchObject({ week: '2026-03-02', batch_id: null, state: 'waiting', redacted: null });
  expect(rows[0].groups).toEqual({ profession: 'rn_adult', setting: 'gp_practice' });
  // One transaction wrote all, and one all responses: neither row versions nor ids nor keys join them.
  expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
  const known = new Set(responses.map(({ id }) => String(id).replaceAll('-', '')));
  expect(
    rows.some(({ id, person }) => known.has(id.replaceAll('-', '')) || known.has(person.toString('hex'))),
  ).toBe(false);
  expect(new Set(rows.map(({ person }) => person.toString('hex'))).size).toBe(8);
});

test('a text is masked when it comes, before anybody can see it', async () => {
  const survey = await makeWrittenSurvey(world.services);
  await world.db('organisations').insert({ name: 'Riverbank Health' });
  await write(world, survey, [...manyTexts(7), 'Dr Patel at Riverbank Health never listens']);
  const found = await world.db('texts').whereRaw('found <> ?', ['{}']).select('masked', 'found');
  expect(found).toEqual([
    { masked: '[name] at [organisation] never listens', found: ['name', 'organisation'] },
  ]);
});

test('texts come in bunches that hide one, or at the end', async () => {
  const survey = await makeWrittenSurvey(world.services);
  await write(world, survey, manyTexts(7));
  await sweepAll();
  expect(await originals()).toEqual([]);
  await write(world, survey, ['The eighth']);
  expect(await originals()).toHaveLength(8);
  await write(world, survey, ['Late one', 'Late two']);
  expect(await originals()).toHaveLength(8);

  world.clock.set(new Date(survey.closesAt.getTime() + graceMinutes * 60_000));
  await sweepAll();
  await sweepAll();
  const rows = await world.db('texts').select('original', world.db.raw('xmin::text, ctid::text'));
  expect(rows.map(({ original }) => original).sort()).toEqual(
    [...manyTexts(7), 'Late one', 'Late two', 'The eighth'].sort(),
  );
  // The last two were written anew with all the others, and their responses too.
  expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
  const responses = await world.db('responses').select('shuffled', world.db.raw('xmin::text'));
  expect(new Set(responses.map(({ xmin, shuffled }) => `${xmin} ${shuffled}`)).size).toBe(1);
});

test('the order of the texts is not the order they came in', async () => {
  const survey = await makeWrittenSurvey(world.services);
  const texts = manyTexts(40);
  for (const helps of texts) await makeResponses(world.services, survey, { helps });
  world.clock.advance(29 * 86_400_000);
  await sweepAll();
  const stored = await world.db('texts').orderBy('ctid').pluck('original');
  expect([...stored].sort()).toEqual([...texts].sort());
  expect(stored).not.toEqual(texts);
  expect(await world.db('texts').orderBy('id').pluck('original')).not.toEqual(texts);
});

test('a gathering that dies before its commit has taken nothing, and the next one loses nothing', async () => {
  const survey = await makeWrittenSurvey(world.services);
  for (const helps of manyTexts(9)) await makeResponses(world.services, survey, { helps });
  // What a killed process does: the transaction is never committed.
  await world.db.raw(`
    create function die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$;
    create trigger die after insert on texts for each row execute function die()`);
  try {
    await foldResponses(world.services, survey.id);
    await expect(gatherTexts(world.services, survey.id)).rejects.toThrow('killed');
    expect(await originals()).toEqual([]);
    expect(JSON.stringify(await world.db('responses').pluck('answers'))).toContain('task 9');
  } finally {
    await world.db.raw('drop trigger die on texts; drop function die()');
  }
  await sweepAll();
  expect(await originals()).toEqual(manyTexts(9).sort());
});

test('eight workers at once put every text there exactly once', async () => {
  const survey = await makeWrittenSurvey(world.services);
  for (const helps of manyTexts(30)) await makeResponses(world.services, survey, { helps });
  world.clock.advance(29 * 86_400_000); // Nothing waits for others any more.
  await foldResponses(world.services, survey.id);
  await Promise.all(Array.from({ length: 8 }, () => gatherTexts(world.services, survey.id)));
  expect(await originals()).toEqual(manyTexts(30).sort());
});

test('counting afresh leaves the texts as they are', async () => {
  const survey = await makeWrittenSurvey(world.services);
  await write(world, survey, manyTexts(9));
  const before = await world.db('texts').orderBy('id');
  await rebuildTallies(world.services, operator, survey.id);
  await world.db('tallies').delete();
  await world.db('responses').update({ folded: false });
  await sweepAll();
  expect(await world.db('texts').orderBy('id')).toEqual(before);
  expect(await checkTallies(world.services, survey.id)).toEqual([]);
});

test('of a confidential survey the response keeps its texts, and whoever withdraws takes both', async () => {
  const survey = await makeWrittenSurvey(world.services, { promise: 'confidential' });
  await write(world, survey, manyTexts(8));
  const nurse = world.visitor();
  await nurse.get(`/s/${survey.code}`);
  await nurse.submit(`/s/${survey.code}`, {});
  await nurse.submit(`/s/${survey.code}/pages/1`, { profession: 'midwife', setting: 'acute_ward' });
  await nurse.submit(`/s/${survey.code}/pages/2`, { helps: 'Mine alone', else: 'And this' });
  const receipt = await nurse.submit(`/s/${survey.code}/check`, {});
  const reference = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(receipt.text)![0];
  world.clock.advance(29 * 86_400_000);
  await sweepAll();
  expect(await world.db('texts').where({ original: 'Mine alone' })).toHaveLength(1);
  expect(await world.db('texts')).toHaveLength(10);
  expect(JSON.stringify(await world.db('responses').pluck('answers'))).toContain('Mine alone');
  const [{ person }] = await world.db('texts').where({ original: 'Mine alone' });
  expect(await world.db('texts').where({ person })).toHaveLength(2);

  const asked = { reference, reason: 'They asked' };
  expect(await withdrawWithTexts(world.services, operator, survey.id, asked)).toBe(true);
  expect(await originals()).toEqual(manyTexts(8).sort());
  expect(await world.db('responses')).toHaveLength(8);
  expect(await withdrawWithTexts(world.services, operator, survey.id, asked)).toBe(false);
});

test('a withdrawal before the texts were gathered takes them too', async () => {
  const survey = await makeWrittenSurvey(world.services, { promise: 'confidential' });
  const nurse = world.visitor();
  await nurse.get(`/s/${survey.code}`);
  await nurse.submit(`/s/${survey.code}`, {});
  await nurse.submit(`/s/${survey.code}/pages/1`, { profession: 'midwife', setting: 'acute_ward' });
  await nurse.submit(`/s/${survey.code}/pages/2`, { helps: 'Mine alone' });
  const receipt = await nurse.submit(`/s/${survey.code}/check`, {});
  const reference = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(receipt.text)![0];
  await world.queue.drain();
  expect(await withdrawWithTexts(world.services, operator, survey.id, { reference, reason: 'Asked' })).toBe(
    true,
  );
  world.clock.advance(29 * 86_400_000);
  await sweepAll();
  expect(await originals()).toEqual([]);
});

test('texts of a file come in with its responses, and go with the batch', async () => {
  const survey = await makeWrittenSurvey(world.services);
  const plan = await getPlan(world.db, survey.versionId);
  const rows = manyTexts(9).map((text, number) => [`r${number}`, 'midwife', 'acute_ward', '3', text]);
  const read = readResponses([['response_id', 'profession', 'setting', 'confident', 'helps'], ...rows], plan);
  expect(await storeFile(world.services, survey, plan, read.responses)).toBe(9);
  await sweepAll();
  expect(await originals()).toEqual(manyTexts(9).sort());
  // Sent twice, it is there once.
  expect(await storeFile(world.services, survey, plan, read.responses)).toBe(0);
  await sweepAll();
  expect(await originals()).toHaveLength(9);
  const [{ id }] = await world.db('response_batches');
  expect(await removeBatch(world.services, operator, survey.id, id)).toBe(9);
  expect(await originals()).toEqual([]);
});

test('a survey without questions in one’s own words has no texts, and its answers stay', async () => {
  const survey = await makeSurvey(world.services);
  await makeResponses(world.services, survey, { count: 12, A1: 2 });
  await sweepAll();
  expect(await world.db('texts')).toEqual([]);
  expect(await world.db('responses')).toHaveLength(12);
});

test('more than a batch is gathered to the last text', async () => {
  const survey = await makeWrittenSurvey(world.services);
  const plan = await getPlan(world.db, survey.versionId);
  const rows = manyTexts(1003).map((text) => ['midwife', 'acute_ward', text]);
  const read = readResponses([['profession', 'setting', 'helps'], ...rows], plan);
  await storeFile(world.services, survey, plan, read.responses);
  await foldResponses(world.services, survey.id);
  await gatherTexts(world.services, survey.id);
  expect(await originals()).toEqual(manyTexts(1003).sort());
});
