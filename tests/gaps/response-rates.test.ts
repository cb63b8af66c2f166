import fc from 'fast-check';
import {
  type Dispositions,
  dispositionOf,
  openLinkFigures,
  responseRates,
} from '../../src/gaps/response-rates';
import { numberOf } from './figures';

const worked: Dispositions = {
  complete: 120,
  partial: 18,
  refused: 9,
  notContacted: 140,
  other: 3,
  unknown: 22,
  notEligible: 8,
};

test('the worked example of METHODS.md 2.1', () => {
  const rates = responseRates(worked, 14);
  expect(rates.rr1.estimate).toBeCloseTo(0.3846, 4);
  expect(rates.rr2.estimate).toBeCloseTo(0.4423, 4);
  expect(rates.eligibleShare.estimate).toBeCloseTo(0.9732, 4);
  expect(rates.rr3.estimate).toBeCloseTo(0.3853, 4);
  expect(rates.rr4.estimate).toBeCloseTo(0.4431, 4);
  expect(rates.rr5.estimate).toBeCloseTo(0.4138, 4);
  expect(rates.rr6.estimate).toBeCloseTo(0.4759, 4);
  expect(rates.completion.estimate).toBeCloseTo(0.7895, 4);
  expect([rates.answered, rates.invited]).toEqual([138, 312]);
});

test.each([
  [1, true, 'complete'],
  [0.8, true, 'complete'],
  [0.1 + 0.7, true, 'complete'],
  [0.79, true, 'partial'],
  [0.5, true, 'partial'],
  [0.49, true, 'refused'],
  [0, true, 'refused'],
  [1, false, 'refused'],
])('%d of the required questions answered, consent %s: %s', (share, consented, expected) => {
  expect(dispositionOf(share, consented)).toBe(expected);
});

test('nobody invited: no rate, and why', () => {
  const nobody = {
    complete: 0,
    partial: 0,
    refused: 0,
    notContacted: 0,
    other: 0,
    unknown: 0,
    notEligible: 0,
  };
  const { answered, invited, ...rates } = responseRates(nobody, 0);
  expect([answered, invited]).toEqual([0, 0]);
  for (const rate of Object.values(rates)) {
    expect(rate).toMatchObject({ estimate: null, reason: 'zero_denominator' });
  }
  expect(responseRates({ ...nobody, unknown: 5 }, 0).rr1.estimate).toBe(0);
  expect(responseRates({ ...nobody, unknown: 5 }, 0).rr5.estimate).toBeNull();
});

test('an open link has a completion rate and a share of the workforce, and no response rate', () => {
  const counts = { visits: 300, starts: 160, complete: 120, partial: 20 };
  const figures = openLinkFigures(counts, 1000);
  expect(figures).toMatchObject(counts);
  expect(figures.completion.estimate).toBe(0.75);
  expect(figures.workforceReached!.estimate).toBe(0.14);
  expect(openLinkFigures(counts, null).workforceReached).toBeNull();
  expect(openLinkFigures({ ...counts, starts: 0 }, null).completion.estimate).toBeNull();
});

test('each rate lies between the one that takes all unknown people as eligible and the one that takes none', () => {
  const count = fc.nat(500);
  const counts = fc.record({
    complete: fc.integer({ min: 1, max: 500 }),
    ...{
      partial: count,
      refused: count,
      notContacted: count,
      other: count,
      unknown: count,
      notEligible: count,
    },
  });
  fc.assert(
    fc.property(counts, (dispositions) => {
      const { rr1, rr2, rr3, rr4, rr5, rr6 } = responseRates(dispositions, 0);
      const rates = [rr1, rr3, rr5, rr2, rr4, rr6].map(numberOf);
      for (const [low, high] of [
        [0, 1],
        [1, 2],
        [3, 4],
        [4, 5],
        [0, 3],
        [2, 5],
      ]) {
        expect(rates[low!]).toBeLessThanOrEqual(rates[high!]! + 1e-12);
      }
      expect(Math.max(...rates)).toBeLessThanOrEqual(1);
    }),
  );
});
