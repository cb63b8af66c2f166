import { latticeOf } from '../../src/disclosure/lattice';
import { dimensionOf } from '../../src/estimates/dimension';
import {
  type Estimates,
  type EstimatesInput,
  estimatesOf,
  type ItemEstimates,
} from '../../src/estimates/estimates';
import type { Figure } from '../../src/gaps/figure';
import { type Person, planOf, rated, talliesOf, weighing } from './counted';

const levels = [0, 1, 2, 3, 4];
const label = (_: string, code: string) => code;

/** METHODS.md 1(a): profession, what a person weighs (asked as a band), and the answer to one competency. */
const workedPeople: [string, string, number | string | null][] = [
  ['mh', '1', 3],
  ['mh', '1', 2],
  ['mh', '0.8', 4],
  ['mh', '1.2', 1],
  ['child', '1.5', 2],
  ['child', '1.5', 0],
  ['child', '1.5', null],
  ['child', '0.5', 3],
  ['adult', '1', 2],
  ['mh', '1', 'na'],
];
const plan = planOf({ profession: ['mh', 'child', 'adult'], band: ['0.5', '0.8', '1', '1.2', '1.5'] }, [
  rated('A1', 'level', levels),
]);
const tallies = talliesOf(
  plan,
  workedPeople.map(([profession, weight, level]): Person => {
    return { facets: [profession, weight], answers: level === null ? {} : { A1: level } };
  }),
);
const matrix = new Map([
  [JSON.stringify(['A1', 'mh', null, null]), 3],
  [JSON.stringify(['A1', 'child', null, null]), 2],
]);
const input: EstimatesInput = {
  ...{ plan, tallies, matrix, threshold: 11, tierOf: () => null },
  dimensions: [dimensionOf(plan, 'profession', tallies, label)],
  weights: weighing(tallies, ([, weight]) => Number(weight)),
};
const to4 = (figure: Figure | null) =>
  figure && figure.estimate !== null && Number(figure.estimate.toFixed(4));

function itemIn({ nodes }: Estimates, profession: string | null): ItemEstimates {
  return nodes.find(({ key }) => key.profession === profession)!.items[0]!;
}

function figuresOf(item: ItemEstimates) {
  return [
    item.percentMeeting,
    item.meanShortfall,
    item.meanShortfallOfThoseBelow,
    item.meanSurplus,
    item.meanSignedGap,
  ].map(to4);
}

test('the worked example of METHODS.md 1(a) from tallies, weighted and beside it unweighted', () => {
  const all = itemIn(estimatesOf(input), null);
  expect(all.n).toBe(7);
  expect(figuresOf(all)).toEqual([50.6667, 0.8533, 1.7297, 0.1733, -0.68]);
  expect(all.gapDistribution!.map(({ gap, percent }) => [gap, Number(percent.toFixed(4))])).toEqual([
    [-4, 0],
    [-3, 0],
    [-2, 36],
    [-1, 13.3333],
    [0, 33.3333],
    [1, 17.3333],
    [2, 0],
    [3, 0],
    [4, 0],
  ]);
  expect([all.unweighted!.percentMeeting, all.unweighted!.meanShortfall].map(to4)).toEqual([57.1429, 0.7143]);
  // The adult nurse has no requirement, the fourth of the mental-health nurses says it is not part of the role.
  expect(all.excluded).toEqual({ skipped: 1, notShown: 0, notMyRole: 1, dontKnow: 0, noRequirement: 1 });
});

test.each([
  [null, [57.1429, 0.7143, 1.6667, 0.2857, -0.4286]],
  ['mh', [50, 0.75, 1.5, 0.25, -0.5]],
  ['child', [66.6667, 0.6667, 2, 0.3333, -0.3333]],
])('the worked example of METHODS.md 1(a) from tallies, unweighted, %s', (profession, figures) => {
  expect(figuresOf(itemIn(estimatesOf({ ...input, weights: null }), profession))).toEqual(figures);
});

test('the weighted share has the error, the base and the interval of METHODS.md 2.5 and 2.6', () => {
  const { percentMeeting } = itemIn(estimatesOf(input), null);
  expect(Number(percentMeeting!.se!.toFixed(2))).toBe(21.42);
  expect(percentMeeting!.interval!.map((end) => Number(end.toFixed(2)))).toEqual([18.24, 82.54]);
});

test('where nothing is required there is a level and no gap, and nobody is left out for it', () => {
  const adult = itemIn(estimatesOf(input), 'adult');
  expect(adult).toMatchObject({ status: 'no-requirement', n: 1, percentMeeting: null, rank: null });
  expect(adult.meanLevel!.estimate).toBe(2);
  expect(adult.excluded.noRequirement).toBe(0);
});

test('nodes stand where the lattice of disclosure control has them, and hold all of their people', () => {
  const dimensions = ['profession', 'band'].map((key) => dimensionOf(plan, key, tallies, label));
  const { nodes } = estimatesOf({ ...input, dimensions });
  const placeOf = (facet: number) => (code: string) =>
    dimensions[facet]!.categories.findIndex((category) => category.code === code);
  const lattice = latticeOf(
    dimensions.map(({ categories }) => categories.length),
    tallies.map(({ stratum, respondents }) => ({
      place: [placeOf(0)(stratum[0]!), placeOf(1)(stratum[1]!)],
      count: respondents,
    })),
  );
  expect(nodes.map(({ respondents }) => respondents)).toEqual(lattice.nodes.map(({ count }) => count));
  expect(nodes.map(({ key }) => key)).toEqual(
    lattice.nodes.map(({ key: [profession, band] }) => ({
      profession: profession === null ? null : dimensions[0]!.categories[profession!]!.code,
      band: band === null ? null : dimensions[1]!.categories[band!]!.code,
    })),
  );
  for (const { respondents, items } of nodes.filter((node) => node.respondents > 0)) {
    const [{ n, excluded }] = items as [ItemEstimates];
    expect(Object.values(excluded).reduce((sum, people) => sum + people, n)).toBe(respondents);
  }
});

test('who did not say stands apart, so that a total is the sum of its parts', () => {
  const more = [...tallies, { ...tallies[0]!, stratum: ['', '1'], respondents: 4 }];
  const { nodes, dimensions } = estimatesOf({
    ...{ ...input, weights: null, tallies: more },
    dimensions: [dimensionOf(plan, 'profession', more, label)],
  });
  expect(dimensions[0]!.categories.at(-1)).toEqual({ code: 'not_stated', label: 'Not stated' });
  const [all, ...parts] = nodes;
  expect(parts.reduce((sum, { respondents }) => sum + respondents, 0)).toBe(all!.respondents);
});

test('gaps are ranked by shortfall, then by per cent below, and those alike share a place', () => {
  const several = planOf(
    { profession: ['a'] },
    ['A', 'B', 'C', 'D'].map((c) => rated(c, 'level', levels)),
  );
  // Required 3 of each: A and D one person three short, B three people one short, C nobody.
  const answers = [
    { A: 0, B: 2, C: 3, D: 0 },
    { A: 3, B: 2, C: 3, D: 3 },
    { A: 3, B: 2, C: 3, D: 3 },
  ];
  const people = answers.map((said) => ({ facets: ['a'], answers: said }));
  const of = talliesOf(several, people);
  const required = new Map(['A', 'B', 'C', 'D'].map((c) => [JSON.stringify([c, null, null, null]), 3]));
  const { nodes } = estimatesOf({
    ...{ ...input, plan: several, tallies: of, matrix: required, weights: null },
    dimensions: [],
  });
  expect(nodes[0]!.items.map(({ competency, rank }) => [competency, rank])).toEqual([
    ['A', 2],
    ['B', 1],
    ['C', 4],
    ['D', 2],
  ]);
});

test('one voice is flagged, and one that drowns the others leaves only unweighted figures', () => {
  const heavy = (weight: number) => {
    const weights = weighing(tallies, ([, band]) => (band === '0.5' ? weight : 1));
    return itemIn(estimatesOf({ ...input, weights }), null).flags;
  };
  expect(heavy(1)).toEqual(['very_small', 'small', 'imprecise']);
  expect(heavy(3)).toEqual(['very_small', 'small', 'imprecise', 'one_voice']);
  expect(heavy(7)).toEqual(['very_small', 'small', 'imprecise', 'one_voice', 'unweighted_only']);
});

test('weights of other tallies are no weights', () => {
  const copied = tallies.map((tally) => ({ ...tally }));
  expect(() => estimatesOf({ ...input, tallies: copied })).toThrow('The weights are not of these tallies');
});

test('a requirement above all that can be answered is a gap all the same', () => {
  const above = new Map([[JSON.stringify(['A1', null, null, null]), 6]]);
  const { gapDistribution, percentMeeting } = itemIn(
    estimatesOf({ ...input, matrix: above, weights: null }),
    null,
  );
  expect(percentMeeting!.estimate).toBe(0);
  expect([gapDistribution![0]!.gap, gapDistribution!.at(-1)!.gap]).toEqual([-6, 6]);
  expect(gapDistribution!.reduce((sum, { percent }) => sum + percent, 0)).toBeCloseTo(100, 9);
});
