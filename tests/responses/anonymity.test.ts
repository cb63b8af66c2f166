import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import { draftKey, keepPage, startDraft, submitDraft } from '../../src/responses/responses.commands';
import { saveDraft } from '../../src/returns/returns.commands';
import { graceMinutes } from '../../src/surveys/survey';
import { sweep } from '../../workers/sweep';
import { makeContact } from '../contacts/make';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function foldAndShuffle(): Promise<void> {
  await world.queue.drain();
  await sweep(world.services);
  await world.queue.drain();
}

function rowsOf(table: string) {
  return world.db(table).select('*', world.db.raw('xmin::text, ctid::text'));
}

test('an anonymous response shares no value and no row version with any draft', async () => {
  const survey = await makeSurvey(world.services, { threshold: 8 });
  await makeResponses(world.services, survey, { count: 12, A1: 3 });
  await foldAndShuffle();

  const responses = await rowsOf('responses');
  const drafts = await rowsOf('drafts');
  expect(responses).toHaveLength(12);
  expect(drafts).toHaveLength(12);
  expect(responses.every((row) => row.shuffled && row.folded && row.reference_hash === null)).toBe(true);
  expect(drafts.every((row) => row.submitted && row.shuffled && Object.keys(row.answers).length === 0)).toBe(
    true,
  );
  // One transaction wrote all responses, another all spent drafts: the version tells one from none of the rest.
  expect(new Set(responses.map((row) => row.xmin)).size).toBe(1);
  expect(new Set(drafts.map((row) => row.xmin)).size).toBe(1);
  const known = new Set(drafts.map((row) => row.token_hash.toString('hex')));
  expect(responses.some((row) => known.has(String(row.id).replaceAll('-', '')))).toBe(false);
});

test('keys that lead back to a draft are gone when it is a response, and no bytes of them are left in any table', async () => {
  const survey = await makeSurvey(world.services);
  const plan = await getPlan(world.db, survey.versionId);
  const token = await startDraft(world.services, survey.id);
  const key = draftKey(world.services.secret, survey.id, token);
  const about = { given: { profession: 'rn_adult', setting: 'acute_ward' }, left: [] };
  for (const { name } of plan.pages) await keepPage(world.services, key, name, about);
  const keys = await saveDraft(world.services, survey.id, token);
  expect(keys).toBeDefined();
  const kept = await world.db('return_keys');
  expect(kept).toHaveLength(2);

  await submitDraft(world.services, survey, plan, token);
  expect(await saveDraft(world.services, survey.id, token)).toBeUndefined();
  expect(await world.db('return_keys')).toEqual([]);
  const stored = JSON.stringify([
    await world.db('responses').select(world.db.raw('responses::text as row')),
    await world.db('drafts').select(world.db.raw('drafts::text as row')),
  ]);
  for (const { key_hash: keyHash, sealed } of kept) {
    expect(stored).not.toContain(keyHash.toString('hex'));
    expect(stored).not.toContain(sealed);
  }
  await world.queue.drain();
});

test('rows are written anew only when enough have gathered to hide one, or nothing more can be sent', async () => {
  const survey = await makeSurvey(world.services, { threshold: 8 });
  await makeResponses(world.services, survey, { count: 7 });
  await foldAndShuffle();
  expect(await world.db('responses').where({ shuffled: true })).toHaveLength(0);

  // What was begun before the closing may still come, so a shuffle would leave a latecomer alone.
  world.clock.set(new Date(survey.closesAt.getTime() + graceMinutes * 60_000 - 1));
  await foldAndShuffle();
  expect(await world.db('responses').where({ shuffled: true })).toHaveLength(0);

  world.clock.advance(1);
  await foldAndShuffle();
  expect(await world.db('responses').where({ shuffled: true })).toHaveLength(7);
});

test('a few who answer last are written anew together with all the others', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const survey = await makeSurvey(world.services, { threshold: 8 });
  await makeResponses(world.services, survey, { count: 8, A1: 1 });
  await foldAndShuffle();
  world.clock.set(new Date(survey.closesAt.getTime() + 60_000));
  await makeResponses(world.services, survey, { A1: 4 });
  await foldAndShuffle();
  expect((await rowsOf('responses')).filter(({ shuffled }) => !shuffled)).toHaveLength(1);

  world.clock.advance(graceMinutes * 60_000);
  await foldAndShuffle();
  for (const table of ['responses', 'drafts']) {
    const rows = await rowsOf(table);
    expect(rows).toHaveLength(9);
    expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
    expect(rows.every(({ shuffled }) => shuffled)).toBe(true);
  }
  // The only one of their day: their response may say so, what is left of their draft may not.
  const days = (await rowsOf('drafts')).map(({ touched_on }) => touched_on);
  expect(new Set(days).size).toBe(1);
});

test('after the end a batch that is large enough stands by itself, and one more shuffle changes nothing', async () => {
  const survey = await makeSurvey(world.services, { threshold: 8 });
  await makeResponses(world.services, survey, { count: 8 });
  await foldAndShuffle();
  await makeResponses(world.services, survey, { count: 8 });
  world.clock.advance(29 * 86_400_000);
  await foldAndShuffle();
  const versions = async () => new Set((await rowsOf('responses')).map(({ xmin }) => xmin));
  const after = await versions();
  expect(after.size).toBe(2);
  await foldAndShuffle();
  expect(await versions()).toEqual(after);
});

test('the notice somebody was told goes on with the response, and leaves the draft', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const survey = await makeSurvey(world.services, { threshold: 8 });
  await makeResponses(world.services, survey, { count: 8 });
  const { content } = await world.db('notices').first();
  const second = { survey_id: survey.id, number: 2, content, made_at: '2026-03-02T12:00:00Z' };
  await world.db('notices').insert({ ...second, in_force_from: '2026-03-03T00:00:00Z' });
  world.clock.set('2026-03-03T10:00:00Z');
  await makeResponses(world.services, survey, {});
  expect((await rowsOf('drafts')).every(({ notice_id }) => notice_id !== null)).toBe(true);

  await foldAndShuffle();
  // The only one who was told the second: were it on the draft too, it would lead from one to the other.
  expect((await rowsOf('drafts')).map(({ notice_id }) => notice_id)).toEqual(Array(9).fill(null));
  const told = await world
    .db('responses as r')
    .join('notices as n', 'n.id', 'r.notice_id')
    .orderBy('n.number')
    .pluck('n.number');
  expect(told).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 2]);
});

test('the order of rows after a shuffle is not the order in which people answered', async () => {
  const survey = await makeSurvey(world.services, { threshold: 8 });
  for (let person = 0; person < 30; person += 1) {
    await makeResponses(world.services, survey, { A1: person % 5, A2: Math.floor(person / 5) % 5 });
  }
  await world.queue.drain();
  const before = await world.db('responses').orderBy('ctid').pluck('id');
  await sweep(world.services);
  await world.queue.drain();
  const after = await world.db('responses').orderBy('ctid').pluck('id');

  expect([...after].sort()).toEqual([...before].sort());
  expect(after).not.toEqual(before);
});

test('a confidential response keeps the keyed hash of its reference, and nothing else of the draft', async () => {
  const survey = await makeSurvey(world.services, { promise: 'confidential' });
  await makeResponses(world.services, survey, {});
  const [response] = await world.db('responses');
  expect(response.reference_hash).toHaveLength(32);
});

test('times are days: no column of a draft, its keys or a response holds an exact one', async () => {
  const columns = await world
    .db('information_schema.columns')
    .where({ table_schema: 'public' })
    .whereIn('table_name', ['drafts', 'responses', 'return_keys'])
    .where('data_type', 'like', 'time%')
    .pluck('column_name');
  expect(columns).toEqual([]);
});

test('who was invited and has answered shares no value and no row version with any response', async () => {
  const survey = await makeSurvey(world.services, { threshold: 8 });
  const plan = await getPlan(world.db, survey.versionId);
  const [link] = await world
    .db('survey_links')
    .insert({ survey_id: survey.id, code: 'WARD5', name: 'Ward 5', made_at: new Date() })
    .returning('id');
  const contactIds: string[] = [];
  for (let person = 0; person < 9; person += 1) {
    contactIds.push(
      await makeContact(world.db, survey, { email: `nurse-${person}@example.org`, linkId: link.id }),
    );
  }
  for (const contactId of contactIds.slice(1)) {
    const arrival = {
      contactId,
      linkId: link.id,
      answers: { profession: 'midwife', setting: 'gp_practice' },
    };
    const token = await startDraft(world.services, survey.id, arrival);
    expect(await startDraft(world.services, survey.id, arrival)).toBe(token);
    const key = draftKey(world.services.secret, survey.id, token);
    for (const { name } of plan.pages) await keepPage(world.services, key, name, { given: {}, left: [] });
    expect(await submitDraft(world.services, survey, plan, token, { minutes: 4 })).toMatchObject({
      outcome: 'submitted',
    });
    expect(await submitDraft(world.services, survey, plan, token)).toEqual({ outcome: 'submitted' });
  }
  await foldAndShuffle();

  const responses = await rowsOf('responses');
  expect(responses).toHaveLength(8);
  expect(responses.every(({ facets }) => facets[0] === 'midwife')).toBe(true);
  const invitations = await rowsOf('invitations');
  const answered = invitations.filter((row) => row.answered);
  expect(answered).toHaveLength(8);
  expect(answered.every((row) => row.shuffled && row.link_id === null)).toBe(true);
  expect(new Set(answered.map(({ xmin }) => xmin)).size).toBe(1);
  const drafts = await rowsOf('drafts');
  const versions = new Set([...responses, ...drafts].map(({ xmin }) => xmin));
  expect(answered.some(({ xmin }) => versions.has(xmin))).toBe(false);
  expect(drafts.every((row) => row.contact_id === null && row.link_id === null && row.minutes === null)).toBe(
    true,
  );
  const stored = JSON.stringify([responses, drafts]);
  expect(contactIds.some((id) => stored.includes(id))).toBe(false);
  expect(await world.db('survey_counts').select('kind', 'count').orderBy('kind')).toEqual([
    { kind: 'begun', count: 8 },
    { kind: 'link', count: 8 },
    { kind: 'minutes', count: 8 },
  ]);
});

test('somebody invited has answered only when the response is stored with it', async () => {
  const survey = await makeSurvey(world.services);
  const plan = await getPlan(world.db, survey.versionId);
  const contactId = await makeContact(world.db, survey);
  const token = await startDraft(world.services, survey.id, { contactId });
  expect(await submitDraft(world.services, survey, plan, token)).toMatchObject({ outcome: 'unfinished' });
  expect(await world.db('invitations').first('answered')).toEqual({ answered: false });
});
