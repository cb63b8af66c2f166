import fc from 'fast-check';
import type { Count } from '../../src/gaps/count';
import {
  cochransQ,
  compareFields,
  gapSourceEstimates,
  type MainCount,
  type TickCount,
} from '../../src/gaps/gap-source-estimates';
import { gapSources } from '../../src/gaps/gap-sources';
import { each, expectSameFigures, level, numberOf, unweighted, weighted } from './figures';

const [prereg, workplace, offer] = [0b001, 0b010, 0b100];

/** METHODS.md 1(g): field, what was ticked, and the main source where several were. */
const nurses: [string, number, number?][] = [
  ['adult', prereg | offer, 0],
  ['adult', prereg],
  ['adult', 0],
  ['child', prereg | workplace | offer, 1],
  ['child', workplace],
  ['mental health', offer],
  ['mental health', 0],
  ['mental health', workplace | offer, 2],
  ['learning disability', prereg | workplace, 0],
  ['learning disability', prereg | offer, 2],
];
const fields = ['adult', 'child', 'mental health', 'learning disability'];

function answersOf(field?: string): { ticks: TickCount[]; mainOfSeveral: MainCount[] } {
  const people = nurses.filter(([of]) => field === undefined || of === field);
  return {
    ticks: each(people.map(([, ticks]) => ({ ticks }))),
    mainOfSeveral: each(people.flatMap(([, , main]) => (main === undefined ? [] : [{ source: main }]))),
  };
}

test.each([
  [undefined, 10, 80, [62.5, 50, 62.5], [37.5, 25, 37.5], [35.4167, 29.1667, 35.4167], 1.75],
  ['adult', 3, 66.6667, [100, 0, 50], [100, 0, 0], [75, 0, 25], 1.5],
  ['child', 2, 100, [50, 100, 50], [0, 100, 0], [16.6667, 66.6667, 16.6667], 2],
  ['mental health', 3, 66.6667, [0, 50, 100], [0, 0, 100], [0, 25, 75], 1.5],
  ['learning disability', 2, 100, [100, 50, 50], [50, 0, 50], [50, 25, 25], 2],
])('the worked example of METHODS.md 1(g), %s', (field, n, gap, any, main, fractional, meanSources) => {
  const figures = gapSourceEstimates(answersOf(field), 3, unweighted(10));
  expect(figures.n).toBe(n);
  expect(figures.gap.estimate).toBeCloseTo(gap, 4);
  for (const source of [0, 1, 2]) {
    expect(figures.any[source]!.estimate).toBeCloseTo(any[source]!, 4);
    expect(figures.main[source]!.estimate).toBeCloseTo(main[source]!, 4);
    expect(figures.fractional[source]!.estimate).toBeCloseTo(fractional[source]!, 4);
  }
  expect(figures.notSure.estimate).toBeCloseTo(0, 9);
  expect(figures.meanSources.estimate).toBeCloseTo(meanSources, 4);
});

test('Cochran’s Q of the worked example', () => {
  const { q, df, p } = cochransQ(answersOf().ticks, 3)!;
  expect(q).toBeCloseTo(0.2857, 4);
  expect(df).toBe(2);
  // exp(-Q/2), for two degrees of freedom
  expect(p).toBeCloseTo(Math.exp(-1 / 7), 9);
});

test('Cochran’s Q is not there where everybody names everything, or nobody has a gap', () => {
  expect(cochransQ([{ ticks: 0b11, n: 9, weight: 9 }], 2)).toBeNull();
  expect(cochransQ([{ ticks: 0, n: 9, weight: 9 }], 2)).toBeNull();
  expect(cochransQ([], 3)).toBeNull();
});

test('nobody with a gap: shares are missing, the gap is 0', () => {
  const figures = gapSourceEstimates(
    { ticks: [{ ticks: 0, n: 5, weight: 5 }], mainOfSeveral: [] },
    2,
    unweighted(5),
  );
  expect(figures.gap.estimate).toBe(0);
  for (const figure of [...figures.any, ...figures.main, ...figures.fractional, figures.notSure]) {
    expect(figure).toMatchObject({ estimate: null, reason: 'no_valid_answers' });
  }
});

test('who ticked several and named none is not sure; who is nowhere is refused', () => {
  const ticks = [{ ticks: 0b11, n: 4, weight: 4 }];
  const named = { source: 0, n: 3, weight: 3 };
  const figures = gapSourceEstimates(
    { ticks, mainOfSeveral: [named, { source: null, n: 1, weight: 1 }] },
    2,
    unweighted(4),
  );
  expect(figures.notSure.estimate).toBe(25);
  expect(() => gapSourceEstimates({ ticks, mainOfSeveral: [named] }, 2, unweighted(4))).toThrow(RangeError);
});

test('each field against the rest, adjusted together, without what may not be published', () => {
  const rows = compareFields(
    fields.map((code) => ({ code, ticks: answersOf(code).ticks, publishable: code !== 'child' })),
    3,
    unweighted(10),
  );
  expect(rows).toHaveLength(12);
  const [adultPrereg] = rows;
  // 2 of 2 against 3 of 6
  expect(adultPrereg!.comparison.difference).toBeCloseTo(50, 9);
  expect(rows.filter(({ q }) => q === null).map(({ field }) => field)).toEqual(['child', 'child', 'child']);
  expect(rows.every(({ isClear }) => !isClear)).toBe(true);
});

test('a field that differs clearly is found', () => {
  const people = (ticks: number, n: number) => ({ ticks, n, weight: n });
  const rows = compareFields(
    [
      { code: 'a', ticks: [people(0b01, 45), people(0b10, 5)], publishable: true },
      { code: 'b', ticks: [people(0b01, 10), people(0b10, 40)], publishable: true },
    ],
    2,
    unweighted(100),
  );
  expect(rows.map(({ isClear }) => isClear)).toEqual([true, true, true, true]);
});

/** People by their ticks, and of those with several whom they named; each stratum with its own weight. */
const answers = fc
  .array(
    fc.record({ ticks: level(0, 7), main: fc.option(level(0, 2)), n: level(1, 30), tenths: level(1, 40) }),
    { minLength: 1, maxLength: 15 },
  )
  .map((cells) => {
    const weighed = cells.map((cell) => ({ ...cell, weight: (cell.n * cell.tenths) / 10 }));
    const several = weighed.filter(({ ticks }) => ![0, 1, 2, 4].includes(ticks));
    return {
      ticks: weighed.map(({ ticks, n, weight }) => ({ ticks, n, weight })),
      mainOfSeveral: several.map(({ main, n, weight }) => ({ source: main, n, weight })),
      size: weighed.reduce((sum, { n }) => sum + n, 0),
    };
  });

test('fractional shares, and main shares with "not sure", sum to 100, weighted too', () => {
  fc.assert(
    fc.property(answers, ({ size, ...counted }) => {
      const figures = gapSourceEstimates(counted, 3, weighted(size));
      fc.pre(figures.withGap > 0);
      const sum = (shares: number[]) => shares.reduce((total, share) => total + share, 0);
      expect(sum(figures.fractional.map(numberOf))).toBeCloseTo(100, 9);
      expect(sum(figures.main.map(numberOf)) + numberOf(figures.notSure)).toBeCloseTo(100, 9);
      expect(numberOf(figures.meanSources)).toBeCloseTo(sum(figures.any.map(numberOf)) / 100, 9);
    }),
  );
});

test('with weights of 1 it says what the unadorned shares say', () => {
  fc.assert(
    fc.property(answers, ({ size, ...counted }) => {
      const plain = <C extends Count>(cells: C[]) => cells.map((cell) => ({ ...cell, weight: cell.n }));
      const byTicks = new Array<number>(8).fill(0);
      for (const { ticks, n } of counted.ticks) byTicks[ticks]! += n;
      const bySource = [0, 0, 0];
      for (const { source, n } of counted.mainOfSeveral) if (source !== null) bySource[source]! += n;
      const unadorned = gapSources({ ticks: byTicks, mainOfSeveral: bySource }, 3);
      fc.pre(unadorned !== null);
      const figures = gapSourceEstimates(
        { ticks: plain(counted.ticks), mainOfSeveral: plain(counted.mainOfSeveral) },
        3,
        unweighted(size),
      );
      expectSameFigures([figures.gap, ...figures.any, ...figures.main, ...figures.fractional].map(numberOf), [
        unadorned.gapPercent,
        ...unadorned.anyPercent,
        ...unadorned.mainPercent,
        ...unadorned.fractionalPercent,
      ]);
    }),
  );
});

test('order and unit of weight change nothing', () => {
  fc.assert(
    fc.property(answers, ({ size, ticks, mainOfSeveral }) => {
      const estimate = (factor: number, turn: boolean) => {
        const cells = <C extends Count>(some: C[]) => {
          const scaled = some.map((cell) => ({ ...cell, weight: factor * cell.weight }));
          return turn ? scaled.reverse() : scaled;
        };
        return gapSourceEstimates(
          { ticks: cells(ticks), mainOfSeveral: cells(mainOfSeveral) },
          3,
          weighted(size),
        );
      };
      expectSameFigures(estimate(2, false), estimate(1, false));
      expectSameFigures(estimate(1, true), estimate(1, false));
    }),
    { numRuns: 50 },
  );
});
