import fc from 'fast-check';
import { type ScalePattern, scaleSumsOf } from '../../src/gaps/scale-reliability';
import { firstValueCode } from '../../src/questionnaires/coding';
import type { Measure } from '../../src/questionnaires/definition';
import type { PlanItem } from '../../src/questionnaires/plan';
import { layoutOf, type ScaleCells } from '../../src/tallies/layout';
import { type Count, type Counts, countFor, countRatings } from '../../src/tallies/tally';

const itemOf = (item: Partial<PlanItem>): PlanItem => ({
  ...{ name: 'A1', measure: 'level', competency: 'A1', domain: 'A', values: [0, 1, 2, 3, 4], choices: [] },
  ...item,
});

const scales: Record<string, number[]> = {
  levels: [0, 1, 2, 3, 4],
  five: [1, 2, 3, 4, 5],
  turned: [5, 4, 3, 2, 1],
  seven: [1, 2, 3, 4, 5, 6, 7],
  uneven: [-2, 0, 1, 10],
};
const measures: Measure[] = [
  ...(['level', 'needed', 'importance', 'performance', 'organisation', 'training'] as const),
  ...(['confidence', 'frequency', 'where', 'where_main'] as const),
];

/** Any questionnaire's items: a few competencies, each rated in some ways, some of no domain and some questions of no competency. */
const anyItems = fc
  .array(
    fc.record({
      competency: fc.constantFrom('A1', 'A2', 'A3', 'B1', 'B2', null),
      measure: fc.constantFrom(...measures),
      domain: fc.constantFrom('A', 'A', 'A', 'B', null),
      values: fc.constantFrom(...Object.values(scales)),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((items) => items.map((item, place) => itemOf({ ...item, name: `q${place}` })));

/** What people answered, a code for each item; most are values. */
const answersTo = (items: PlanItem[]) =>
  fc.array(
    fc.tuple(
      ...items.map(({ values }) =>
        fc.oneof(
          {
            weight: 6,
            arbitrary: fc.integer({ min: firstValueCode, max: firstValueCode + values.length - 1 }),
          },
          { weight: 1, arbitrary: fc.nat(firstValueCode - 1) },
        ),
      ),
    ),
    { maxLength: 40 },
  );

const anySurvey = anyItems.chain((items) =>
  fc.record({ items: fc.constant(items), people: answersTo(items) }),
);

function counted(items: PlanItem[], people: readonly number[][]): Count {
  const layout = layoutOf({ items });
  const count = countFor(new Map() as Counts, '', layout, () => []);
  for (const codes of people) countRatings(count, layout, Uint8Array.from(codes));
  return count;
}

/** The value of a code; null where it is none. */
const valueBehind = ({ values }: PlanItem, code: number) => values[code - firstValueCode] ?? null;

/** The sums of a scale as its cells hold them, the products written out in full. */
function sumsIn({ counts }: Count, { items, offset }: ScaleCells) {
  const size = items.length;
  const products = items.map(() => items.map(() => Number.NaN));
  let cell = offset + 1 + size;
  for (let i = 0; i < size; i += 1) {
    for (let j = i; j < size; j += 1) {
      products[i]![j] = products[j]![i] = counts[cell]!;
      cell += 1;
    }
  }
  return { n: counts[offset]!, sums: [...counts.subarray(offset + 1, offset + 1 + size)], products };
}

test('every cell belongs to one thing that is counted', () => {
  fc.assert(
    fc.property(anyItems, (items) => {
      const { offsets, pairs, scales, cells } = layoutOf({ items });
      const used = [
        ...items.flatMap(({ values }, place) =>
          values.concat(0, 0, 0, 0).map((_, code) => offsets[place]! + code),
        ),
        ...pairs.flatMap(({ first, second, offset }) =>
          Array.from(
            { length: items[first]!.values.length * items[second]!.values.length },
            (_, at) => offset + at,
          ),
        ),
        ...scales.flatMap(({ items: { length }, offset }) =>
          Array.from({ length: 1 + length + (length * (length + 1)) / 2 }, (_, at) => offset + at),
        ),
      ];
      expect(used.sort((a, b) => a - b)).toEqual(Array.from({ length: cells }, (_, cell) => cell));
    }),
  );
});

test('cells of pairs hold the people who gave both values', () => {
  fc.assert(
    fc.property(anySurvey, ({ items, people }) => {
      const { counts } = counted(items, people);
      for (const { first, second, offset, width } of layoutOf({ items }).pairs) {
        for (const [row, one] of items[first]!.values.entries()) {
          for (const [column, other] of items[second]!.values.entries()) {
            const both = people.filter(
              (codes) =>
                valueBehind(items[first]!, codes[first]!) === one &&
                valueBehind(items[second]!, codes[second]!) === other,
            );
            expect(counts[offset + row * width + column]).toBe(both.length);
          }
        }
      }
    }),
  );
});

test('sums of scales are those of the people who rated all of it', () => {
  fc.assert(
    fc.property(anySurvey, ({ items, people }) => {
      const count = counted(items, people);
      for (const scale of layoutOf({ items }).scales) {
        const rated = people.map((codes) =>
          scale.items.map((place) => valueBehind(items[place]!, codes[place]!)),
        );
        const complete = rated.filter((values): values is number[] =>
          values.every((value) => value !== null),
        );
        const patterns: ScalePattern[] = complete.map((values) => ({ values, n: 1 }));
        expect(sumsIn(count, scale)).toEqual(scaleSumsOf(patterns, scale.items.length));
      }
    }),
  );
});

test('strata counted apart and added are everybody counted at once', () => {
  fc.assert(
    fc.property(anySurvey, fc.infiniteStream(fc.boolean()), ({ items, people }, sides) => {
      const parts = [[], []] as number[][][];
      for (const codes of people) parts[sides.next().value ? 1 : 0]!.push(codes);
      const [one, other] = parts.map((part) => counted(items, part));
      const all = counted(items, people);
      expect(one!.respondents + other!.respondents).toBe(all.respondents);
      expect([...one!.counts].map((people, cell) => people + other!.counts[cell]!)).toEqual([...all.counts]);
    }),
  );
});

test('pairs are the two ratings of one competency that methods take together', () => {
  const items = [
    itemOf({ name: 'i', measure: 'importance', values: scales.seven! }),
    itemOf({ name: 'p', measure: 'performance', values: scales.seven! }),
    itemOf({ name: 'o', measure: 'organisation', values: scales.seven! }),
    itemOf({ name: 't', measure: 'training', values: scales.seven! }),
    itemOf({ name: 'c', measure: 'confidence', values: scales.five! }),
    itemOf({ name: 'f', measure: 'frequency' }),
    itemOf({ name: 'l', measure: 'level' }),
    itemOf({ name: 'n', measure: 'needed' }),
    itemOf({ name: 'of another', measure: 'needed', competency: 'A2' }),
    itemOf({ name: 'of none', measure: 'importance', competency: null }),
  ];
  const named = layoutOf({ items }).pairs.map(({ first, second, width }) => [
    items[first]!.name,
    items[second]!.name,
    width,
  ]);
  expect(named).toEqual([
    ['i', 'p', 7],
    ['c', 'f', 5],
    ['n', 'l', 5],
  ]);
});

test('scales are the ratings of one domain that are given on the same values', () => {
  const items = [
    itemOf({ name: 'l1' }),
    itemOf({ name: 'l2' }),
    itemOf({ name: 'other steps', values: scales.five! }),
    itemOf({ name: 'turned', values: scales.turned! }),
    itemOf({ name: 'elsewhere', domain: 'B' }),
    itemOf({ name: 'nowhere', domain: null }),
    itemOf({ name: 'c1', measure: 'confidence', values: scales.five! }),
    itemOf({ name: 'c2', measure: 'confidence', values: scales.five! }),
    itemOf({ name: 'w1', measure: 'where', values: [0, 1] }),
    itemOf({ name: 'w2', measure: 'where', values: [0, 1] }),
    itemOf({ name: 'l3' }),
  ];
  expect(layoutOf({ items }).scales.map((scale) => scale.items.map((place) => items[place]!.name))).toEqual([
    ['l1', 'l2', 'l3'],
    ['c1', 'c2'],
  ]);
});

test('what would take too many cells or too large numbers is left out', () => {
  const steps = (count: number) => Array.from({ length: count }, (_, step) => step);
  const pair = (values: number[]) => [
    itemOf({ measure: 'importance', values, domain: null }),
    itemOf({ measure: 'performance', values, domain: null }),
  ];
  expect(layoutOf({ items: pair(steps(32)) }).pairs).toHaveLength(1);
  expect(layoutOf({ items: pair(steps(33)) }).pairs).toHaveLength(0);
  const scale = (items: number, values: number[]) => Array.from({ length: items }, () => itemOf({ values }));
  expect(layoutOf({ items: scale(100, [0, 1]) }).scales).toHaveLength(1);
  expect(layoutOf({ items: scale(101, [0, 1]) }).scales).toHaveLength(0);
  expect(layoutOf({ items: scale(2, [-1000, 1000]) }).scales).toHaveLength(1);
  expect(layoutOf({ items: scale(2, [0, 1001]) }).scales).toHaveLength(0);
});
