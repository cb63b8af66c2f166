import { operator } from '../../src/audit/actor';
import { startTrial } from '../../src/readiness/trial.commands';
import { readLabels } from '../../src/releases/inputs.commands';
import { problemInWords } from '../../src/releases/problem-in-words';
import type { Release } from '../../src/releases/release';
import {
  askRelease,
  discardRelease,
  publishRelease,
  type ReleaseWish,
} from '../../src/releases/releases.commands';
import { getRelease, listReleases, readFrozenRelease } from '../../src/releases/releases.queries';
import { workOutRelease } from '../../src/releases/working.commands';
import { prepareSurvey } from '../../src/surveys/preparing.commands';
import type { Survey } from '../../src/surveys/survey';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { foldResponses, withdrawResponse } from '../../src/tallies/tallies.commands';
import { sweep } from '../../workers/sweep';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { answerAs, crowd, dumpOf, largeCrowd, prepared, published } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const acuteWard = 'Acute hospital - ward or outpatient (incl. paediatrics)';

async function answeredSurvey(people = crowd): Promise<Survey> {
  const survey = await makeSurvey(world.services);
  await answerAs(world, survey, people);
  return survey;
}

function ask(survey: Survey, wish: Partial<ReleaseWish> = {}): Promise<Release> {
  return askRelease(world.services, operator, survey, { smallChanges: 'refuse', reason: '', ...wish });
}

async function audited(): Promise<string[]> {
  return world.db('audit_entries').where({ subject: 'release' }).orderBy('id').pluck('action');
}

/** What a refused release tells whoever asked for it. */
async function sayingsOf(survey: Survey, { problem }: Release): Promise<string[]> {
  const { sentence, groups } = problemInWords(
    problem!,
    await readLabels(world.db, survey, []),
    survey.threshold,
  );
  return [sentence, ...groups];
}

test('a release is worked out, looked over and published; what is withheld is nowhere in it', async () => {
  const survey = await answeredSurvey();
  const release = await prepared(world, survey);
  expect(release).toMatchObject({ number: 1, state: 'ready', weighting: 'none', merges: [] });
  await expect(readFrozenRelease(world.db, release.id)).rejects.toThrow('Report not found');

  await publishRelease(world.services, operator, release.id);
  const { nodes, figures, release: frozen } = await readFrozenRelease(world.db, release.id);
  expect(nodes).toHaveLength(12);
  expect(nodes[0]).toEqual({
    ...{ place: 0, key: { profession: null, setting: null }, status: 'published' },
    ...{ respondents: 90, carriedFrom: null },
  });
  const small = nodes.find(({ key }) => key.profession === 'rn_child' && key.setting === 'acute_ward')!;
  expect(small).toMatchObject({ status: 'suppressed', respondents: null });
  const withheld = nodes.filter(({ status }) => status === 'suppressed').map(({ place }) => place);
  expect(withheld.length).toBeGreaterThan(1);
  expect(figures.filter(({ node }) => withheld.includes(node))).toEqual([]);
  expect(frozen.document).toMatchObject({
    survey: { code: survey.code, promise: 'anonymous', simulated: false },
    period: { wasOpen: true },
    threshold: 11,
    method: { weighting: 'none', gap: 'required-level v1' },
    dimensions: [
      { key: 'profession', categories: [{ code: 'rn_adult' }, { code: 'rn_child' }, { code: 'midwife' }] },
      { key: 'setting', categories: [{ code: 'gp_practice' }, { code: 'acute_ward' }] },
    ],
    groups: { shown: 12 - withheld.length, withheld: withheld.length, empty: 0 },
  });
  expect(
    frozen.document!.items.map(({ competency, title, domainTitle }) => [competency, title, domainTitle]),
  ).toEqual([
    ['A1', 'Hearing', 'Listening'],
    ['A2', 'Asking', 'Listening'],
    ['B1', 'Noting', 'Writing'],
  ]);
  expect(frozen.document!.items[0]!.values[1]).toEqual({ value: 1, label: 'Label 1' });
  expect(await audited()).toEqual(['release asked for', 'release published']);
});

describe('asking', () => {
  test('is refused before anybody can have answered, and of a trial run', async () => {
    const { versionId } = await makeSurvey(world.services);
    const begun = { versionId, name: 'Another', code: 'ANOTHER1', promise: 'anonymous' as const };
    const { id } = await prepareSurvey(world.services, operator, begun);
    const survey = await getSurvey(world.db, id!);
    await expect(ask(survey)).rejects.toThrow('Nobody can have answered yet');
    const trial = await getSurvey(world.db, await startTrial(world.services, operator, survey.id));
    await expect(ask(trial)).rejects.toThrow('no report of a trial run');
  });

  test('ends refused where nobody has answered', async () => {
    const survey = await makeSurvey(world.services);
    const release = await prepared(world, survey);
    expect(release).toMatchObject({ state: 'refused', document: null });
    expect(await sayingsOf(survey, release)).toEqual([
      'Nobody has answered yet, so there is nothing to report.',
    ]);
  });

  test('is refused while another is in hand, unless it takes its place', async () => {
    const survey = await answeredSurvey();
    const first = await prepared(world, survey);
    await expect(ask(survey)).rejects.toThrow('being prepared already');
    const second = await prepared(world, survey, { instead: first.id });
    expect(second).toMatchObject({ number: 1, state: 'ready' });
    expect(await listReleases(world.db, survey.id)).toHaveLength(1);
    await discardRelease(world.services, operator, second.id);
    await discardRelease(world.services, operator, second.id);
    expect(await listReleases(world.db, survey.id)).toEqual([]);
    expect(await audited()).toEqual([
      ...['release asked for', 'release thrown away', 'release asked for', 'release thrown away'],
    ]);
  });

  test('two at once give one', async () => {
    const survey = await answeredSurvey();
    const asked = await Promise.allSettled([ask(survey), ask(survey)]);
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listReleases(world.db, survey.id)).toHaveLength(1);
    await world.queue.drain();
  });

  test('needs a reason from the second on, which is made like the first', async () => {
    const survey = await answeredSurvey(largeCrowd);
    const nursing = {
      dimension: 'profession',
      code: 'nursing',
      label: 'Nursing',
      codes: ['rn_adult', 'rn_child'],
    };
    await published(world, survey, { merges: [nursing] });
    await expect(ask(survey)).rejects.toThrow('Say why there is another report');
    const reason = 'A section was added';
    await expect(ask(survey, { reason, merges: [] })).rejects.toThrow('made like the first');
    await expect(ask(survey, { reason, weighting: 'raked' })).rejects.toThrow('made like the first');
    const second = await prepared(world, survey, { reason });
    expect(second).toMatchObject({ number: 2, state: 'ready', reason, merges: [nursing] });
  });

  test('puts together what is said, and only what there is', async () => {
    const survey = await answeredSurvey();
    const merge = (codes: string[], change = {}) => ({
      ...{ dimension: 'profession', code: 'nursing', label: 'Nursing', codes },
      ...change,
    });
    const refused = async (...merges: ReturnType<typeof merge>[]) =>
      ask(survey, { merges }).then(
        () => 'asked',
        ({ detail }) => detail,
      );
    expect(await refused(merge(['rn_adult']))).toBe('Nursing must be of two groups or more.');
    expect(await refused(merge(['rn_adult', 'porter']))).toBe('The questionnaire offers no porter.');
    expect(await refused(merge(['rn_adult', 'rn_child'], { dimension: 'band' }))).toBe(
      'The report is not broken down by band.',
    );
    expect(
      await refused(merge(['rn_adult', 'rn_child']), merge(['rn_child', 'midwife'], { code: 'x' })),
    ).toBe('rn_child can be put together with others once only.');
    expect(await refused(merge(['rn_adult', 'rn_child'], { code: 'midwife' }))).toBe(
      'Nursing needs a code that no other group has.',
    );
    const release = await published(world, survey, { merges: [merge(['rn_adult', 'rn_child'])] });
    const { nodes } = await readFrozenRelease(world.db, release.id);
    expect(nodes).toHaveLength(9);
    expect(nodes.filter(({ status }) => status === 'suppressed')).toEqual([]);
    expect(nodes.find(({ key }) => key.profession === 'nursing' && key.setting === null)!.respondents).toBe(
      60,
    );
  });
});

describe('the job', () => {
  test('run twice, changes nothing', async () => {
    const { id } = await prepared(world, await answeredSurvey());
    const before = await dumpOf(world, id);
    await workOutRelease(world.services, id);
    expect(await dumpOf(world, id)).toBe(before);
  });

  test('left to itself by a worker that died, is picked up by the sweep', async () => {
    const { id } = await prepared(world, await answeredSurvey());
    await world.db('release_nodes').where({ release_id: id }).delete();
    await world.db('release_certificates').where({ release_id: id }).delete();
    await world.db('release_counts').where({ release_id: id }).delete();
    await world.db('release_parts').where({ release_id: id }).delete();
    await world.db('releases').where({ id }).update({ state: 'working', document: null });
    await sweep(world.services);
    await world.queue.drain();
    expect(await getRelease(world.db, id)).toMatchObject({ state: 'ready' });
  });

  test('is left to the worker that has it in hand', async () => {
    const survey = await answeredSurvey();
    const release = await ask(survey);
    await world.queue.drain();
    await world.db('releases').where({ id: release.id }).update({ state: 'waiting' });
    const other = await world.db.transaction();
    await other.raw(`select pg_advisory_xact_lock(hashtextextended('release ' || ?::text, 0))`, [release.id]);
    await workOutRelease(world.services, release.id);
    expect(await getRelease(world.db, release.id)).toMatchObject({ state: 'waiting' });
    await other.rollback();
  });

  test('that cannot be done is given up after five tries, and says nothing of why', async () => {
    const survey = await answeredSurvey();
    const { id } = await prepared(world, survey);
    await world.db('releases').where({ id }).update({ state: 'waiting', tries: 0, merges: '{}' });
    for (let tries = 1; tries <= 5; tries += 1) {
      await expect(workOutRelease(world.services, id)).rejects.toThrow();
      const { state } = await getRelease(world.db, id);
      expect([tries, state]).toEqual([tries, tries < 5 ? 'working' : 'failed']);
    }
    await workOutRelease(world.services, id);
    expect(await getRelease(world.db, id)).toMatchObject({ state: 'failed', problem: null });
  });

  test('that kills its worker each time is given up too', async () => {
    const { id } = await prepared(world, await answeredSurvey());
    await world.db('releases').where({ id }).update({ state: 'working', tries: 5 });
    await workOutRelease(world.services, id);
    expect(await getRelease(world.db, id)).toMatchObject({ state: 'failed' });
  });

  test('told to stop, waits for another worker', async () => {
    const survey = await answeredSurvey();
    const { id } = await prepared(world, survey);
    await world.db('releases').where({ id }).update({ state: 'waiting', tries: 4 });
    await expect(workOutRelease(world.services, id, AbortSignal.abort())).rejects.toThrow('stopped');
    expect(await getRelease(world.db, id)).toMatchObject({ state: 'waiting' });
    expect(await world.db('releases').where({ id }).first('tries')).toEqual({ tries: 4 });
  });
});

describe('publishing', () => {
  test('is refused where answers were withdrawn since', async () => {
    const survey = await answeredSurvey();
    const { id } = await prepared(world, survey);
    await world.db('tallies').where({ survey_id: survey.id }).limit(1).update({ withdrawn: 1 });
    await expect(publishRelease(world.services, operator, id)).rejects.toThrow(
      'Answers were withdrawn since',
    );
    await discardRelease(world.services, operator, id);
    await published(world, survey);
  });

  test('is not refused because more have answered since', async () => {
    const survey = await answeredSurvey();
    const { id } = await prepared(world, survey);
    await answerAs(world, survey, { 'midwife acute_ward': 1 });
    await foldResponses(world.services, survey.id);
    expect(await publishRelease(world.services, operator, id)).toMatchObject({ state: 'published' });
    await expect(publishRelease(world.services, operator, id)).rejects.toThrow('cannot be published');
    await expect(discardRelease(world.services, operator, id)).rejects.toThrow('is published');
  });
});

describe('the next release', () => {
  test('is refused for one more answer, and names every group that it would tell of', async () => {
    const survey = await answeredSurvey(largeCrowd);
    await published(world, survey);
    await answerAs(world, survey, { 'midwife acute_ward': 1 });
    const second = await prepared(world, survey);
    expect(second.state).toBe('refused');
    const [sentence, ...groups] = await sayingsOf(survey, second);
    expect(sentence).toBe(
      'In these groups some answers came or went since report 1, but fewer than 11: from the difference of the two reports somebody could be found.',
    );
    expect(groups.sort()).toEqual([acuteWard, 'Everybody', 'Midwife', `Midwife, ${acuteWard}`]);
  });

  test('is refused for enough answers of which three are of one group, and names it', async () => {
    const survey = await answeredSurvey(largeCrowd);
    await published(world, survey);
    await answerAs(world, survey, {
      ...{ 'midwife acute_ward': 3, 'midwife gp_practice': 12, 'rn_adult acute_ward': 12 },
    });
    const second = await prepared(world, survey);
    expect(second.state).toBe('refused');
    expect((await sayingsOf(survey, second)).slice(1)).toEqual([`Midwife, ${acuteWard}`]);
  });

  test('carries what such groups showed, where that was asked for', async () => {
    const survey = await answeredSurvey(largeCrowd);
    const first = await published(world, survey);
    await answerAs(world, survey, {
      ...{ 'midwife acute_ward': 3, 'midwife gp_practice': 12, 'rn_adult acute_ward': 12 },
    });
    const second = await published(world, survey, { smallChanges: 'carry' });
    const [one, other] = await Promise.all([first, second].map(({ id }) => readFrozenRelease(world.db, id)));
    const carried = other!.nodes.filter(({ carriedFrom }) => carriedFrom !== null);
    expect(carried.map(({ key, carriedFrom }) => [key, carriedFrom])).toContainEqual([
      { profession: 'midwife', setting: 'acute_ward' },
      1,
    ]);
    for (const { place, respondents } of carried) {
      expect(respondents).toBe(one!.nodes[place]!.respondents);
      const of = ({ figures }: typeof one & object) => figures.filter(({ node }) => node === place);
      expect(of(other!)).toEqual(of(one!));
    }
    expect(other!.nodes[0]!.carriedFrom).toBeNull();
    expect(other!.nodes[0]!.respondents).toBeGreaterThan(one!.nodes[0]!.respondents!);
  });
});

test('an answer that is erased is in the next release no more, and the old one stays as it was, byte for byte', async () => {
  const survey = await makeSurvey(world.services, { promise: 'confidential' });
  await answerAs(world, survey, largeCrowd);
  const references = await referencesOf(survey, 11);
  await foldResponses(world.services, survey.id);
  const first = await published(world, survey);
  const before = await dumpOf(world, first.id);
  const reader = await world.signedIn('reader', survey.projectId);
  const readIn = async (ending: string) => (await reader.get(`/reports/${first.id}${ending}`)).text;
  const readBefore = [await readIn(''), await readIn('.csv'), await readIn('.json')];

  await withdraw(survey, references[0]!);
  expect(await prepared(world, survey)).toMatchObject({
    state: 'refused',
    problem: { code: 'too few changes' },
  });
  for (const reference of references.slice(1)) await withdraw(survey, reference);
  const [inHand] = await listReleases(world.db, survey.id);
  const second = await published(world, survey, { instead: inHand!.id });

  expect(await dumpOf(world, first.id)).toBe(before);
  expect([await readIn(''), await readIn('.csv'), await readIn('.json')]).toEqual(readBefore);
  expect(readBefore[2]).toContain('"respondents":');
  const counts = await world.db('release_counts').whereIn('release_id', [first.id, second.id]);
  const countedIn = (id: string) =>
    counts.filter(({ release_id }) => release_id === id).reduce((sum, row) => sum + row.respondents, 0);
  expect([countedIn(first.id), countedIn(second.id)]).toEqual([128, 117]);
});

async function withdraw(survey: Survey, reference: string): Promise<void> {
  const request = { reference, reason: 'They asked for it' };
  expect(await withdrawResponse(world.services, operator, survey.id, request)).toBe(true);
}

/** So many people more answer, all alike; gives the references on their receipts. */
async function referencesOf({ code }: Survey, count: number): Promise<string[]> {
  const references: string[] = [];
  for (let person = 0; person < count; person += 1) {
    const nurse = world.visitor();
    await nurse.get(`/s/${code}`);
    await nurse.submit(`/s/${code}`, {});
    await nurse.submit(`/s/${code}/pages/1`, { profession: 'rn_adult', setting: 'gp_practice' });
    await nurse.submit(`/s/${code}/pages/2`, { A1: '2', A2: '3' });
    await nurse.submit(`/s/${code}/pages/3`, { B1: '1' });
    const receipt = await nurse.submit(`/s/${code}/check`, {});
    references.push(/[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(receipt.text)![0]);
  }
  return references;
}
