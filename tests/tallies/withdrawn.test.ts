import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { operator } from '../../src/audit/actor';
import { firstValueCode } from '../../src/questionnaires/coding';
import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import { insertBatch } from '../../src/responses/batches.queries';
import { insertImported } from '../../src/responses/responses.queries';
import type { Survey } from '../../src/surveys/survey';
import { layoutOf } from '../../src/tallies/layout';
import {
  answersHash,
  checkTallies,
  foldResponses,
  readForRelease,
  rebuildTallies,
  removeBatch,
  withdrawResponse,
} from '../../src/tallies/tallies.commands';
import { readTallies } from '../../src/tallies/tallies.queries';
import type { Tally } from '../../src/tallies/tally';
import { makeResponses, makeSurvey, professions, settings, smallFramework } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** Domains of three and two competencies. */
const framework = smallFramework({
  domains: [
    { code: 'A', title: 'Listening', competencies: ['A1', 'A2', 'A3'].map(named) },
    { code: 'B', title: 'Writing', competencies: ['B1', 'B2'].map(named) },
  ],
});
function named(code: string) {
  return { code, title: code, description: code };
}

interface Person {
  facets: string[];
  codes: number[];
}

/** Anybody's answers to so many items of five values, most of them values. */
const anyPeople = (items: number, most: number) =>
  fc.array(
    fc.record({
      facets: fc.tuple(fc.constantFrom(...professions), fc.constantFrom(...settings)),
      codes: fc.array(
        fc.oneof(
          { weight: 6, arbitrary: fc.integer({ min: firstValueCode, max: firstValueCode + 4 }) },
          { weight: 1, arbitrary: fc.nat(firstValueCode - 1) },
        ),
        { minLength: items, maxLength: items },
      ),
    }),
    { minLength: 1, maxLength: most },
  );

/** Stores these people's answers as a batch of its own, and counts them. */
async function answered(survey: Survey, people: readonly Person[]): Promise<string> {
  const { id: surveyId, versionId } = survey;
  const batchId = await world.db.transaction(async (trx) => {
    const batchId = await insertBatch(trx, {
      ...{ surveyId, tool: 'own', fileName: 'answers.csv', responses: people.length },
      ...{ accountId: null, importedAt: world.services.clock.now() },
    });
    const responses = people.map(({ facets, codes }) => ({
      ...{ id: null, facets, answers: null },
      ratings: Buffer.from(codes),
    }));
    await insertImported(trx, { surveyId, versionId, batchId, submittedOn: '2026-01-31' }, responses);
    return batchId;
  });
  await foldResponses(world.services, surveyId);
  return batchId;
}

const counting = (tallies: readonly Tally[]) =>
  tallies.filter(({ respondents }) => respondents > 0).map(({ withdrawn, ...count }) => count);
const gone = (tallies: readonly Tally[]) =>
  Object.fromEntries(
    tallies
      .filter(({ withdrawn }) => withdrawn > 0)
      .map(({ stratum, withdrawn }) => [stratum.join(' '), withdrawn]),
  );

test.each([
  { what: 'importance and performance', measures: ['importance-performance'], pairs: 5, scales: 4 },
  { what: 'confidence and frequency', measures: ['confidence', 'frequency'], pairs: 5, scales: 4 },
  { what: 'level and level needed', measures: ['level-needed'], pairs: 5, scales: 4 },
  { what: 'level alone', measures: ['level'], pairs: 0, scales: 2 },
])(
  '$what: counted and taken out is never answered, and counting afresh agrees',
  async (wish) => {
    await fc.assert(
      fc.asyncProperty(anyPeople(10, 12), anyPeople(10, 12), async (staying, leaving) => {
        await world.reset();
        const survey = await makeSurvey(world.services, { framework, measures: wish.measures });
        const plan = await getPlan(world.db, survey.versionId);
        const layout = layoutOf(plan);
        expect([layout.pairs.length, layout.scales.length]).toEqual([wish.pairs, wish.scales]);
        const cut = (people: Person[]) =>
          people.map(({ facets, codes }) => ({ facets, codes: codes.slice(0, plan.items.length) }));
        await answered(survey, cut(staying));
        const before = await readTallies(world.db, survey.id);
        const batch = await answered(survey, cut(leaving));
        const both = await readTallies(world.db, survey.id);
        expect(await checkTallies(world.services, survey.id)).toEqual([]);
        await removeBatch(world.services, operator, survey.id, batch);
        const after = await readTallies(world.db, survey.id);

        expect(counting(after)).toEqual(before.map(({ withdrawn, ...count }) => count));
        for (const { respondents, counts } of after)
          if (respondents === 0) expect(new Set(counts)).toEqual(new Set([0]));
        for (const { stratum, respondents, withdrawn } of after) {
          const then = both.find((tally) => tally.stratum.join() === stratum.join())!;
          expect(respondents + withdrawn).toBe(then.respondents);
        }
        expect(await checkTallies(world.services, survey.id)).toEqual([]);
        await rebuildTallies(world.services, operator, survey.id);
        expect(await readTallies(world.db, survey.id)).toEqual(after);
      }),
      { numRuns: 6 },
    );
  },
  120_000,
);

test('a whole domain answered alike is in its scale; whoever left one out is not', async () => {
  const survey = await makeSurvey(world.services, { framework });
  const plan = await getPlan(world.db, survey.versionId);
  const [scale] = layoutOf(plan).scales;
  expect(scale).toMatchObject({ domain: 'A', measure: 'level', items: [0, 1, 2] });
  const facets = ['midwife', 'acute_ward'];
  await answered(survey, [
    { facets, codes: [4 + 1, 4 + 2, 4 + 3, 0, 0] },
    { facets, codes: [4 + 2, 4 + 2, 4 + 0, 0, 0] },
    { facets, codes: [4 + 4, 2, 4 + 4, 0, 0] },
  ]);
  const [tally] = await readTallies(world.db, survey.id);
  expect(tally!.counts.slice(scale!.offset, scale!.offset + 10)).toEqual([
    ...[2, 3, 4, 3],
    ...[1 + 4, 2 + 4, 3 + 0, 4 + 4, 6 + 0, 9 + 0],
  ]);
});

describe('how many were ever taken out', () => {
  const nurse = ['rn_adult', 'gp_practice'];
  const midwife = ['midwife', 'acute_ward'];
  const people = (facets: string[], count: number) =>
    Array.from({ length: count }, () => ({ facets, codes: [5, 6, 7] }));

  test('is added up over batches, and of those only that had been counted', async () => {
    const survey = await makeSurvey(world.services);
    await answered(survey, people(nurse, 4));
    const first = await answered(survey, [...people(nurse, 2), ...people(midwife, 3)]);
    const second = await answered(survey, people(nurse, 1));
    const third = await answered(survey, people(nurse, 5));
    // As if the fold of these had not come yet.
    await world.db('responses').where({ batch_id: third }).update({ folded: false });
    await rebuildTallies(world.services, operator, survey.id);

    await removeBatch(world.services, operator, survey.id, first);
    expect(gone(await readTallies(world.db, survey.id))).toEqual({
      'rn_adult gp_practice': 2,
      'midwife acute_ward': 3,
    });
    await removeBatch(world.services, operator, survey.id, second);
    await removeBatch(world.services, operator, survey.id, third);
    const tallies = await readTallies(world.db, survey.id);
    expect(gone(tallies)).toEqual({ 'rn_adult gp_practice': 3, 'midwife acute_ward': 3 });
    expect(tallies.map(({ stratum, respondents }) => [stratum[0], respondents])).toEqual([
      ['midwife', 0],
      ['rn_adult', 4],
    ]);
  });

  test('outlives counting afresh, also where nobody is left, and goes on from there', async () => {
    const survey = await makeSurvey(world.services);
    const batch = await answered(survey, people(midwife, 3));
    await removeBatch(world.services, operator, survey.id, batch);
    const emptied = await readTallies(world.db, survey.id);
    await rebuildTallies(world.services, operator, survey.id);
    await rebuildTallies(world.services, operator, survey.id);
    expect(await readTallies(world.db, survey.id)).toEqual(emptied);
    expect(await checkTallies(world.services, survey.id)).toEqual([]);

    await answered(survey, people(midwife, 2));
    const [tally] = await readTallies(world.db, survey.id);
    expect(tally).toMatchObject({ respondents: 2, withdrawn: 3 });
  });

  test('counting afresh leaves nothing in a stratum that is wrong about having people', async () => {
    const survey = await makeSurvey(world.services);
    const batch = await answered(survey, people(midwife, 3));
    await removeBatch(world.services, operator, survey.id, batch);
    await world.db.raw('update tallies set respondents = 1, counts[2] = 7');
    expect(await checkTallies(world.services, survey.id)).toEqual([midwife]);
    await world.db.raw('update tallies set respondents = 0');
    expect(await checkTallies(world.services, survey.id)).toEqual([midwife]);
    await rebuildTallies(world.services, operator, survey.id);
    expect(await checkTallies(world.services, survey.id)).toEqual([]);
    const [tally] = await readTallies(world.db, survey.id);
    expect(tally).toMatchObject({ respondents: 0, withdrawn: 3 });
    expect(new Set(tally!.counts)).toEqual(new Set([0]));
  });

  test('counts a withdrawal in its stratum', async () => {
    const survey = await makeSurvey(world.services, { code: 'GONE26', promise: 'confidential' });
    await answered(survey, people(midwife, 2));
    const visitor = world.visitor();
    await visitor.get('/s/GONE26');
    await visitor.submit('/s/GONE26', {});
    await visitor.submit('/s/GONE26/pages/1', { profession: 'midwife', setting: 'acute_ward' });
    await visitor.submit('/s/GONE26/pages/2', { A1: '4', A2: 'na' });
    await visitor.submit('/s/GONE26/pages/3', { B1: '1' });
    const receipt = await visitor.submit('/s/GONE26/check', {});
    const reference = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(receipt.text)![0];
    await foldResponses(world.services, survey.id);
    expect(gone(await readTallies(world.db, survey.id))).toEqual({});

    const wish = { reference, reason: 'They asked' };
    expect(await withdrawResponse(world.services, operator, survey.id, wish)).toBe(true);
    const [tally] = await readTallies(world.db, survey.id);
    expect(tally).toMatchObject({ stratum: midwife, respondents: 2, withdrawn: 1 });
  });
});

describe('which answers were counted', () => {
  const facets = ['midwife', 'acute_ward'];
  const people = (count: number) => Array.from({ length: count }, () => ({ facets, codes: [5, 6, 7] }));
  const hashOf = (survey: Survey) => answersHash(world.db, survey.id);

  test('the same answers have the same hash, however their rows lie', async () => {
    const survey = await makeSurvey(world.services);
    await answered(survey, people(30));
    const hash = await hashOf(survey);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    await world.db.raw(`
      with gone as (delete from responses returning *)
      insert into responses select * from gone order by md5(id::text)`);
    expect(await hashOf(survey)).toBe(hash);
  });

  test('it is SHA-256 of the ids as anybody can work it out', async () => {
    const survey = await makeSurvey(world.services);
    await answered(survey, people(5));
    const ids: string[] = await world.db('responses').pluck('id');
    const bytes = Buffer.from(ids.sort().join('').replaceAll('-', ''), 'hex');
    expect(await hashOf(survey)).toBe(createHash('sha256').update(bytes).digest('hex'));
    const other = await makeSurvey(world.services);
    expect(await hashOf(other)).toBe(createHash('sha256').digest('hex'));
  });

  test('other answers have another one; what is not counted yet is in none', async () => {
    const survey = await makeSurvey(world.services);
    const batch = await answered(survey, people(3));
    const three = await hashOf(survey);
    const more = await answered(survey, people(1));
    const four = await hashOf(survey);
    expect(four).not.toBe(three);
    await world.db('responses').where({ batch_id: more }).update({ folded: false });
    expect(await hashOf(survey)).toBe(three);
    await foldResponses(world.services, survey.id);
    await removeBatch(world.services, operator, survey.id, batch);
    expect([three, four]).not.toContain(await hashOf(survey));
  });

  test('people can answer while a release reads', async () => {
    const survey = await makeSurvey(world.services);
    await answered(survey, people(3));
    const holding = await world.db.transaction();
    await readForRelease(holding, survey.id);
    await makeResponses(world.services, survey, { count: 1 });
    expect(await world.db('responses').where({ folded: false })).toHaveLength(1);
    await holding.rollback();
    await foldResponses(world.services, survey.id);
    expect(await readTallies(world.db, survey.id)).toMatchObject([{ respondents: 3 }, { respondents: 1 }]);
  });

  test('a release reads both of one moment: nothing is counted or taken out before it is done', async () => {
    const survey = await makeSurvey(world.services);
    const batch = await answered(survey, people(3));
    const release = await world.db.transaction();
    const read = await readForRelease(release, survey.id);
    expect(read).toEqual({
      tallies: await readTallies(world.db, survey.id),
      answersHash: await hashOf(survey),
    });

    const done: string[] = [];
    const removal = removeBatch(world.services, operator, survey.id, batch).then(() => done.push('removed'));
    while (!(await waitsForALock())) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(done).toEqual([]);
    expect(await readForRelease(release, survey.id)).toEqual(read);
    await release.commit();
    await removal;
    expect(await readTallies(world.db, survey.id)).toMatchObject([{ respondents: 0, withdrawn: 3 }]);
  });
});

async function waitsForALock(): Promise<boolean> {
  const { rows } = await world.db.raw(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length > 0;
}
