import fc from 'fast-check';
import {
  type ComparedPair,
  combinationsOf,
  compareRoles,
  differentiating,
  passagesOf,
  type RoleLevels,
  sharedByAll,
  uniqueTo,
} from '../../src/matrices/role-comparison';

const competencies = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8'];

function role(...levels: (number | null)[]): RoleLevels {
  return new Map(levels.map((level, index) => [competencies[index]!, level]));
}

describe('the worked example of METHODS.md 1(h)', () => {
  const cwp = role(3, 3, 2, 3, 0, 2, 0, 2);
  const emhp = role(3, 3, 3, 2, 3, 2, 0, 0);
  const pwp = role(3, 2, 2, 0, 0, 0, 3, 2);
  const comparison = compareRoles(competencies, [cwp, emhp, pwp]);
  const [cwpEmhp, cwpPwp, emhpPwp] = comparison.pairs as [ComparedPair, ComparedPair, ComparedPair];

  test('shared by all, unique to one, and what sets the roles apart', () => {
    expect(sharedByAll(comparison)).toEqual(['k1', 'k2', 'k3']);
    expect([0, 1, 2].map((index) => uniqueTo(comparison, index))).toEqual([[], ['k5'], ['k7']]);
    expect(differentiating(comparison)).toEqual(['k4', 'k5', 'k6', 'k7', 'k8']);
  });

  test.each([
    ['CWP-EMHP', cwpEmhp, [5, 7, 0.7143, 0.8333, 0.6316, 1, 0.75, 0.8]],
    ['CWP-PWP', cwpPwp, [4, 7, 0.5714, 0.8, 0.5, 1.2857, 0.75, 0.6]],
    ['EMHP-PWP', emhpPwp, [3, 8, 0.375, 0.6, 0.3333, 1.75, 0.5833, 0.4375]],
  ])('the figures of %s', (_name, pair, expected) => {
    const figures = [
      pair.intersection,
      pair.union,
      pair.jaccard,
      pair.overlapCoefficient,
      pair.ruzicka,
      pair.meanAbsoluteDifference,
      pair.forward.credit,
      pair.backward.credit,
    ];
    figures.forEach((figure, index) => {
      expect(figure).toBeCloseTo(expected[index]!, 4);
    });
  });

  test.each([
    ['CWP-EMHP', cwpEmhp, { k1: 0, k2: 0, k3: -1, k4: 1, k5: -3, k6: 0, k8: 2 }],
    ['CWP-PWP', cwpPwp, { k1: 0, k2: 1, k3: 0, k4: 3, k6: 2, k7: -3, k8: 0 }],
    ['EMHP-PWP', emhpPwp, { k1: 0, k2: 1, k3: 1, k4: 2, k5: 3, k6: 2, k7: -3, k8: -2 }],
  ])('the level differences of %s', (_name, pair, expected) => {
    expect(pair.differences).toEqual(
      Object.entries(expected).map(([competency, difference]) => ({ competency, difference })),
    );
  });

  test.each([
    ['CWP to EMHP', cwpEmhp, { k3: 1, k5: 3 }],
    ['CWP to PWP', cwpPwp, { k7: 3 }],
    ['EMHP to PWP', emhpPwp, { k7: 3, k8: 2 }],
  ])('the top-up list from %s', (_name, pair, expected) => {
    expect(pair.forward.topUp).toEqual(
      Object.entries(expected).map(([competency, amount]) => ({ competency, amount })),
    );
  });

  test('the top-up list of the way back', () => {
    expect(cwpEmhp.backward.topUp).toEqual([
      { competency: 'k4', amount: 1 },
      { competency: 'k8', amount: 2 },
    ]);
  });

  test('who holds what together', () => {
    expect(combinationsOf(comparison)).toEqual([
      { roles: [0, 1, 2], competencies: ['k1', 'k2', 'k3'] },
      { roles: [0, 1], competencies: ['k4', 'k6'] },
      { roles: [1], competencies: ['k5'] },
      { roles: [2], competencies: ['k7'] },
      { roles: [0, 2], competencies: ['k8'] },
    ]);
  });

  test('every way between the three, once', () => {
    expect(passagesOf(comparison).map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 2],
      [2, 0],
      [2, 1],
    ]);
  });
});

test('no requirement and level 0 are both nothing to learn, and stay apart', () => {
  const comparison = compareRoles(['k1'], [role(0), role(null)]);

  expect(comparison.competencies[0]).toEqual({
    competency: 'k1',
    levels: [0, null],
    holders: [],
    spread: 0,
    isDifferentiating: false,
  });
  expect(comparison.pairs[0]!.union).toBe(0);
});

test.each([
  ['one level apart', role(2), role(1), false],
  ['two levels apart', role(3), role(1), true],
  ['at level 1 in one role only', role(1), role(null), true],
  ['the same', role(3), role(3), false],
])('a competency that is %s: differentiating is %s', (_name, a, b, expected) => {
  expect(compareRoles(['k1'], [a, b]).competencies[0]!.isDifferentiating).toBe(expected);
});

test('one level apart among three is differentiating only where one alone holds it', () => {
  const spread = (...levels: number[]) =>
    compareRoles(
      ['k1'],
      levels.map((level) => role(level)),
    ).competencies[0]!.isDifferentiating;

  expect(spread(1, 1, 0)).toBe(false);
  expect(spread(1, 0, 0)).toBe(true);
});

test('where there is nothing to divide by there is no figure', () => {
  const [nothing] = compareRoles(competencies, [role(), role(0, null)]).pairs;
  expect(nothing).toEqual({
    first: 0,
    second: 1,
    intersection: 0,
    union: 0,
    jaccard: null,
    overlapCoefficient: null,
    ruzicka: null,
    differences: [],
    meanAbsoluteDifference: null,
    forward: { from: 0, to: 1, required: 0, credit: null, topUp: [] },
    backward: { from: 1, to: 0, required: 0, credit: null, topUp: [] },
  });

  const [half] = compareRoles(competencies, [role(), role(2)]).pairs;
  expect(half).toMatchObject({ jaccard: 0, overlapCoefficient: null, ruzicka: 0, meanAbsoluteDifference: 2 });
  expect(half!.forward.credit).toBe(0);
  expect(half!.backward.credit).toBeNull();
});

const levels = fc.array(fc.option(fc.integer({ min: 0, max: 9 })), { minLength: 8, maxLength: 8 });
const anyRole = levels.map((given) => role(...given));
const someRoles = fc.array(anyRole, { minLength: 2, maxLength: 5 });

function sumOf(given: RoleLevels): number {
  return [...given.values()].reduce((sum: number, level) => sum + (level ?? 0), 0);
}

function pairOf(a: RoleLevels, b: RoleLevels): ComparedPair {
  return compareRoles(competencies, [a, b]).pairs[0]!;
}

test('a role with itself gives 1 throughout and nothing to top up', () => {
  fc.assert(
    fc.property(anyRole, (one) => {
      const { differences, ...pair } = pairOf(one, one);
      const whole = sumOf(one) > 0 ? 1 : null;
      expect([pair.jaccard, pair.overlapCoefficient, pair.ruzicka, pair.forward.credit]).toEqual([
        whole,
        whole,
        whole,
        whole,
      ]);
      expect(pair.forward.topUp).toEqual([]);
      expect(differences.every(({ difference }) => difference === 0)).toBe(true);
    }),
  );
});

test('the overlap is the same from both sides, and credit changes places', () => {
  fc.assert(
    fc.property(anyRole, anyRole, (a, b) => {
      const [there, back] = [pairOf(a, b), pairOf(b, a)];
      expect(back.jaccard).toBe(there.jaccard);
      expect(back.overlapCoefficient).toBe(there.overlapCoefficient);
      expect(back.ruzicka).toBe(there.ruzicka);
      expect(back.meanAbsoluteDifference).toBe(there.meanAbsoluteDifference);
      expect(back.forward.credit).toBe(there.backward.credit);
      expect(back.forward.topUp).toEqual(there.backward.topUp);
    }),
  );
});

test('shares lie between 0 and 1, and in their order', () => {
  fc.assert(
    fc.property(anyRole, anyRole, (a, b) => {
      const { jaccard, overlapCoefficient, ruzicka, forward, backward } = pairOf(a, b);
      for (const share of [jaccard, overlapCoefficient, ruzicka, forward.credit, backward.credit]) {
        if (share === null) continue;
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
      // The union is no smaller than either role; nor is the sum of the higher levels than either role's sum.
      if (overlapCoefficient !== null) expect(jaccard).toBeLessThanOrEqual(overlapCoefficient);
      for (const credit of [forward.credit, backward.credit]) {
        if (credit !== null) expect(ruzicka).toBeLessThanOrEqual(credit);
      }
    }),
  );
});

test('what is to be topped up is what credit leaves of the second role', () => {
  fc.assert(
    fc.property(anyRole, anyRole, (a, b) => {
      const { topUp, credit, required } = pairOf(a, b).forward;
      const amounts = topUp.reduce((sum, { amount }) => sum + amount, 0);
      expect(required).toBe(sumOf(b));
      expect(amounts).toBeCloseTo((1 - (credit ?? 1)) * sumOf(b), 9);
      expect(topUp.every(({ amount }) => amount > 0)).toBe(true);
    }),
  );
});

test('the order of the competencies changes no figure', () => {
  fc.assert(
    fc.property(someRoles, fc.shuffledSubarray(competencies, { minLength: 8 }), (roles, shuffled) => {
      const inOrder = compareRoles(competencies, roles);
      const mixed = compareRoles(shuffled, roles);
      const figures = ({ differences, forward, backward, ...pair }: ComparedPair) => ({
        ...pair,
        credits: [forward.credit, backward.credit],
      });
      expect(mixed.pairs.map(figures)).toEqual(inOrder.pairs.map(figures));
      expect(sharedByAll(mixed).sort()).toEqual(sharedByAll(inOrder));
      expect(differentiating(mixed).sort()).toEqual(differentiating(inOrder));
    }),
  );
});

test('every competency that a role holds is in exactly one combination, with those that hold it', () => {
  fc.assert(
    fc.property(someRoles, (roles) => {
      const combinations = combinationsOf(compareRoles(competencies, roles));
      const held = competencies.filter((code) => roles.some((one) => (one.get(code) ?? 0) > 0));
      expect(combinations.flatMap((combination) => combination.competencies).sort()).toEqual(held);
      for (const { roles: holders, competencies: codes } of combinations) {
        for (const code of codes) {
          roles.forEach((one, index) => {
            expect((one.get(code) ?? 0) > 0).toBe(holders.includes(index));
          });
        }
      }
    }),
  );
});
