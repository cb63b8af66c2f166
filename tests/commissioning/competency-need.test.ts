import fc from 'fast-check';
import {
  audiencesOf,
  coverageIn,
  inOrderOfNeed,
  needsOf,
  openToGroup,
  purchasesFor,
  taught,
} from '../../src/commissioning/competency-need';
import { adviceFor } from '../../src/commissioning/guidance';
import { displayed } from '../../src/platform/rounding';
import { figured, figures, offer } from './make';

/** The worked example of METHODS.md 1(i), told as a release tells it. */
const offers = [
  offer('o1', { k1: 3, k2: 2 }, { places: 50, cost: 10_000 }),
  offer('o2', { k3: 2, k4: 2 }, { places: 100, cost: 5000 }),
  offer('o3', { k1: 3 }, { places: 30, cost: 4000 }),
  offer('o4', { k2: 3, k4: 2 }, { places: 60, cost: 6000 }),
].map(taught);
const need = (people: number, level: number) =>
  figures(50, {
    staff: 2 * people,
    below: people,
    belowInterval: [people - 20, people + 20],
    lowest: level,
    highest: level,
  });
const worked = figured({
  k1: need(120, 3),
  k2: need(80, 2),
  k3: need(200, 3),
  k4: need(40, 2),
  k5: need(60, 3),
});

test('the worked example: coverage, need-weighted coverage, met need, and unmet need by rank', () => {
  const { needs } = needsOf(worked, offers);
  const coverage = coverageIn(needs);
  expect(coverage).toMatchObject({ competencies: 5, covered: 3 });
  expect([coverage.percent, coverage.needWeighted, coverage.met].map((part) => displayed(part!, 4))).toEqual([
    60, 48, 40,
  ]);
  const unmet = Object.fromEntries(
    needs.map(({ item, unmet }) => [
      item.competency,
      [unmet!.supply, unmet!.unmet, displayed(unmet!.ratio!, 4), unmet!.rank],
    ]),
  );
  expect(unmet).toEqual({
    k1: [80, 40, 0.3333, 3],
    k2: [110, 0, 0, 4],
    k3: [0, 200, 1, 1],
    k4: [160, 0, 0, 4],
    k5: [0, 60, 1, 2],
  });
  // Those without an offer come first, then what is unmet.
  expect(inOrderOfNeed(needs).map(({ item }) => item.competency)).toEqual(['k3', 'k5', 'k1', 'k2', 'k4']);
  expect(needs[2]!.below.map(({ offer }) => offer.title)).toEqual(['o2']);
});

test('where people need different levels an offer counts in full only if it reaches the highest', () => {
  const rows = figured({
    k1: figures(50, { lowest: 2, highest: 4 }),
    k2: figures(50, { lowest: 1, highest: 2 }),
  });
  const { needs } = needsOf(rows, offers);
  expect(
    needs.map(({ full, below }) => [full, below].map((some) => some.map(({ offer }) => offer.title))),
  ).toEqual([
    [[], ['o1', 'o3']],
    [['o1', 'o4'], []],
  ]);
});

test('planned offers are named and count for nothing', () => {
  const planned = taught(offer('soon', { k5: 4 }, { status: 'planned', places: 100 }));
  const { needs } = needsOf(worked, [...offers, planned]);
  expect(needs[4]).toMatchObject({ full: [], planned: [planned], unmet: { supply: 0, unmet: 60 } });
});

test('an offer is open to a group if it is open to somebody of it', () => {
  const document = {
    dimensions: [
      {
        ...{ key: 'profession', label: 'Profession' },
        categories: [
          { code: 'adult', label: 'Adult', codes: ['adult'] },
          { code: 'others', label: 'Others', codes: ['child', 'school'] },
        ],
      },
      {
        ...{ key: 'region', label: 'Region' },
        categories: [
          { code: 'north', label: 'North', codes: ['north'] },
          { code: 'rest', label: 'Rest', codes: ['east', 'west'] },
        ],
      },
    ],
  };
  const of = (profession: string, region: string) =>
    taught(
      offer(
        `${profession} ${region}`,
        {},
        {
          professions: profession ? [{ code: profession, label: profession }] : [],
          regions: region ? [{ code: region, label: region }] : [],
        },
      ),
    );
  const all = [of('', ''), of('adult', ''), of('school', 'west'), of('', 'north')];
  const open = (key: Record<string, string>) =>
    openToGroup(all, audiencesOf(document, key)).map(({ offer }) => offer.title);
  expect(open({})).toHaveLength(4);
  expect(open({ profession: 'adult' })).toEqual([' ', 'adult ', ' north']);
  expect(open({ profession: 'others', region: 'rest' })).toEqual([' ', 'school west']);
  expect(open({ region: 'north' })).toEqual([' ', 'adult ', ' north']);
});

test('what is withheld, not required, not answered or not known stands apart and is never a number', () => {
  const group = needsOf(
    figured({
      k1: 'withheld',
      k2: 'no-requirement',
      k3: 'no-answers',
      k4: figures(30, null),
      k5: figures(30, { lowest: 0, highest: 0 }),
    }),
    offers,
  );
  expect(group.needs).toEqual([]);
  expect(group.withheld.map(({ competency }) => competency)).toEqual(['k1']);
  expect(group.without).toEqual({ requirement: 1, answers: 1 });
  expect(group.unknown.map(({ competency }) => competency)).toEqual(['k4']);
});

test('without headcounts gaps are ranked by the share below, and nobody is counted', () => {
  const { needs } = needsOf(
    figured({
      k1: figures(40, { lowest: 3, highest: 3 }),
      k3: figures(10, { lowest: 3, highest: 3 }),
      k5: figures(70, { lowest: 3, highest: 3 }),
      k9: figures('<=5', { lowest: 3, highest: 3 }),
      k8: figures('>=95', { lowest: 3, highest: 3 }),
    }),
    offers,
  );
  expect(inOrderOfNeed(needs).map(({ item }) => item.competency)).toEqual(['k9', 'k5', 'k3', 'k1']);
  expect(needs.every(({ unmet }) => unmet === null)).toBe(true);
  expect(coverageIn(needs)).toMatchObject({ needWeighted: null, met: null });
});

test('a budget buys what fills most for its cost, and says what it could not weigh', () => {
  const { needs } = needsOf(worked, offers);
  const planned = taught(offer('new', { k3: 3, k5: 3 }, { status: 'planned', places: 50, cost: 5000 }));
  const unknown = taught(offer('dear', { k3: 4 }, { places: 20 }));
  const { list, unpriced } = purchasesFor(needs, [...offers, planned, unknown], 10_000);
  expect(list.map(({ offer: { offer }, fills }) => [offer.title, fills])).toEqual([
    ['new', 100],
    ['o3', 30],
  ]);
  expect(unpriced).toEqual([unknown]);
  expect(purchasesFor(needs, [...offers, planned], 0).list).toEqual([]);
});

test('guidance says why, what exists and what to do', () => {
  const rows = figured({
    k1: need(120, 3),
    k3: need(200, 3),
    k5: need(60, 3),
    k7: figures('<=5', { staff: 30, lowest: 3, highest: 3 }),
    k2: need(80, 2),
  });
  const advice = adviceFor(needsOf(rows, offers).needs, 5);
  expect(advice.map(({ heading }) => heading)).toEqual([
    'k7 Competency k7: level 3',
    'k3 Competency k3: level 3',
    'k5 Competency k5: level 3',
    'k1 Competency k1: level 3',
  ]);
  expect(advice[0]).toMatchObject({
    why: 'All or nearly all of the 30 staff of whom it is required are below the level.',
    exists: 'No existing offer reaches level 3.',
    todo: 'Buy or build training to level 3.',
  });
  expect(advice[1]).toMatchObject({
    why: '50% are below the level: about 200 of 400 staff of whom it is required.',
    exists:
      'No existing offer reaches level 3. Below the level: “o2” (Training hub; 100 places a year; £5,000 a year), to level 2.',
    todo: 'Have one of the offers below the level extended to level 3 for about 200 people, or buy or build training that reaches it.',
  });
  expect(advice[3]!.todo).toBe('Buy places for about 40 more people, or a further offer.');
});

test('more offers never leave more of a need unmet, and what is met and unmet is all of it', () => {
  const level = fc.integer({ min: 0, max: 4 });
  const some = fc.array(
    fc.record({ k1: level, k2: level, places: fc.option(fc.integer({ min: 0, max: 300 })) }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(some, some, fc.integer({ min: 0, max: 80 }), (first, more, people) => {
      const made = (list: typeof first) =>
        list.map(({ k1, k2, places }, place) => taught(offer(`offer ${place}`, { k1, k2 }, { places })));
      const rows = figured({ k1: need(5 * people, 3), k2: need(5 * people, 2) });
      const before = needsOf(rows, made(first)).needs;
      const after = needsOf(rows, [...made(first), ...made(more)]).needs;
      for (const [place, { unmet, people: all }] of after.entries()) {
        expect(unmet!.unmet).toBeLessThanOrEqual(before[place]!.unmet!.unmet);
        expect(unmet!.unmet).toBe(Math.max(0, all! - unmet!.supply));
      }
      expect(coverageIn(after).covered).toBeGreaterThanOrEqual(coverageIn(before).covered);
    }),
  );
});
