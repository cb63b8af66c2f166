import { type WeightsInput, weightsOf } from '../../src/estimates/weights';
import type { HeadcountTable } from '../../src/populations/headcount';
import { planOf, talliesOf } from './counted';

/** Staff by school type and award, as METHODS.md 4, number 4, has them: 200 answered of 6194. */
const plan = planOf({ profession: ['E', 'H', 'M'], setting: ['No', 'Yes'] }, []);
const answered = { E: [15, 127], H: [13, 12], M: [9, 24] };
const tallies = talliesOf(
  plan,
  Object.entries(answered).flatMap(([profession, counts]) =>
    counts.flatMap((n, place) =>
      Array.from({ length: n }, () => ({ facets: [profession, ['No', 'Yes'][place]!], answers: {} })),
    ),
  ),
);
const margins: HeadcountTable = {
  kind: 'margins',
  facets: ['profession', 'setting'],
  rows: [
    { facet: 'profession', codes: ['E'], headcount: 4421 },
    { facet: 'profession', codes: ['H'], headcount: 755 },
    { facet: 'profession', codes: ['M'], headcount: 1018 },
    { facet: 'setting', codes: ['No'], headcount: 1072 },
    { facet: 'setting', codes: ['Yes'], headcount: 5122 },
  ],
};

function jointTable(rows: [string, string, number][]): HeadcountTable {
  return {
    kind: 'joint',
    facets: ['profession', 'setting'],
    rows: rows.map(([one, other, headcount]) => ({ facet: '', codes: [one, other], headcount })),
  };
}

const joint = jointTable([
  ['E', 'No', 470],
  ['E', 'Yes', 3951],
  ['H', 'No', 370],
  ['H', 'Yes', 385],
  ['M', 'No', 232],
  ['M', 'Yes', 786],
]);

function weigh(change: Partial<WeightsInput>) {
  const input: WeightsInput = {
    ...{ scheme: 'raked', plan, tallies, population: margins, audience: {} },
    labelOf: (facet, code) => `${facet} ${code}`,
  };
  return weightsOf({ ...input, ...change });
}

/** What one person of each stratum weighs. */
function byStratum(change: Partial<WeightsInput>): Record<string, number> {
  const { weights, refusal } = weigh(change);
  expect(refusal).toBeNull();
  return Object.fromEntries(
    [...weights!.ofTally].map(([{ stratum }, weight]) => [stratum.join(' '), weight]),
  );
}

test('raking a published data set gives the published weights', () => {
  const weights = byStratum({});
  expect(weights['E No']).toBeCloseTo(28.9107683, 6);
  expect(weights['E Yes']).toBeCloseTo(31.39636595, 6);
  expect(weights['H No']).toBeCloseTo(29.00310268, 6);
  expect(weights['H Yes']).toBeCloseTo(31.49663876, 6);
  expect(weights['M No']).toBeCloseTo(29.03312674, 6);
  expect(weights['M Yes']).toBeCloseTo(31.52924414, 6);
  expect(weigh({}).weights!.weighting.effectiveSize).toBeCloseTo(199.8109, 4);
});

test('post-stratified, everybody stands for the staff of their stratum', () => {
  const weights = byStratum({ scheme: 'post-stratified', population: joint });
  expect(weights['E No']).toBeCloseTo(470 / 15, 10);
  expect(weights['M Yes']).toBeCloseTo(786 / 24, 10);
});

test('a joint table can be raked by its margins, and then ignores what goes with what', () => {
  const weights = byStratum({ population: joint });
  expect(weights['E No']).toBeCloseTo(28.9107683, 6);
});

test('staff whom the survey does not offer, or is not meant for, stay out', () => {
  const more = { ...joint, rows: [...joint.rows, { facet: '', codes: ['dentist', 'No'], headcount: 9000 }] };
  expect(byStratum({ scheme: 'post-stratified', population: more })['E No']).toBeCloseTo(470 / 15, 10);
  const withoutH = tallies.filter(({ stratum }) => stratum[0] !== 'H');
  const audience = { profession: ['E', 'M'] };
  const weights = byStratum({ scheme: 'post-stratified', population: joint, tallies: withoutH, audience });
  expect(Object.keys(weights)).toEqual(['E No', 'E Yes', 'M No', 'M Yes']);
  expect(weights['E No']).toBeCloseTo(470 / 15, 10);
});

test('categories put together count together', () => {
  const withoutH = tallies.filter(({ stratum }) => stratum[0] !== 'H');
  const merges = [{ dimension: 'profession', code: 'other', label: 'Other', codes: ['H', 'M'] }];
  const weights = byStratum({ scheme: 'post-stratified', population: joint, tallies: withoutH, merges });
  expect(weights['M Yes']).toBeCloseTo((385 + 786) / 24, 10);
});

test('a facet that nobody was asked is no part of the weights', () => {
  const bySetting = {
    ...joint,
    facets: ['setting', 'band'],
    rows: [
      { facet: '', codes: ['No', '5'], headcount: 1000 },
      { facet: '', codes: ['No', '6'], headcount: 110 },
      { facet: '', codes: ['Yes', '5'], headcount: 3000 },
    ],
  };
  expect(byStratum({ scheme: 'post-stratified', population: bySetting })['H No']).toBeCloseTo(1110 / 37, 10);
});

const [eNo] = tallies;
const oneMore = (stratum: string[]) => [...tallies, { ...eNo!, stratum, respondents: 1 }];

test.each<[string, Partial<WeightsInput>, string]>([
  [
    'nobody has counted the staff',
    { population: null },
    'There are no headcounts to weight by. Give the project a population first.',
  ],
  [
    'staff are counted by what the survey did not ask',
    { population: { ...margins, facets: ['band'], rows: [{ facet: 'band', codes: ['5'], headcount: 9 }] } },
    'The survey asked nothing that staff are counted by, so it cannot be weighted.',
  ],
  [
    'staff are counted facet by facet',
    { scheme: 'post-stratified' },
    'Staff are counted by profession and setting one after the other. Post-stratification needs headcounts of each combination: use raking.',
  ],
  [
    'few answered',
    { tallies: tallies.map((tally) => ({ ...tally, respondents: 2 })) },
    'Too few people answered to be weighted: at least 30 are needed, and three for each group of staff.',
  ],
  [
    'somebody did not say their profession',
    { tallies: oneMore(['', 'No']) },
    'Not everybody said their profession, so it is not known which staff they stand for.',
  ],
  [
    'somebody did not say it, and strata are weighted',
    { tallies: oneMore(['E', '']), scheme: 'post-stratified', population: joint },
    'Not everybody said their setting, so it is not known which staff they stand for.',
  ],
  [
    'nobody answered of some',
    { tallies: tallies.filter(({ stratum }) => stratum[0] !== 'H') },
    'Nobody answered of profession “profession H”. Put these staff together with others, or use headcounts that count them together.',
  ],
  [
    'nobody answered of a stratum',
    { tallies: tallies.slice(1), scheme: 'post-stratified', population: joint },
    'Nobody answered of profession and setting “profession E, setting No”. Put these staff together with others, or use headcounts that count them together.',
  ],
  [
    'somebody answered of whom there are none',
    { scheme: 'post-stratified', population: jointTable([['E', 'No', 470]]), tallies: tallies.slice(0, 2) },
    'People answered of profession and setting “profession E, setting Yes”, and the headcounts have no such staff whom the survey is meant for.',
  ],
  [
    'somebody answered for whom it is not meant',
    { audience: { profession: ['E', 'M'] }, population: joint },
    'People answered of profession “profession H”, and the headcounts have no such staff whom the survey is meant for.',
  ],
  [
    'margins are not of one workforce',
    { audience: { setting: ['No', 'Yes'], profession: ['E', 'H', 'M'] }, population: lessOf('M') },
    'The headcounts do not add up to one workforce: 5,186 by profession and 6,194 by setting. They may be 1% apart at most, of the staff whom the survey offers and is meant for.',
  ],
])('refused where %s, in a sentence', (_, change, sentence) => {
  expect(weigh(change)).toEqual({ weights: null, refusal: sentence });
});

function lessOf(profession: string): HeadcountTable {
  const rows = margins.rows.map((row) => (row.codes[0] === profession ? { ...row, headcount: 10 } : row));
  return { ...margins, rows };
}
