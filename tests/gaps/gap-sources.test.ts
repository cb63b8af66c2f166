import fc from 'fast-check';
import { gapSources } from '../../src/gaps/gap-sources';

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

function counted(field?: string) {
  const ticks = new Array(8).fill(0);
  const mainOfSeveral = [0, 0, 0];
  for (const [of, ticked, main] of nurses) {
    if (field && of !== field) continue;
    ticks[ticked] += 1;
    if (main !== undefined) mainOfSeveral[main]! += 1;
  }
  return { ticks, mainOfSeveral };
}

test.each([
  [undefined, 10, 80, [62.5, 50, 62.5], [37.5, 25, 37.5], [35.4167, 29.1667, 35.4167], 1.75],
  ['adult', 3, 66.6667, [100, 0, 50], [100, 0, 0], [75, 0, 25], 1.5],
  ['child', 2, 100, [50, 100, 50], [0, 100, 0], [16.6667, 66.6667, 16.6667], 2],
  ['mental health', 3, 66.6667, [0, 50, 100], [0, 0, 100], [0, 25, 75], 1.5],
  ['learning disability', 2, 100, [100, 50, 50], [50, 0, 50], [50, 25, 25], 2],
])('the worked example of METHODS.md 1(g), %s', (field, n, gap, any, main, fractional, mean) => {
  const figures = gapSources(counted(field), 3)!;
  expect(figures.n).toBe(n);
  expect(figures.gapPercent).toBeCloseTo(gap, 4);
  any.forEach((share, source) => {
    expect(figures.anyPercent[source]).toBeCloseTo(share, 4);
    expect(figures.mainPercent[source]).toBeCloseTo(main[source]!, 4);
    expect(figures.fractionalPercent[source]).toBeCloseTo(fractional[source]!, 4);
  });
  expect(figures.notSurePercent).toBeCloseTo(0, 9);
  expect(figures.meanSources).toBeCloseTo(mean, 9);
});

test('nobody with a gap gives no share', () => {
  expect(gapSources({ ticks: [5, 0, 0, 0], mainOfSeveral: [0, 0] }, 2)).toBeNull();
});

test('fractional shares, and main shares with "not sure", sum to 100', () => {
  const counts = fc
    .array(fc.nat(40), { minLength: 8, maxLength: 8 })
    .filter((ticks) => ticks.some((n, i) => i > 0 && n > 0));
  fc.assert(
    fc.property(counts, (ticks) => {
      const figures = gapSources({ ticks, mainOfSeveral: [ticks[3]!, 0, 0] }, 3)!;
      const sum = (shares: number[]) => shares.reduce((total, share) => total + share, 0);
      expect(sum(figures.fractionalPercent)).toBeCloseTo(100, 9);
      expect(sum(figures.mainPercent) + figures.notSurePercent).toBeCloseTo(100, 9);
    }),
  );
});
