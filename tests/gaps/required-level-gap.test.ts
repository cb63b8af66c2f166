import fc from 'fast-check';
import { gap, type LevelCount, requiredLevelGap } from '../../src/gaps/required-level-gap';

test.each([
  [3, 1, 2],
  [3, 3, 0],
  [2, 4, 0],
  [0, 0, 0],
])('required %i, reported %i: a gap of %i', (required, level, expected) => {
  expect(gap(required, level)).toBe(expected);
});

/** METHODS.md 1(a): requirement, level, weight of the seven valid respondents. */
const mentalHealth: [number, number, number][] = [
  [3, 3, 1],
  [3, 2, 1],
  [3, 4, 0.8],
  [3, 1, 1.2],
];
const child: [number, number, number][] = [
  [2, 2, 1.5],
  [2, 0, 1.5],
  [2, 3, 0.5],
];

function counted(people: [number, number, number][], weighted: boolean): LevelCount[] {
  return people.map(([required, level, weight]) => ({
    required,
    level,
    n: 1,
    weight: weighted ? weight : 1,
  }));
}

test.each([
  ['unweighted', counted([...mentalHealth, ...child], false), [7, 57.1429, 0.7143, 1.6667, 0.2857, -0.4286]],
  ['weighted', counted([...mentalHealth, ...child], true), [7, 50.6667, 0.8533, 1.7297, 0.1733, -0.68]],
  ['mental health only', counted(mentalHealth, false), [4, 50, 0.75, 1.5, 0.25, -0.5]],
  ['child only', counted(child, false), [3, 66.6667, 0.6667, 2, 0.3333, -0.3333]],
])(
  'the worked example of METHODS.md 1(a), %s',
  (_name, counts, [n, meeting, short, ofThose, surplus, signed]) => {
    const figures = requiredLevelGap(counts)!;
    expect(figures.n).toBe(n);
    expect(figures.percentMeeting).toBeCloseTo(meeting!, 4);
    expect(figures.meanShortfall).toBeCloseTo(short!, 4);
    expect(figures.meanShortfallOfThoseBelow).toBeCloseTo(ofThose!, 4);
    expect(figures.meanSurplus).toBeCloseTo(surplus!, 4);
    expect(figures.meanSignedGap).toBeCloseTo(signed!, 4);
  },
);

test('the weighted distribution of the worked example', () => {
  const { distribution } = requiredLevelGap(counted([...mentalHealth, ...child], true))!;
  const expected = [
    [-2, 36],
    [-1, 13.3333],
    [0, 33.3333],
    [1, 17.3333],
  ];
  expect([...distribution.keys()]).toEqual(expected.map(([key]) => key));
  for (const [key, share] of expected) expect(distribution.get(key!)).toBeCloseTo(share!, 4);
});

test('nobody counted gives no figure, rather than 0', () => {
  expect(requiredLevelGap([])).toBeNull();
  expect(requiredLevelGap([{ required: 3, level: 1, n: 0, weight: 0 }])).toBeNull();
});

test('nobody below: no mean shortfall of those below', () => {
  const figures = requiredLevelGap([{ required: 2, level: 3, n: 4, weight: 4 }])!;
  expect(figures.percentMeeting).toBe(100);
  expect(figures.meanShortfallOfThoseBelow).toBeNull();
});

const counts = fc.array(
  fc.record({
    required: fc.integer({ min: 0, max: 4 }),
    level: fc.integer({ min: 0, max: 4 }),
    n: fc.integer({ min: 1, max: 50 }),
  }),
  { minLength: 1, maxLength: 25 },
);
const unweighted = (rows: { required: number; level: number; n: number }[]) =>
  rows.map((row) => ({ ...row, weight: row.n }));

test('the identities that METHODS.md names hold for any counts', () => {
  fc.assert(
    fc.property(counts, (rows) => {
      const figures = requiredLevelGap(unweighted(rows))!;
      expect(figures.meanSignedGap).toBeCloseTo(figures.meanSurplus - figures.meanShortfall, 9);
      const shareBelow = 1 - figures.percentMeeting / 100;
      expect(figures.meanShortfall).toBeCloseTo(shareBelow * (figures.meanShortfallOfThoseBelow ?? 0), 9);
      expect([...figures.distribution.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 9);
    }),
  );
});

test('the order of people, and doubling all weights, change nothing', () => {
  fc.assert(
    fc.property(counts, (rows) => {
      const figures = requiredLevelGap(unweighted(rows))!;
      const reversed = requiredLevelGap(unweighted([...rows].reverse()))!;
      const doubled = requiredLevelGap(unweighted(rows).map((row) => ({ ...row, weight: 2 * row.weight })))!;
      for (const other of [reversed, doubled]) {
        expect(other.percentMeeting).toBeCloseTo(figures.percentMeeting, 9);
        expect(other.meanShortfall).toBeCloseTo(figures.meanShortfall, 9);
        expect(other.n).toBe(figures.n);
      }
    }),
  );
});

test('two groups merged have the weighted mean of their shares', () => {
  fc.assert(
    fc.property(counts, counts, (one, other) => {
      const [a, b] = [requiredLevelGap(unweighted(one))!, requiredLevelGap(unweighted(other))!];
      const merged = requiredLevelGap(unweighted([...one, ...other]))!;
      expect(merged.percentMeeting).toBeCloseTo(
        (a.n * a.percentMeeting + b.n * b.percentMeeting) / (a.n + b.n),
        9,
      );
    }),
  );
});
