import fc from 'fast-check';
import { type ConfidenceFrequencyCount, confidenceFrequency } from '../../src/gaps/confidence-frequency';
import { cellsOf, each, expectInvariance, level, numberOf, peopleOf, unweighted, weighted } from './figures';

/** METHODS.md 1(f). */
const confidences = [2, 1, 4, 5, 3, 2, 5, 4, 2, 3];
const frequencies = [4, 3, 4, 1, 3, 0, 0, 2, 4, 1];
const people = each(
  confidences.map((confidence, person) => ({ confidence, frequency: frequencies[person]! })),
);

test('the worked example of METHODS.md 1(f)', () => {
  const figures = confidenceFrequency(people, unweighted(10));
  expect(figures.n).toBe(10);
  expect(figures.users).toBe(5);
  expect(figures.atRiskOfUsers.estimate).toBeCloseTo(60, 4);
  expect(figures.atRiskOfAll.estimate).toBeCloseTo(30, 4);
  expect(figures.dormant.estimate).toBeCloseTo(20, 4);
  expect(figures.useWeightedGap.estimate).toBeCloseTo(2.2727, 4);
  expect(figures.plainGap.estimate).toBeCloseTo(1.9, 4);
  expect(figures.spearman.estimate).toBeCloseTo(-0.3797, 4);
});

test('nobody, nobody who uses it, and everybody alike: a reason in the figure’s place', () => {
  const nobody = confidenceFrequency([], unweighted(0));
  for (const figure of Object.values(nobody)) {
    if (typeof figure === 'object')
      expect(figure).toMatchObject({ estimate: null, reason: 'no_valid_answers' });
  }
  const unused = confidenceFrequency([{ confidence: 3, frequency: 0, n: 4, weight: 4 }], unweighted(4));
  expect(unused.atRiskOfUsers).toMatchObject({ estimate: null, reason: 'zero_denominator' });
  expect(unused.useWeightedGap).toMatchObject({ estimate: null, reason: 'zero_denominator' });
  expect(unused.spearman).toMatchObject({ estimate: null, reason: 'no_variation' });
  expect(unused.plainGap.estimate).toBe(2);
});

const cells = cellsOf(fc.record({ confidence: level(1, 5), frequency: level(0, 4) }));
const analyse = (some: readonly ConfidenceFrequencyCount[]) =>
  confidenceFrequency(some, weighted(peopleOf(some)));

test('the correlation is between -1 and 1, and turns with the scale', () => {
  fc.assert(
    fc.property(cells, (some) => {
      const { spearman } = analyse(some);
      if (spearman.estimate === null) return;
      expect(Math.abs(spearman.estimate)).toBeLessThanOrEqual(1 + 1e-12);
      const turned = analyse(some.map((cell) => ({ ...cell, confidence: 6 - cell.confidence })));
      expect(numberOf(turned.spearman)).toBeCloseTo(-spearman.estimate, 9);
    }),
  );
});

test('who is at risk of all is who is at risk of the users, times their share', () => {
  fc.assert(
    fc.property(cells, (some) => {
      const { atRiskOfAll, atRiskOfUsers } = analyse(some);
      const weight = (of: readonly ConfidenceFrequencyCount[]) =>
        of.reduce((sum, cell) => sum + cell.weight, 0);
      const users = weight(some.filter(({ frequency }) => frequency >= 3)) / weight(some);
      expect(numberOf(atRiskOfAll)).toBeCloseTo((atRiskOfUsers.estimate ?? 0) * users, 9);
    }),
  );
});

test('order and unit of weight change nothing', () => {
  fc.assert(
    fc.property(cells, (some) => expectInvariance(some, analyse)),
    { numRuns: 30 },
  );
});
