import fc from 'fast-check';
import {
  coverageOf,
  coveragePercent,
  metPercent,
  type Need,
  needWeightedCoveragePercent,
  openTo,
  purchaseList,
  type TeachingOffer,
  unmetNeeds,
} from '../../src/training/training-coverage';

const everybody = { professions: null, region: null };

function offer(
  id: string,
  levels: Record<string, number>,
  change: Partial<TeachingOffer> = {},
): TeachingOffer {
  const known = { places: 10, cost: 1000, professions: [], regions: [] };
  return { id, levels: new Map(Object.entries(levels)), ...known, ...change };
}

describe('the worked example of METHODS.md 1(i)', () => {
  const offers = [
    offer('o1', { k1: 3, k2: 2 }, { places: 50, cost: 10_000 }),
    offer('o2', { k3: 2, k4: 2 }, { places: 100, cost: 8000 }),
    offer('o3', { k1: 3 }, { places: 30, cost: 4000 }),
    offer('o4', { k2: 3, k4: 2 }, { places: 60, cost: 9000 }),
  ];
  const people = { k1: 120, k2: 80, k3: 200, k4: 40, k5: 60 };
  const requirements = [
    { competency: 'k1', level: 3 },
    { competency: 'k2', level: 2 },
    { competency: 'k3', level: 3 },
    { competency: 'k4', level: 2 },
    { competency: 'k5', level: 3 },
  ];
  const covered = coverageOf(requirements, openTo(offers, everybody));
  const needs = covered.map((row) => ({
    ...row,
    people: people[row.requirement.competency as keyof typeof people],
  }));
  const unmet = unmetNeeds(needs);
  const of = (competency: string) => unmet.find(({ requirement }) => requirement.competency === competency)!;

  test('coverage, need-weighted coverage and what is met', () => {
    expect(coveragePercent(covered)).toBeCloseTo(60, 4);
    expect(needWeightedCoveragePercent(needs)).toBeCloseTo(48, 4);
    expect(metPercent(unmet)).toBeCloseTo(40, 4);
  });

  test.each([
    ['k1', ['o1', 'o3'], [], 80, 40, 0.3333, 3],
    ['k2', ['o1', 'o4'], [], 110, 0, 0, 4],
    ['k3', [], ['o2'], 0, 200, 1, 1],
    ['k4', ['o2', 'o4'], [], 160, 0, 0, 4],
    ['k5', [], [], 0, 60, 1, 2],
  ])('%s: offers, places, and the need left over', (competency, full, below, supply, left, ratio, rank) => {
    const row = of(competency);
    expect(row.full.map(({ id }) => id)).toEqual(full);
    expect(row.below.map(({ id }) => id)).toEqual(below);
    expect(row).toMatchObject({ supply, unmet: left, rank, placesUnknown: false });
    expect(row.ratio).toBeCloseTo(ratio, 4);
  });

  test('the largest need that is left stands first', () => {
    expect(unmet.map(({ requirement }) => requirement.competency)).toEqual(['k3', 'k5', 'k1', 'k2', 'k4']);
  });

  test('what to buy: most filled for the pound, each offer once, while the money lasts', () => {
    // o3 fills min(30, 40) of k1 for 4,000; then o1 fills the last 10 of k1 for 10,000. The others reach nothing left.
    expect(purchaseList(unmet, offers, 14_000)).toMatchObject([
      { offer: { id: 'o3' }, fills: 30 },
      { offer: { id: 'o1' }, fills: 10 },
    ]);
    expect(purchaseList(unmet, offers, 13_999)).toMatchObject([{ offer: { id: 'o3' } }]);
    expect(purchaseList(unmet, offers, 3999)).toEqual([]);
  });
});

describe('coverage', () => {
  test.each([
    ['nothing required', [], [], null],
    ['nobody teaches it', [{ competency: 'a', level: 1 }], [], 0],
    ['it is reached', [{ competency: 'a', level: 2 }], [offer('x', { a: 2 })], 100],
    ['it is more than reached', [{ competency: 'a', level: 2 }], [offer('x', { a: 4 })], 100],
    ['it stays below', [{ competency: 'a', level: 2 }], [offer('x', { a: 1 })], 0],
    ['0 is not covered', [{ competency: 'a', level: 1 }], [offer('x', { a: 0 })], 0],
  ])('%s', (_case, requirements, offers, percent) => {
    expect(coveragePercent(coverageOf(requirements, offers))).toBe(percent);
  });

  test.each([
    [[], [], everybody, true],
    [['rn_adult'], ['Y56'], everybody, true],
    [['rn_adult'], [], { professions: ['rn_adult'], region: null }, true],
    [['rn_adult'], [], { professions: ['midwife'], region: null }, false],
    [[], [], { professions: ['midwife'], region: 'Y56' }, true],
    [['midwife'], [], { professions: ['rn_adult', 'midwife'], region: null }, true],
    [['midwife'], [], { professions: [], region: null }, false],
    [[], ['Y56'], { professions: null, region: 'Y58' }, false],
    [[], ['Y56', 'Y58'], { professions: null, region: 'Y58' }, true],
  ])('an offer for %j in %j is open to %j: %s', (professions, regions, audience, open) => {
    expect(openTo([offer('x', {}, { professions, regions })], audience)).toHaveLength(open ? 1 : 0);
  });

  test('places nobody knows supply nothing, and are told of', () => {
    const requirements = [{ competency: 'a', level: 1 }];
    const offers = [offer('x', { a: 1 }, { places: null }), offer('y', { a: 1 }, { places: 5 })];
    const [need] = coverageOf(requirements, offers).map((row) => ({ ...row, people: 20 }));
    expect(unmetNeeds([need!])).toMatchObject([{ supply: 5, unmet: 15, placesUnknown: true }]);
  });

  test('no need gives no ratio and no percentage, never a division by 0', () => {
    const rows = coverageOf([{ competency: 'a', level: 1 }], []).map((row) => ({ ...row, people: 0 }));
    expect(unmetNeeds(rows)).toMatchObject([{ unmet: 0, ratio: null, rank: 1 }]);
    expect(needWeightedCoveragePercent(rows)).toBeNull();
    expect(metPercent(unmetNeeds(rows))).toBeNull();
  });

  test('free offers are bought first, those of unknown cost never', () => {
    const needs = [{ requirement: { competency: 'a', level: 1 }, unmet: 100 }];
    const offers = [
      offer('dear', { a: 1 }, { cost: 10, places: 50 }),
      offer('unknown', { a: 1 }, { cost: null }),
      offer('free', { a: 1 }, { cost: 0, places: 1 }),
      offer('fuller', { a: 1 }, { cost: 0, places: 2 }),
    ];
    expect(purchaseList(needs, offers, 10).map(({ offer }) => offer.id)).toEqual(['fuller', 'free', 'dear']);
  });
});

describe('whatever the offers are', () => {
  const competency = fc.constantFrom('a', 'b', 'c', 'd');
  const offers = fc
    .array(
      fc.record({
        levels: fc.dictionary(competency, fc.integer({ min: 0, max: 4 })),
        places: fc.option(fc.nat(200)),
        cost: fc.option(fc.nat(5000)),
      }),
      { maxLength: 8 },
    )
    .map((list) => list.map(({ levels, ...rest }, index) => offer(`o${index}`, levels, rest)));
  const requirements = fc.uniqueArray(fc.record({ competency, level: fc.integer({ min: 1, max: 4 }) }), {
    selector: ({ competency, level }) => `${competency}${level}`,
  });
  const people = fc.array(fc.nat(500), { minLength: 16, maxLength: 16 });

  function needsOf(
    rows: ReturnType<typeof coverageOf<TeachingOffer>>,
    counts: number[],
  ): Need<TeachingOffer>[] {
    return rows.map((row, index) => ({ ...row, people: counts[index]! }));
  }

  test('every offer that teaches a competency reaches its level or stays below, never both', () => {
    fc.assert(
      fc.property(requirements, offers, (required, all) => {
        for (const { requirement, full, below } of coverageOf(required, all)) {
          const teaching = all.filter(({ levels }) => (levels.get(requirement.competency) ?? 0) > 0);
          expect(full.length + below.length).toBe(teaching.length);
          expect(full.filter((one) => below.includes(one))).toEqual([]);
        }
      }),
    );
  });

  test('one more offer never lowers coverage nor raises what is unmet', () => {
    fc.assert(
      fc.property(requirements, offers, people, (required, all, counts) => {
        const without = coverageOf(required, all.slice(1));
        const withAll = coverageOf(required, all);
        expect(coveragePercent(withAll) ?? 0).toBeGreaterThanOrEqual(coveragePercent(without) ?? 0);
        const total = (rows: typeof withAll) =>
          unmetNeeds(needsOf(rows, counts)).reduce((sum, { unmet }) => sum + unmet, 0);
        expect(total(withAll)).toBeLessThanOrEqual(total(without));
      }),
    );
  });

  test('shares lie between 0 and 100, ranks fall with what is unmet', () => {
    fc.assert(
      fc.property(requirements, offers, people, (required, all, counts) => {
        const needs = needsOf(coverageOf(required, all), counts);
        const unmet = unmetNeeds(needs);
        for (const percent of [
          coveragePercent(needs),
          needWeightedCoveragePercent(needs),
          metPercent(unmet),
        ]) {
          if (percent !== null) expect(percent >= 0 && percent <= 100).toBe(true);
        }
        for (const { unmet: left, people: need, supply, rank } of unmet) {
          expect(left).toBe(Math.max(0, need - supply));
          expect(rank).toBe(1 + unmet.filter((other) => other.unmet > left).length);
        }
      }),
    );
  });

  test('a purchase list keeps to its budget, buys nothing twice and nothing idle', () => {
    fc.assert(
      fc.property(requirements, offers, people, fc.nat(20_000), (required, all, counts, budget) => {
        const list = purchaseList(unmetNeeds(needsOf(coverageOf(required, []), counts)), all, budget);
        expect(list.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(budget);
        expect(new Set(list.map(({ offer }) => offer.id)).size).toBe(list.length);
        expect(list.every(({ fills }) => fills > 0)).toBe(true);
      }),
    );
  });
});
