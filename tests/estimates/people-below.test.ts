import { dimensionOf } from '../../src/estimates/dimension';
import { type EstimatesInput, estimatesOf } from '../../src/estimates/estimates';
import type { HeadcountTable } from '../../src/populations/headcount';
import { type Person, planOf, rated, talliesOf } from './counted';

const plan = planOf({ profession: ['mh', 'child', 'adult'], setting: ['ward', 'school'] }, [
  rated('A1', 'level', [0, 1, 2, 3, 4]),
]);
/** Required 3 of mental-health nurses, 2 of child nurses in schools, nothing of anybody else. */
const matrix = new Map([
  [JSON.stringify(['A1', 'mh', null, null]), 3],
  [JSON.stringify(['A1', 'child', null, 'school']), 2],
]);
const people: [string, string, number | null][] = [
  ['mh', 'ward', 3],
  ['mh', 'ward', 2],
  ['mh', 'school', 1],
  ['child', 'school', 2],
  ['child', 'school', 1],
  ['child', 'school', 1],
  ['child', 'school', 3],
  ['child', 'ward', 0],
  ['adult', 'ward', 0],
];

function joint(rows: [string, string, number][]): HeadcountTable {
  return {
    kind: 'joint',
    facets: ['setting', 'profession'],
    rows: rows.map(([setting, profession, headcount]) => ({
      facet: '',
      codes: [setting, profession],
      headcount,
    })),
  };
}

const staff = joint([
  ['ward', 'mh', 100],
  ['school', 'mh', 10],
  ['ward', 'child', 300],
  ['school', 'child', 40],
  ['ward', 'adult', 900],
]);

function belowIn(table: HeadcountTable | null, rows = people) {
  const tallies = talliesOf(
    plan,
    rows.map(([profession, setting, level]): Person => {
      return { facets: [profession, setting], answers: level === null ? {} : { A1: level } };
    }),
  );
  const input: EstimatesInput = {
    ...{ plan, tallies, matrix, threshold: 11, tierOf: () => null, staff: table },
    dimensions: ['profession', 'setting'].map((key) => dimensionOf(plan, key, tallies, (_, code) => code)),
  };
  const { nodes } = estimatesOf(input);
  return (profession: string | null, setting: string | null) =>
    nodes.find(({ key }) => key.profession === profession && key.setting === setting)!.items[0]!.peopleBelow;
}

test('people below are those of every profession and setting, and nobody of whom nothing is required', () => {
  const below = belowIn(staff);
  // 100·½ + 10·1 + 40·½
  expect(below(null, null)!.estimate).toBeCloseTo(80, 9);
  expect(below('mh', null)!.estimate).toBeCloseTo(60, 9);
  expect(below(null, 'school')!.estimate).toBeCloseTo(30, 9);
  expect(below('mh', 'ward')).toEqual({ estimate: 50, se: null, interval: null });
  expect(below('adult', 'ward')).toBeNull();
  expect(below('child', 'ward')).toBeNull();
});

test('staff of whom nobody answered, and something is required, leave the number unknown', () => {
  const below = belowIn(
    staff,
    people.filter(([profession, setting]) => profession !== 'mh' || setting !== 'school'),
  );
  expect(below(null, null)).toMatchObject({ estimate: null, reason: 'group_without_answers' });
  expect(below('mh', 'ward')!.estimate).toBeCloseTo(50, 9);
  // Nor does it help that they answered and gave no level.
  const silent = belowIn(
    staff,
    people.map(([profession, setting, level]) => [profession, setting, setting === 'school' ? null : level]),
  );
  expect(silent(null, 'school')).toMatchObject({ estimate: null, reason: 'group_without_answers' });
});

test('staff counted by profession alone tell of professions, not of settings', () => {
  const rows = [
    { facet: 'profession', codes: ['mh'], headcount: 90 },
    { facet: 'profession', codes: ['child'], headcount: 50 },
    { facet: 'setting', codes: ['ward'], headcount: 140 },
  ];
  const below = belowIn({ kind: 'margins', facets: ['profession', 'setting'], rows });
  expect(below('mh', null)!.estimate).toBeCloseTo(60, 9);
  // Of child nurses four of five need it; half of these are below.
  expect(below('child', null)!.estimate).toBeCloseTo(20, 9);
  expect(below(null, null)!.estimate).toBeCloseTo(80, 9);
  expect(below(null, 'ward')).toBeNull();
});

test('without headcounts nobody knows', () => {
  expect(belowIn(null)(null, null)).toBeNull();
});
