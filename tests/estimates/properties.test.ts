import fc from 'fast-check';
import { dimensionOf, type Merge } from '../../src/estimates/dimension';
import { type Estimates, type EstimatesInput, estimatesOf } from '../../src/estimates/estimates';
import type { Figure } from '../../src/gaps/figure';
import type { Answer, PlanItem } from '../../src/questionnaires/plan';
import type { Tally } from '../../src/tallies/tally';
import { expectSameFigures, numbersIn } from '../gaps/figures';
import { type Person, planOf, rated, talliesOf, weighing, whereFrom } from './counted';

const professions = ['a', 'b', 'c'];
const settings = ['x', 'y'];
const [levels, five] = [
  [0, 1, 2, 3, 4],
  [1, 2, 3, 4, 5],
];
const items: PlanItem[] = [
  ...['K', 'L'].flatMap((c) => [
    rated(c, 'level', levels!),
    rated(c, 'needed', levels!),
    rated(c, 'importance', five!),
    rated(c, 'performance', five!),
    rated(c, 'confidence', five!),
    rated(c, 'frequency', levels!),
  ]),
  ...whereFrom('D'),
];
const plan = planOf({ profession: professions, setting: settings }, items);
/** 3 of K for everybody but 2 of "c" in "y"; of L 1 of "a" and "b", nothing of "c". */
const matrix = new Map([
  [JSON.stringify(['K', null, null, null]), 3],
  [JSON.stringify(['K', 'c', null, 'y']), 2],
  [JSON.stringify(['L', 'a', null, null]), 1],
  [JSON.stringify(['L', 'b', null, null]), 1],
]);

/** Somebody who left out, or called no part of the role, what comes out as 8 or 9. */
const person: fc.Arbitrary<Person> = fc
  .record({
    profession: fc.constantFrom(...professions),
    setting: fc.constantFrom(...settings),
    ratings: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 }),
    ticks: fc.subarray(['prereg', 'workplace', 'offer']),
  })
  .map(({ profession, setting, ratings, ticks }) => {
    const answers: Record<string, Answer> = {};
    for (const [index, rating] of ratings.entries()) {
      const item = items[index]!;
      if (rating < item.values.length) answers[item.name] = item.values[rating]!;
      else if (rating === 9) answers[item.name] = 'na';
    }
    answers.D__where = ticks;
    if (ticks.length > 1) answers.D__where_main = ticks[0]!;
    return { facets: [profession, setting], answers };
  });
const people = fc.array(person, { minLength: 1, maxLength: 40 });
/** What one person of each of the six strata weighs, in tenths. */
const tenths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 6, maxLength: 6 });

function weightIn(weights: readonly number[]): (stratum: readonly string[]) => number {
  return ([profession, setting]) =>
    weights[2 * professions.indexOf(profession!) + settings.indexOf(setting!)]! / 10;
}

function inputOf(tallies: Tally[], weights: readonly number[] | null, merges: Merge[] = []): EstimatesInput {
  return {
    ...{ plan, tallies, matrix, threshold: 3, tierOf: () => null },
    weights: weights && weighing(tallies, weightIn(weights)),
    dimensions: ['profession', 'setting'].map((key) => dimensionOf(plan, key, tallies, (_, c) => c, merges)),
  };
}

function written(tallies: Tally[], weights: readonly number[] | null): string {
  return JSON.stringify(estimatesOf(inputOf(tallies, weights)));
}

test('the order in which people answered changes nothing, not a digit', () => {
  fc.assert(
    fc.property(people, tenths, fc.infiniteStream(fc.nat()), (answered, weights, order) => {
      const shuffled = answered
        .map((one) => ({ one, place: order.next().value as number }))
        .sort((a, b) => a.place - b.place)
        .map(({ one }) => one);
      expect(written(talliesOf(plan, shuffled), weights)).toBe(written(talliesOf(plan, answered), weights));
    }),
    { numRuns: 25 },
  );
});

test('everybody weighing twice as much changes nothing, not a digit', () => {
  fc.assert(
    fc.property(people, tenths, (answered, weights) => {
      const tallies = talliesOf(plan, answered);
      const doubled = weights.map((weight) => 2 * weight);
      expect(withoutTotals(written(tallies, doubled))).toBe(withoutTotals(written(tallies, weights)));
    }),
    { numRuns: 25 },
  );
});

/** A sum over everybody's weight, which Borich's table has beside the score, is in the weights' own unit. */
function withoutTotals(json: string): string {
  return json.replaceAll(/"discrepancies":[^,]*,/g, '');
}

/** Figures that are means over people: of a group they are the mean of those of its parts. */
const means = ['percentMeeting', 'meanShortfall', 'meanSurplus', 'meanSignedGap', 'meanLevel'] as const;

function itemIn({ nodes }: Estimates, profession: string | null, setting: string | null, item: number) {
  const node = nodes.find(({ key }) => key.profession === profession && key.setting === setting)!;
  return node.items.find((one) => one.item === item);
}

test('categories put together have the mean of their parts, by weight', () => {
  const merges: Merge[] = [{ dimension: 'profession', code: 'ab', label: 'A or B', codes: ['a', 'b'] }];
  fc.assert(
    fc.property(people, tenths, (answered, weights) => {
      const tallies = talliesOf(plan, answered);
      const apart = estimatesOf(inputOf(tallies, weights));
      const merged = estimatesOf(inputOf(tallies, weights, merges));
      expect(merged.dimensions[0]!.categories.map(({ code }) => code)).toEqual(['ab', 'c']);
      for (const [place, setting] of [0, 6].flatMap((item) => settings.map((one) => [item, one] as const))) {
        const parts = ['a', 'b'].flatMap((profession) => {
          const item = itemIn(apart, profession, setting, place);
          return item && item.n > 0
            ? [{ item, weight: item.n * weightIn(weights)([profession, setting]) }]
            : [];
        });
        const whole = itemIn(merged, 'ab', setting, place);
        if (parts.length === 0) continue;
        const total = parts.reduce((sum, { weight }) => sum + weight, 0);
        for (const figure of means) {
          const mean = parts.reduce((sum, { item, weight }) => sum + weight * item[figure]!.estimate!, 0);
          expect(whole![figure]!.estimate!).toBeCloseTo(mean / total, 9);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('categories put together are estimated as if they had been one from the start', () => {
  const merges: Merge[] = [{ dimension: 'profession', code: 'ab', label: 'A or B', codes: ['a', 'b'] }];
  fc.assert(
    fc.property(people, tenths, (answered, weights) => {
      // One category from the start cannot weigh in two ways, nor have two requirements.
      const alike = [weights[0]!, weights[1]!, weights[0]!, weights[1]!, weights[4]!, weights[5]!];
      const asOne = answered.map(({ facets: [profession, setting], answers }) => ({
        facets: [profession === 'b' ? 'a' : profession!, setting!],
        answers,
      }));
      const merged = estimatesOf(inputOf(talliesOf(plan, answered), alike, merges));
      const one = estimatesOf(inputOf(talliesOf(plan, asOne), alike));
      for (const setting of [null, ...settings]) {
        for (const item of [0, 2, 6, 12]) {
          expectSameFigures(itemIn(merged, 'ab', setting, item), itemIn(one, 'a', setting, item));
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('the identities of METHODS.md 1(a) hold in every group, weighted too', () => {
  fc.assert(
    fc.property(people, tenths, (answered, weights) => {
      const { nodes } = estimatesOf(inputOf(talliesOf(plan, answered), weights));
      const compared = nodes
        .flatMap(({ items: of }) => of)
        .filter((item) => item.percentMeeting !== null && item.n > 0);
      for (const item of compared) {
        const of = (figure: Figure | null) => figure!.estimate!;
        expect(of(item.meanSignedGap)).toBeCloseTo(of(item.meanSurplus) - of(item.meanShortfall), 9);
        const below = 1 - of(item.percentMeeting) / 100;
        const conditional = item.meanShortfallOfThoseBelow!.estimate ?? 0;
        expect(below * conditional).toBeCloseTo(of(item.meanShortfall), 9);
        const shares = item.gapDistribution!.reduce((sum, { percent }) => sum + percent, 0);
        expect(shares).toBeCloseTo(100, 9);
      }
    }),
    { numRuns: 40 },
  );
});

test('everybody of a node is in a figure or left out for a reason, and its parts hold them all', () => {
  fc.assert(
    fc.property(people, (answered) => {
      const { nodes } = estimatesOf(inputOf(talliesOf(plan, answered), null));
      for (const { respondents, items: of } of nodes) {
        for (const { n, excluded } of of) {
          expect(Object.values(excluded).reduce((sum, some) => sum + some, n)).toBe(respondents);
        }
      }
      const cells = nodes.filter(({ key }) => key.profession !== null && key.setting !== null);
      expect(cells.reduce((sum, { respondents }) => sum + respondents, 0)).toBe(answered.length);
    }),
    { numRuns: 25 },
  );
});

/** Everything that is estimated, without how sure it is. */
function estimatesIn(thing: unknown): unknown {
  if (Array.isArray(thing)) return thing.map(estimatesIn);
  if (thing === null || typeof thing !== 'object') return thing;
  if ('se' in thing && 'interval' in thing) return (thing as Figure).estimate;
  return Object.fromEntries(Object.entries(thing).map(([name, part]) => [name, estimatesIn(part)]));
}

/** Of a figure's item only what does not grow with the number of people. */
function shapeOf({ nodes }: Estimates) {
  return nodes.map(({ items: of }) =>
    of.map((item) => {
      const { n: _, excluded: __, flags: ___, statistics, ...figures } = item;
      return [
        estimatesIn(figures),
        ...['borich', 'whereTheGapLies'].map((name) => withoutPeople(statistics[name])),
      ];
    }),
  );
}

function withoutPeople(statistic: object | null | undefined): unknown {
  const dropped = ['n', 'withGap', 'discrepancies', 'cochransQ'];
  return Object.fromEntries(
    Object.entries(statistic ?? {})
      .filter(([name]) => !dropped.includes(name))
      .map(([name, part]) => [name, estimatesIn(part)]),
  );
}

test('a thousand times as many people of the same distribution have the same figures, and surer ones', () => {
  fc.assert(
    fc.property(people, tenths, (answered, weights) => {
      const few = talliesOf(plan, answered);
      const many = few.map((tally) => ({
        ...tally,
        respondents: 1000 * tally.respondents,
        counts: tally.counts.map((count) => 1000 * count),
      }));
      for (const weighed of [null, weights]) {
        const [before, after] = [inputOf(few, weighed), inputOf(many, weighed)].map((input) =>
          // From as many people on as there are, so that both have the same crosshair.
          estimatesOf({ ...input, threshold: 1 }),
        );
        expectSameFigures(shapeOf(after!), shapeOf(before!));
        for (const [place, { items: of }] of before!.nodes.entries()) {
          for (const [index, { meanLevel }] of of.entries()) {
            if (!meanLevel?.se) continue;
            expect(after!.nodes[place]!.items[index]!.meanLevel!.se!).toBeLessThan(meanLevel.se / 20);
          }
        }
      }
    }),
    { numRuns: 8 },
  );
});

test('everybody weighing one is as good as no weights', () => {
  fc.assert(
    fc.property(people, (answered) => {
      const tallies = talliesOf(plan, answered);
      const weighted = estimatesOf(inputOf(tallies, [10, 10, 10, 10, 10, 10]));
      const plain = estimatesOf(inputOf(tallies, null));
      for (const [place, { items: of }] of weighted.nodes.entries()) {
        for (const [index, item] of of.entries()) {
          const other = plain.nodes[place]!.items[index]!;
          expectSameFigures(item.meanLevel, other.meanLevel);
          expectSameFigures(
            item.unweighted && [item.unweighted.meanShortfall],
            item.unweighted && [other.meanShortfall],
          );
        }
      }
      expect(numbersIn(plain).every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 25 },
  );
});
