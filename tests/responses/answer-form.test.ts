import querystring from 'node:querystring';
import fc from 'fast-check';
import type { ElementDefinition } from '../../src/questionnaires/definition';
import { fieldNamesOf } from '../../src/questionnaires/field-names';
import type { Answer } from '../../src/questionnaires/plan';
import { readPageAnswers } from '../../src/responses/answer.form';
import { onePage, planOf, radios, ticks, words } from '../questionnaires/definitions';
import { cpuMillisecondsOf } from '../support/cpu';
import { expectWithin } from './within';

const level = radios('A1', { choices: [0, 1, 2, { value: 'na', text: 'Not part of my role' }] });
const place = { type: 'dropdown', name: 'place', choices: ['ward', 'clinic', 'own home'] };
const sources = ticks('sources', {
  choices: [
    'prereg',
    'workplace',
    'offer',
    { value: 'none', text: 'No gap', isExclusive: true },
    { value: 'dk', text: 'Not sure', isExclusive: true },
  ],
});
const numbers = ticks('numbers', { choices: [1, 2, 10] });
const remarks = words('remarks', { maxLength: 12 });

const chooseShown = 'Choose one of the answers shown';
const chooseOne = 'Choose one answer only';
const tickShown = 'Choose from the answers shown';
const notBoth = (text: string) => `Choose either "${text}" or the other answers, not both`;
const onlyOneText = 'Enter one text only';
const tooLong = 'Your text must be 12 characters or fewer';
const noControls = 'Enter letters, digits and punctuation only';
const unknownField =
  'The form held something this page does not ask for. Check your answers and continue again.';

describe('one answer of several', () => {
  test.each<[string, ElementDefinition, string, Answer | undefined]>([
    ['a word', place, 'place=ward', 'ward'],
    ['a word with a blank', place, 'place=own+home', 'own home'],
    ['a number, kept as a number', level, 'A1=2', 2],
    ['level 0', level, 'A1=0', 0],
    ['not my role', level, 'A1=na', 'na'],
    ['the empty choice of a list', place, 'place=', undefined],
    ['nothing', level, '', undefined],
  ])('%s is kept', (_, element, body, answer) => expectKept(element, body, answer));

  test.each<[string, ElementDefinition, string, string]>([
    ['a value that is not offered', level, 'A1=3', chooseShown],
    ['a number written otherwise', level, 'A1=02', chooseShown],
    ['a number with a sign', level, 'A1=%2B2', chooseShown],
    ['a number with a fraction', level, 'A1=2.0', chooseShown],
    ['a value in other letters', place, 'place=WARD', chooseShown],
    ['a value with blanks around it', place, 'place=+ward', chooseShown],
    ['a value cut short', place, 'place=own', chooseShown],
    ['what is shown in place of what is sent', level, 'A1=Not+part+of+my+role', chooseShown],
    ['a value with a NUL', place, 'place=ward%00', chooseShown],
    ['a name every object has', place, 'place=toString', chooseShown],
    ['the prototype', place, 'place=__proto__', chooseShown],
    ['two values', level, 'A1=1&A1=2', chooseOne],
    ['the same value twice', level, 'A1=1&A1=1', chooseOne],
    ['a value and the empty one', place, 'place=ward&place=', chooseOne],
  ])('%s is refused', (_, element, body, sentence) => expectRefused(element, body, sentence));
});

describe('several answers', () => {
  test.each<[string, ElementDefinition, string, Answer | undefined]>([
    ['one tick', sources, 'sources=offer', ['offer']],
    ['several, in the order they are offered', sources, 'sources=offer&sources=prereg', ['prereg', 'offer']],
    ['a tick sent twice, once', sources, 'sources=offer&sources=offer', ['offer']],
    ['the choice that stands apart, alone', sources, 'sources=none', ['none']],
    ['the choice that stands apart, sent twice', sources, 'sources=none&sources=none', ['none']],
    ['numbers', numbers, 'numbers=10&numbers=1', ['1', '10']],
    ['nothing', sources, '', undefined],
    ['an empty field', sources, 'sources=', undefined],
  ])('%s is kept', (_, element, body, answer) => expectKept(element, body, answer));

  test.each<[string, ElementDefinition, string, string]>([
    ['a value that is not offered', sources, 'sources=other', tickShown],
    ['one that is not offered among those that are', sources, 'sources=offer&sources=other', tickShown],
    ['an empty value among those that are', sources, 'sources=offer&sources=', tickShown],
    ['the prototype', sources, 'sources=__proto__', tickShown],
    ['a list written as one value', sources, 'sources=prereg,offer', tickShown],
    ['the choice that stands apart, with another', sources, 'sources=offer&sources=none', notBoth('No gap')],
    [
      'the choice that stands apart, before another',
      sources,
      'sources=none&sources=offer',
      notBoth('No gap'),
    ],
    ['two choices that both stand apart', sources, 'sources=dk&sources=none', notBoth('Not sure')],
    ['another way to write a number', numbers, 'numbers=01', tickShown],
  ])('%s is refused', (_, element, body, sentence) => expectRefused(element, body, sentence));
});

describe('a text', () => {
  test.each<[string, string, Answer | undefined]>([
    ['as it was typed', 'remarks=Fine%21', 'Fine!'],
    ['without the blanks around it', 'remarks=++Fine+%0D%0A+', 'Fine'],
    ['with the line breaks of a browser as one character each', 'remarks=1%0D%0A2%0D3%0A4', '1\n2\n3\n4'],
    ['with tabs', 'remarks=1%092', '1\t2'],
    ['with blanks inside it', 'remarks=a++b', 'a  b'],
    ['of the greatest length', `remarks=${'x'.repeat(12)}`, 'x'.repeat(12)],
    ['of the greatest length once trimmed', `remarks=++${'x'.repeat(12)}++`, 'x'.repeat(12)],
    [
      'whose characters take two units each',
      `remarks=${encodeURIComponent('🦶'.repeat(12))}`,
      '🦶'.repeat(12),
    ],
    [
      'with a line break counted once',
      `remarks=${'x'.repeat(11)}%0D%0Ay`.replace('xx', 'x'),
      'xxxxxxxxxx\ny',
    ],
    ['in other scripts', `remarks=${encodeURIComponent('привет 你好')}`, 'привет 你好'],
    ['that reads like markup', `remarks=${encodeURIComponent('<b>5 > 3</b>'.slice(0, 12))}`, '<b>5 > 3</b>'],
    ['that reads like a number', 'remarks=007', '007'],
    ['of bytes that are no text, with a mark in place of each', 'remarks=%FF%FE', '\ufffd\ufffd'],
    ['of blanks only, as none', 'remarks=+%0D%0A%09', undefined],
    ['that is empty, as none', 'remarks=', undefined],
  ])('is kept %s', (_, body, answer) => expectKept(remarks, body, answer));

  test.each<[string, string, string]>([
    ['one character too long', `remarks=${'x'.repeat(13)}`, tooLong],
    ['one character too long, of two units each', `remarks=${encodeURIComponent('🦶'.repeat(13))}`, tooLong],
    ['with a NUL', 'remarks=a%00b', noControls],
    ['with an escape', 'remarks=a%1B[31m', noControls],
    ['with a backspace', 'remarks=a%08b', noControls],
    ['with the separator of facets', 'remarks=a%1Fb', noControls],
    ['of a NUL only', 'remarks=%00', noControls],
    ['twice', 'remarks=a&remarks=b', onlyOneText],
  ])('is refused %s', (_, body, sentence) => expectRefused(remarks, body, sentence));
});

const hours: ElementDefinition = {
  type: 'text',
  inputType: 'number',
  name: 'hours',
  min: 0,
  max: 40,
  step: 0.1,
};
const whole: ElementDefinition = { type: 'text', inputType: 'number', name: 'whole' };
const from0to40 = 'Enter a number from 0 to 40';

describe('a number', () => {
  test.each<[string, ElementDefinition, string, Answer | undefined]>([
    ['whole', hours, 'hours=7', 7],
    ['with a point', hours, 'hours=7.5', 7.5],
    ['with a comma', hours, 'hours=7%2C5', 7.5],
    ['with blanks around it', hours, 'hours=+7+', 7],
    ['the least', hours, 'hours=0', 0],
    ['the most', hours, 'hours=40.0', 40],
    ['with zeros before it', whole, 'whole=007', 7],
    ['below zero', whole, 'whole=-3', -3],
    ['below zero, as print sets it', whole, `whole=${encodeURIComponent('−3')}`, -3],
    ['zero with a minus, without it', whole, 'whole=-0', 0],
    ['nothing', hours, 'hours=', undefined],
    ['blanks', hours, 'hours=++', undefined],
    ['no field', hours, '', undefined],
  ])('%s is kept', (_, element, body, answer) => expectKept(element, body, answer));

  test.each<[string, ElementDefinition, string, string]>([
    ['words', hours, 'hours=seven', from0to40],
    ['words where there is no limit', whole, 'whole=seven', 'Enter a whole number in digits'],
    ['too small a number', hours, 'hours=-0.1', from0to40],
    ['too large a number', hours, 'hours=40.1', from0to40],
    ['a number with an exponent', hours, 'hours=1e1', from0to40],
    ['a number in another base', hours, 'hours=0x10', from0to40],
    ['a number with a sign of its own', hours, 'hours=%2B7', from0to40],
    ['infinity', hours, 'hours=Infinity', from0to40],
    ['a point alone', hours, 'hours=.', from0to40],
    ['a number that ends in a point', hours, 'hours=7.', from0to40],
    ['too many places', hours, 'hours=7.25', 'Enter a number with 1 decimal place at most'],
    ['places of a whole number', whole, 'whole=7.5', 'Enter a whole number'],
    ['marks between thousands', whole, 'whole=1%2C000', 'Enter a whole number'],
    ['more digits than are kept', whole, `whole=${'9'.repeat(16)}`, 'Enter a whole number in digits'],
    ['a very long field', hours, `hours=${'0'.repeat(5000)}7`, from0to40],
    ['two fields', hours, 'hours=7&hours=8', 'Enter one number only'],
    ['below the least alone', { ...whole, min: 3 }, 'whole=2', 'Enter a whole number that is 3 or more'],
    ['above the most alone', { ...whole, max: 3 }, 'whole=4', 'Enter a whole number that is 3 or less'],
  ])('%s is refused', (_, element, body, sentence) => expectRefused(element, body, sentence));
});

const since: ElementDefinition = {
  type: 'text',
  inputType: 'date',
  name: 'since',
  min: '2026-01-01',
  max: '2026-12-31',
};
const between = 'Date must be between 1 January 2026 and 31 December 2026';

describe('a day', () => {
  const typed = (day: string, month: string, year: string) =>
    `since-day=${day}&since-month=${month}&since-year=${year}`;

  test.each<[string, string, Answer | undefined]>([
    ['of two digits each', typed('21', '11', '2026'), '2026-11-21'],
    ['of one digit each', typed('1', '2', '2026'), '2026-02-01'],
    ['with blanks around', typed('+1+', '02', '2026'), '2026-02-01'],
    ['the first', typed('1', '1', '2026'), '2026-01-01'],
    ['the last', typed('31', '12', '2026'), '2026-12-31'],
    ['nothing', typed('', '', '+'), undefined],
    ['no fields', '', undefined],
  ])('%s is kept', (_, body, answer) => expectKept(since, body, answer));

  test.each<[string, string, string]>([
    ['without a month', typed('1', '', '2026'), 'Date must include a month'],
    ['without a day and a month', typed('', '', '2026'), 'Date must include a day and a month'],
    ['with a short year', typed('1', '1', '26'), 'Year must include 4 numbers'],
    ['that is not in the calendar', typed('30', '2', '2026'), 'Date must be a real date'],
    ['with a month in words', typed('1', 'May', '2026'), 'Date must be a real date'],
    ['of another age', typed('1', '1', '0026'), 'Date must be a real date'],
    ['too early', typed('31', '12', '2025'), between],
    ['too late', typed('1', '1', '2027'), between],
    ['given twice', `${typed('1', '1', '2026')}&since-day=2`, 'Date must be a real date'],
    ['in a very long field', typed('1', '1', '2'.repeat(5000)), 'Date must be a real date'],
  ])('%s is refused', (_, body, sentence) => expectRefused(since, body, sentence));

  test('is told the one limit there is', () => {
    const { min, max, ...open } = since;
    expectRefused(
      { ...open, min: min! },
      typed('31', '12', '2025'),
      'Date must be on or after 1 January 2026',
    );
    expectRefused(
      { ...open, max: max! },
      typed('1', '1', '2027'),
      'Date must be on or before 31 December 2026',
    );
  });

  test('as one field is none the page asks for', () => {
    expect(read([since], 'since=2026-01-01')).toEqual({ errors: { form: unknownField } });
  });
});

describe('an order', () => {
  const helps: ElementDefinition = {
    type: 'ranking',
    name: 'helps',
    choices: ['time', { value: 'team', text: 'A larger team' }, 3],
  };
  const typed = (time: string, team: string, three: string) =>
    `helps:time=${time}&helps:team=${team}&helps:3=${three}`;

  test.each<[string, string, Answer | undefined]>([
    ['whole', typed('2', '3', '1'), ['3', 'time', 'team']],
    ['nothing', typed('', '', ''), undefined],
    ['no fields', '', undefined],
  ])('%s is kept', (_, body, answer) => expectKept(helps, body, answer));

  const shown = 'Choose from the positions shown, one for each';
  test.each<[string, string, string]>([
    [
      'two first',
      typed('1', '1', '2'),
      'Position 1 can be given once only, not to "time" and "A larger team"',
    ],
    [
      'with one left out',
      typed('1', '', '2'),
      'Choose a position for "A larger team" too, or for none of the list',
    ],
    ['with a position there is not', typed('1', '2', '4'), shown],
    ['with a position written otherwise', typed('01', '2', '3'), shown],
    ['with two positions for one', `${typed('1', '2', '3')}&helps:time=2`, shown],
    ['with the name every object has', typed('1', '2', '__proto__'), shown],
  ])('%s is refused', (_, body, sentence) => expectRefused(helps, body, sentence));

  test('that is required must be whole', () => {
    const message = 'Choose a position for "A larger team" and "3" too';
    expectRefused({ ...helps, isRequired: true }, typed('1', '', ''), message);
  });

  test('as one field is none the page asks for', () => {
    expect(read([helps], 'helps=time')).toEqual({ errors: { form: unknownField } });
  });
});

test('the rows of a matrix are answered one by one, and information not at all', () => {
  const matrix = {
    type: 'matrix',
    name: 'm',
    columns: [1, 2, 'na'],
    rows: [{ value: 'a b' }, { value: 'r2' }],
  };
  const words = { type: 'html', name: 'words', html: 'Read this' };
  expect(read([matrix, words], 'm.a+b=2')).toEqual({ value: { given: { 'm.a b': 2 }, left: ['m.r2'] } });
  expect(read([{ ...matrix, eachRowRequired: true }], 'm.a+b=3')).toEqual({
    errors: { 'm.a b': chooseShown, 'm.r2': 'Answer this question: r2' },
  });
  expect(read([matrix], 'm=2')).toEqual({ errors: { form: unknownField } });
  expect(read([words], 'words=seen')).toEqual({ errors: { form: unknownField } });
});

describe('the same wrong things are refused in every kind of question but a text', () => {
  const rows = [{ value: 'r1' }, { value: 'r2' }];
  const pair = { type: 'matrix', name: 'often', columns: [1, 2], rows };
  const kinds: [kind: string, elements: ElementDefinition[], field: string, good: string, name?: string][] = [
    ['radios', [level], 'A1', '1'],
    ['a list', [place], 'place', 'ward'],
    ['yes or no', [radios('agree', { choices: ['yes', 'no'] })], 'agree', 'yes'],
    ['a rating', [radios('rated', { choices: [1, 2, 3, 4, 5], measure: 'importance' })], 'rated', '5'],
    ['boxes', [sources], 'sources', 'offer'],
    ['a number', [hours], 'hours', '7'],
    ['a day', [since], 'since-day', '1', 'since'],
    ['an order', [{ type: 'ranking', name: 'o', choices: [1, 2] }], 'o:1', '1', 'o'],
    ['a row of a matrix', [pair], 'often.r1', '1'],
    ['a row of two ratings', [pair, { ...pair, name: 'sure', pairedWith: 'often' }], 'sure.r2', '2'],
  ];
  const wrongValues: [what: string, value: string][] = [
    ['a name every object has', 'toString'],
    ['the prototype', '__proto__'],
    ['an object in words', '[object Object]'],
    ['a NUL', '1\0'],
    ['an escape', '\u001b[31m'],
    ['a line break and a header', '1\r\nSet-Cookie: a=b'],
    ['a mark of direction', '\u202e1'],
    ['an isolate', '\u2067' + '1' + '\u2069'],
    ['a digit of another script', '\u0661'],
    ['a blank of no width', '1\u200b'],
    ['markup', '<b>1</b>'],
    ['a very long value', '1'.repeat(60_000)],
  ];

  describe.each(kinds)('%s', (_kind, elements, field, good, name = field) => {
    const sent = (value: string) => `${encodeURIComponent(field)}=${encodeURIComponent(value)}`;

    test.each(wrongValues)('%s', (_what, value) => {
      expect(Object.keys(read(elements, sent(value)).errors ?? {})).toEqual([name]);
    });

    test.each([
      `${field}[]`,
      `${field}[0]`,
      `${field}[value]`,
      `${field}[__proto__][polluted]`,
      `${field}\0`,
    ])('the field written as %j', (other) => {
      const { errors } = read(elements, `${encodeURIComponent(other)}=${encodeURIComponent(good)}`);
      expect(errors?.form).toBe(unknownField);
      expect('polluted' in {}).toBe(false);
    });

    test('an object where a text is due', () => {
      const { questions } = planOf(onePage(...elements)).pages[0]!;
      for (const value of [{ a: good }, [{ a: good }], [[good]], 1, true]) {
        expect(Object.keys(readPageAnswers(questions, { [field]: value }).errors ?? {})).toEqual([name]);
      }
    });
  });
});

test('a text keeps what other scripts need: marks of direction, joiners, and line breaks as one character', () => {
  const text = 'a\u200fb\u2067c\u2069d\u200de';
  expectKept(remarks, `remarks=${encodeURIComponent(text)}`, text);
  expectKept(remarks, `remarks=${encodeURIComponent('a\r\nb')}`, 'a\nb');
});

test.each([[{ a: 'b' }], [['a', 'b']], [1], [true], [null]])(
  'a text that is no text is refused: %j',
  (value) => {
    const { questions } = planOf(onePage(remarks)).pages[0]!;
    expect(readPageAnswers(questions, { remarks: value })).toEqual({ errors: { remarks: onlyOneText } });
  },
);

describe('a required answer that is missing is asked for in the words of the question', () => {
  const message = { isRequired: true, requiredErrorText: 'Tell us' };
  test.each<[string, ElementDefinition, string]>([
    ['no choice', { ...level, ...message }, ''],
    ['the empty choice of a list', { ...place, ...message }, 'place='],
    ['no tick', { ...sources, ...message }, ''],
    ['no text', { ...remarks, ...message }, ''],
    ['an empty text', { ...remarks, ...message }, 'remarks='],
    ['a text of blanks', { ...remarks, ...message }, 'remarks=+++'],
    ['no number', { ...hours, ...message }, 'hours=+'],
    ['no day', { ...since, ...message }, 'since-day=&since-month=&since-year='],
    ['no order', { type: 'ranking', name: 'o', choices: [1, 2], ...message }, 'o:1=&o:2='],
    ['a text of line breaks', { ...remarks, ...message }, 'remarks=%0D%0A%0D%0A'],
    [
      'a text of blanks no one can see',
      { ...remarks, ...message },
      `remarks=${encodeURIComponent('\u00a0\u2003\ufeff')}`,
    ],
  ])('%s', (_, element, body) => expectRefused(element, body, 'Tell us'));

  test('level 0 is an answer', () => expectKept({ ...level, ...message }, 'A1=0', 0));
});

describe('a field the page does not ask for is refused, and nothing of the page is kept', () => {
  test.each([
    'other=1',
    'A1__where=prereg',
    '__proto__=1',
    '__proto__[polluted]=1',
    '__proto__.polluted=1',
    'constructor=1',
    'constructor[prototype][polluted]=1',
    'toString=1',
    'hasOwnProperty=1',
    'prototype=1',
    'a1=1',
    'A1[]=1',
    'A1%00=1',
    '=1',
    '%F0%28%8C%28=1',
  ])('%s', (body) => {
    const form = read([level], `A1=1&${body}`);
    expect(form).toEqual({ errors: { form: unknownField } });
    expect('polluted' in {}).toBe(false);
  });

  test("the form's own token is no answer and no fault", () => {
    expect(read([level], '_csrf=token&A1=1')).toEqual({ value: { given: { A1: 1 }, left: [] } });
  });

  test('every wrong field has its own sentence', () => {
    expect(read([level, place, remarks], 'A1=7&place=ward&remarks=%00&other=1')).toEqual({
      errors: { A1: chooseShown, remarks: noControls, form: unknownField },
    });
  });
});

test('what is left out is named, so that an answer given before is taken back', () => {
  expect(read([level, place, sources, remarks], 'A1=&place=ward&remarks=+')).toEqual({
    value: { given: { place: 'ward' }, left: ['A1', 'sources', 'remarks'] },
  });
});

test('a page sent without a body leaves everything out', () => {
  const questions = planOf(onePage(level, remarks)).pages[0]!.questions;
  expect(readPageAnswers(questions, undefined)).toEqual({ value: { given: {}, left: ['A1', 'remarks'] } });
});

describe('whatever is sent', () => {
  const many = ticks('many', { choices: Array.from({ length: 500 }, (_, index) => `choice ${index}`) });
  const order = { type: 'ranking', name: 'order', choices: ['x', 'y'] };
  const rated = { type: 'matrix', name: 'rated', columns: [1, 2], rows: [{ value: 'r1' }, { value: 'r2' }] };
  const plan = planOf(
    onePage(level, place, sources, numbers, remarks, many, words('long'), hours, since, order, rated),
  );
  const { questions } = plan.pages[0]!;
  const fieldNames = questions.flatMap(fieldNamesOf);
  const offered = questions.flatMap((question) => question.choices.map(({ value }) => String(value)));
  const value = fc.oneof(
    fc.constantFrom(
      ...offered.slice(0, 40),
      '',
      ' ',
      '__proto__',
      'toString',
      '\0',
      '🦶',
      '1e0',
      '1',
      '2',
      '7.5',
      '2026',
      '[object Object]',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 3000 }),
  );
  const field = fc.oneof(
    fc.constantFrom(...fieldNames, '_csrf', '__proto__', 'constructor', 'toString', ''),
    fc.string({ maxLength: 10 }),
  );
  const pairs = fc.array(fc.tuple(field, value), { maxLength: 60 });
  const fieldsOnly = fc.array(fc.tuple(fc.constantFrom(...fieldNames), value), {
    maxLength: 8,
  });
  const encoded = fc
    .oneof(pairs, fieldsOnly)
    .map((fields) => fields.map((pair) => pair.map(lossyEncode).join('=')).join('&'));
  const garbage = fc.oneof(
    fc.string({ maxLength: 2000 }),
    fc.string({
      unit: fc.constantFrom('&', '=', '%', '+', '[', ']', 'A1', '%0', '0', '\0'),
      maxLength: 3000,
    }),
  );

  test('is values within the definition, or sentences; nothing throws, nothing is slow, no object changes', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(encoded, garbage), async (body) => {
        const parsed = querystring.parse(body.slice(0, 65_536));
        const { done: form, milliseconds } = await cpuMillisecondsOf(() =>
          readPageAnswers(questions, parsed),
        );
        expect(milliseconds).toBeLessThan(250);
        if (form.errors) return expectSentences(form.errors);
        accepted += 1;
        for (const question of questions) {
          const answer = form.value.given[question.name];
          if (answer === undefined) expect(form.value.left).toContain(question.name);
          else expectWithin(question, answer);
        }
        const known = questions.map(({ name }) => name);
        expect([...Object.keys(form.value.given), ...form.value.left].sort()).toEqual(known.sort());
      }),
      { numRuns: 600 },
    );
    expect(accepted).toBeGreaterThan(10);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect('polluted' in {}).toBe(false);
  });

  test.each<[string, string]>([
    ['the last of 500 choices, as often as 64 KB can say it', 'many=choice+499&'.repeat(65_536 / 16)],
    ['one letter, as often as 64 KB can say it', 'many=a&'.repeat(9362)],
    ['a field of every name', Array.from({ length: 9000 }, (_, index) => `f${index}=1`).join('&')],
    ['a text of 64 KB', `long=${'x'.repeat(65_530)}`],
    ['a text of 64 KB of blanks', `long=a${'+'.repeat(65_520)}b`],
    ['a text of 64 KB of line breaks', `long=${'%0D%0A'.repeat(10_900)}x`],
    ['64 KB of ampersands', '&'.repeat(65_536)],
    ['64 KB of broken percents', `long=${'%'.repeat(65_530)}`],
  ])('is read within 250 ms of processor time: %s', async (_, body) => {
    const parsed = querystring.parse(body, '&', '=', { maxKeys: 0 });
    readPageAnswers(questions, { A1: '1' });
    const { milliseconds } = await cpuMillisecondsOf(() => readPageAnswers(questions, parsed));
    expect(milliseconds).toBeLessThan(250);
  });

  /** Lone surrogates cannot be sent; a browser sends the replacement mark. */
  function lossyEncode(text: string): string {
    return encodeURIComponent(Buffer.from(text).toString());
  }

  function expectSentences(errors: Record<string, string>): void {
    const fields = Object.keys(errors);
    expect(fields.length).toBeGreaterThan(0);
    for (const name of fields) expect([...questions.map(({ name }) => name), 'form']).toContain(name);
    for (const sentence of Object.values(errors)) expect(sentence).toMatch(/^[A-Z].{8,}/);
  }
});

function read(elements: ElementDefinition[], body: string) {
  const { questions } = planOf(onePage(...elements)).pages[0]!;
  return readPageAnswers(questions, querystring.parse(body));
}

function expectKept(element: ElementDefinition, body: string, answer: Answer | undefined): void {
  const kept =
    answer === undefined
      ? { given: {}, left: [element.name] }
      : { given: { [element.name]: answer }, left: [] };
  expect(read([element], body)).toEqual({ value: kept });
}

function expectRefused(element: ElementDefinition, body: string, sentence: string): void {
  expect(read([element], body)).toEqual({ errors: { [element.name]: sentence } });
}
