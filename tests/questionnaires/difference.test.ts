import fc from 'fast-check';
import { checksumOf } from '../../src/questionnaires/checksum';
import type { Definition, ElementDefinition } from '../../src/questionnaires/definition';
import { type Change, differenceOf } from '../../src/questionnaires/difference';
import { definitionOf, demoDefinition, onePage, radios, words } from './definitions';

/** A change as the tables below write it: what, where, which setting, item and detail, before and after. */
const said = ({ kind, part, place, setting, item, detail, language, before, after }: Change) => [
  `${kind} ${[part, place].filter(Boolean).join(' ')}`,
  [setting, item?.key, detail, language].filter(Boolean).join('/'),
  before,
  after,
];

const question = (change: Partial<ElementDefinition> & Record<string, unknown> = {}) =>
  onePage(radios('q', change as Partial<ElementDefinition>));

const changed = (what: string, before: unknown, after: unknown) => [
  ['changed question q', what, before, after],
];

test.each<[string, Definition, Definition, unknown[]]>([
  ['a title', question({ title: 'Old' }), question({ title: 'New' }), changed('title', 'Old', 'New')],
  ['a help text', question(), question({ description: 'Help' }), changed('description', undefined, 'Help')],
  ['the kind', question(), question({ type: 'dropdown' }), changed('type', 'radiogroup', 'dropdown')],
  ['an answer due', question(), question({ isRequired: true }), changed('isRequired', undefined, true)],
  ['a condition', question({ visibleIf: '{a} = 1' }), question(), changed('visibleIf', '{a} = 1', undefined)],
  [
    'a setting nobody knows',
    question(),
    question({ odd: [1, { a: 2 }] }),
    changed('odd', undefined, [1, { a: 2 }]),
  ],
  [
    'what was kept of a file',
    question({ kept: { a: 'x' } }),
    question({ kept: { a: 'y' } }),
    changed('kept', { a: 'x' }, { a: 'y' }),
  ],
  [
    'one language',
    question({ title: { default: 'Day', cy: 'Dydd' } }),
    question({ title: { default: 'Day', cy: 'Diwrnod' } }),
    changed('title/cy', 'Dydd', 'Diwrnod'),
  ],
  [
    'a first translation',
    question({ title: 'Day' }),
    question({ title: { default: 'Day', cy: 'Dydd' } }),
    changed('title/cy', undefined, 'Dydd'),
  ],
  [
    'the same in another spelling',
    question({ title: 'Day', choices: [1, { value: 2 }] }),
    question({ title: { default: 'Day' }, choices: [{ value: 1 }, 2] }),
    [],
  ],
  [
    'a choice more',
    question(),
    question({ choices: ['yes', { value: 'maybe', text: 'Maybe' }, 'no'] }),
    [['added question q', 'choices/maybe', undefined, { value: 'maybe', text: 'Maybe' }]],
  ],
  [
    'a choice less',
    question(),
    question({ choices: ['yes'] }),
    [['removed question q', 'choices/no', { value: 'no' }, undefined]],
  ],
  [
    'choices in another order',
    question(),
    question({ choices: ['no', 'yes'] }),
    [['moved question q', 'choices/no', { place: 2 }, { place: 1 }]],
  ],
  [
    'a choice in other words',
    question({ choices: [{ value: 1, text: 'One' }] }),
    question({ choices: [{ value: 1, text: { default: 'One', cy: 'Un' } }] }),
    changed('choices/1/text/cy', undefined, 'Un'),
  ],
  [
    'a choice of another kind of value',
    question({ choices: [1] }),
    question({ choices: ['1'] }),
    [
      ['added question q', 'choices/1', undefined, { value: '1' }],
      ['removed question q', 'choices/1', { value: 1 }, undefined],
    ],
  ],
  [
    'the same choice twice',
    question({ choices: ['a'] }),
    question({ choices: ['a', 'a'] }),
    [['added question q', 'choices/a', undefined, { value: 'a' }]],
  ],
  [
    'the first choices',
    question({ choices: undefined }),
    question({ choices: ['a'] }),
    changed('choices', undefined, ['a']),
  ],
  [
    'an empty list',
    question({ choices: undefined }),
    question({ choices: [] }),
    changed('choices', undefined, []),
  ],
  [
    'a row',
    question({ rows: [{ value: 'r', text: 'Row' }] }),
    question({ rows: [{ value: 'r', text: 'Line' }] }),
    changed('rows/r/text', 'Row', 'Line'),
  ],
  [
    'a column',
    question({ columns: [1, 2] }),
    question({ columns: [1] }),
    [['removed question q', 'columns/2', { value: 2 }, undefined]],
  ],
  [
    'a title of all',
    definitionOf(),
    { ...definitionOf(), title: 'Another' },
    [['changed questionnaire', 'title', 'A questionnaire', 'Another']],
  ],
  [
    'a level',
    { ...definitionOf(), scale: [{ level: 1, label: 'Novice', descriptor: '' }] },
    { ...definitionOf(), scale: [{ level: 1, label: 'Learner', descriptor: '' }] },
    [['changed questionnaire', 'scale/1/label', 'Novice', 'Learner']],
  ],
  [
    'an introduction',
    definitionOf(),
    { ...definitionOf(), introduction: 'Hello' },
    [['changed questionnaire', 'introduction', undefined, 'Hello']],
  ],
  [
    'a page’s condition',
    definitionOf({ name: 'p', elements: [] }),
    definitionOf({ name: 'p', visibleIf: '{a} = 1', elements: [] }),
    [['changed page p', 'visibleIf', undefined, '{a} = 1']],
  ],
])('%s is told', (_name, before, after, expected) => {
  expect(differenceOf(before, after).map(said)).toEqual(expected);
});

test('pages and questions are added, removed and moved, each told once', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => words(name, { title: `Question ${name}` }));
  const before = definitionOf(
    { name: 'one', title: 'First', elements: [a!, b!, c!] },
    { name: 'two', title: 'Second', elements: [d!] },
    { name: 'three', elements: [] },
  );
  const after = definitionOf(
    { name: 'three', elements: [words('e')] },
    { name: 'one', title: 'First', elements: [c!, a!] },
    { name: 'four', elements: [b!] },
  );
  expect(differenceOf(before, after).map(said)).toEqual([
    ['moved page three', '', { place: 2 }, { place: 1 }],
    ['added question e', '', undefined, words('e')],
    ['moved question c', '', at('one', 'First', 2), at('one', 'First', 1)],
    ['added page four', '', undefined, after.pages[2]],
    ['moved question b', '', at('one', 'First', 2), at('four', 'four', 1)],
    ['removed page two', '', before.pages[1], undefined],
    ['removed question d', '', d, undefined],
  ]);
});

const at = (name: string, title: string, place: number) => ({ page: { name, title }, place });

test('a question that changed bears its new title, and one that is gone its old one', () => {
  const before = onePage(
    words('a', { title: 'Old' }),
    words('b', { title: { default: 'Gone', cy: 'Wedi mynd' } }),
  );
  const after = onePage(words('a', { title: 'New' }));
  expect(differenceOf(before, after).map(({ title, page }) => [title, page])).toEqual([
    ['New', 'page-1'],
    ['Gone', 'page-1'],
  ]);
});

test('names used twice hide nothing', () => {
  const twice = definitionOf({ name: 'p', elements: [words('q')] }, { name: 'p', elements: [words('q')] });
  const moved = definitionOf({ name: 'p', elements: [words('q'), words('q')] }, { name: 'p', elements: [] });
  expect(differenceOf(twice, structuredClone(twice))).toEqual([]);
  expect(differenceOf(twice, moved).map(({ kind, place }) => [kind, place])).toEqual([['moved', 'q']]);
});

test('the demo does not differ from itself, and a full stop more is told', () => {
  const demo = demoDefinition();
  expect(differenceOf(demo, structuredClone(demo))).toEqual([]);
  const longer = structuredClone(demo);
  longer.pages[1]!.elements[0]!.title += '.';
  expect(differenceOf(demo, longer)).toHaveLength(1);
});

const anyText = fc.oneof(
  fc.constantFrom('red', 'green', ''),
  fc.record(
    { default: fc.constantFrom('red', 'blue'), cy: fc.constantFrom('coch', 'glas') },
    { requiredKeys: [] },
  ),
);
const anyChoice = fc.oneof(
  fc.constantFrom<string | number>('a', 'b', 1, '1'),
  fc.record(
    { value: fc.constantFrom<string | number>('a', 'b', 1), text: anyText, isExclusive: fc.boolean() },
    { requiredKeys: ['value'] },
  ),
);
const anyElement = fc.record(
  {
    type: fc.constantFrom('radiogroup', 'checkbox'),
    name: fc.constantFrom('q1', 'q2', 'q3', 'q4'),
    title: anyText,
    isRequired: fc.boolean(),
    visibleIf: fc.constantFrom('{q1} = 1', '{q2} = 1'),
    choices: fc.array(anyChoice, { maxLength: 3 }),
    rows: fc.array(anyChoice, { maxLength: 2 }),
    unheard: fc.jsonValue({ maxDepth: 2 }),
  },
  { requiredKeys: ['type', 'name'] },
) as fc.Arbitrary<ElementDefinition>;
const anyDefinition = fc.record(
  {
    title: anyText,
    unheard: fc.jsonValue({ maxDepth: 2 }),
    pages: fc.array(
      fc.record(
        {
          name: fc.constantFrom('p1', 'p2', 'p3'),
          title: anyText,
          elements: fc.array(anyElement, { maxLength: 3 }),
        },
        { requiredKeys: ['name', 'elements'] },
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['pages'] },
) as fc.Arbitrary<Definition>;

test('nothing differs where both say the same, and only there', () => {
  fc.assert(
    fc.property(anyDefinition, anyDefinition, (one, other) => {
      expect(differenceOf(one, structuredClone(one))).toEqual([]);
      expect(differenceOf(one, other).length === 0).toBe(checksumOf(one) === checksumOf(other));
    }),
    { numRuns: 500 },
  );
});

test('a single edit anywhere is seen, and told of the place where it was made', () => {
  const value = fc.jsonValue({ maxDepth: 2 });
  const setting = fc.constantFrom(
    'title',
    'description',
    'choices',
    'columns',
    'visibleIf',
    'isRequired',
    'odd',
  );
  fc.assert(
    fc.property(anyDefinition, fc.nat(), fc.nat(), setting, value, (before, p, q, key, edit) => {
      const questions = before.pages.flatMap(({ elements }) => elements);
      fc.pre(questions.length > 0);
      const after = structuredClone(before);
      const asking = after.pages.filter(({ elements }) => elements.length > 0);
      const edited = asking[p % asking.length]!;
      const element = edited.elements[q % edited.elements.length]!;
      (element as unknown as Record<string, unknown>)[key] = edit;
      fc.pre(checksumOf(after) !== checksumOf(before));
      const found = differenceOf(before, after);
      expect(found.length).toBeGreaterThan(0);
      expect(new Set(found.map(({ part, place }) => `${part} ${place}`))).toEqual(
        new Set([`question ${element.name}`]),
      );
      expect(new Set(found.map((change) => change.setting))).toEqual(new Set([key]));
    }),
    { numRuns: 500 },
  );
});

test('what is added one way is removed the other way', () => {
  fc.assert(
    fc.property(anyDefinition, anyDefinition, (one, other) => {
      const parts = (changes: Change[], kind: string) =>
        changes
          .filter((change) => change.kind === kind && change.setting === '')
          .map(({ part, place }) => `${part} ${place}`);
      const [forth, back] = [differenceOf(one, other), differenceOf(other, one)];
      expect(parts(forth, 'added').sort()).toEqual(parts(back, 'removed').sort());
      expect(parts(forth, 'moved').filter((one) => one.startsWith('page')).length).toBe(
        parts(back, 'moved').filter((one) => one.startsWith('page')).length,
      );
    }),
  );
});
