import { randomUUID } from 'node:crypto';
import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import type { FrozenRelease } from '../../src/releases/release';
import { insertReportReader } from '../../src/reports/report-readers.queries';
import type { Survey } from '../../src/surveys/survey';
import { type ReleaseWish, sampleRelease, storeRelease } from '../reports/make';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** What everybody and two of the groups are made to say of the first two competencies: 56 of 70 against 48 of 80, and nothing of the third. */
function tellingSample(survey: Survey, wish: ReleaseWish = {}): FrozenRelease {
  const sample = sampleRelease(survey, wish);
  const share = (percentMeeting: number, low: number, high: number) => ({
    ...{ percentMeeting, percentMeetingInterval: [low, high] as [number, number], required: 3 },
    ...{ percentMeetingBound: null, meanShortfall: 0.4, meanShortfallInterval: [0.2, 0.6] },
    ...{ meanLevel: 2.6, meanLevelInterval: [2.3, 2.9], distribution: null, rank: null, flags: [] },
  });
  const say = (key: Record<string, string | null>, item: number, figures: object | null) => {
    const node = sample.nodes.find((one) => JSON.stringify(one.key) === JSON.stringify(key))!;
    Object.assign(node, { status: 'published', respondents: 70, carriedFrom: null });
    const at = sample.figures.findIndex((row) => row.node === node.place && row.item === item);
    if (at >= 0) sample.figures.splice(at, 1);
    const base = { n: 70, excluded: null, unweighted: null, statistics: {} };
    sample.figures.push({
      ...{ node: node.place, item, status: figures ? 'published' : 'withheld' },
      figures: figures && { ...base, ...figures },
    } as FrozenRelease['figures'][number]);
  };
  const groupOf = (profession: string | null) => ({ profession, setting: null });
  const [everybody, adult, child] = [groupOf(null), groupOf('rn_adult'), groupOf('rn_child')];
  say(adult, 0, share(80, 69, 88));
  say(child, 0, share(60, 49, 70));
  say(adult, 1, share(50, 38, 62));
  say(child, 1, share(52, 41, 63));
  say(adult, 2, share(50, 38, 62));
  say(child, 2, null);
  say(everybody, 0, {
    ...share(70, 62, 77),
    unweighted: { percentMeeting: 66, meanShortfall: 0.5, meanLevel: 2.5 },
  });
  say(everybody, 1, share(50, 42, 58));
  return sample;
}

async function makeReport(wish: ReleaseWish = {}) {
  const survey = await makeSurvey(world.services);
  const sample = tellingSample(survey, wish);
  const id = await storeRelease(world.db, sample);
  const reader = await world.signedIn('reader', survey.projectId);
  return { survey, sample, reader, id, address: `/reports/${id}/comparison` };
}

const pair = '?first.profession=rn_adult&second.profession=rn_child';

test('two groups stand side by side with the difference, its interval and its mark', async () => {
  const { reader, address, id } = await makeReport();
  const { text } = await reader.get(`${address}${pair}`);
  expect(text).toContain('Label of rn_adult and Label of rn_child');
  expect(text).toContain('20% (12% to 31%), level 3');
  expect(text).toContain('40% (30% to 51%), level 3');
  expect(text).toContain('−20 (−36 to −3)');
  expect(text).toContain('<strong>Clear difference</strong>');
  expect(text).toContain('+2 (−17 to +20)');
  expect(text).toContain('Not clear');
  expect(text).toContain(
    'That is 20 percentage points more in Label of rn_child than in Label of rn_adult (95% interval 3 to 36).',
  );
  expect(text).toContain('2 competencies were compared; 1 shows a clear difference.');
  expect(text).toContain('Label of rn_child: withheld: too few responses to show');
  expect(text).toContain(`href="/reports/${id}/groups?profession=rn_adult"`);
  expect(text).toContain('<svg');
  expect(text).toContain('taken to the outer edge of its rounding');
  expect(text).not.toMatch(/significant/i);
});

test('nothing chosen shows the first two groups; other orders and measures keep the choice', async () => {
  const { reader, address } = await makeReport({ measures: ['importance'] });
  expect((await reader.get(address)).text).toContain('Label of rn_adult and Label of rn_child');
  const level = await reader.get(`${address}${pair}&metric=level&sort=framework`);
  expect(level.text).toContain('Mean level');
  expect(level.text).toContain('2.6 (2.3 to 2.9)');
  expect(level.text).toMatch(/value="framework" selected/);
  expect((await reader.get(`${address}${pair}&metric=importance`)).text).toContain('Mean rating: importance');
});

test('roles are compared each with their own requirement, and the page says where those differ', async () => {
  const { reader, address } = await makeReport();
  const { text } = await reader.get(`${address}?kind=roles`);
  expect(text).toContain('Both roles need the same level in 2 of the 2 competencies');
  expect(text).not.toContain('first.setting');
});

test('where roles need other levels, the page names them, with the range where it depends on more', async () => {
  const survey = await makeSurvey(world.services);
  const sample = tellingSample(survey);
  const of = (profession: string, item: number) => {
    const node = sample.nodes.find(({ key }) => key.profession === profession && key.setting === null)!;
    return sample.figures.find((row) => row.node === node.place && row.item === item)!.figures!;
  };
  of('rn_child', 0).required = 4;
  Object.assign(of('rn_adult', 1), {
    required: null,
    statistics: {
      workforce: { staff: null, below: null, belowInterval: null, lowest: 2, highest: 3 },
    },
  });
  const id = await storeRelease(world.db, sample);
  const reader = await world.signedIn('reader', survey.projectId);
  const { text } = await reader.get(`/reports/${id}/comparison?kind=roles`);
  expect(text).toContain(
    'Both roles need the same level in 0 of the 2 competencies that are shown of both and required of both. Other levels are required in C1 Competency number 1 (Label of rn_adult 3, Label of rn_child 4); C2 Competency number 2 (Label of rn_adult 2 to 3, Label of rn_child 3).',
  );
  expect(text).toContain('50% (38% to 62%), level 2 to 3');
});

test('groups that overlap are refused with the reason, and those that share nobody are offered', async () => {
  const { reader, address, id } = await makeReport();
  const within = await reader.get(`${address}?first.profession=rn_adult&second.profession=`);
  expect(within.text).toContain('one group is part of the other');
  expect(within.text).toContain('Groups that share nobody');
  expect(within.text).toContain(
    `href="/reports/${id}/comparison?first.profession=rn_adult&amp;second.profession=rn_child&amp;metric=below"`,
  );
  expect(within.text).not.toContain('<svg');
  const crossing = await reader.get(`${address}?first.profession=rn_adult&second.setting=gp_practice`);
  expect(crossing.text).toContain('some people are in both groups');
  const same = await reader.get(`${address}?first.profession=rn_adult&second.profession=rn_adult`);
  expect(same.text).toContain('Choose two different groups');
});

test('a group that is withheld is compared with nothing', async () => {
  const survey = await makeSurvey(world.services);
  const sample = tellingSample(survey);
  const midwife = sample.nodes.find(({ key }) => key.profession === 'midwife' && key.setting === null)!;
  Object.assign(midwife, { status: 'suppressed', respondents: null });
  sample.figures = sample.figures.filter(({ node }) => node !== midwife.place);
  const id = await storeRelease(world.db, sample);
  const reader = await world.signedIn('reader', survey.projectId);
  const { text } = await reader.get(
    `/reports/${id}/comparison?first.profession=rn_adult&second.profession=midwife`,
  );
  expect(text).toContain('Label of midwife cannot be compared. c: Withheld: too few responses');
  expect(text).not.toContain('<svg');
});

test('figures with weights and without have no interval and no mark, and the page says why', async () => {
  const plain = await makeReport();
  expect((await plain.reader.get(`${plain.address}?kind=weights`)).text).toContain(
    'this report counts every answer alike, without weights',
  );
  const weighted = await makeReport({ document: { weights: { scheme: 'raked', designEffect: 1.4 } } });
  const { text } = await weighted.reader.get(`${weighted.address}?kind=weights`);
  expect(text).toContain(
    '<td class="numeric">30%</td><td class="numeric">34%</td><td class="numeric">−4</td>',
  );
  expect(text).toContain('it has no interval and no mark');
  expect(text).toContain('the design effect over all answers is 1.4');
  expect(text).toContain('The figure without weights is not shown');
  expect(text).not.toContain('Clear difference');
});

/** A second survey of the same project, as another wave of the same series. */
async function waveOf(first: Survey, number: number, wish: ReleaseWish = {}) {
  const other = await makeSurvey(world.services);
  await world.db('surveys').where({ id: first.id }).update({ series: 'Listening', wave: 1 });
  await world
    .db('surveys')
    .where({ id: other.id })
    .update({ series: 'listening', wave: number, project_id: first.projectId });
  const sample = tellingSample(other, wish);
  return { other, id: await storeRelease(world.db, sample), sample };
}

test('two waves are compared by what stayed the same, and by nothing else', async () => {
  const { survey, sample, reader, address } = await makeReport();
  const sources = { ...sample.release.document!.sources };
  const later = await waveOf(survey, 2, { competencies: 2, document: { sources } });
  const { text } = await reader.get(`${address}?kind=waves&first.profession=rn_adult`);
  expect(text).toContain('Label of rn_adult: wave 1 (report 1) and wave 2 (report 1)');
  expect(text).toContain('2 competencies were compared. No difference is clear');
  expect(text).toContain('Wave 2 (report 1) did not ask for it.');
  expect(text).toContain('The two surveys are not linked');
  const back = await reader.get(`/reports/${later.id}/comparison?kind=waves&with=${sample.release.id}`);
  expect(back.text).toContain('Everybody: wave 2 (report 1) and wave 1 (report 1)');
});

test('waves are refused with the reason: no series, no other report, another series, the same survey, another method', async () => {
  const { survey, reader, address, sample } = await makeReport();
  const waves = `${address}?kind=waves`;
  expect((await reader.get(waves)).text).toContain('this survey is of no series');
  await world.db('surveys').where({ id: survey.id }).update({ series: 'Listening', wave: 1 });
  expect((await reader.get(waves)).text).toContain('no other survey of this series has a report');

  const again = sampleRelease(survey, { number: 2 });
  await storeRelease(world.db, again);
  expect((await reader.get(`${waves}&with=${again.release.id}`)).text).toContain(
    'Two reports of the same survey cannot be compared',
  );
  const alone = await makeSurvey(world.services);
  await world.db('surveys').where({ id: alone.id }).update({ project_id: survey.projectId });
  const unrelated = await storeRelease(world.db, sampleRelease(alone));
  expect((await reader.get(`${waves}&with=${unrelated}`)).text).toContain('not of the same series');

  const method = { ...sample.release.document!.method, gap: 'required-level v9' };
  const other = await waveOf(survey, 2, { document: { method } });
  expect((await reader.get(`${waves}&with=${other.id}`)).text).toContain('worked out by different methods');
});

test('a report that the visitor may not read is not found through another, nor offered', async () => {
  const { survey, id, address } = await makeReport();
  const later = await waveOf(survey, 2);
  const elsewhere = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  expect((await reader.download(`${address}?kind=waves&with=${elsewhere.id}`)).status).toBe(404);
  expect((await reader.download(`${address}?kind=waves&with=${randomUUID()}`)).status).toBe(404);
  expect((await reader.download(`${address}?kind=waves&with=x`)).status).toBe(404);

  const guest = await world.signedIn('reader');
  const invite = (releaseId: string) =>
    insertReportReader(world.db, {
      ...{ releaseId, accountId: guest.accountId, invitedBy: null, invitedAt: new Date() },
    });
  await invite(id);
  const { text } = await guest.get(`${address}?kind=waves`);
  expect(text).toContain('no other survey of this series has a report that you may read');
  expect(text).not.toContain(later.id);
  expect((await guest.download(`${address}?kind=waves&with=${later.id}`)).status).toBe(404);
  await invite(later.id);
  expect((await guest.get(`${address}?kind=waves`)).text).toContain(
    'wave 1 (report 1) and wave 2 (report 1)',
  );
});

test('everybody who reads the report compares, nobody else, and no address leads off the lattice', async () => {
  const { survey, address } = await makeReport();
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  for (const role of ['reader', 'eag_member', 'lead', 'analyst', 'coordinator'] as const) {
    const member = await world.signedIn(role, survey.projectId);
    expect([role, (await member.download(address)).status]).toEqual([role, 200]);
  }
  const stranger = await world.signedIn('lead', elsewhere);
  expect((await stranger.download(address)).status).toBe(404);
  expect((await world.visitor().download(address)).status).toBe(303);
  const reader = await world.signedIn('reader', survey.projectId);
  for (const query of [
    '?first.profession=nobody',
    '?first.band=5',
    '?profession=rn_adult',
    '?first.profession=rn_adult&first.profession=rn_child',
    '?kind=people',
    '?metric=where',
    '?first[profession]=rn_adult',
  ]) {
    expect([query, (await reader.download(address + query)).status]).toEqual([query, 404]);
  }
});
