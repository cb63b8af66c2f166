import fc from 'fast-check';
import type { Dimension } from '../../src/estimates/dimension';
import { skillsMatrix } from '../../src/frameworks/required-level';
import type { HeadcountTable } from '../../src/populations/headcount';
import type { Plan } from '../../src/questionnaires/plan';
import { workforceFigure, workforceOf } from '../../src/releases/workforce';

const facet = (name: string, codes: string[]) => ({
  ...{ name, facet: name },
  choices: codes.map((value) => ({ value, text: value })),
});
const plan = {
  facets: ['profession', 'setting'],
  pages: [
    { questions: [facet('profession', ['adult', 'child']), facet('setting', ['gp', 'ward', 'school'])] },
  ],
} as unknown as Plan;
const dimensions: Dimension[] = [
  {
    key: 'profession',
    categories: ['adult', 'child'].map((code) => ({ code, label: code, codes: [code] })),
  },
  {
    key: 'setting',
    categories: [
      { code: 'gp', label: 'gp', codes: ['gp'] },
      { code: 'others', label: 'Others', codes: ['ward', 'school'] },
    ],
  },
];
const level = (profession: string | null, setting: string | null, required: number) => ({
  ...{ competency: 'A1', profession, tier: null, setting, level: required },
});
const matrix = skillsMatrix([level('adult', null, 2), level('adult', 'gp', 3), level('child', 'ward', 4)]);
const joint: HeadcountTable = {
  kind: 'joint',
  facets: ['profession', 'setting'],
  rows: [
    ['adult', 'gp', 100],
    ['adult', 'ward', 40],
    ['child', 'gp', 30],
    ['child', 'ward', 20],
    ['child', 'school', 10],
  ].map(([profession, setting, headcount]) => ({
    ...{ facet: '', codes: [String(profession), String(setting)], headcount: Number(headcount) },
  })),
};
const given = { plan, dimensions, matrix, tierOf: () => null };
const everybody = { profession: null, setting: null };

describe('the staff of a group', () => {
  const workforce = workforceOf({ ...given, staff: joint });

  test.each([
    [{}, 200],
    [{ profession: 'adult' }, 140],
    [{ setting: 'others' }, 70],
    [{ profession: 'child', setting: 'others' }, 30],
  ])('%j: %i', (key, staff) => {
    expect(workforce.staffOf({ ...everybody, ...key })).toBe(staff);
  });

  test('counts only those of whom something is required, with the levels there are', () => {
    expect(workforce.requiredOf(everybody, 'A1')).toEqual({ staff: 160, lowest: 2, highest: 4 });
    expect(workforce.requiredOf({ profession: 'adult', setting: 'gp' }, 'A1')).toEqual({
      ...{ staff: 100, lowest: 3, highest: 3 },
    });
    expect(workforce.requiredOf({ profession: 'child', setting: 'gp' }, 'A1')).toBeNull();
    expect(workforce.requiredOf(everybody, 'B1')).toBeNull();
  });

  test('is not known by what nobody counted, and what goes with what is not guessed', () => {
    const margins: HeadcountTable = {
      ...{ kind: 'margins', facets: ['profession', 'setting'] },
      rows: [
        { facet: 'profession', codes: ['adult'], headcount: 140 },
        { facet: 'profession', codes: ['child'], headcount: 60 },
        { facet: 'setting', codes: ['gp'], headcount: 130 },
        { facet: 'setting', codes: ['ward'], headcount: 70 },
      ],
    };
    const byMargins = workforceOf({ ...given, staff: margins });
    expect(byMargins.staffOf({ profession: 'child', setting: null })).toBe(60);
    expect(byMargins.staffOf({ profession: null, setting: 'gp' })).toBeNull();
    expect(byMargins.requiredOf({ profession: 'child', setting: null }, 'A1')).toEqual({
      ...{ staff: 60, lowest: 4, highest: 4 },
    });
  });

  test('without headcounts the levels are those of whoever may answer', () => {
    const uncounted = workforceOf({ ...given, staff: null });
    expect(uncounted.staffOf(everybody)).toBeNull();
    expect(uncounted.requiredOf({ profession: 'adult', setting: null }, 'A1')).toEqual({
      ...{ staff: null, lowest: 2, highest: 3 },
    });
  });
});

describe('people below what is required', () => {
  const required = { staff: 160, lowest: 2, highest: 4 };

  test('are the displayed share of the staff, to the nearest five', () => {
    expect(workforceFigure(required, { percentMeeting: 57, percentMeetingInterval: [41, 72] })).toEqual({
      ...required,
      below: 70,
      belowInterval: [45, 95],
    });
  });

  test('are not told where words stand in place of the share', () => {
    expect(workforceFigure(required, { percentMeeting: null, percentMeetingInterval: null })).toEqual({
      ...required,
      ...{ below: null, belowInterval: null },
    });
  });

  test('follow from what is shown alone, and lie within their interval', () => {
    const share = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.nat(100_000), fc.tuple(share, share, share), (staff, shares) => {
        const [low, middle, high] = [...shares].sort((a, b) => a - b) as [number, number, number];
        const { below, belowInterval } = workforceFigure(
          { staff, lowest: 1, highest: 1 },
          { percentMeeting: middle, percentMeetingInterval: [low, high] },
        );
        expect(below! % 5).toBe(0);
        expect(below!).toBeGreaterThanOrEqual(belowInterval![0]);
        expect(below!).toBeLessThanOrEqual(belowInterval![1]);
        expect(Math.abs(below! - (staff * (100 - middle)) / 100)).toBeLessThanOrEqual(2.5);
      }),
    );
  });
});
