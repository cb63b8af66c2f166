import fc from 'fast-check';
import type { Count } from '../../src/gaps/count';
import { type FourRatings, rankedByNeed, trainingNeed } from '../../src/gaps/four-ratings';
import { cellsOf, each, expectInvariance, level, numberOf, peopleOf, unweighted, weighted } from './figures';

/** METHODS.md 1(b): importance, performance, organisation, training; null is skipped. */
type Ratings = [number | null, number | null, number | null, number | null];
const tasks: Record<string, Ratings[]> = {
  'risk assessment': [
    [7, 4, 3, 6],
    [6, 5, 2, 5],
    [7, 3, 3, 7],
    [7, 5, 4, 6],
    [6, 4, 2, 6],
    [7, 6, 3, 5],
    [5, 4, 3, 6],
    [7, 4, null, 6],
  ],
  'record keeping': [
    [5, 5, 5, 2],
    [6, 5, 6, 2],
    [4, 5, 4, 3],
    [6, 4, 6, 2],
    [5, 5, 5, 3],
    [6, 4, 6, 2],
    [5, 4, 5, null],
    [6, 3, 7, 3],
  ],
  'research use': [
    [4, 3, 4, 4],
    [3, 3, 3, 3],
    [4, 2, 4, 5],
    [5, 3, 5, 5],
    [3, 2, 4, 4],
    [4, 4, 3, 3],
    [4, 3, 5, 4],
    [null, 3, 4, 4],
  ],
};

function needOf(ratings: Ratings[], highest = 7) {
  const answered = (place: number) =>
    each(ratings.flatMap((row) => (row[place] === null ? [] : [{ rating: row[place]! }])));
  const pairs = each(
    ratings.flatMap(([importance, performance]) =>
      importance === null || performance === null ? [] : [{ importance, performance }],
    ),
  );
  const [organisation, training] = [answered(2), answered(3)];
  return trainingNeed(
    { pairs, organisation, training },
    {
      pairs: unweighted(pairs.length),
      organisation: unweighted(organisation.length),
      training: unweighted(training.length),
    },
    highest,
  );
}

test.each([
  ['risk assessment', 8, 6.5, 4.375, 2.125, 1.126, 5.3379, 2.8571, 5.875, 3.0179, 'training'],
  ['record keeping', 8, 5.375, 4.375, 1, 1.3093, 2.1602, 5.5, 2.4286, -3.0714, 'organisational'],
  ['research use', 7, 3.8571, 2.8571, 1, 0.8165, 3.2404, 4, 4, 0, 'both'],
])(
  'the worked example of METHODS.md 1(b), %s',
  (task, n, importance, performance, need, sd, t, organisation, training, helps, route) => {
    const figures = needOf(tasks[task]!);
    expect(figures.n).toBe(n);
    expect(figures.importance.estimate).toBeCloseTo(importance, 4);
    expect(figures.performance.estimate).toBeCloseTo(performance, 4);
    expect(figures.need.estimate).toBeCloseTo(need, 4);
    expect(figures.sd).toBeCloseTo(sd, 4);
    expect(figures.t).toBeCloseTo(t, 4);
    expect(figures.organisation.estimate).toBeCloseTo(organisation, 4);
    expect(figures.training.estimate).toBeCloseTo(training, 4);
    expect(figures.trainingLessOrganisation).toBeCloseTo(helps, 4);
    expect(figures.route).toBe(route);
  },
);

test('the worked example’s ranks share the second place', () => {
  const rows = Object.entries(tasks).map(([code, ratings]) => ({ code, needs: needOf(ratings) }));
  expect(rankedByNeed(rows).map(({ code, rank }) => [code, rank])).toEqual([
    ['risk assessment', 1],
    ['record keeping', 2],
    ['research use', 2],
  ]);
});

test('a route is withheld where the interval of the need holds 0', () => {
  const recordKeeping = needOf(tasks['record keeping']!);
  expect(recordKeeping.need.interval![0]).toBeCloseTo(-0.0946, 4);
  expect(recordKeeping.need.interval![1]).toBeCloseTo(2.0946, 4);
  expect(recordKeeping.showsRoute).toBe(false);
  expect(needOf(tasks['risk assessment']!).showsRoute).toBe(true);
  expect(needOf(tasks['research use']!).showsRoute).toBe(true);
});

test('a small need names no route, however certain', () => {
  const same: Ratings[] = Array.from({ length: 9 }, (_, index) => [5, index < 8 ? 5 : 4, 1, 7]);
  expect(needOf(same)).toMatchObject({ route: 'training', showsRoute: false });
});

test('nobody, and everybody alike: nothing that is not a number', () => {
  const nobody = needOf([[null, 3, null, null]]);
  expect(nobody).toMatchObject({ n: 0, sd: null, t: null, p: null, route: null, showsRoute: false });
  expect(nobody.need).toMatchObject({ estimate: null, reason: 'no_valid_answers' });
  expect(
    needOf([
      [5, 3, 2, 2],
      [5, 3, 2, 2],
    ]),
  ).toMatchObject({ sd: 0, t: null, p: null });
});

const pairsOf = cellsOf(fc.record({ importance: level(1, 7), performance: level(1, 7) }));
const analyse = (pairs: readonly ({ importance: number; performance: number } & Count)[]) => {
  const sample = weighted(peopleOf(pairs));
  const helps = pairs.map(({ importance, performance, n, weight }) => ({
    organisation: { rating: importance, n, weight },
    training: { rating: performance, n, weight },
  }));
  const ratings: FourRatings = {
    pairs,
    organisation: helps.map(({ organisation }) => organisation),
    training: helps.map(({ training }) => training),
  };
  return trainingNeed(ratings, { pairs: sample, organisation: sample, training: sample }, 7);
};

test('need is mean importance less mean performance over the same people; order and unit of weight change nothing', () => {
  fc.assert(
    fc.property(pairsOf, (pairs) => {
      const figures = analyse(pairs);
      expect(numberOf(figures.need)).toBeCloseTo(
        numberOf(figures.importance) - numberOf(figures.performance),
        9,
      );
      expectInvariance(pairs, analyse);
    }),
    { numRuns: 30 },
  );
});
