import { documentOf } from '../../src/releases/document';

type Described = Parameters<typeof documentOf>[0];

/** A weighted release in which so many groups are withheld. */
function describedWith(withheld: number): Described {
  const day = new Date('2026-11-02T00:00:00Z');
  return {
    survey: {
      ...{ code: 'A', name: 'A', promise: 'anonymous', simulated: true },
      ...{ opensAt: day, closesAt: day, threshold: 11 },
    },
    plan: { items: [], pages: [], facets: [] },
    version: { id: 'v', number: 1 },
    ...{ framework: null, population: null, answersHash: '', dimensions: [], now: day },
    weights: { scheme: 'raked', weighting: { designEffect: 1.4321 } },
    worked: {
      methods: ['required-level v1'],
      details: [],
      scales: [],
      groups: { shown: 9, withheld, empty: 0 },
    },
  } as unknown as Described;
}

test('the design effect is told where all groups are shown, and nowhere else: it is a sum over those withheld too', () => {
  expect(documentOf(describedWith(0)).weights).toEqual({ scheme: 'raked', designEffect: 1.4 });
  expect(documentOf(describedWith(2)).weights).toEqual({ scheme: 'raked', designEffect: null });
});
