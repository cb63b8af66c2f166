import fc from 'fast-check';
import { applyEdit } from '../../src/edits/edit';
import { examineDefinition } from '../../src/questionnaires/authority';
import { compilePlan, languagesIn } from '../../src/questionnaires/compile';
import type { Definition, ElementDefinition } from '../../src/questionnaires/definition';
import { wordsFor } from '../../src/questionnaires/spoken';
import type { Text } from '../../src/questionnaires/text';
import { writeSurveyJs } from '../../src/surveyjs/export';
import { readSurveyJs } from '../../src/surveyjs/import';
import { faultOf } from '../../src/translations/sent';
import { textsFor, textsOf, translate } from '../../src/translations/translatable';
import { definitionOf, demoDefinition, onePage, radios, words } from '../questionnaires/definitions';

const said = fc.constantFrom('', 'One', 'Two', ' spaced ', 'x:y', "l'un\nl'autre");
const text: fc.Arbitrary<Text | undefined> = fc.oneof(
  fc.constant(undefined),
  said,
  fc
    .dictionary(fc.constantFrom('default', 'cy', 'pl', 'pt-BR'), said)
    .map((languages) => ({ ...languages }) as Text),
);
const values = ['yes', 'a:b', 'a%3Ab', ' x', 1, 0, '1'];

function written<T extends object>(parts: T): T {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T;
}

const option = fc
  .record({ value: fc.constantFrom(...values), text, hint: text, plain: fc.boolean() })
  .map(({ plain, ...whole }) => (plain ? whole.value : written(whole)));
const row = fc
  .record({ value: fc.constantFrom('r1', 'r:2', 'r%202', 'constructor'), text, hint: text })
  .map(written);
const element: fc.Arbitrary<ElementDefinition> = fc
  .record({
    type: fc.constantFrom('radiogroup', 'matrix', 'html', 'comment'),
    name: fc.constantFrom('a', 'a:title', 'b', 'toString', 'ä b'),
    title: text,
    description: text,
    requiredErrorText: text,
    html: text,
    choices: fc.option(fc.array(option, { maxLength: 4 }), { nil: undefined }),
    columns: fc.option(fc.array(option, { maxLength: 3 }), { nil: undefined }),
    rows: fc.option(fc.array(row, { maxLength: 3 }), { nil: undefined }),
    competency: fc.constantFrom(undefined, 'A1'),
  })
  .map((parts) => written(parts) as ElementDefinition);
const level = fc.record({ level: fc.nat(4), label: text, descriptor: text }).map((step) => ({
  ...step,
  label: step.label ?? '',
  descriptor: step.descriptor ?? '',
}));
const definitions: fc.Arbitrary<Definition> = fc
  .record({
    title: text,
    introduction: text,
    participation: text,
    thanks: text,
    scale: fc.option(fc.array(level, { maxLength: 3 }), { nil: undefined }),
    seed: fc.constantFrom(undefined, 4),
    pages: fc.array(
      fc
        .record({
          name: fc.constantFrom('p1', 'p2', 'a'),
          title: text,
          description: text,
          visibleIf: fc.constantFrom(undefined, '{a} = 1'),
          elements: fc.array(element, { maxLength: 3 }),
        })
        .map(written),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map((parts) => written(parts) as Definition);

/** Some of the definition's texts, each with something to say; and keys of texts it does not have. */
const tasks = definitions.chain((definition) => {
  const keys = [...textsOf(definition).map(({ key }) => key), 'question:gone:title', '__proto__'];
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), said), { selector: ([key]) => key })
    .map((entries) => ({ definition, entries: new Map(entries) }));
});

test('a translation says just what it was told, changes nothing else, and can be taken back', () => {
  let changed = 0;
  fc.assert(
    fc.property(tasks, fc.constantFrom('cy', 'uk'), ({ definition, entries }, language) => {
      const before = structuredClone(definition);
      const texts = textsOf(definition);
      const edit = translate(definition, language, entries);
      const after = applyEdit(definition, edit);
      expect(definition).toEqual(before);
      const told = texts.map((one) => {
        const { [language]: was, ...others } = one.in;
        const says = entries.get(one.key) ?? was ?? '';
        // What says nothing in a language need not be kept, except where it was kept before and nobody touched it.
        return { ...one, in: says === '' ? others : { ...others, [language]: says } };
      });
      const silent = textsOf(after.definition).map((one) => ({
        ...one,
        in: Object.fromEntries(
          Object.entries(one.in).filter(([code, words]) => code !== language || words !== ''),
        ),
      }));
      const speaking = (some: typeof told) =>
        some.filter((one) => one.own !== '' || Object.keys(one.in).length);
      expect(speaking(silent)).toEqual(speaking(told));
      expect(withoutTexts(after.definition)).toEqual(withoutTexts(before));
      expect(applyEdit(after.definition, after.inverse).definition).toEqual(before);
      expect(translate(after.definition, language, entries)).toEqual({ kind: 'all', edits: [] });
      if (edit.kind === 'all' && edit.edits.length > 0) changed += 1;
    }),
    { numRuns: 300 },
  );
  expect(changed).toBeGreaterThan(80);
});

const textNames = [
  ...['title', 'introduction', 'participation', 'thanks', 'description', 'requiredErrorText', 'html'],
  ...['text', 'hint', 'label', 'descriptor'],
];

/** The definition without its texts; a choice is its value. */
function withoutTexts(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutTexts);
  if (typeof part !== 'object' || part === null) return part;
  const left = Object.entries(part).filter(([name]) => !textNames.includes(name));
  const only = left.length === 1 && left[0]![0] === 'value' ? left[0]![1] : undefined;
  return only ?? Object.fromEntries(left.map(([name, value]) => [name, withoutTexts(value)]));
}

test('the keys of a questionnaire are different ones, and stay when things are moved', () => {
  fc.assert(
    fc.property(definitions, (definition) => {
      const keys = textsOf(definition).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
  const one = definitionOf(
    { name: 'p1', elements: [radios('a', { title: 'A' }), words('b', { title: 'B' })] },
    { name: 'p2', title: 'Two', elements: [] },
  );
  const moved = applyEdit(one, { kind: 'move question', question: 'a', page: 'p2', at: 0 }).definition;
  const keys = (definition: Definition) =>
    textsOf(definition)
      .map(({ key, own }) => `${key} ${own}`)
      .sort();
  expect(keys(moved)).toEqual(keys(one));
});

test('every text is named by what it is and where it stands', () => {
  const definition: Definition = {
    title: 'Skills',
    thanks: { default: 'Thank you', cy: 'Diolch' },
    scale: [{ level: 3, label: 'On my own', descriptor: { default: 'I can.', cy: 'Gallaf.' } }],
    pages: [
      {
        name: 'about',
        title: 'About you',
        elements: [
          {
            ...radios('setting', { title: 'Where?', requiredErrorText: 'Say where' }),
            choices: ['camhs', 1, { value: 'na', text: { default: 'No', cy: 'Na' }, hint: 'None' }],
          },
          { type: 'html', name: 'note', html: 'Read this' },
          {
            type: 'matrix',
            name: 'm',
            rows: [{ value: 'r', text: 'A row' }],
            columns: [1],
          },
        ],
      },
    ],
  };
  const lines = textsOf(definition).map(
    ({ key, page, place, what, own, in: { cy = '' } }) =>
      `${key} | ${page ?? ''} | ${place} | ${what} | ${own} | ${cy}`,
  );
  expect(lines).toEqual([
    'questionnaire:title |  |  | Title | Skills | ',
    'questionnaire:thanks |  |  | Thanks at the end | Thank you | Diolch',
    'level:3:label |  |  | Level 3: label | On my own | ',
    'level:3:descriptor |  |  | Level 3: descriptor | I can. | Gallaf.',
    'page:about:title | about | about | Page title | About you | ',
    'question:setting:title | about | setting | Question | Where? | ',
    'question:setting:requiredErrorText | about | setting | Error message | Say where | ',
    'choice:setting:camhs:text | about | setting | Choice: camhs | camhs | ',
    'choice:setting:1:text | about | setting | Choice: 1 | 1 | ',
    'choice:setting:na:text | about | setting | Choice: na | No | Na',
    'choice:setting:na:hint | about | setting | Help text of choice: na | None | ',
    'question:note:html | about | note | Information | Read this | ',
    'question:m:title | about | m | Question | m | ',
    'row:m:r:text | about | m | Row: r | A row | ',
    'column:m:1:text | about | m | Column: 1 | 1 | ',
  ]);
});

test('a plain choice becomes a value with its text only when it is translated', () => {
  const definition = onePage(radios('a', { choices: ['yes', 'no', 3] }));
  const entries = new Map([
    ['choice:a:yes:text', 'ie'],
    ['choice:a:3:text', 'tri'],
  ]);
  const { choices } = applyEdit(definition, translate(definition, 'cy', entries)).definition.pages[0]!
    .elements[0]!;
  expect(choices).toEqual([
    { value: 'yes', text: { default: 'yes', cy: 'ie' } },
    'no',
    { value: 3, text: { default: '3', cy: 'tri' } },
  ]);
});

test('a questionnaire translated whole is asked in that language, of the same items', () => {
  const definition = demoDefinition();
  const texts = textsOf(definition);
  const entries = new Map(texts.map(({ key, own }) => [key, `[${own}]`]));
  const after = applyEdit(definition, translate(definition, 'cy', entries)).definition;
  expect(examineDefinition(after).filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(languagesIn(after)).toEqual(['cy']);
  const [english, welsh, original] = [compilePlan(after), compilePlan(after, 'cy'), compilePlan(definition)];
  expect(english.plan).toEqual({ ...original.plan, languages: ['cy'] });
  expect(welsh.plan.items).toEqual(original.plan.items);
  const shown = welsh.plan.pages.flatMap(({ title, questions }) => [
    title,
    ...questions.flatMap((question) => [question.title, ...question.choices.map((choice) => choice.text)]),
  ]);
  for (const words of shown) expect(words).toMatch(/^\[.*\]$/s);
});

test('where the product ships no interface, buttons and messages are translated with the questionnaire', () => {
  const definition = onePage(radios('a', { choices: ['yes', 3] }));
  expect(textsFor(definition, 'cy')).toEqual(textsOf(definition));
  const texts = textsFor(definition, 'pl');
  expect(texts.find(({ key }) => key === 'interface:pageOf')).toMatchObject({
    place: 'Buttons and messages',
    own: 'Page %place of %pages',
  });
  const entries = new Map([
    ['interface:pageOf', 'Strona %place z %pages'],
    ['interface:continue', 'Dalej'],
    ['choice:a:yes:text', 'tak'],
  ]);
  const { definition: after, inverse } = applyEdit(definition, translate(definition, 'pl', entries));
  expect(wordsFor(after, 'pl').say('pageOf', { place: 1, pages: 3 })).toBe('Strona 1 z 3');
  expect(wordsFor(after, 'pl').say('continue')).toBe('Dalej');
  expect(wordsFor(after, 'pl').say('back')).toBe('Back');
  expect(textsFor(after, 'pl').find(({ key }) => key === 'interface:continue')!.in).toEqual({ pl: 'Dalej' });
  expect(examineDefinition(after).filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(applyEdit(after, inverse).definition).toEqual(definition);
  const nothing = new Map([...entries.keys()].map((key) => [key, '']));
  expect(applyEdit(after, translate(after, 'pl', nothing)).definition).not.toHaveProperty('interface');

  const again = readSurveyJs(JSON.parse(writeSurveyJs(after)), 'Untitled');
  expect(again.notes.filter(({ what }) => what === 'unsupported')).toEqual([]);
  expect(again.definition).toMatchObject({ interface: after.interface });
  expect(again.definition!.pages[0]!.elements[0]!.choices).toEqual(after.pages[0]!.elements[0]!.choices);
});

test('texts of the interface that nobody knows are refused', () => {
  const wrong = { ...onePage(radios('a')), interface: { nothing: 'x' } } as unknown as Definition;
  expect(examineDefinition(wrong)).not.toEqual([]);
  const { notes } = readSurveyJs({ ...onePage(radios('a')), interface: { nothing: 'x' } }, 'Untitled');
  expect(notes.map(({ sentence }) => sentence)).toContain(
    'The setting "interface.nothing" cannot be honoured.',
  );
});

test.each([
  ['interface:pageOf', 'Strona %place', 'Keep what is filled in as it stands in the English: %pages, %place'],
  ['interface:pageOf', 'Strona %place z %pages', undefined],
  ['interface:continue', 'Dalej %x', expect.stringContaining('there is nothing to fill in here')],
  ['interface:continue', '', undefined],
])('of %s, "%s" is judged by what it leaves to fill in', (key, said, sentence) => {
  expect(faultOf(key, said)).toEqual(sentence);
});
