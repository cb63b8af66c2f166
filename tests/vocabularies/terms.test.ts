import fc from 'fast-check';
import {
  codeFrom,
  faultsOfTerm,
  freeCode,
  type PlatformTerm,
  readAlike,
  successorsOn,
  validityOn,
} from '../../src/vocabularies/platform-term';
import { inOfferedOrder, isOffered, isValidOn, type ProjectTerm } from '../../src/vocabularies/project-term';

function term(code: string, more: Partial<PlatformTerm> = {}): PlatformTerm {
  return {
    ...{
      vocabulary: 'icb',
      code,
      label: `Board ${code}`,
      position: 0,
      tier: null,
      staffGroup: null,
      parent: null,
    },
    ...{ validFrom: null, validTo: null, successors: [], revision: 0, ...more },
  };
}

test.each([
  ['Nursery nurse', 'nursery_nurse'],
  ['  Arts & drama-therapist (all) ', 'arts_drama_therapist_all'],
  ['Médecin', 'medecin'],
  ['看護師', 'term'],
  ['a'.repeat(60), 'a'.repeat(40)],
])('the code of "%s" is %s', (label, code) => {
  expect(codeFrom(label)).toBe(code);
});

test('every label gives a code that may be one, and a free one is never taken', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(30), (label, taken) => {
      const wished = codeFrom(label);
      const codes = new Set<string>();
      for (let times = 0; times <= taken; times += 1) codes.add(freeCode(wished, codes));
      expect(codes.size).toBe(taken + 1);
      for (const code of codes) expect(code).toMatch(/^[a-z0-9_]{1,40}$/);
    }),
  );
});

test.each([
  ['Midwife', 'midwife', true],
  ['Midwife ', 'Mid  wife', false],
  ['Health  visitor', 'HEALTH VISITOR', true],
])('"%s" and "%s" read alike: %s', (one, other, alike) => {
  expect(readAlike(one, other)).toBe(alike);
});

describe('a term is refused', () => {
  const others = [term('A', { successors: ['B'] }), term('B', { successors: ['C'] }), term('D')];
  const details = term('C', { label: 'New' });
  test.each([
    [
      'with the name of another',
      { label: 'board a' },
      { label: 'There is a term called Board A already. Enter another name' },
    ],
    [
      'that ends before it begins',
      { validFrom: '2026-04-01', validTo: '2026-03-31' },
      { 'validTo-day': 'The last day must not be before the first day' },
    ],
    ['as its own successor', { successors: ['C'] }, { successors: 'A term cannot be its own successor' }],
    [
      'with an unknown successor',
      { successors: ['D', 'X'] },
      { successors: 'There is no term with the code X' },
    ],
    [
      'in a circle of two',
      { successors: ['B'] },
      { successors: 'Board B is itself succeeded by this term, perhaps by way of others' },
    ],
    [
      'in a circle of three',
      { successors: ['D', 'A'] },
      { successors: 'Board A is itself succeeded by this term, perhaps by way of others' },
    ],
  ])('%s', (_case, change, errors) => {
    expect(faultsOfTerm('C', { ...details, ...change }, others)).toEqual(errors);
  });
  test('and otherwise not', () => {
    const day = { validFrom: '2026-04-01', validTo: '2026-04-01' };
    expect(faultsOfTerm('C', { ...details, ...day, successors: ['D'] }, others)).toEqual({});
  });
});

describe('what took the place of a term', () => {
  const terms = [
    term('A', { validTo: '2026-03-31', successors: ['B', 'C'] }),
    term('B', { validFrom: '2026-04-01', validTo: '2027-03-31', successors: ['C', 'D'] }),
    term('C', { validFrom: '2026-04-01' }),
    term('D', { validFrom: '2027-04-01' }),
    term('E', { validTo: '2026-03-31' }),
  ];
  test.each([
    ['A', '2026-06-01', ['B', 'C']],
    ['A', '2027-06-01', ['C', 'D']],
    ['B', '2027-04-01', ['C', 'D']],
    ['E', '2027-04-01', []],
    ['unknown', '2027-04-01', []],
  ])('%s on %s: %s', (code, day, successors) => {
    expect(successorsOn(code, terms, day).map((one) => one.code)).toEqual(successors);
  });
});

test.each([
  [null, null, '2026-01-01', 'valid'],
  ['2026-01-01', null, '2026-01-01', 'valid'],
  ['2026-01-02', null, '2026-01-01', 'to come'],
  [null, '2026-01-01', '2026-01-01', 'valid'],
  [null, '2025-12-31', '2026-01-01', 'ended'],
] as const)('from %s to %s, on %s: %s', (validFrom, validTo, day, validity) => {
  expect(validityOn({ validFrom, validTo }, day)).toBe(validity);
  expect(isValidOn({ validFrom, validTo }, day)).toBe(validity === 'valid');
});

test.each([
  ['a picked term', { own: false, picked: true }, true],
  ['one not picked', { own: false, picked: false }, false],
  ['one that has ended', { own: false, picked: true, validTo: '2025-12-31' }, false],
  ['an own term', { own: true }, true],
  ['an own term put away', { own: true, archivedOn: '2025-12-31' }, false],
])('%s is offered: %s', (_case, change, offered) => {
  const any = { validFrom: null, validTo: null, picked: true, archivedOn: null } as Partial<ProjectTerm>;
  expect(isOffered({ ...any, ...change } as ProjectTerm, '2026-01-01')).toBe(offered);
});

test('own terms stand behind the last of their group, the others before "other"', () => {
  const platform = ['a:x', 'b:y', 'c:x', 'other:'].map((text) => {
    const [code, group] = text.split(':') as [string, string];
    return { code, group: group || null, own: false };
  });
  const own = [
    { code: 'own_1', group: 'x', own: true },
    { code: 'own_2', group: null, own: true },
    { code: 'own_3', group: 'x', own: true },
    { code: 'own_4', group: 'z', own: true },
  ];
  const order = (terms: typeof own) => inOfferedOrder(terms as never).map(({ code }) => code);
  expect(order([...platform, ...own] as never)).toEqual([
    'a',
    'b',
    'c',
    'own_1',
    'own_3',
    'own_2',
    'own_4',
    'other',
  ]);
  expect(order(own)).toEqual(['own_1', 'own_3', 'own_2', 'own_4']);
});
