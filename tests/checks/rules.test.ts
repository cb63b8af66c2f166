import type { CheckFinding } from '../../src/checks/check-finding';
import { choiceFindings, rangeIn } from '../../src/checks/choices';
import { freeTextFindings, warning } from '../../src/checks/free-text';
import { lengthFindings } from '../../src/checks/length';
import { ratingFindings } from '../../src/checks/ratings';
import { translationFindings } from '../../src/checks/translations';
import { applyEdit } from '../../src/edits/edit';
import { compilePlan } from '../../src/questionnaires/compile';
import type { Definition, ElementDefinition, Measure } from '../../src/questionnaires/definition';
import { interfaceKeys } from '../../src/web/words';
import { definitionOf, onePage, radios, ticks, words } from '../questionnaires/definitions';

const brief = (findings: CheckFinding[]) => findings.map(({ rule, place }) => `${rule}: ${place.name}`);
const fixed = (definition: Definition, [finding]: CheckFinding[]) =>
  applyEdit(definition, finding!.fix!.edit).definition.pages[0]!.elements[0]!;
const lengthOf = (definition: Definition) => lengthFindings(definition, compilePlan(definition).plan);

describe('length', () => {
  const many = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => radios(`q${from + index}`, { title: 'How are you?' }));

  test('longer than a break: what takes longest, and what leaving it out saves', () => {
    const pages = [0, 1, 2, 3, 4].map((page) => ({
      name: `p${page}`,
      title: `Page ${page}`,
      elements: many(10 + 5 * page, page * 100),
    }));
    const [found, ...long] = lengthOf(definitionOf(...pages));
    expect(found).toMatchObject({ rule: 'length', severity: 'warning', place: { part: 'questionnaire' } });
    expect(found!.details![0]).toBe(
      'Longest: “Page 4” (30 questions), “Page 3” (25 questions), “Page 2” (20 questions).',
    );
    expect(found!.details![1]).toMatch(/^Without these 3 it takes about \d minutes/);
    expect(long.map(({ place, severity }) => `${place.name} ${severity}`)).toEqual([
      'p1 hint',
      'p2 hint',
      'p3 warning',
      'p4 warning',
    ]);
  });

  test('rating in one way less is worth naming', () => {
    const rated = (['importance', 'performance'] as const).flatMap((measure) =>
      many(60).map((one, index) => ({
        ...one,
        name: `${measure}${index}`,
        choices: [1, 2, 3],
        measure,
        competency: 'A',
      })),
    );
    expect(lengthOf(onePage(...rated))[0]!.details).toContain(
      'Rating in 1 instead of 2 ways saves about 8 minutes.',
    );
  });

  test('short ones, and what is only read, are left alone', () => {
    const notes = Array.from({ length: 5 }, (_, index) => ({
      type: 'html',
      name: `n${index}`,
      html: 'Read this',
    }));
    expect(lengthOf(onePage(...many(12), ...notes))).toEqual([]);
  });

  test('a question of more than thirty words', () => {
    const title = Array(31).fill('word').join(' ');
    expect(brief(lengthOf(onePage(radios('long', { title }), radios('short', { title: 'Well?' }))))).toEqual([
      'long title: long',
    ]);
  });
});

describe('“Not part of my role”', () => {
  const rated = (measure: Measure, change: Partial<ElementDefinition> = {}) =>
    radios('a', { title: 'Listening', competency: 'A1', measure, choices: [0, 1, 2], ...change });

  test.each<Measure>(['level', 'needed', 'importance', 'performance', 'confidence', 'frequency'])(
    'is missing where %s is rated, and can be added',
    (measure) => {
      const definition = onePage(rated(measure));
      const found = ratingFindings(definition);
      expect(found).toMatchObject([{ rule: 'not my role', severity: 'warning' }]);
      const after = fixed(definition, found);
      expect(after.choices).toEqual([0, 1, 2, { value: 'na', text: 'Not part of my role' }]);
      expect(ratingFindings(onePage(after))).toEqual([]);
    },
  );

  test('of a matrix is a column', () => {
    const matrix: ElementDefinition = {
      ...{ type: 'matrix', name: 'm', title: 'Rate', measure: 'level', columns: [0, 1] },
      rows: [{ value: 'a', text: 'Listening', competency: 'A1' }],
    };
    const definition = onePage(matrix);
    expect(fixed(definition, ratingFindings(definition)).columns).toHaveLength(3);
  });

  test('is not missed in ratings of no competency, of what would help, or where it is there', () => {
    const { competency: _none, ...climate } = rated('confidence');
    const complete = rated('level', { choices: [0, 1, { value: 'na', text: 'Not my job' }] });
    for (const one of [climate, rated('training'), rated('organisation'), complete]) {
      expect(ratingFindings(onePage(one))).toEqual([]);
    }
  });
});

test('“I am not sure” is missing where people say what a gap comes from, and stands apart', () => {
  const definition = onePage(ticks('w', { title: 'Where from?', measure: 'where' }));
  const found = ratingFindings(definition);
  expect(found).toMatchObject([{ rule: 'not sure', severity: 'hint' }]);
  const after = fixed(definition, found);
  expect(after.choices!.at(-1)).toEqual({ value: 'dk', text: 'I am not sure', isExclusive: true });
  expect(ratingFindings(onePage(after))).toEqual([]);
});

test('a scale that runs the other way than most', () => {
  const up = (name: string) => radios(name, { title: name, choices: [1, 2, 3, 'na'] });
  const down = radios('down', { title: 'down', choices: [3, 2, 1] });
  expect(brief(ratingFindings(onePage(up('a'), down, up('b'))))).toEqual(['scale order: down']);
  expect(ratingFindings(onePage(up('a'), up('b'), radios('mixed', { choices: [1, 3, 2] })))).toEqual([]);
});

describe('free text', () => {
  test('without a warning gets one', () => {
    const definition = onePage(words('more', { title: 'Anything else?', description: 'In a few words' }));
    const found = freeTextFindings(definition);
    expect(found).toMatchObject([{ rule: 'free text', severity: 'warning' }]);
    const after = fixed(definition, found);
    expect(after.description).toBe(`In a few words. ${warning}`);
    expect(freeTextFindings(onePage(after))).toEqual([]);
  });

  test('keeps its other languages', () => {
    const definition = onePage(words('more', { description: { default: 'Briefly', cy: 'Yn fyr' } }));
    expect(fixed(definition, freeTextFindings(definition)).description).toEqual({
      default: `Briefly. ${warning}`,
      cy: 'Yn fyr',
    });
  });

  test.each([
    'Please do not name anybody.',
    'Don’t write anything that could identify a patient',
    'Never use names',
    'Leave out names of patients and colleagues',
    'Without names, please',
  ])('is warned by: %s', (description) => {
    expect(freeTextFindings(onePage(words('more', { description })))).toEqual([]);
    expect(freeTextFindings(definitionOf({ name: 'p', description, elements: [words('more')] }))).toEqual([]);
    const read = { type: 'html', name: 'n', html: description };
    expect(freeTextFindings(onePage(read, words('more')))).toEqual([]);
    expect(freeTextFindings(onePage(words('more'), read))).toHaveLength(1);
  });

  test('numbers and days are no free text', () => {
    const number: ElementDefinition = {
      type: 'text',
      name: 'years',
      title: 'Years in nursing',
      inputType: 'number',
    };
    expect(freeTextFindings(onePage(number))).toEqual([]);
  });
});

describe('questions that tell who somebody is', () => {
  const text = (title: string, inputType?: 'number' | 'date'): ElementDefinition => ({
    ...{ type: 'text', name: 'q', title },
    ...(inputType ? { inputType } : {}),
  });

  test.each([
    text('What is your date of birth?', 'date'),
    text('Your e-mail address'),
    text('Phone number'),
    text('Your full name'),
    text('What is the name of your line manager?'),
    text('Your postcode'),
    text('NMC PIN'),
    text('Staff number', 'number'),
    text('How old are you?', 'number'),
  ])('$title', (question) => {
    expect(freeTextFindings(onePage(question))).toMatchObject([{ rule: 'identifying', severity: 'warning' }]);
  });

  test.each([
    text('How many years have you been a nurse?', 'number'),
    text('When did you last have training?', 'date'),
    text('How many patients do you see a day?', 'number'),
  ])('not: $title', (question) => {
    expect(freeTextFindings(onePage(question))).toEqual([]);
  });

  test('an age group may be chosen', () => {
    expect(freeTextFindings(onePage(radios('age', { title: 'How old are you?' })))).toEqual([]);
  });

  test.each([
    ['Which team do you work in?', 1],
    ['What is the name of your ward?', 1],
    ['How well does your team work together?', 0],
    ['Do you work in a team?', 0],
  ])('teams: %s', (title, count) => {
    expect(freeTextFindings(onePage(radios('q', { title })))).toHaveLength(count);
  });

  test('a facet is for groups anyway', () => {
    const facet = radios('q', { title: 'Which practice do you work in?', facet: 'setting' });
    expect(freeTextFindings(onePage(facet))).toEqual([]);
  });
});

describe('choices', () => {
  test.each([
    ['1-5', 1, 5],
    ['6 to 10 years', 6, 10],
    ['16–24', 16, 24],
    ['Between 2 and 4', 2, 4],
    ['under 5', 0, 4],
    ['Less than 1 year', 0, 0],
    ['5 or fewer', 0, 5],
    ['Over 10', 11, Number.POSITIVE_INFINITY],
    ['10+', 10, Number.POSITIVE_INFINITY],
    ['10 years or more', 10, Number.POSITIVE_INFINITY],
    ['65 and over', 65, Number.POSITIVE_INFINITY],
    ['1,000 to 1,999', 1000, 1999],
  ])('%s is from %d to %d', (text, from, to) => {
    expect(rangeIn(text)).toEqual({ text, from, to });
  });

  test.each(['Band 5', 'Never', '2.5 to 3', 'Level 1 of 3 or 4', 'Ward 7', '24/7', '5-1'])(
    '%s is none',
    (text) => {
      expect(rangeIn(text)).toBeUndefined();
    },
  );

  test.each<[string, string[], string[]]>([
    ['a number that stands twice', ['1-5', '5-10', 'over 10'], ['overlap: q']],
    ['a number that stands nowhere', ['1-5', '7-10'], ['range gap: q']],
    ['each number once', ['under 1', '1-5', '6-10', 'over 10'], []],
    ['bands are no ranges', ['Band 5', 'Band 6', 'Band 8a'], []],
    ['one only', ['Yes'], ['too few choices: q']],
    ['more agreeing than not', ['Strongly agree', 'Agree', 'Slightly agree', 'Disagree'], ['unbalanced: q']],
    ['as much on both sides', ['Agree', 'Neither agree nor disagree', 'Disagree'], []],
    ['satisfied', ['Very satisfied', 'Satisfied', 'Dissatisfied'], ['unbalanced: q']],
    ['likely', ['Likely', 'Unlikely'], []],
  ])('%s', (_what, choices, expected) => {
    expect(brief(choiceFindings(onePage(radios('q', { choices }))))).toEqual(expected);
  });

  test('a single box to tick is no fault', () => {
    expect(choiceFindings(onePage(ticks('agree', { choices: ['I agree'] })))).toEqual([]);
  });

  test('more than fifteen buttons become a drop-down', () => {
    const definition = onePage(
      radios('q', { choices: Array.from({ length: 16 }, (_, index) => `c${index}`) }),
    );
    const found = choiceFindings(definition);
    expect(brief(found)).toEqual(['too many choices: q']);
    expect(choiceFindings(onePage(fixed(definition, found)))).toEqual([]);
  });
});

test('a language in use that does not say everything, buttons and messages among it', () => {
  const title = { default: 'How are you?', cy: 'Sut wyt ti?', pl: 'Jak się masz?' };
  const definition = {
    ...onePage(radios('q', { title, choices: ['Well', { value: 1, text: { default: 'Ill', cy: 'Sâl' } }] })),
    title: { default: 'A questionnaire', cy: 'Holiadur' },
  };
  definition.pages[0]!.title = { default: 'You', cy: 'Chi' };
  const shipped = interfaceKeys.length;
  expect(translationFindings(definition).map(({ sentence }) => sentence)).toEqual([
    'In Welsh, 1 text of 5 is missing and shown in English.',
    `In Polish, ${shipped + 4} texts of ${shipped + 5} are missing and shown in English.`,
  ]);
  expect(translationFindings(onePage(radios('q', { title: 'In English only' })))).toEqual([]);
});
