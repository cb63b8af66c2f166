import fc from 'fast-check';
import type { Count } from '../../src/gaps/count';
import {
  type AnswerCount,
  levelCountsOf,
  method,
  peopleBelow,
  rankedByShortfall,
  requiredLevelEstimates,
} from '../../src/gaps/required-level-estimates';
import { requiredLevelGap } from '../../src/gaps/required-level-gap';
import { cellsOf, expectInvariance, level, numberOf, peopleOf, unweighted, weighted } from './figures';

/** METHODS.md 1(a): profession, required level, answer, weight. */
const people: [string, number | null, AnswerCount['answer'], number][] = [
  ['mental health', 3, 3, 1],
  ['mental health', 3, 2, 1],
  ['mental health', 3, 4, 0.8],
  ['mental health', 3, 1, 1.2],
  ['child', 2, 2, 1.5],
  ['child', 2, 0, 1.5],
  ['child', 2, 'skipped', 1.5],
  ['child', 2, 3, 0.5],
  ['adult', null, 2, 1],
  ['mental health', 3, 'na', 1],
];

function answersOf(profession: string | null, isWeighted: boolean): AnswerCount[] {
  return people
    .filter(([of]) => profession === null || of === profession)
    .map(([, required, answer, weight]) => ({ required, answer, n: 1, weight: isWeighted ? weight : 1 }));
}

test.each([
  ['unweighted', null, false, [7, 57.1429, 0.7143, 1.6667, 0.2857, -0.4286]],
  ['weighted', null, true, [7, 50.6667, 0.8533, 1.7297, 0.1733, -0.68]],
  ['mental health only', 'mental health', false, [4, 50, 0.75, 1.5, 0.25, -0.5]],
  ['child only', 'child', false, [3, 66.6667, 0.6667, 2, 0.3333, -0.3333]],
])(
  'the worked example of METHODS.md 1(a), %s',
  (_name, profession, isWeighted, [n, meeting, shortfall, ofThoseBelow, surplus, signed]) => {
    const { counts } = levelCountsOf(answersOf(profession, isWeighted));
    const figures = requiredLevelEstimates(counts, { n: 7, weighted: isWeighted }, 4);
    expect(figures.n).toBe(n);
    expect(figures.percentMeeting.estimate).toBeCloseTo(meeting!, 4);
    expect(figures.percentBelow.estimate).toBeCloseTo(100 - meeting!, 4);
    expect(figures.meanShortfall.estimate).toBeCloseTo(shortfall!, 4);
    expect(figures.meanShortfallOfThoseBelow.estimate).toBeCloseTo(ofThoseBelow!, 4);
    expect(figures.meanSurplus.estimate).toBeCloseTo(surplus!, 4);
    expect(figures.meanSignedGap.estimate).toBeCloseTo(signed!, 4);
  },
);

test('the distribution, the standard error and the interval of the worked example, weighted', () => {
  const { counts } = levelCountsOf(answersOf(null, true));
  const figures = requiredLevelEstimates(counts, weighted(7), 4);
  expect(figures.weight).toBeCloseTo(7.5, 12);
  expect(figures.effectiveSize).toBeCloseTo(6.3703, 4);
  expect(figures.distribution.map(({ gap }) => gap)).toEqual([-2, -1, 0, 1]);
  for (const [index, share] of [36, 13.3333, 33.3333, 17.3333].entries()) {
    expect(figures.distribution[index]!.percent.estimate).toBeCloseTo(share, 4);
  }
  expect(figures.percentMeeting.se! / 100).toBeCloseTo(0.2142, 4);
  expect(figures.percentMeeting.interval![0] / 100).toBeCloseTo(0.1824, 4);
  expect(figures.percentMeeting.interval![1] / 100).toBeCloseTo(0.8254, 4);
});

test('who is not counted is counted apart', () => {
  expect(levelCountsOf(answersOf(null, true)).excluded).toEqual({
    no_requirement: 1,
    skipped: 1,
    na: 1,
    not_shown: 0,
    dk: 0,
  });
});

test('nobody with a requirement and a level: no figure, and why', () => {
  const figures = requiredLevelEstimates([], unweighted(0), 4);
  expect(figures.n).toBe(0);
  expect(figures.distribution).toEqual([]);
  for (const name of ['percentMeeting', 'meanShortfall', 'meanShortfallOfThoseBelow', 'meanLevel'] as const) {
    expect(figures[name]).toMatchObject({ estimate: null, reason: 'no_valid_answers' });
  }
});

test('nobody below: no mean shortfall of those below, and why', () => {
  const figures = requiredLevelEstimates([{ required: 0, level: 0, n: 9, weight: 9 }], unweighted(9), 4);
  expect(figures.percentMeeting.estimate).toBe(100);
  expect(figures.meanShortfallOfThoseBelow).toMatchObject({ estimate: null, reason: 'zero_denominator' });
});

test('people below in the workforce', () => {
  const groups = [
    { headcount: 200, percentMeeting: 75 },
    { headcount: 50, percentMeeting: 40 },
    { headcount: 0, percentMeeting: null },
  ];
  expect(peopleBelow(groups).estimate).toBeCloseTo(80, 12);
  expect(peopleBelow([...groups, { headcount: 10, percentMeeting: null }])).toMatchObject({
    estimate: null,
    reason: 'group_without_answers',
  });
});

test('competencies rank by shortfall, then by per cent below, then by code', () => {
  const one = (required: number, levels: number[]) =>
    requiredLevelEstimates(
      levels.map((level) => ({ required, level, n: 1, weight: 1 })),
      unweighted(4),
      4,
    );
  const rows = [
    { competency: 'few far below', estimates: one(4, [4, 4, 4, 0]) },
    { competency: 'many just below', estimates: one(4, [3, 3, 3, 3]) },
    { competency: 'nobody asked', estimates: one(4, []) },
    { competency: 'a fine one', estimates: one(2, [2, 2, 3, 4]) },
  ];
  expect(rankedByShortfall(rows).map(({ competency, rank }) => [competency, rank])).toEqual([
    ['many just below', 1],
    ['few far below', 2],
    ['a fine one', 3],
    ['nobody asked', null],
  ]);
});

test('the method is named with its version', () => {
  expect(method).toEqual({ name: 'required-level', version: 1 });
});

const levelCounts = cellsOf(fc.record({ required: level(0, 4), level: level(0, 4) }));
type LevelCell = { required: number; level: number } & Count;
const estimates = (cells: readonly LevelCell[]) =>
  requiredLevelEstimates(cells, weighted(peopleOf(cells)), 4);

test('the identities of METHODS.md 1(a), weighted', () => {
  fc.assert(
    fc.property(levelCounts, (cells) => {
      const figures = estimates(cells);
      expect(numberOf(figures.meanSignedGap)).toBeCloseTo(
        numberOf(figures.meanSurplus) - numberOf(figures.meanShortfall),
        9,
      );
      expect(numberOf(figures.meanShortfall)).toBeCloseTo(
        (numberOf(figures.percentBelow) / 100) * (figures.meanShortfallOfThoseBelow.estimate ?? 0),
        9,
      );
      expect(numberOf(figures.percentBelow)).toBeCloseTo(100 - numberOf(figures.percentMeeting), 9);
      const shares = figures.distribution.map(({ percent }) => numberOf(percent));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 9);
    }),
  );
});

test('a merged group’s per cent meeting is the weighted mean of its parts’', () => {
  fc.assert(
    fc.property(levelCounts, levelCounts, (one, other) => {
      const [a, b, merged] = [estimates(one), estimates(other), estimates([...one, ...other])];
      for (const name of ['percentMeeting', 'meanShortfall', 'meanLevel'] as const) {
        expect(numberOf(merged[name])).toBeCloseTo(
          (a.weight * numberOf(a[name]) + b.weight * numberOf(b[name])) / (a.weight + b.weight),
          9,
        );
      }
    }),
  );
});

test('it says what the unadorned gap says, whatever the order and the unit of weight', () => {
  fc.assert(
    fc.property(levelCounts, (cells) => {
      const [figures, plain] = [estimates(cells), requiredLevelGap(cells)!];
      expect(numberOf(figures.percentMeeting)).toBeCloseTo(plain.percentMeeting, 9);
      expect(numberOf(figures.meanShortfall)).toBeCloseTo(plain.meanShortfall, 9);
      expectInvariance(cells, (some) => ({ ...estimates(some), weight: 0 }));
    }),
    { numRuns: 30 },
  );
});
