import fc from 'fast-check';
import { countOf, fullOf, leastQuota, type Quota } from '../../src/quotas/quota';
import { readQuota, readTerms } from '../../src/quotas/quota.form';
import { enoughGave } from '../../src/responses/enough';

const question = (name: string, facet: string | null, choices: (string | number)[]) => ({
  name,
  facet,
  choices: choices.map((value) => ({ value, text: `Text of ${value}`, hint: '', exclusive: false })),
});
const plan = {
  pages: [
    {
      questions: [
        question('job', 'profession', ['nurse', 'midwife']),
        question('team', 'team', [1, 2]),
        question('often', null, ['nurse']),
      ],
    },
  ],
} as never;

const counted = [
  { stratum: ['nurse', '1'], respondents: 7 },
  { stratum: ['nurse', '2'], respondents: 8 },
  { stratum: ['midwife', '1'], respondents: 14 },
  { stratum: ['', ''], respondents: 3 },
];
const facets = ['profession', 'team'];
const quota = (facet: string, value: string, most: number, action: Quota['action'] = 'turn away'): Quota => ({
  ...{ id: `${facet} ${value}`, surveyId: 'a survey', facet, value, most, action },
});

test.each([
  ['profession', 'nurse', 15],
  ['profession', 'midwife', 14],
  ['team', '1', 21],
  ['team', 'nurse', 0],
  ['setting', 'nurse', 0],
])('of those counted, so many are of %s %s: %i', (facet, value, count) => {
  expect(countOf(counted, facets, { facet, value })).toBe(count);
});

test('a quota is full once as many are counted as are enough, and not one before', () => {
  const quotas = [
    quota('team', '1', 20, 'close links'),
    quota('profession', 'nurse', 15),
    quota('profession', 'midwife', 15),
  ];
  expect(fullOf(quotas, counted, facets, 8)).toEqual([
    { facet: 'profession', value: 'nurse', action: 'turn away' },
    { facet: 'team', value: '1', action: 'close links' },
  ]);
  expect(fullOf(quotas.toReversed(), counted, facets, 8)).toEqual(fullOf(quotas, counted, facets, 8));
  expect(fullOf([quota('profession', 'nurse', 20)], counted, facets, 8)).toEqual([]);
  // The threshold was raised since.
  expect(fullOf([quota('profession', 'nurse', 15)], counted, facets, 16)).toEqual([]);
});

test.each([
  [8, 10],
  [10, 10],
  [11, 15],
  [30, 30],
])('with a threshold of %i a quota is at least %i', (threshold, least) => {
  expect(leastQuota(threshold)).toBe(least);
});

test('whichever quotas are full, they tell of no fewer than the threshold, and by fives', () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 30 }), fc.integer({ min: -5, max: 60 }), (threshold, typed) => {
      const { value } = readTerms({ most: String(typed), action: 'turn away' }, threshold);
      if (!value) return;
      expect(value.most).toBeGreaterThanOrEqual(threshold);
      expect(value.most % 5).toBe(0);
    }),
  );
});

test('a quota is of an answer that the survey offers', () => {
  const body = { answer: 'team=2', most: ' 50 ', action: 'close links' };
  expect(readQuota(body, plan, 11)).toEqual({
    value: { facet: 'team', value: '2', most: 50, action: 'close links' },
  });
});

test.each([
  [
    {},
    {
      answer: 'Select the answer that enough people can give',
      most: 'Enter how many answers are enough',
      action: 'Select what happens when enough have answered',
    },
  ],
  [
    { answer: '', most: '', action: '' },
    {
      answer: 'Select the answer that enough people can give',
      most: 'Enter how many answers are enough',
      action: 'Select what happens when enough have answered',
    },
  ],
  [
    { answer: 'often=nurse', most: '50', action: 'turn away' },
    { answer: 'Select the answer that enough people can give' },
  ],
  [{ answer: 'team=2', most: '5,000', action: 'turn away' }, { most: 'Enter a whole number, such as 50' }],
  [
    { answer: 'team=2', most: '10', action: 'turn away' },
    {
      most: 'Enter 15 or more: a full quota tells that so many have answered, and groups under 11 people are never shown',
    },
  ],
  [
    { answer: 'team=2', most: '17', action: 'turn away' },
    { most: 'Enter a number that ends in 0 or 5: quotas go by fives, as figures are shown' },
  ],
  [{ answer: 'team=2', most: '100005', action: 'turn away' }, { most: 'Enter 100,000 or less' }],
  [
    { answer: 'team=2', most: '50', action: 'delete' },
    { action: 'Select what happens when enough have answered' },
  ],
])('%j is no quota', (body, errors) => {
  expect(readQuota(body, plan, 11)).toEqual({ errors });
});

test.each([
  [{ job: 'nurse' }, 'Text of nurse'],
  [{ team: 2 }, 'Text of 2'],
  [{ team: 1, often: 'nurse' }, undefined],
  [{ job: 'midwife' }, undefined],
  [{}, undefined],
])('of the answers %j enough have been given: %s', (given, words) => {
  const full = [
    { facet: 'profession', value: 'nurse', action: 'turn away' as const },
    { facet: 'profession', value: 'midwife', action: 'close links' as const },
    { facet: 'team', value: '2', action: 'turn away' as const },
    { facet: 'gone', value: 'nurse', action: 'turn away' as const },
  ];
  expect(enoughGave(plan, full, given)).toBe(words);
});
