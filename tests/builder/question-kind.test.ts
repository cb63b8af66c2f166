import fc from 'fast-check';
import { questionFields, readQuestion, typedFields } from '../../src/builder/question.form';
import {
  apartChoice,
  type KindKey,
  kindKeyOf,
  newQuestion,
  questionKinds,
  withKind,
} from '../../src/builder/question-kind';
import { elementAt, elementsOf, findUnit, type Unit, unitsOf } from '../../src/builder/unit';
import { compilePlan } from '../../src/questionnaires/compile';
import type { Definition, ElementDefinition } from '../../src/questionnaires/definition';
import { definitionOf, onePage, radios } from '../questionnaires/definitions';

const keys = questionKinds.map(({ key }) => key);
const empty = definitionOf({ name: 'page-1', elements: [] });
const withScale: Definition = {
  ...empty,
  scale: [0, 1, 2].map((level) => ({ level, label: `Level ${level}`, descriptor: '' })),
};
const anyKind = fc.constantFrom(...keys);
const anyDefinition = fc.constantFrom(empty, withScale, onePage(radios('rating'), radios('one')));
const context = (definition: Definition) => ({ competencies: new Set<string>(), definition });

function refusalsOf(unit: Unit): string[] {
  return compilePlan(onePage(...elementsOf(unit))).refusals.map(({ sentence }) => sentence);
}

test.each(keys)('a new question of the kind "%s" is of that kind, and can be asked', (key) => {
  for (const definition of [empty, withScale]) {
    const unit = newQuestion(key, definition, 'What is it?');
    expect(kindKeyOf(unit)).toBe(key);
    expect(refusalsOf(unit)).toEqual([]);
  }
});

test.each<[string, ElementDefinition, KindKey]>([
  ['words to choose from', { type: 'radiogroup', name: 'q', choices: ['a', 'b'] }, 'one'],
  ['yes and no', { type: 'radiogroup', name: 'q', choices: ['yes', 'no', 'dk'] }, 'yes-no'],
  ['numbers', { type: 'radiogroup', name: 'q', choices: [1, 2, { value: 'na', text: 'No' }] }, 'rating'],
  ['nothing to choose from', { type: 'radiogroup', name: 'q' }, 'one'],
  ['a list', { type: 'dropdown', name: 'q', choices: ['a'] }, 'dropdown'],
  ['ticks', { type: 'checkbox', name: 'q', choices: ['a'] }, 'many'],
  ['a text on a line', { type: 'text', name: 'q' }, 'short-text'],
  ['a number', { type: 'text', name: 'q', inputType: 'number' }, 'number'],
  ['a day', { type: 'text', name: 'q', inputType: 'date' }, 'date'],
  ['sentences', { type: 'comment', name: 'q' }, 'long-text'],
  ['an order', { type: 'ranking', name: 'q', choices: ['a', 'b'] }, 'ranking'],
  ['something to read', { type: 'html', name: 'q', html: 'Read' }, 'information'],
])('knows %s', (_what, element, kind) => {
  expect(kindKeyOf({ first: element })).toBe(kind);
});

test('a question can become any kind and stays one that can be asked', () => {
  fc.assert(
    fc.property(
      anyKind,
      fc.array(anyKind, { minLength: 1, maxLength: 4 }),
      anyDefinition,
      (from, steps, definition) => {
        let unit = newQuestion(from, definition, 'What is it?');
        const { name, title } = unit.first;
        for (const kind of steps) {
          unit = withKind(unit, kind, definition);
          expect(kindKeyOf(unit)).toBe(kind);
          expect(refusalsOf(unit)).toEqual([]);
          expect([unit.first.name, unit.first.title]).toEqual([name, title]);
        }
      },
    ),
  );
});

test('another kind keeps title, help, condition, choices and "not part of my role"', () => {
  const first = radios('q', {
    title: { default: 'Which?', cy: 'Pa un?' },
    description: 'Help',
    visibleIf: "{a} = 'x'",
    isRequired: true,
    choices: [{ value: 'a', text: 'A', hint: 'The first' }, 'b', apartChoice('na', 'one')],
  });
  const many = withKind({ first }, 'many', empty).first;
  expect(many).toEqual({
    ...first,
    type: 'checkbox',
    choices: [
      { value: 'a', text: 'A', hint: 'The first' },
      { value: 'b', text: 'b' },
      { value: 'na', text: 'Not part of my role', isExclusive: true },
    ],
  });
  const rating = withKind({ first: many }, 'rating', empty).first;
  expect(rating.choices).toEqual([
    { value: 1, text: 'A', hint: 'The first' },
    { value: 2, text: 'b' },
    { value: 'na', text: 'Not part of my role' },
  ]);
  const matrix = withKind({ first: rating }, 'matrix', empty).first;
  expect([matrix.columns, matrix.eachRowRequired, matrix.choices]).toEqual([rating.choices, true, undefined]);
  const information = withKind({ first: matrix }, 'information', empty).first;
  expect(Object.keys(information).sort()).toEqual(['html', 'name', 'title', 'type', 'visibleIf']);
});

test('what counted a question goes where the new kind cannot be counted', () => {
  const first = radios('q', { choices: [1, 2], measure: 'level', competency: 'A1' });
  expect(withKind({ first }, 'many', empty).first).not.toHaveProperty('measure');
  expect(withKind({ first }, 'many', empty).first).not.toHaveProperty('competency');
  expect(withKind({ first }, 'matrix', empty).first.measure).toBe('level');
});

test('two paired matrices are one question', () => {
  const dual = newQuestion('dual', empty, 'How important?');
  const page = { name: 'p', elements: [radios('a'), ...elementsOf(dual), radios('b')] };
  expect(unitsOf(page).map(({ first, second }) => [first.name, second?.name])).toEqual([
    ['a', undefined],
    ['how-important', 'how-important-2'],
    ['b', undefined],
  ]);
  const definition = definitionOf(page);
  expect(findUnit(definition, 'how-important-2')).toMatchObject({ index: 1, at: 1 });
  expect(findUnit(definition, 'b')).toMatchObject({ index: 2, at: 3 });
  expect(findUnit(definition, 'gone')).toBeUndefined();
  expect([0, 1, 2, 3, 9].map((index) => elementAt(page, index))).toEqual([0, 1, 3, 4, 4]);
  expect(withKind(dual, 'matrix', definition)).toEqual({ first: dual.first });
});

const said = fc
  .string({ minLength: 1, maxLength: 20 })
  .filter((text) => text.trim() !== '' && !/[{}<\p{Surrogate}\0]/u.test(text));
const anyChoice = fc.record(
  {
    value: fc.oneof(fc.constantFrom('a', 'b', 'c c', 'd|e', '*f', 'g\\h', ' i '), fc.nat(9)),
    text: fc.oneof(said, fc.constantFrom('A', 'A', '* star', 'one | two', 'back\\slash', 'a\nb')),
    hint: said,
    isExclusive: fc.constant(true),
  },
  { requiredKeys: ['value'] },
);
const anyChoices = fc.uniqueArray(anyChoice, {
  minLength: 1,
  maxLength: 6,
  selector: ({ value }) => String(value).trim(),
});

test('a form that is sent as it was shown changes nothing', () => {
  const kinds = fc.constantFrom<KindKey>(
    'one',
    'many',
    'dropdown',
    'ranking',
    'matrix',
    'dual',
    'date',
    'number',
  );
  fc.assert(
    fc.property(kinds, anyChoices, fc.boolean(), (kind, choices, isRequired) => {
      const made = newQuestion(kind, empty, 'What is it?');
      const first = {
        ...made.first,
        ...(made.first.choices ? { choices } : {}),
        ...(made.first.columns ? { columns: choices } : {}),
        isRequired,
      };
      const unit = { ...made, first };
      const fields = questionFields(unit);
      const read = readQuestion(unit, typedFields(unit, fields), context(empty));
      expect(read).toEqual({ unit });
      expect(questionFields(read.unit!)).toEqual(fields);
    }),
    { numRuns: 300, examples: [['many', [{ value: '*f' }, { value: 0 }], false]] },
  );
});

test.each(keys)('the form of a new question of the kind "%s" can be sent as it is', (key) => {
  const unit = newQuestion(key, withScale, 'What is it?');
  const fields = questionFields(unit);
  expect(readQuestion(unit, fields, context(withScale))).toEqual({ unit });
});

test.each<[string, KindKey, Record<string, string>, Record<string, RegExp>]>([
  ['no title', 'one', { title: '' }, { title: /^Enter the question$/ }],
  ['a title too long', 'one', { title: 'x'.repeat(2001) }, { title: /2,000 characters long at most/ }],
  ['an earlier answer', 'one', { title: 'Hello {name}' }, { title: /cannot show an earlier answer/ }],
  ['no choices', 'one', { choices: ' \n ' }, { choices: /^Enter the choices, one a line$/ }],
  ['a value twice', 'one', { choices: 'a | A\na | B' }, { choices: /^Line 2: line 1 has the value “a” too/ }],
  [
    'a value with a meaning',
    'one',
    { choices: 'na | Not mine' },
    { choices: /“na” has a meaning of its own/ },
  ],
  ['a value without words', 'one', { choices: 'a |' }, { choices: /^Line 1: enter a text/ }],
  ['a scale of words', 'rating', { choices: 'low | Low' }, { choices: /“low” is no whole number/ }],
  ['braces in a line', 'one', { choices: 'A\n{b}' }, { choices: /^Line 2: leave out the \{ \}/ }],
  ['too many parts', 'one', { choices: 'a | b | c | d' }, { choices: /more than two upright strokes/ }],
  ['a row with a dot', 'matrix', { rows: 'a.b | A' }, { rows: /cannot hold full stops/ }],
  [
    '101 rows',
    'matrix',
    { rows: Array.from({ length: 101 }, (_, at) => `Row ${at}`).join('\n') },
    { rows: /100 lines/ },
  ],
  ['a second title missing', 'dual', { secondTitle: '' }, { secondTitle: /Enter the second question/ }],
  ['no number', 'number', { min: 'few' }, { min: /Enter a number/ }],
  ['most below least', 'number', { min: '5', max: '-1' }, { max: /The most is less than the least/ }],
  ['no such day', 'date', { min: '2026-02-30' }, { min: /in the calendar/ }],
  ['days the wrong way', 'date', { min: '2026-02-03', max: '2026-01-01' }, { max: /before the first/ }],
  ['a text too long', 'long-text', { maxLength: '2001' }, { maxLength: /from 1 to 2000/ }],
  ['tags', 'information', { html: 'a <b>c</b>' }, { html: /leave out HTML tags/ }],
  ['nothing to read', 'information', { html: '' }, { html: /Enter what there is to read/ }],
  ['a measure unknown', 'rating', { measure: 'shoe size' }, { measure: /from the list/ }],
  ['a competency unknown', 'rating', { competency: 'Z9', measure: 'level' }, { competency: /from the list/ }],
])('refuses %s with a sentence at the field', (_what, kind, change, sentences) => {
  const unit = newQuestion(kind, empty, 'What is it?');
  const { errors = {} } = readQuestion(unit, { ...questionFields(unit), ...change }, context(empty));
  expect(Object.keys(errors)).toEqual(Object.keys(sentences));
  for (const [field, sentence] of Object.entries(sentences)) expect(errors[field]).toMatch(sentence);
});

describe('values', () => {
  const choices = [
    { value: 'gp', text: { default: 'Practice', cy: 'Practis' } },
    { value: 'ward', text: 'Ward' },
    { value: 'home', text: 'Home', kept: { enableIf: 'x' } },
  ];
  const unit = { first: radios('where', { title: 'Where?', choices }) };
  const read = (lines: string) => {
    const { unit: after } = readQuestion(unit, { ...questionFields(unit), choices: lines }, context(empty));
    return after!.first.choices;
  };

  test('stay when the words change, and other languages with them', () => {
    expect(read('GP practice\nWard\nHome')![0]).toEqual({
      value: 'gp',
      text: { default: 'GP practice', cy: 'Practis' },
    });
  });

  test('go with their words when lines change places', () => {
    expect(read('Home\nPractice\nWard')).toEqual([choices[2], choices[0], choices[1]]);
  });

  test('are new for new lines, and short codes of their words', () => {
    expect(read('Practice\nWard\nHome\nSchool or college')!.at(-1)).toEqual({
      value: 'school-or-college',
      text: 'School or college',
    });
  });

  test('can be set, with a hint', () => {
    expect(read('gp | Practice | With a doctor\nWard\nHome')![0]).toEqual({
      ...choices[0],
      hint: 'With a doctor',
    });
  });

  test('go where their line goes', () => {
    expect(read('Practice\nHome')).toEqual([choices[0], choices[2]]);
  });
});

test('"not part of my role" and "don’t know" are ticked on and off, and apart among ticks', () => {
  const unit = newQuestion('many', empty, 'Which?');
  const fields = questionFields(unit);
  const { unit: both } = readQuestion(unit, { ...fields, na: 'yes', dk: 'yes' }, context(empty));
  expect(both!.first.choices!.slice(2)).toEqual([
    { value: 'na', text: 'Not part of my role', isExclusive: true },
    { value: 'dk', text: 'I don’t know', isExclusive: true },
  ]);
  const { unit: none } = readQuestion(both!, fields, context(empty));
  expect(none).toEqual(unit);
});

test('a pair is saved as one: rows and what must be answered are those of both', () => {
  const unit = newQuestion('dual', withScale, 'How important?');
  const fields = {
    ...questionFields(unit),
    ...{ rows: 'Listening\nAsking', required: 'yes', random: 'yes', na: 'yes' },
    ...{ measure: 'importance', secondMeasure: 'performance', secondTitle: 'How well?' },
  };
  const { unit: after } = readQuestion(unit, fields, context(withScale));
  const { first, second } = after!;
  expect(first.rows).toMatchObject([{ text: 'Listening' }, { text: 'Asking' }]);
  expect(second).toMatchObject({
    ...{ rows: first.rows, eachRowRequired: true, rowOrder: 'random', title: 'How well?' },
    ...{ measure: 'performance', pairedWith: first.name },
  });
  expect(second!.columns!.at(-1)).toEqual({ value: 'na', text: 'Not part of my role' });
  expect(refusalsOf(after!)).toEqual([]);
});
