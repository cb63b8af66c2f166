import { codes, decodeValue, firstValueCode } from '../../src/questionnaires/coding';
import type { Answers } from '../../src/questionnaires/plan';
import { freeze } from '../../src/responses/frozen-response';
import { definitionOf, planOf, radios, ticks, words } from '../questionnaires/definitions';

const levels = [0, 1, 2, 3, 'na'];
const plan = planOf(
  definitionOf(
    {
      name: 'about',
      elements: [
        radios('What is your profession?', { facet: 'profession', choices: ['rn_adult', 'midwife'] }),
        radios('works-nights'),
        radios('band', { facet: 'band', choices: [5, 6] }),
      ],
    },
    {
      name: 'midwives',
      visibleIf: "{What is your profession?} = 'midwife'",
      elements: [
        radios('place', { facet: 'setting', choices: ['ward', 'home'] }),
        radios('M1', { measure: 'level', choices: levels }),
        words('births'),
      ],
    },
    {
      name: 'skills',
      elements: [
        radios('A1', { measure: 'level', choices: levels }),
        radios('A2', { measure: 'level', choices: levels, visibleIf: "{works-nights} = 'yes'" }),
        ticks('A__where', { measure: 'where', choices: ['x', 'y', { value: 'none', isExclusive: true }] }),
        ticks('topics'),
        words('remarks'),
      ],
    },
  ),
);

const everything: Answers = {
  'What is your profession?': 'midwife',
  'works-nights': 'yes',
  band: 6,
  place: 'home',
  M1: 3,
  births: 'Seven',
  A1: 0,
  A2: 'na',
  A__where: ['x', 'y'],
  topics: ['one', 'three'],
  remarks: 'Thanks',
};

test('facets and ratings stand in the order of the plan, everything else under its name', () => {
  const frozen = freeze(plan, everything);
  expect(frozen.facets).toEqual(['midwife', '6', 'home']);
  expect(plan.items.map(({ name }) => name)).toEqual(['M1', 'A1', 'A2', 'A__where']);
  expect(valuesOf(frozen.ratings)).toEqual([3, 0, null, 3]);
  expect(frozen.ratings[2]).toBe(codes.notMyRole);
  expect(frozen.answers).toEqual({
    'works-nights': 'yes',
    births: 'Seven',
    topics: ['one', 'three'],
    remarks: 'Thanks',
  });
});

test('the order the answers were given in changes nothing', () => {
  const backwards = Object.fromEntries(Object.entries(everything).reverse());
  expect(freeze(plan, backwards)).toEqual(freeze(plan, everything));
  expect(Object.keys(freeze(plan, backwards).answers!)).toEqual(
    Object.keys(freeze(plan, everything).answers!),
  );
});

test('answers to a page and to questions that are no longer shown are dropped', () => {
  const changed = { ...everything, 'What is your profession?': 'rn_adult', 'works-nights': 'no' };
  const frozen = freeze(plan, changed);
  expect(frozen.facets).toEqual(['rn_adult', '6', '']);
  expect([...frozen.ratings]).toEqual([codes.notShown, firstValueCode, codes.notShown, firstValueCode + 3]);
  expect(frozen.answers).toEqual({ 'works-nights': 'no', topics: ['one', 'three'], remarks: 'Thanks' });
});

test('a question left out and a question not shown are told apart', () => {
  const frozen = freeze(plan, { 'What is your profession?': 'midwife' });
  expect([...frozen.ratings]).toEqual([codes.skipped, codes.skipped, codes.notShown, codes.skipped]);
});

test('nothing given is empty facets, no values, and no answers', () => {
  const frozen = freeze(plan, {});
  expect(frozen.facets).toEqual(['', '', '']);
  expect(valuesOf(frozen.ratings)).toEqual([null, null, null, null]);
  expect(frozen.answers).toBeNull();
});

test('what is counted, and what is a facet, is not kept a second time', () => {
  const given = { 'What is your profession?': 'midwife', band: 5, A1: 2 };
  expect(freeze(plan, given).answers).toBeNull();
});

test('answers to questions the plan does not have are dropped', () => {
  const frozen = freeze(plan, { ...everything, elsewhere: 'something', A9: 3 });
  expect(frozen).toEqual(freeze(plan, everything));
});

test('freezing changes no answer', () => {
  const answers = structuredClone(everything);
  freeze(plan, answers);
  expect(answers).toEqual(everything);
});

test('a rating takes one byte', () => {
  expect(freeze(plan, everything).ratings).toHaveLength(plan.items.length);
});

function valuesOf(ratings: Buffer): (number | null)[] {
  return plan.items.map((item, place) => decodeValue(item, ratings[place]!));
}
