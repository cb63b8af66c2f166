import fc from 'fast-check';
import { countingOf } from '../../src/estimates/counting';
import { estimatesOf } from '../../src/estimates/estimates';
import { type ScaleEstimates, scaleReliabilities } from '../../src/estimates/scales';
import { scaleReliability, scaleSumsOf } from '../../src/gaps/scale-reliability';
import { type Person, planOf, rated, talliesOf, weighing } from './counted';

/** METHODS.md 1(k): ten people, four items. */
const worked = [
  [4, 4, 3, 4],
  [2, 3, 2, 2],
  [4, 4, 5, 5],
  [3, 3, 3, 4],
  [2, 2, 2, 1],
  [4, 5, 4, 3],
  [3, 2, 3, 3],
  [5, 4, 4, 5],
  [1, 2, 3, 2],
  [4, 3, 5, 3],
];
const competencies = ['c1', 'c2', 'c3', 'c4'];
const plan = planOf(
  { profession: ['a', 'b'] },
  competencies.map((c) => rated(c, 'level', [1, 2, 3, 4, 5])),
);

/** People in one of two professions; an answer of 0 was skipped. */
function peopleOf(answers: readonly (readonly number[])[]): Person[] {
  return answers.map((values, person) => ({
    facets: [person % 3 === 0 ? 'a' : 'b'],
    answers: Object.fromEntries(
      competencies.flatMap((c, index) => (values[index] === 0 ? [] : [[c, values[index]!]])),
    ),
  }));
}

function countingFor(answers: readonly (readonly number[])[]) {
  const tallies = talliesOf(plan, peopleOf(answers));
  return countingOf({ plan, tallies, threshold: 11, matrix: new Map(), tierOf: () => null });
}

test('the worked example of METHODS.md 1(k) from tallies: too few, and three times over as it is printed', () => {
  const [few] = scaleReliabilities(countingFor(worked));
  expect(few).toMatchObject({
    ...{ domain: 'D', measure: 'level', items: competencies, places: [0, 1, 2, 3] },
    reliability: { reliable: false, n: 10, reason: 'too_few_complete_answers' },
  });
  // Repeating everybody leaves the ratios of variances as they are, and so alpha and omega.
  const [{ reliability }] = scaleReliabilities(countingFor([...worked, ...worked, ...worked])) as [
    ScaleEstimates,
  ];
  if (!reliability.reliable) throw new Error(reliability.reason);
  const { alpha, standardisedAlpha, items, omega, interval, n, warnings } = reliability;
  expect([n, warnings]).toEqual([30, []]);
  expect(alpha).toBeCloseTo(0.8901, 4);
  expect(standardisedAlpha).toBeCloseTo(0.8906, 4);
  const ifDeleted = [0.8119, 0.8787, 0.8835, 0.8505];
  for (const [index, expected] of ifDeleted.entries()) {
    expect(items[index]!.alphaIfDeleted).toBeCloseTo(expected, 4);
  }
  expect(omega.omega).toBeCloseTo(0.9004, 4);
  expect(interval[0]).toBeLessThan(alpha);
  expect(interval[1]).toBeGreaterThan(alpha);
});

const answer = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 });

test('sums kept stratum by stratum say what the people themselves would, of all and of some', () => {
  fc.assert(
    fc.property(fc.array(answer, { minLength: 30, maxLength: 80 }), (answers) => {
      const counting = countingFor(answers);
      const reliabilityOf = (some: readonly (readonly number[])[]) => {
        const complete = some.filter((values) => !values.includes(0));
        const patterns = complete.map((values) => ({ values, n: 1 }));
        return scaleReliability(scaleSumsOf(patterns, 4));
      };
      expect(scaleReliabilities(counting)[0]!.reliability).toEqual(reliabilityOf(answers));
      const ofA = counting.tallies.filter(({ stratum }) => stratum[0] === 'a');
      expect(scaleReliabilities(counting, ofA)[0]!.reliability).toEqual(
        reliabilityOf(answers.filter((_, person) => person % 3 === 0)),
      );
    }),
    { numRuns: 30 },
  );
});

test('estimates hold the scales of everybody, and weights leave them as they are', () => {
  const tallies = talliesOf(plan, peopleOf([...worked, ...worked, ...worked]));
  const input = { plan, tallies, threshold: 11, matrix: new Map(), tierOf: () => null, dimensions: [] };
  const weights = weighing(tallies, ([profession]) => (profession === 'a' ? 3 : 1));
  const { scales } = estimatesOf(input);
  expect(scales).toMatchObject([{ domain: 'D', reliability: { reliable: true, n: 30 } }]);
  expect(estimatesOf({ ...input, weights }).scales).toEqual(scales);
});
