import fc from 'fast-check';
import { skillsMatrix } from '../../src/frameworks/required-level';
import { mostOffers, mostPriorities, type ProfileInput, profileOf } from '../../src/profiles/profile';
import type { codes } from '../../src/questionnaires/coding';
import type { TaughtOffer } from '../../src/training/offer';
import { domainOf, held, offer, planOf } from './made';

const required = (levels: Record<string, number>) =>
  skillsMatrix(
    Object.entries(levels).map(([competency, level]) => ({
      ...{ competency, profession: null, tier: null, setting: null, level },
    })),
  );

function input(change: Partial<ProfileInput> & Pick<ProfileInput, 'held'>): ProfileInput {
  return {
    plan: planOf({ One: ['A1', 'A2', 'A3'], Two: ['B1'] }),
    matrix: required({ A1: 3, A2: 2, A3: 2 }),
    tier: null,
    domains: [domainOf('First', ['A1', 'A2', 'A3']), domainOf('Second', ['B1'])],
    offers: [],
    ...change,
  };
}

const standings = (profile: ReturnType<typeof profileOf>) =>
  Object.fromEntries(
    profile.domains.flatMap(({ competencies }) =>
      competencies.map(({ code, standing, difference }) => [code, `${standing} ${difference}`]),
    ),
  );

test.each<[number | keyof typeof codes, string]>([
  [4, 'above 1'],
  [3, 'at 0'],
  [1, 'below -2'],
  [0, 'below -3'],
  ['skipped', 'skipped 0'],
  ['notShown', 'not-shown 0'],
  ['notMyRole', 'not-my-role 0'],
  ['dontKnow', 'dont-know 0'],
])('where 3 is required, %s is "%s"', (answer, standing) => {
  const profile = profileOf(input({ held: held([answer, 2, 2, 2]) }));
  expect(standings(profile)).toMatchObject({ A1: standing, A2: 'at 0', B1: 'no-requirement 0' });
});

test('a domain counts and averages only what has a reported and a required level', () => {
  const profile = profileOf(input({ held: held([1, 4, 'notMyRole', 3]) }));
  expect(profile.domains).toMatchObject([
    { title: 'One', compared: 2, meeting: 1, meanReported: 2.5, meanRequired: 2.5 },
    { title: 'Two', compared: 0, meeting: 0, meanReported: null, meanRequired: null },
  ]);
});

test('the most specific requirement counts: profession and setting before tier before everybody', () => {
  const row = (level: number, change: object) => ({
    ...{ competency: 'A1', profession: null, tier: null, setting: null, level, ...change },
  });
  const matrix = skillsMatrix([
    row(1, {}),
    row(2, { tier: '4' }),
    row(3, { profession: 'rn_adult' }),
    row(4, { profession: 'rn_adult', setting: 'gp_practice' }),
  ]);
  const levelFor = (facets: object, tier: string | null = null) =>
    profileOf(input({ held: held([2, 2, 2, 2], facets), matrix, tier })).domains[0]!.competencies[0]!
      .required!.level;
  expect(levelFor({})).toBe(4);
  expect(levelFor({ setting: null })).toBe(3);
  expect(levelFor({ profession: 'midwife' }, '4')).toBe(2);
  expect(levelFor({ profession: null, tier: '4' })).toBe(2);
  expect(levelFor({ profession: null })).toBe(1);
});

test('a level needed that was asked for counts where there is no matrix, and only there', () => {
  const plan = planOf({ One: ['A1'] }, ['level', 'needed']);
  const answers = { plan, held: held([1, 4]), domains: [] };
  const own = profileOf(input({ ...answers, matrix: new Map() }));
  expect(own.requirement).toBe('own');
  expect(own.domains[0]!.competencies[0]).toMatchObject({ title: 'Doing A1', difference: -3 });
  const agreed = profileOf(input({ ...answers, matrix: required({ A1: 2 }) }));
  expect(agreed.requirement).toBe('agreed');
  expect(agreed.domains[0]!.competencies[0]!.difference).toBe(-1);
});

test('without matrix and without levels needed there is nothing to compare', () => {
  const profile = profileOf(input({ held: held([1, 2, 3, 4]), matrix: new Map() }));
  expect(profile).toMatchObject({ requirement: 'none', strengths: [], priorities: [], otherGaps: [] });
});

test('competencies of one domain on several pages, and of several on one page, bear the domain’s name', () => {
  const plan = planOf({ One: ['A1', 'B1'], Two: ['A2'], Three: ['C1'] });
  const domains = [domainOf('First', ['A1', 'A2']), domainOf('Second', ['B1']), domainOf('Third', ['C1'])];
  const profile = profileOf(input({ plan, domains, held: held([1, 1, 1, 1]) }));
  expect(profile.domains.map(({ title }) => title)).toEqual(['First', 'Second', 'Three']);
});

test('strengths come with the furthest above first; gaps with the widest first, then by training, then by code', () => {
  const codesAsked = ['A1', 'A2', 'A10', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8'];
  const profile = profileOf(
    input({
      plan: planOf({ One: codesAsked }),
      domains: [domainOf('First', codesAsked)],
      matrix: required({ A1: 2, A2: 2, A10: 3, A3: 3, A4: 3, A5: 3, A6: 3, A7: 3, A8: 4 }),
      held: held([2, 4, 2, 2, 2, 2, 2, 2, 1]),
      offers: [offer({}, { A7: 3 }), offer({}, { A5: 2 })],
    }),
  );
  expect(profile.strengths.map(({ code }) => code)).toEqual(['A2', 'A1']);
  expect(profile.priorities.map(({ competency }) => competency.code)).toEqual(['A8', 'A7', 'A3', 'A4', 'A5']);
  expect(profile.otherGaps.map(({ code }) => code)).toEqual(['A6', 'A10']);
});

const answer = fc.constantFrom<number | keyof typeof codes>(
  ...[0, 1, 2, 3, 4],
  ...(['skipped', 'notShown', 'notMyRole', 'dontKnow'] as const),
);
const asked = ['A1', 'A2', 'A3', 'B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B10'];
const anOffer = fc
  .record({
    title: fc.constantFrom('X', 'Y', 'Z'),
    status: fc.constantFrom('existing' as const, 'planned' as const),
    cost: fc.constantFrom(null, 0, 100, 500),
    places: fc.constantFrom(null, 10),
    hours: fc.constantFrom(null, 1, 8),
    archived: fc.boolean(),
    professions: fc.constantFrom<string[]>([], ['rn_adult'], ['midwife']),
    regions: fc.constantFrom<string[]>([], ['Y56']),
    teaches: fc.dictionary(fc.constantFrom(...asked), fc.constantFrom(0, 1, 2, 3, 4)),
  })
  .map(({ teaches, ...change }) => offer(change, teaches));
const world = fc.record({
  answers: fc.array(answer, { minLength: asked.length, maxLength: asked.length }),
  needs: fc.dictionary(fc.constantFrom(...asked), fc.constantFrom(0, 1, 2, 3, 4), { minKeys: 1 }),
  offers: fc.array(anOffer, { maxLength: 12 }),
});
interface Made {
  answers: (number | keyof typeof codes)[];
  needs: Record<string, number>;
  offers: TaughtOffer[];
}
const profileIn = ({ answers, needs, offers }: Made) =>
  profileOf(
    input({
      plan: planOf({ One: asked.slice(0, 3), Two: asked.slice(3) }),
      domains: [domainOf('First', asked.slice(0, 3)), domainOf('Second', asked.slice(3))],
      matrix: required(needs),
      held: held(answers, { region: 'Y56' }),
      offers,
    }),
  );

test('the order of the offers changes nothing', () => {
  fc.assert(
    fc.property(
      world.chain((made) =>
        fc.tuple(
          fc.constant(made),
          fc.shuffledSubarray(made.offers, { minLength: made.offers.length, maxLength: made.offers.length }),
        ),
      ),
      ([made, offers]) => {
        expect(profileIn({ ...made, offers })).toEqual(profileIn(made));
      },
    ),
  );
});

test('each competency stands in one place, and each figure follows from the answers', () => {
  fc.assert(
    fc.property(world, (made) => {
      const profile = profileIn(made);
      const all = profile.domains.flatMap(({ competencies }) => competencies);
      expect(all.map(({ code }) => code)).toEqual(asked);
      for (const [place, competency] of all.entries()) {
        const given = made.answers[place]!;
        expect(competency.reported?.level ?? null).toBe(typeof given === 'number' ? given : null);
        expect(competency.required?.level ?? null).toBe(made.needs[competency.code] ?? null);
      }
      const listed = [
        ...profile.strengths,
        ...profile.priorities.map(({ competency }) => competency),
        ...profile.otherGaps,
      ];
      const compared = all.filter(({ reported, required }) => reported && required);
      expect(listed.map(({ code }) => code).sort()).toEqual(compared.map(({ code }) => code).sort());
      expect(new Set(listed).size).toBe(listed.length);
      for (const { compared: n, meeting, competencies, meanReported, meanRequired } of profile.domains) {
        const both = competencies.filter(({ reported, required }) => reported && required);
        expect([n, meeting]).toEqual([
          both.length,
          both.filter(({ standing }) => standing !== 'below').length,
        ]);
        const sum = both.reduce((total, { difference }) => total + difference, 0);
        if (n > 0) expect((meanReported! - meanRequired!) * n).toBeCloseTo(sum, 9);
      }
    }),
  );
});

test('gaps are ranked widest first, and their offers by what suits, whatever is offered', () => {
  fc.assert(
    fc.property(world, (made) => {
      const { priorities, otherGaps } = profileIn(made);
      const gaps = [...priorities.map(({ competency }) => competency), ...otherGaps].map(
        (gap) => gap.difference,
      );
      expect(gaps).toEqual([...gaps].sort((one, other) => one - other));
      expect(priorities.length).toBeLessThanOrEqual(mostPriorities);
      if (otherGaps.length > 0) expect(priorities).toHaveLength(mostPriorities);
      for (const { competency, offers } of priorities) {
        expect(offers.length).toBeLessThanOrEqual(mostOffers);
        for (const { offer: offered, teaches, full } of offers) {
          expect(offered.archived).toBe(false);
          expect(offered.professions.length === 0 || offered.professions.includes('rn_adult')).toBe(true);
          expect(teaches).toBeGreaterThan(competency.reported!.level);
          expect(full).toBe(teaches >= competency.required!.level);
        }
        const fulls = offers.map(({ full }) => full);
        expect(fulls).toEqual([...fulls].sort((one, other) => Number(other) - Number(one)));
      }
    }),
  );
});

test('raising one rating never widens its gap and touches no other competency', () => {
  fc.assert(
    fc.property(world, fc.nat(asked.length - 1), (made, place) => {
      const before = made.answers[place]!;
      fc.pre(typeof before === 'number' && before < 4);
      const answers = made.answers.map((given, index) => (index === place ? (before as number) + 1 : given));
      const flat = (profile: ReturnType<typeof profileOf>) =>
        profile.domains.flatMap(({ competencies }) => competencies);
      const [was, is] = [flat(profileIn(made)), flat(profileIn({ ...made, answers }))];
      expect(is.filter((_one, index) => index !== place)).toEqual(
        was.filter((_one, index) => index !== place),
      );
      if (is[place]!.required) expect(is[place]!.difference).toBe(was[place]!.difference + 1);
    }),
  );
});
