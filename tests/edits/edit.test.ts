import fc from 'fast-check';
import { applyEdit, type Edit, findQuestion, freeName } from '../../src/edits/edit';
import type { Definition, ElementDefinition, PageDefinition } from '../../src/questionnaires/definition';
import { definitionOf, radios, words } from '../questionnaires/definitions';

const names = ['a', 'b', 'c.d', 'e f', 'ä'];
const pageNames = ['p1', 'p2', 'p3'];

const settings = fc.record(
  {
    title: fc.constantFrom('A title', { default: 'A title', cy: 'Teitl' }, null),
    isRequired: fc.constantFrom(true, false, null),
    visibleIf: fc.constantFrom("{a} = 'x'", '{c.d} notempty', null),
    choices: fc.constantFrom<ElementDefinition['choices'] | null>(['x', { value: 'na', text: 'No' }], null),
  },
  { requiredKeys: [] },
);
const question = (name: string): fc.Arbitrary<ElementDefinition> =>
  settings.map((given) => ({
    type: 'radiogroup',
    name,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
  }));
const at = fc.nat(4);
const anyPage = fc.constantFrom(...pageNames, 'gone');
const anyQuestion = fc.constantFrom(...names, 'gone');

const page = (name: string, elements: string[]): fc.Arbitrary<PageDefinition> =>
  fc.tuple(...elements.map(question)).map((written) => ({ name, title: `Page ${name}`, elements: written }));

/** Definitions of one to three pages, over which some of the names are spread. */
const definitions: fc.Arbitrary<Definition> = fc
  .tuple(fc.shuffledSubarray(names), fc.nat(5), fc.nat(5))
  .chain(([used, first, second]) => {
    const cut = [used.slice(0, first), used.slice(first, first + second), used.slice(first + second)];
    return fc.tuple(...cut.map((part, index) => page(pageNames[index]!, part)));
  })
  .map((pages) => ({ title: 'A questionnaire', pages }));

const simpleEdits: fc.Arbitrary<Edit>[] = [
  fc.record({
    kind: fc.constant('change questionnaire' as const),
    settings: fc.constantFrom({ title: 'New' }, { title: null, seed: 5 }, { thanks: 'Thank you' }),
  }),
  fc.record({
    kind: fc.constant('add page' as const),
    page: fc.oneof(page('p4', []), page('p1', ['a']), page('p5', ['new', 'b'])),
    at,
  }),
  fc.record({ kind: fc.constant('remove page' as const), page: anyPage }),
  fc.record({ kind: fc.constant('move page' as const), page: anyPage, at }),
  fc.record({
    kind: fc.constant('change page' as const),
    page: anyPage,
    settings: fc.constantFrom({ title: 'New' }, { title: null, visibleIf: "{a} = 'x'" }),
  }),
  fc.record({
    kind: fc.constant('add question' as const),
    page: anyPage,
    question: fc.oneof(question('new'), question('a')),
    at,
  }),
  fc.record({ kind: fc.constant('remove question' as const), question: anyQuestion }),
  fc.record({ kind: fc.constant('move question' as const), question: anyQuestion, page: anyPage, at }),
  fc.record({ kind: fc.constant('change question' as const), question: anyQuestion, settings }),
  fc.record({
    kind: fc.constant('rename question' as const),
    question: anyQuestion,
    to: fc.constantFrom('renamed', 'a', 'e f'),
  }),
];
const edits: fc.Arbitrary<Edit> = fc.oneof(
  ...simpleEdits,
  fc.array(fc.oneof(...simpleEdits), { maxLength: 4 }).map((list): Edit => ({ kind: 'all', edits: list })),
);

test('an edit and its inverse leave everything as it was, and what was given is not touched', () => {
  const done = new Map<string, number>();
  fc.assert(
    fc.property(definitions, edits, (definition, edit) => {
      const before = structuredClone(definition);
      let after: ReturnType<typeof applyEdit>;
      try {
        after = applyEdit(definition, edit);
      } catch (problem) {
        expect(problem).toMatchObject({ status: 409 });
        expect(definition).toEqual(before);
        return;
      }
      done.set(edit.kind, (done.get(edit.kind) ?? 0) + 1);
      expect(definition).toEqual(before);
      expect(applyEdit(after.definition, after.inverse).definition).toEqual(before);
      // And it can be done again.
      const again = applyEdit(applyEdit(after.definition, after.inverse).definition, edit);
      expect(again.definition).toEqual(after.definition);
      expect(JSON.parse(JSON.stringify(edit))).toEqual(edit);
    }),
    { numRuns: 3000 },
  );
  expect([...done.keys()]).toHaveLength(11);
  for (const count of done.values()) expect(count).toBeGreaterThan(20);
});

const two = definitionOf(
  { name: 'p1', elements: [radios('a'), words('b')] },
  {
    name: 'p2',
    visibleIf: "{a} = 'yes'",
    elements: [words('c', { visibleIf: '{a.b} notempty and {b} empty' })],
  },
);
const order = ({ pages }: Definition) =>
  pages.map(({ elements }) => elements.map(({ name }) => name).join(''));

test.each<[string, Edit, string[]]>([
  ['a question to another page', { kind: 'move question', question: 'a', page: 'p2', at: 1 }, ['b', 'ca']],
  ['a question one down', { kind: 'move question', question: 'a', page: 'p1', at: 1 }, ['ba', 'c']],
  ['a question beyond the end', { kind: 'move question', question: 'a', page: 'p2', at: 99 }, ['b', 'ca']],
  ['a page to the front', { kind: 'move page', page: 'p2', at: 0 }, ['c', 'ab']],
])('moves %s', (_, edit, expected) => {
  expect(order(applyEdit(two, edit).definition)).toEqual(expected);
});

test('conditions and pairs follow a new name', () => {
  const matrix = { type: 'matrix', rows: [{ value: 'r' }], columns: [1] };
  const definition = definitionOf(
    {
      name: 'p1',
      elements: [
        { ...matrix, name: 'a' },
        { ...matrix, name: 'z', pairedWith: 'a' },
      ],
    },
    {
      name: 'p2',
      visibleIf: '{a.r} = 1',
      elements: [words('c', { visibleIf: "{a} notempty or {z.r} = 'a'" })],
    },
  );
  const { pages } = applyEdit(definition, { kind: 'rename question', question: 'a', to: 'first' }).definition;
  expect(pages[0]!.elements[1]!.pairedWith).toBe('first');
  expect(pages[1]!.visibleIf).toBe('{first.r} = 1');
  expect(pages[1]!.elements[0]!.visibleIf).toBe("{first} notempty or {z.r} = 'a'");
});

test('names are found free, and questions where they stand', () => {
  expect(freeName(two, 'new')).toBe('new');
  expect(freeName(two, 'a')).toBe('a-2');
  expect(freeName(two, 'p1')).toBe('p1-2');
  expect(findQuestion(two, 'c')).toMatchObject({ page: 1, at: 0, question: { name: 'c' } });
  expect(findQuestion(two, 'd')).toBeUndefined();
});
