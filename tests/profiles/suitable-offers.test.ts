import { suitableOffers } from '../../src/profiles/suitable-offers';
import type { TaughtOffer } from '../../src/training/offer';
import { offer } from './made';

const need = {
  ...{ lineageId: 'lineage A1', level: 1, required: 3, profession: 'rn_adult', region: 'Y56' },
};
const titles = (offers: TaughtOffer[], change: object = {}) =>
  suitableOffers({ ...need, ...change }, offers).map((found) => found.offer.title);

const full = { A1: 3 };
const part = { A1: 2 };

test.each<
  [string, [Partial<TaughtOffer>, Record<string, number>], [Partial<TaughtOffer>, Record<string, number>]]
>([
  [
    'reaching the level before free and short',
    [{ cost: 900, places: 1, hours: 40 }, full],
    [{ cost: 0, hours: 1 }, part],
  ],
  ['further part of the way before cheaper', [{}, { A1: 3 }], [{ cost: 0 }, { A1: 2 }]],
  ['existing before planned', [{ cost: 900, places: 9 }, full], [{ cost: 0, status: 'planned' }, full]],
  ['free before cheap', [{ cost: 0, hours: 9 }, full], [{ cost: 10, places: 10, hours: 1 }, full]],
  [
    'the cheaper place before the cheaper course',
    [{ cost: 1000, places: 100 }, full],
    [{ cost: 500, places: 5 }, full],
  ],
  ['a known cost before an unknown one', [{ cost: 900, places: 1 }, full], [{ cost: null }, full]],
  ['the shorter before the longer', [{ hours: 2 }, full], [{ hours: 3 }, full]],
  ['a known length before an unknown one', [{ hours: 300 }, full], [{ hours: null }, full]],
  ['by title where all else is equal', [{}, full], [{}, full]],
])('offers are ranked: %s', (_why, [first, teachesFirst], [second, teachesSecond]) => {
  const offers = [
    offer({ title: 'A', ...first }, teachesFirst),
    offer({ title: 'B', ...second }, teachesSecond),
  ];
  expect(titles(offers)).toEqual(['A', 'B']);
  expect(titles([...offers].reverse())).toEqual(['A', 'B']);
});

test.each<[string, Partial<TaughtOffer>, Record<string, number>]>([
  ['archived', { archived: true }, full],
  ['for another profession', { professions: ['midwife'] }, full],
  ['for another region', { regions: ['Y58'] }, full],
  ['no further than where somebody is', {}, { A1: 1 }],
  ['about something else', {}, { A2: 4 }],
])('an offer is left out that is %s', (_why, change, teaches) => {
  expect(titles([offer({ title: 'A', ...change }, teaches)])).toEqual([]);
});

test('nobody is left out for a profession or region we do not know', () => {
  const offers = [offer({ title: 'A', professions: ['midwife'], regions: ['Y58'] }, full)];
  expect(titles(offers, { profession: null, region: null })).toEqual(['A']);
});

test('what falls short says so', () => {
  const found = suitableOffers(need, [offer({}, full), offer({}, part)]);
  expect(found.map(({ teaches, full }) => [teaches, full])).toEqual([
    [3, true],
    [2, false],
  ]);
});
