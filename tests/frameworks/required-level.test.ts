import { requiredLevelOf, skillsMatrix } from '../../src/frameworks/required-level';

const row = (profession: string | null, tier: string | null, setting: string | null, level: number) => ({
  ...{ competency: 'A1', profession, tier, setting, level },
});
const nurse = { profession: 'rn_adult', tier: '3', setting: 'acute_ward' };

/** Every row, from the most general to the most specific: each beats those before it. */
const rows = [
  row(null, null, null, 0),
  row(null, null, 'acute_ward', 1),
  row(null, '3', null, 2),
  row(null, '3', 'acute_ward', 3),
  row('rn_adult', null, null, 4),
  row('rn_adult', null, 'acute_ward', 5),
];

test.each(rows.map((_, index) => [index]))(
  'the most specific of the first rows up to %i applies',
  (index) => {
    expect(requiredLevelOf(skillsMatrix(rows.slice(0, index + 1)), 'A1', nurse)).toBe(index);
  },
);

test('no requirement is not level 0', () => {
  expect(requiredLevelOf(skillsMatrix([row(null, null, null, 0)]), 'A1', nurse)).toBe(0);
  expect(requiredLevelOf(skillsMatrix([row('midwife', null, null, 3)]), 'A1', nurse)).toBeNull();
  expect(requiredLevelOf(skillsMatrix([]), 'A1', nurse)).toBeNull();
});

test('a person without a tier or a setting only meets rows that ask for none', () => {
  const unknown = { profession: 'rn_adult', tier: null, setting: null };
  expect(
    requiredLevelOf(skillsMatrix([row(null, '3', null, 2), row(null, null, null, 1)]), 'A1', unknown),
  ).toBe(1);
});

test('a role known by its tier only goes by the tier before anybody', () => {
  const matrix = skillsMatrix([
    { competency: 'K', profession: null, tier: null, setting: 'ward', level: 1 },
    { competency: 'K', profession: null, tier: '3', setting: null, level: 3 },
  ]);
  expect(requiredLevelOf(matrix, 'K', { profession: null, tier: '3', setting: 'ward' })).toBe(3);
  expect(requiredLevelOf(matrix, 'K', { profession: null, tier: null, setting: 'ward' })).toBe(1);
});
