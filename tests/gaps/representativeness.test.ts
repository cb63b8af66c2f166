import fc from 'fast-check';
import { type MarginCategory, representativeness } from '../../src/gaps/representativeness';
import { level, numberOf } from './figures';

const category = (code: string, respondents: number, headcount: number): MarginCategory => ({
  ...{ code, respondents, headcount },
});

test('shares, difference, index, dissimilarity and chi-squared', () => {
  const { categories, dissimilarity, chiSquared, isDissimilar } = representativeness([
    category('adult', 60, 200),
    category('child', 30, 100),
    category('mental health', 10, 100),
  ]);
  const [adult, , mentalHealth] = categories;
  expect(adult!.sampleShare.estimate).toBeCloseTo(0.6, 12);
  expect(adult!.workforceShare.estimate).toBeCloseTo(0.5, 12);
  expect(adult!.difference.estimate).toBeCloseTo(0.1, 12);
  expect(adult!.index.estimate).toBeCloseTo(120, 9);
  expect(mentalHealth!.index.estimate).toBeCloseTo(40, 9);
  expect(mentalHealth!.flags).toEqual(['index_out_of_range']);
  // (0.1 + 0.05 + 0.15) / 2, and 100 (0.01/0.5 + 0.0025/0.25 + 0.0225/0.25)
  expect(dissimilarity.estimate).toBeCloseTo(0.15, 12);
  expect(chiSquared.estimate).toBeCloseTo(12, 9);
  expect(isDissimilar).toBe(false);
});

test('a category in which nobody answered blocks weighting; one with no staff has no index', () => {
  const { categories, chiSquared, isDissimilar } = representativeness([
    category('adult', 70, 50),
    category('child', 0, 50),
    category('other', 10, 0),
  ]);
  expect(categories[1]!.flags).toEqual(['nobody_answered', 'index_out_of_range']);
  expect(categories[2]!.index).toMatchObject({ estimate: null, reason: 'zero_denominator' });
  expect(categories[2]!.flags).toEqual([]);
  expect(chiSquared).toMatchObject({ estimate: null, reason: 'zero_denominator' });
  expect(isDissimilar).toBe(true);
});

test('an index of 50 or 200 is within range', () => {
  const { categories } = representativeness([category('a', 25, 50), category('b', 75, 50)]);
  expect(categories.map(({ flags }) => flags)).toEqual([[], []]);
  const [half, twice] = representativeness([
    category('a', 30, 60),
    category('b', 20, 10),
    category('c', 50, 30),
  ]).categories;
  expect([half!.flags, twice!.flags]).toEqual([[], []]);
});

test('nobody answered, or no headcounts: no figure, and why', () => {
  const unanswered = representativeness([category('a', 0, 10), category('b', 0, 0)]);
  expect(unanswered.dissimilarity).toMatchObject({ estimate: null, reason: 'no_valid_answers' });
  expect(unanswered.categories[0]!.flags).toEqual(['nobody_answered']);
  const uncounted = representativeness([category('a', 4, 0)]);
  expect(uncounted.chiSquared).toMatchObject({ estimate: null, reason: 'zero_denominator' });
  expect(representativeness([]).isDissimilar).toBe(false);
});

test('a sample in proportion differs by nothing; dissimilarity is 0 to 1, and the order of categories does not matter', () => {
  const margins = fc.array(fc.record({ respondents: level(0, 50), headcount: level(1, 500) }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(margins, (rows) => {
      fc.pre(rows.some(({ respondents }) => respondents > 0));
      const margin = rows.map((row, index) => ({ ...row, code: String(index) }));
      const { dissimilarity, chiSquared } = representativeness(margin);
      expect(numberOf(dissimilarity)).toBeGreaterThanOrEqual(0);
      expect(numberOf(dissimilarity)).toBeLessThanOrEqual(1);
      const turned = representativeness([...margin].reverse());
      expect(numberOf(turned.chiSquared)).toBeCloseTo(numberOf(chiSquared), 6);
      const same = representativeness(margin.map((row) => ({ ...row, respondents: row.headcount })));
      expect(numberOf(same.dissimilarity)).toBeCloseTo(0, 12);
      expect(numberOf(same.chiSquared)).toBeCloseTo(0, 9);
    }),
  );
});
