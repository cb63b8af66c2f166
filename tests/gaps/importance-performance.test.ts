import { borichNeed } from '../../src/gaps/borich';
import { importancePerformance, locusForFocus } from '../../src/gaps/importance-performance';
import { numberOf, unweighted } from './figures';
import { abilityRatings } from './worked-pairs';

const points = Object.entries(abilityRatings).map(([competency, pairs]) => {
  const need = borichNeed(pairs, unweighted(pairs.length), 5);
  return {
    competency,
    n: need.n,
    importance: numberOf(need.importance),
    performance: numberOf(need.ability),
    discrepancy: need.discrepancies / need.n,
    borich: numberOf(need.score),
  };
});
const quadrants = (...args: Parameters<typeof importancePerformance>) =>
  importancePerformance(...args)!.points.map(({ competency, quadrant }) => [competency, quadrant]);

test('the worked example of METHODS.md 1(e)', () => {
  const { crosshair } = importancePerformance(points, 1)!;
  expect(crosshair.importance).toBeCloseTo(4.0268, 4);
  expect(crosshair.performance).toBeCloseTo(3.5134, 4);
  expect(quadrants(points, 1)).toEqual([
    ['c1', 'concentrate here'],
    ['c2', 'low priority'],
    ['c3', 'keep up the good work'],
    ['c4', 'low priority'],
  ]);
});

test('only competencies of enough people enter the crosshair', () => {
  const { crosshair } = importancePerformance(points, 8)!;
  expect(crosshair.importance).toBeCloseTo((4.625 + 3.875 + 4.75) / 3, 12);
  expect(importancePerformance(points, 9)).toBeNull();
  expect(importancePerformance([], 1)).toBeNull();
});

test('the crosshair may lie at the medians, or in the middle of the scale', () => {
  expect(importancePerformance(points, 1, { at: 'median' })!.crosshair.importance).toBeCloseTo(4.25, 12);
  expect(importancePerformance(points, 8, { at: 'median' })!.crosshair.importance).toBe(4.625);
  expect(importancePerformance(points, 1, { at: 'scale', highest: 5 })!.crosshair).toEqual({
    importance: 3,
    performance: 3,
  });
  expect(quadrants(points, 1, { at: 'scale', highest: 5 })).toContainEqual(['c4', 'possible overkill']);
});

test('on the crosshair counts as high, to nine decimals', () => {
  const point = (competency: string, importance: number) => ({
    competency,
    n: 20,
    importance,
    performance: 3,
  });
  expect(quadrants([point('a', 0.1 + 0.2), point('b', 0.3), point('c', 0.3)], 1)).toEqual([
    ['a', 'keep up the good work'],
    ['b', 'keep up the good work'],
    ['c', 'keep up the good work'],
  ]);
});

test('locus for focus: high importance and high discrepancy, confirmed by Borich', () => {
  const { crosshair, points: placed } = locusForFocus(points, 1)!;
  expect(crosshair.importance).toBeCloseTo(4.0268, 4);
  // (14/8 + 3/8 + 4/8 - 4/7) / 4
  expect(crosshair.discrepancy).toBeCloseTo(0.5134, 4);
  expect(placed.filter(({ isTopPriority }) => isTopPriority).map(({ competency }) => competency)).toEqual([
    'c1',
  ]);
  expect(placed.map(({ isConfirmed }) => isConfirmed)).toEqual([true, false, false, false]);
  expect(locusForFocus(points, 9)).toBeNull();
});

test('a top priority that others outscore is not confirmed', () => {
  const point = (competency: string, importance: number, discrepancy: number, borich: number) => ({
    ...{ competency, n: 20, importance, discrepancy, borich },
  });
  const { points: placed } = locusForFocus(
    [point('a', 5, 1, 5), point('b', 1, 9, 9), point('c', 1, -7, -7)],
    1,
  )!;
  expect(placed[0]).toMatchObject({ isTopPriority: true, isConfirmed: false });
});
