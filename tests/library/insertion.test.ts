import fc from 'fast-check';
import { applyEdit } from '../../src/edits/edit';
import {
  contentFault,
  contentOfPage,
  contentOfQuestion,
  type EntryContent,
  entryLimits,
  wordsIn,
} from '../../src/library/entry';
import { type InsertionPlace, insertionOf, type KnownCodes } from '../../src/library/insertion';
import { insertionNotice } from '../../src/library/insertion.page';
import { compilePlan, rowName } from '../../src/questionnaires/compile';
import type { Definition, ElementDefinition, PageDefinition } from '../../src/questionnaires/definition';
import { examineShape } from '../../src/questionnaires/shape';
import { definitionOf, radios, words } from '../questionnaires/definitions';

const names = ['a', 'b', 'a-2', 'm.r', 'm', 'e f', 'ä', 'page'];
const codes: KnownCodes = { competencies: new Set(['A1', 'A2']), domains: new Set(['A']) };
const levels = [1, 2, 3];

const ties = fc.record(
  { competency: fc.constantFrom('A1', 'A2', 'X'), domain: fc.constantFrom('A', 'Y') },
  { requiredKeys: [] },
);
const shown = fc.record(
  {
    visibleIf: fc.constantFrom(
      ...["{a} = 'yes'", '{m.r} = 1', '{e f} notempty and {b} empty', "{a-2} = '{b}'", '{gone} notempty'],
      ...['{a} notempty', '{a-2} notempty', '{m} notempty', '{a} empty or {a-2} empty'],
    ),
  },
  { requiredKeys: [] },
);

/** A question of any kind, or a pair of matrices, under these names. */
function questions(name: string, partner: string): fc.Arbitrary<ElementDefinition[]> {
  const matrix = fc.record({ shown, rows: fc.tuple(ties, ties) }).map(({ shown, rows }) => ({
    ...shown,
    type: 'matrix',
    name,
    measure: 'level' as const,
    columns: levels,
    rows: rows.map((row, index) => ({ value: 'rs'[index]!, text: `Row ${index}`, ...row })),
  }));
  const one = fc.oneof(
    shown.map((given): ElementDefinition => words(name, given)),
    shown.map((given): ElementDefinition => ({ ...given, type: 'html', name, html: 'To read' })),
    fc
      .tuple(shown, fc.constantFrom('profession', 'setting', undefined))
      .map(([given, facet]): ElementDefinition => radios(name, { ...given, ...(facet ? { facet } : {}) })),
    fc
      .tuple(shown, ties)
      .map(
        ([given, tied]): ElementDefinition =>
          radios(name, { ...given, ...tied, measure: 'level', choices: levels }),
      ),
    matrix,
  );
  return fc.oneof(
    { weight: 3, arbitrary: one.map((question) => [question]) },
    {
      weight: 1,
      arbitrary: matrix.map((first) => [
        first,
        { ...first, name: partner, measure: 'needed' as const, pairedWith: name },
      ]),
    },
  );
}

/** Definitions of two pages over some of these names; where both pages are to be used, each has a question. */
const definitionsOver = (
  some: string[],
  use: { both: boolean } = { both: false },
): fc.Arbitrary<Definition> =>
  fc
    .tuple(
      fc.shuffledSubarray(some, { minLength: use.both ? 2 : 1, maxLength: Math.min(4, some.length) }),
      use.both ? fc.constant(1) : fc.nat(4),
    )
    .chain(([used, cut]) => {
      const page = (name: string, part: string[]) =>
        fc
          .tuple(...part.map((one) => questions(one, `${one} partner`)))
          .map((parts): PageDefinition => ({ name, title: `Page ${name}`, elements: parts.flat() }));
      return fc.tuple(page('p1', used.slice(0, cut)), page('p2', used.slice(cut)));
    })
    .map((pages) => ({ title: 'A questionnaire', pages }));
const definitions = definitionsOver(names);

/** What can be kept of a definition. */
const entriesOf = (definition: Definition): EntryContent[] =>
  [
    ...definition.pages.map(({ name }) => contentOfPage(definition, name)!),
    ...definition.pages.flatMap(({ elements }) =>
      elements.map(({ name }) => contentOfQuestion(definition, name)!),
    ),
  ].filter(({ elements }) => elements.length > 0);

/** One to three things kept from such definitions. */
const keptFrom = (sources: fc.Arbitrary<Definition>) =>
  fc.array(
    fc.tuple(sources, fc.nat(20)).map(([definition, pick]) => {
      const entries = entriesOf(definition);
      return { title: 'Kept {earlier}', content: entries[pick % entries.length]! };
    }),
    { minLength: 1, maxLength: 3 },
  );
const places: fc.Arbitrary<InsertionPlace> = fc.record({
  page: fc.constantFrom('p1', 'p2'),
  at: fc.nat(4),
  asPages: fc.boolean(),
});

const namesOf = ({ pages }: Definition) =>
  pages.flatMap((page) => [page.name, ...page.elements.map(({ name }) => name)]);
const refusals = (definition: Definition) =>
  compilePlan(definition)
    .refusals.map(({ sentence }) => sentence)
    .filter((sentence) => sentence !== 'The page has no questions.');

test('whatever is inserted wherever, it can be asked, names stay unique, and it can be taken back', () => {
  fc.assert(
    fc.property(definitions, places, keptFrom(definitions), (definition, place, entries) => {
      const before = structuredClone({ definition, entries });
      const { edit, questions } = insertionOf(definition, place, entries, codes);
      const { definition: after, inverse } = applyEdit(definition, edit);
      expect({ definition, entries }).toEqual(before);
      for (const { content } of entries) expect(contentFault(content)).toBeUndefined();
      expect(examineShape(after)).toEqual([]);
      const added = namesOf(after).length - namesOf(definition).length;
      expect(added).toBe(questions + (place.asPages ? entries.length : 0));
      expect(new Set(namesOf(after)).size).toBe(namesOf(after).length);
      expect(applyEdit(after, inverse).definition).toEqual(definition);
      expect(JSON.parse(JSON.stringify(edit))).toEqual(edit);
    }),
    { numRuns: 250 },
  );
});

/** The definition, its questions without conditions and facets that would keep it from being published. */
function withoutRefused(definition: Definition): Definition {
  const places = new Set(compilePlan(definition).refusals.map(({ place }) => place));
  const mended = ({ visibleIf: _, facet: __, ...rest }: ElementDefinition) => rest;
  const pages = definition.pages.map((page) => ({
    ...page,
    elements: page.elements.map((element) => (places.has(element.name) ? mended(element) : element)),
  }));
  return { ...definition, pages };
}

test('what can be published still can be, with whatever is inserted from what can be published', () => {
  // Few names, so that conditions find what they look at. Where "m.r" is a question beside a matrix "m" with a row "r",
  // nobody can tell which of them a condition means.
  const few = ['a', 'm', 'a-2'];
  const some = fc.oneof(definitionsOver(few), definitionsOver(few, { both: true }));
  const publishable = some.map(withoutRefused).filter((definition) => refusals(definition).length === 0);
  let conditions = 0;
  fc.assert(
    fc.property(publishable, places, keptFrom(publishable), (definition, place, entries) => {
      const { edit } = insertionOf(definition, place, entries, codes);
      const after = applyEdit(definition, edit).definition;
      expect(refusals(after)).toEqual([]);
      const count = (one: Definition) =>
        one.pages.flatMap(({ elements }) => elements).filter(({ visibleIf }) => visibleIf).length;
      if (count(after) > count(definition)) conditions += 1;
      const facets = after.pages.flatMap(({ elements }) => elements.flatMap(({ facet }) => facet ?? []));
      expect(new Set(facets).size).toBe(facets.length);
    }),
    { numRuns: 600 },
  );
  expect(conditions).toBeGreaterThan(5);
});

test('what is kept and inserted into an empty questionnaire is the same', () => {
  let compared = 0;
  fc.assert(
    fc.property(definitions, (definition) => {
      const empty = definitionOf({ name: 'an empty page', elements: [] });
      const everything: KnownCodes = {
        competencies: new Set(['A1', 'A2', 'X']),
        domains: new Set(['A', 'Y']),
      };
      for (const content of entriesOf(definition)) {
        const own = { ...content, elements: content.elements.map(({ visibleIf: _, ...rest }) => rest) };
        const ties = own.elements.flatMap(({ facet }) => facet ?? []);
        if (new Set(ties).size < ties.length || ratedTwice(own.elements) || namedAsRow(own.elements))
          continue;
        const place = { page: 'an empty page', at: 0, asPages: false };
        const into = insertionOf(empty, place, [{ title: 'T', content: own }], everything);
        expect(applyEdit(empty, into.edit).definition.pages[0]!.elements).toEqual(own.elements);
        const [loss] = Object.values(into.losses).flat();
        expect(loss).toBeUndefined();
        const behind = insertionOf(
          empty,
          { ...place, asPages: true },
          [{ title: 'T', content: own }],
          everything,
        );
        const page = applyEdit(empty, behind.edit).definition.pages[1]!;
        expect({ elements: page.elements, title: page.title }).toEqual({
          elements: own.elements,
          title: own.title ?? 'T',
        });
        compared += 1;
      }
    }),
  );
  expect(compared).toBeGreaterThan(100);
});

/** Whether a question is named as a row of a matrix is: one of the two gets another name. */
function namedAsRow(elements: ElementDefinition[]): boolean {
  const rows = elements.flatMap(({ name, rows = [] }) => rows.map(({ value }) => rowName(name, value)));
  return elements.some(({ name }) => rows.includes(name));
}

/** Whether one thing is rated twice in one way, which is not kept apart anywhere. */
function ratedTwice(elements: ElementDefinition[]): boolean {
  const rated = elements.flatMap((element) => {
    const parts = [element, ...(element.rows ?? [])];
    const once = new Set(parts.flatMap(({ competency, domain }) => [competency, domain].filter(Boolean)));
    return [...once].map((code) => `${element.measure} ${code}`);
  });
  return new Set(rated).size < rated.length;
}

const target = definitionOf(
  {
    name: 'p1',
    elements: [
      radios('profession', { title: 'Your profession', facet: 'profession' }),
      { type: 'html', name: 'read', html: 'Read this' },
    ],
  },
  {
    name: 'p2',
    elements: [
      words('a'),
      { type: 'matrix', name: 'm', columns: levels, rows: [{ value: 'r' }] },
      { type: 'matrix', name: 'n', columns: levels, rows: [{ value: 'r' }], pairedWith: 'm' },
    ],
  },
);
const into = (elements: ElementDefinition[], change: Partial<InsertionPlace> = {}, known = codes) => {
  const place = { page: 'p2', at: 99, asPages: false, ...change };
  const { edit, losses } = insertionOf(target, place, [{ title: 'Kept', content: { elements } }], known);
  return { pages: applyEdit(target, edit).definition.pages, losses };
};

test.each<[string, string, string | undefined]>([
  ['a question on an earlier page', "{profession} = 'yes'", "{profession} = 'yes'"],
  ['a question of its own entry, under its new name', '{a} notempty', '{a-2} notempty'],
  ['a part of an answer of its own entry', '{a.length} > 1', '{a-2.length} > 1'],
  ['a question on the same page', '{m.r} = 1', undefined],
  ['something to read', '{read} notempty', undefined],
  ['a question nobody asks here', '{profession} = 1 and {gone} = 2', undefined],
])('a condition that looks at %s', (_, visibleIf, expected) => {
  const { pages, losses } = into([words('a'), words('b', { title: 'B?', visibleIf })]);
  expect(pages[1]!.elements.at(-1)!.visibleIf).toBe(expected);
  expect(losses.conditions).toEqual(expected === undefined ? ['B?'] : []);
});

test('a name outside the entry is not taken for one that came free', () => {
  const { pages } = into([words('a'), words('b', { visibleIf: '{a-2} notempty' })]);
  expect(pages[1]!.elements.slice(-2)).toEqual([words('a-2'), words('b')]);
});

test('entries that become pages may look at those before them, entries on one page may not', () => {
  const entries = [
    { title: 'First', content: { elements: [words('a')] } },
    { title: 'Second', content: { elements: [words('b', { visibleIf: '{a} notempty' })] } },
  ];
  const asPages = insertionOf(target, { page: 'p1', at: 0, asPages: true }, entries, codes);
  expect(applyEdit(target, asPages.edit).definition.pages.slice(1, 3)).toEqual([
    { name: 'page', title: 'First', elements: [words('a-2')] },
    { name: 'page-2', title: 'Second', elements: [words('b', { visibleIf: '{a-2} notempty' })] },
  ]);
  const together = insertionOf(target, { page: 'p1', at: 0, asPages: false }, entries, codes);
  expect(together.losses.conditions).toEqual(['b']);
});

test('a pair stays together, its names and conditions alike, and nothing comes between one', () => {
  const pair = contentOfQuestion(target, 'n')!;
  expect(pair.elements.map(({ name }) => name)).toEqual(['m', 'n']);
  expect(contentOfQuestion(target, 'm')).toEqual(pair);
  // Asked for between m and n, it comes after them.
  const { pages } = into(pair.elements, { at: 2 });
  expect(pages[1]!.elements.map(({ name, pairedWith }) => [name, pairedWith])).toEqual([
    ...[
      ['a', undefined],
      ['m', undefined],
      ['n', 'm'],
    ],
    ...[
      ['m-2', undefined],
      ['n-2', 'm-2'],
    ],
  ]);
  const alone = into([{ ...pair.elements[1]!, title: 'Alone' }]);
  expect(alone.losses.pairs).toEqual(['Alone']);
  expect(alone.pages[1]!.elements.at(-1)!.pairedWith).toBeUndefined();
});

test('a facet asked already is an ordinary question, and what the framework does not know is not tied', () => {
  const facet = into([radios('p', { title: 'Profession?', facet: 'profession', vocabulary: 'profession' })]);
  expect(facet.losses.facets).toEqual(['Profession?']);
  expect(facet.pages[1]!.elements.at(-1)).toEqual(
    radios('p', { title: 'Profession?', vocabulary: 'profession' }),
  );
  const rated = (name: string, competency: string) =>
    radios(name, { choices: levels, measure: 'level', competency });
  const { pages, losses } = into([rated('x', 'A1'), rated('y', 'Z9'), rated('z', 'A1')]);
  expect(pages[1]!.elements.slice(-3).map(({ competency }) => competency)).toEqual([
    'A1',
    undefined,
    undefined,
  ]);
  expect(losses.ties).toEqual(['y', 'z']);
  // Asked in another way it is a tie of its own.
  const needed = into([rated('x', 'A1'), { ...rated('y', 'A1'), measure: 'needed' }]);
  expect(needed.losses.ties).toEqual([]);
});

test('a page that is gone is told in words', () => {
  for (const asPages of [true, false]) {
    expect(() => into([words('x')], { page: 'gone', asPages })).toThrow('This page is not there any more');
  }
});

test('only what can be asked is kept', () => {
  expect(contentFault({ elements: [] })).toBe('This page has no questions that could be kept.');
  expect(contentFault({ elements: [words('a'), words('a')] })).toBe(
    'Two of its questions have the same name.',
  );
  expect(contentFault({ elements: [{ type: 'signaturepad', name: 'q' }] })).toBe(
    'q: Questions of the kind "signaturepad" cannot be asked yet.',
  );
  expect(contentFault({ title: 'T', elements: [words('page')] })).toBeUndefined();
  expect(contentOfPage(target, 'gone')).toBeUndefined();
  expect(contentOfQuestion(target, 'gone')).toBeUndefined();
});

test('every language of a question can be searched, and a long one is cut between letters', () => {
  const content = {
    title: { default: 'Consent', cy: 'Cydsyniad' },
    elements: [radios('q', { choices: ['yes', { value: 2, text: 'Never mind' }] })],
  };
  expect(wordsIn(content).split('\n')).toEqual(['Consent', 'Cydsyniad', 'q', 'yes', 'Never mind']);
  const long = wordsIn({ title: `x${'😀'.repeat(entryLimits.words)}`, elements: [] });
  expect(long.length).toBe(entryLimits.words - 1);
});

test('a notice fits into a cookie, whatever is lost and however it is written', () => {
  const titles = Array.from({ length: 60 }, () => '護理能力'.repeat(50));
  const losses = { renamed: titles, conditions: titles, pairs: titles, facets: titles, ties: titles };
  const notice = insertionNotice({ edit: { kind: 'all', edits: [] }, questions: 60, losses });
  expect(notice).toContain('and 58 more');
  // A browser drops a cookie of more than 4,096 bytes; name, attributes and signature need some too.
  expect(encodeURIComponent(notice).length).toBeLessThan(3900);
});
