import fc from 'fast-check';
import { codes, codesOf, decodeValue, encode, firstValueCode } from '../../src/questionnaires/coding';
import { compilePlan } from '../../src/questionnaires/compile';
import type { ElementDefinition } from '../../src/questionnaires/definition';
import type { Answer, PlanItem } from '../../src/questionnaires/plan';
import { onePage, planOf, radios, ticks } from './definitions';

const level = itemOf(radios('A1', { measure: 'level', choices: [0, 1, 2, 3, 4, 'na', 'dk'] }));
const where = itemOf(
  ticks('A__where', {
    measure: 'where',
    choices: [
      'prereg',
      'workplace',
      'offer',
      { value: 'none', isExclusive: true },
      { value: 'dk', isExclusive: true },
    ],
  }),
);
const main = itemOf(
  radios('A__where_main', { measure: 'where_main', choices: ['prereg', 'workplace', 'offer', 'dk'] }),
);

describe('the four ways of giving no value', () => {
  test.each<[string, PlanItem, Answer | undefined, number]>([
    ['a question left out', level, undefined, codes.skipped],
    ['not my role', level, 'na', codes.notMyRole],
    ["don't know, of a level", level, 'dk', codes.dontKnow],
    ["don't know, of a main source", main, 'dk', codes.dontKnow],
    ["don't know, among ticks", where, ['dk'], codes.dontKnow],
    ["don't know, beside other ticks", where, ['prereg', 'dk'], codes.dontKnow],
  ])('%s has its own code', (_, item, answer, code) => {
    expect(encode(item, answer)).toBe(code);
    expect(decodeValue(item, code)).toBeNull();
  });

  test('not my role cannot be ticked, or is no value either', () => {
    const { plan, refusals } = compilePlan(
      onePage(ticks('A__where', { measure: 'where', choices: ['prereg', 'na'] })),
    );
    if (refusals.length === 0) expect(encode(plan.items[0]!, ['na'])).toBe(codes.notMyRole);
  });

  test('are four different codes below every value', () => {
    const four = Object.values(codes);
    expect(new Set(four).size).toBe(4);
    expect(Math.max(...four)).toBeLessThan(firstValueCode);
    for (const code of four) expect(decodeValue(level, code)).toBeNull();
  });
});

describe('ticks are one value: the sources in binary', () => {
  test.each<[string[], number]>([
    [['none'], 0],
    [[], 0],
    [['prereg'], 0b001],
    [['workplace'], 0b010],
    [['offer'], 0b100],
    [['prereg', 'offer'], 0b101],
    [['offer', 'prereg'], 0b101],
    [['prereg', 'workplace', 'offer'], 0b111],
  ])('%j is %i', (answer, value) => {
    expect(decodeValue(where, encode(where, answer))).toBe(value);
  });
});

test('a main source is its place among the sources', () => {
  const values = ['prereg', 'workplace', 'offer'].map((source) => decodeValue(main, encode(main, source)));
  expect(values).toEqual([0, 1, 2]);
});

test('level 0 is a value, and not a question left out', () => {
  expect(encode(level, 0)).not.toBe(encode(level, undefined));
  expect(decodeValue(level, encode(level, 0))).toBe(0);
});

test('an answer that is none of the choices is an error, not some other value', () => {
  expect(() => encode(level, 5)).toThrow('No code for an answer to A1');
  expect(() => encode(level, 'often')).toThrow('No code for an answer to A1');
  expect(() => encode(main, 'none')).toThrow('No code for an answer to A__where_main');
});

const name = fc.stringMatching(/^[a-z]{1,6}$/).filter((word) => !['na', 'dk', 'none'].includes(word));
const levels = fc
  .uniqueArray(fc.integer({ min: -10, max: 100 }), { minLength: 1, maxLength: 40 })
  .map((choices) => ({ item: itemOf(radios('q', { measure: 'level', choices })), answers: choices }));
const sources = fc.uniqueArray(name, { minLength: 1, maxLength: 12 }).map((choices) => ({
  item: itemOf(radios('q', { measure: 'where_main', choices: [...choices, 'dk'] })),
  answers: choices,
}));
const tickings = fc.uniqueArray(name, { minLength: 1, maxLength: 5 }).map((choices) => ({
  item: itemOf(ticks('q', { measure: 'where', choices: [...choices, { value: 'none', isExclusive: true }] })),
  answers: subsets(choices).map((subset) => (subset.length > 0 ? subset : ['none'])),
}));

test.each([
  ['levels', levels],
  ['sources', sources],
  ['ticks', tickings],
])('every answer of %s has a code and a value of its own, and comes back from its byte', (_, items) => {
  fc.assert(
    fc.property(items as fc.Arbitrary<{ item: PlanItem; answers: Answer[] }>, ({ item, answers }) => {
      const bytes = [...Buffer.from(answers.map((answer) => encode(item, answer)))];
      expect(new Set(bytes).size).toBe(answers.length);
      expect(Math.min(...bytes)).toBeGreaterThanOrEqual(firstValueCode);
      expect(Math.max(...bytes)).toBeLessThan(codesOf(item));
      const values = bytes.map((byte) => decodeValue(item, byte));
      expect(new Set(values).size).toBe(answers.length);
      values.forEach((value, index) => {
        if (typeof answers[index] === 'number') expect(value).toBe(answers[index]);
      });
    }),
  );
});

test('every byte an item can have stands for nothing or for one value', () => {
  for (const item of [level, where, main]) {
    const all = Array.from({ length: codesOf(item) }, (_, code) => decodeValue(item, code));
    expect(all.slice(0, firstValueCode)).toEqual([null, null, null, null]);
    expect(all.slice(firstValueCode)).toEqual(item.values);
    expect(decodeValue(item, codesOf(item))).toBeNull();
  }
});

function itemOf(element: ElementDefinition): PlanItem {
  return planOf(onePage(element)).items[0]!;
}

function subsets(all: string[]): string[][] {
  return Array.from({ length: 2 ** all.length }, (_, mask) => all.filter((_, index) => mask & (1 << index)));
}
