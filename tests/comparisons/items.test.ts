import fc from 'fast-check';
import { bySize, compareItems, type ItemPair } from '../../src/comparisons/compared-items';
import { readComparison } from '../../src/comparisons/comparison.form';
import { disjointPairs, relationOf } from '../../src/comparisons/group-pair';
import { metricsOf, tellingOf } from '../../src/comparisons/metric';
import { pairsOfWaves, sameGroupIn, type WaveReport } from '../../src/comparisons/waves';
import type { Figures, ReleasedItem } from '../../src/releases/release';
import { reportIndex } from '../../src/reports/report-index';
import { type ReleaseWish, sampleRelease } from '../reports/make';

const survey = { id: 'a', code: 'A26', name: 'A survey' };
const [below, shortfall, level] = metricsOf([{ measure: 'level' }]) as [
  ReturnType<typeof metricsOf>[number],
  ReturnType<typeof metricsOf>[number],
  ReturnType<typeof metricsOf>[number],
];

function item(change: Partial<ReleasedItem> = {}): ReleasedItem {
  return {
    ...{ competency: 'A1', domain: 'A', measure: 'level', title: 'Hearing', domainTitle: 'Listening' },
    values: [0, 1, 2, 3, 4].map((value) => ({ value, label: `Label ${value}` })),
    detail: 'levels',
    ...change,
  };
}

function figures(change: Partial<Figures> = {}): Figures {
  return {
    ...{ n: 40, required: 3, percentMeeting: 60, percentMeetingInterval: [45, 73] },
    ...{ percentMeetingBound: null, meanShortfall: 0.7, meanShortfallInterval: [0.4, 1.0] },
    ...{ meanLevel: 2.4, meanLevelInterval: [2.1, 2.7], distribution: null, excluded: null, rank: null },
    ...{ flags: [], unweighted: null, statistics: {} },
    ...change,
  };
}

const shown = (change?: Partial<Figures>) => ({ status: 'published', figures: figures(change) }) as const;
const missing = (status: 'withheld' | 'no-requirement' | 'no-answers') => ({ status, figures: null });

test('groups share nobody where they differ in a dimension that both are chosen by', () => {
  const relation = (one: object, other: object) =>
    relationOf(['profession', 'setting'], one as Record<string, string>, other as Record<string, string>);
  expect(relation({ profession: 'a' }, { profession: 'b' })).toBe('disjoint');
  expect(relation({ profession: 'a', setting: 'x' }, { profession: 'b' })).toBe('disjoint');
  expect(relation({ profession: 'a', setting: 'x' }, { profession: 'a', setting: 'y' })).toBe('disjoint');
  expect(relation({ profession: 'a' }, {})).toBe('within');
  expect(relation({ profession: 'a' }, { profession: 'a', setting: 'x' })).toBe('within');
  expect(relation({ profession: 'a' }, { setting: 'x' })).toBe('crossing');
  expect(relation({ setting: 'x' }, { setting: 'x', profession: null })).toBe('the same');
});

test('what is offered in the place of overlapping groups shares nobody, ever', () => {
  const dimensions = ['p', 's', 'r'].map((key) => ({ key, categories: [{ code: '1' }, { code: '2' }] }));
  const key = fc.record({
    ...Object.fromEntries(dimensions.map((one) => [one.key, fc.constantFrom(null, '1', '2')])),
  }) as fc.Arbitrary<Record<string, string | null>>;
  fc.assert(
    fc.property(key, key, (one, other) => {
      for (const pair of disjointPairs(dimensions, one, other)) {
        expect(
          relationOf(
            dimensions.map((dimension) => dimension.key),
            pair.first,
            pair.second,
          ),
        ).toBe('disjoint');
      }
    }),
  );
  expect(disjointPairs(dimensions, { p: '1', s: null, r: null }, { p: null, s: null, r: null })).toEqual([
    { first: { p: '1', s: null, r: null }, second: { p: '2', s: null, r: null } },
  ]);
});

test('a share is told as those below; a bound, a withheld figure and one without an interval enter nothing', () => {
  expect(tellingOf(shown(), below)).toEqual({ figure: { value: 40, interval: [27, 55], n: 40 } });
  expect(tellingOf(shown(), shortfall)).toEqual({ figure: { value: 0.7, interval: [0.4, 1.0], n: 40 } });
  expect(tellingOf(shown(), level)).toEqual({ figure: { value: 2.4, interval: [2.1, 2.7], n: 40 } });
  const why = (side: Parameters<typeof tellingOf>[0], metric = below) => {
    const telling = tellingOf(side, metric);
    return telling.figure ? 'told' : telling.why;
  };
  const bound = { percentMeeting: null, percentMeetingInterval: null };
  expect(why(shown({ ...bound, percentMeetingBound: '<=5' }))).toBe(
    'all or nearly all are below the level, and no exact share is shown',
  );
  expect(why(shown({ ...bound, percentMeetingBound: '>=95' }))).toBe(
    'none or nearly none are below the level, and no exact share is shown',
  );
  expect(why(missing('withheld'))).toMatch(/^withheld: too few responses/);
  expect(why(missing('no-requirement'))).toBe('no level is required');
  expect(why(missing('no-answers'))).toBe('nobody gave an answer that counts');
  expect(why(shown({ meanLevel: null, meanLevelInterval: null }), level)).toBe('no mean is shown');
  expect(why(shown({ percentMeetingInterval: null }))).toBe('the figure is shown without an interval');
});

test('what cannot be compared stands apart with its reason and makes no other mark rarer', () => {
  const pair = (
    first: ItemPair['first'],
    second: ItemPair['second'],
    refusal: string | null = null,
  ): ItemPair => ({ item: item(), first, second, refusal });
  const large = [shown({ percentMeeting: 80, percentMeetingInterval: [69, 88] }), shown()] as const;
  const alone = compareItems([pair(...large)], below, ['Adult', 'Child']);
  const among = compareItems(
    [
      pair(...large),
      pair(missing('withheld'), shown()),
      pair(missing('no-answers'), missing('no-answers')),
      pair(missing('withheld'), missing('no-requirement')),
      pair(shown(), shown(), 'It was rated on another scale'),
    ],
    below,
    ['Adult', 'Child'],
  );
  expect(among.rows).toEqual(alone.rows);
  expect(among.rows[0]!.difference).toMatchObject({ difference: -20 });
  expect(among.refused.map(({ reason }) => reason)).toEqual([
    'Adult: withheld: too few responses to show, or it would give away a number that is withheld',
    'Both: nobody gave an answer that counts',
    expect.stringMatching(/^Adult: withheld.*; Child: no level is required$/),
    'It was rated on another scale',
  ]);
});

test('the largest difference comes first, whichever way it goes', () => {
  const of = (percentMeeting: number): ItemPair => ({
    ...{ item: item({ title: `${percentMeeting}` }), second: shown(), refusal: null },
    first: shown({ percentMeeting, percentMeetingInterval: [percentMeeting - 14, percentMeeting + 13] }),
  });
  const { rows } = compareItems([of(55), of(85), of(30), of(65)], below, ['Adult', 'Child']);
  expect(bySize(rows).map((row) => row.item.title)).toEqual(['30', '85', '55', '65']);
});

function wave(
  name: string,
  wish: ReleaseWish = {},
  lineages: Record<string, string> = {},
): WaveReport & { index: ReturnType<typeof reportIndex> } {
  const index = reportIndex(sampleRelease(survey, wish));
  return { index, report: index, name, lineageOf: (kind, code) => lineages[`${kind} ${code}`] };
}

const sources = (framework: string) =>
  ({
    questionnaireVersion: { id: 'v', number: 1 },
    framework: { id: framework, title: 'A framework', version: '1' },
    population: null,
    answers: 'a'.repeat(64),
  }) as const;

test('a group is compared with the same people in the other wave, and with none that only has its name', () => {
  const one = wave('wave 2');
  expect(sameGroupIn(one, wave('wave 1'), { profession: 'midwife' }).node).toMatchObject({
    key: { profession: 'midwife', setting: null },
  });
  expect(sameGroupIn(one, wave('wave 1'), {}).node).toMatchObject({ place: 0 });
  const without = wave('wave 1', { dimensions: { profession: ['rn_adult'] } });
  expect(sameGroupIn(one, without, { setting: 'gp_practice' }).why).toBe(
    'wave 1 is not broken down by setting',
  );
  expect(sameGroupIn(one, without, { profession: 'midwife' }).why).toBe(
    'wave 1 has no group “Label of midwife”',
  );
  const merged = wave('wave 1', { dimensions: { profession: ['rn_adult', 'midwife'] } });
  merged.report.document.dimensions[0]!.categories[1]!.codes = ['midwife', 'rn_child'];
  expect(sameGroupIn(one, merged, { profession: 'midwife' }).why).toBe(
    '“Label of midwife” does not hold the same groups in wave 1',
  );
});

test('a competency is known by its lineage, and not compared where scale or requirement is another', () => {
  const one = wave('wave 2', { document: { sources: sources('f2') } }, { 'competency C1': 'L1' });
  const other = wave('wave 1', { document: { sources: sources('f1') } }, { 'competency OLD': 'L1' });
  const { items } = other.report.document;
  items[0] = { ...items[0]!, competency: 'OLD', title: 'An older name' };
  items[1] = { ...items[1]!, values: items[1]!.values.slice(0, 4) };
  items[2] = { ...items[2]!, competency: 'C9' };
  const everybody = [one, other].map(({ report }) => report.nodeAt({})!) as [
    Parameters<typeof pairsOfWaves>[2][0],
    Parameters<typeof pairsOfWaves>[2][1],
  ];
  const refusals = () =>
    pairsOfWaves(one, other, everybody, below).map(({ item, refusal }) => [item.competency, refusal]);
  expect(refusals()).toEqual([
    ['C1', null],
    ['C2', 'It was rated on another scale'],
    ['C3', 'wave 1 did not ask for it'],
    ['C9', 'wave 2 did not ask for it'],
  ]);
  const figure = other.report.figureAt(everybody[1], 0);
  figure.figures!.required = 2;
  expect(refusals()[0]).toEqual(['C1', 'Another level was required: 3 in wave 2, 2 in wave 1']);
  figure.figures!.required = null;
  expect(refusals()[0]![1]).toMatch(/^People of the group need different levels/);
  other.report.document.sources = sources('f2');
  expect(refusals()[0]).toEqual(['C1', null]);
});

test('an address asks for groups of the report and nothing else', () => {
  const { document } = reportIndex(sampleRelease(survey));
  const read = (query: Record<string, unknown>) => readComparison(document, query);
  expect(read({})).toMatchObject({
    ...{ kind: 'groups', order: 'size', wave: null, metric: below },
    first: { profession: 'rn_adult', setting: null },
    second: { profession: 'rn_child', setting: null },
  });
  expect(read({ 'first.profession': 'midwife', 'second.profession': '', 'second.setting': 'acute_ward' }))
    // Empty is all.
    .toMatchObject({
      first: { profession: 'midwife', setting: null },
      second: { profession: null, setting: 'acute_ward' },
    });
  expect(read({ kind: 'waves' })).toMatchObject({ first: { profession: null, setting: null } });
  expect(read({ metric: 'level', sort: 'framework' })).toMatchObject({ metric: level, order: 'framework' });
  for (const wrong of [
    { 'first.profession': 'nurse' },
    { 'first.band': '5' },
    { 'third.profession': 'midwife' },
    { profession: 'midwife' },
    { 'first.profession': ['midwife', 'rn_adult'] },
    { kind: 'people' },
    { metric: 'where' },
    { sort: 'n' },
    { __proto__x: '1' },
  ]) {
    expect([wrong, read(wrong)]).toEqual([wrong, undefined]);
  }
});
