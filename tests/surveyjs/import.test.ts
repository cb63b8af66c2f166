import type { Definition, ElementDefinition } from '../../src/questionnaires/definition';
import type { AskedFramework } from '../../src/surveyjs/competencies';
import { writeSurveyJs } from '../../src/surveyjs/export';
import { readSurveyJs, readSurveyJsText, type SurveyJsReading } from '../../src/surveyjs/import';
import { hostileDefinitions } from '../questionnaires/hostile-definitions';
import { hostileFiles } from './hostile-files';

type Part = Record<string, unknown>;

/** A file whose first page asks these, and whose second asks "last" under a condition. */
function fileOf(elements: Part[], visibleIf = '{role} notempty'): Part {
  return {
    title: 'T',
    pages: [
      {
        name: 'one',
        title: 'One',
        elements: [{ type: 'radiogroup', name: 'role', choices: ['a', 'b'] }, ...elements],
      },
      { name: 'two', title: 'Two', elements: [{ type: 'comment', name: 'last', maxLength: 9, visibleIf }] },
    ],
  };
}

/** What became of one question. */
function asked(part: Part): { elements: ElementDefinition[]; said: string[] } {
  const reading = readSurveyJs(fileOf([{ name: 'q', ...part }]), 'Untitled');
  return { elements: reading.definition!.pages[0]!.elements.slice(1), said: said(reading) };
}

/** "unsupported q: …", without the notes that something is kept. */
function said({ notes }: SurveyJsReading): string[] {
  return notes.map(({ what, place, sentence }) => `${what} ${place}: ${sentence}`);
}

const yesNo = [
  { value: 'true', text: 'Yes' },
  { value: 'false', text: 'No' },
];

describe('what is asked in another way that means the same is changed, and said', () => {
  test.each<[string, Part, Part[], string[]]>([
    [
      'a switch',
      { type: 'boolean', title: 'Ever?' },
      [{ type: 'radiogroup', name: 'q', title: 'Ever?', choices: yesNo }],
      ['changed q: A switch is asked as radio buttons: Yes, No.'],
    ],
    [
      'a switch of version 1, with a label',
      { type: 'boolean', label: 'Ever?', defaultValue: 'indeterminate' },
      [{ type: 'radiogroup', name: 'q', title: 'Ever?', choices: yesNo }],
      ['changed q: A switch is asked as radio buttons: Yes, No.'],
    ],
    [
      'a rating with words at its ends',
      { type: 'rating', rateMax: 3, mininumRateDescription: 'Low', maximumRateDescription: 'High' },
      [
        {
          type: 'radiogroup',
          name: 'q',
          choices: [{ value: 1, text: '1: Low' }, 2, { value: 3, text: '3: High' }],
        },
      ],
      ['changed q: A rating is asked as 3 radio buttons.'],
    ],
    [
      'a matrix',
      {
        type: 'matrix',
        title: 'How sure?',
        columns: [1, 2],
        rows: ['r', { value: 's', text: 'S' }],
        isAllRowRequired: true,
      },
      [
        {
          type: 'matrix',
          name: 'q',
          title: 'How sure?',
          columns: [1, 2],
          rows: [{ value: 'r' }, { value: 's', text: 'S' }],
          eachRowRequired: true,
        },
      ],
      [],
    ],
    [
      'a matrix with rows that conditions could not tell apart, row by row',
      {
        type: 'matrix',
        title: { default: 'How sure?', cy: 'Pa mor sicr?' },
        columns: [1, 2],
        rows: ['r.1', { value: 's', text: 'S' }],
      },
      [
        {
          type: 'radiogroup',
          name: 'q.r.1',
          title: { default: 'How sure? r.1', cy: 'Pa mor sicr? r.1' },
          choices: [1, 2],
        },
        {
          type: 'radiogroup',
          name: 'q.s',
          title: { default: 'How sure? S', cy: 'Pa mor sicr? S' },
          choices: [1, 2],
        },
      ],
      ['changed q: A matrix is asked as one question a row, 2 in all.'],
    ],
    [
      'words with markup',
      {
        type: 'html',
        html: '<p>Read <b>this</b>&nbsp;&amp; that.</p><script>alert(1)</script><p>5 < 6<br>Then go on</p>',
      },
      [{ type: 'html', name: 'q', html: 'Read this & that.\n5 < 6\nThen go on' }],
      ['changed q: Its words are shown as plain text, without what HTML makes of them.'],
    ],
    [
      'a number without a step',
      { type: 'text', inputType: 'number', min: 0, max: 40 },
      [{ type: 'text', name: 'q', inputType: 'number', min: 0, max: 40, step: 0.01 }],
      ['changed q: Its answer can have two decimal places at most.'],
    ],
    [
      'a list of tags with a choice that stands alone',
      { type: 'tagbox', choices: ['x'], hasNone: true, noneText: 'None of them' },
      [
        {
          type: 'checkbox',
          name: 'q',
          choices: ['x', { value: 'none', text: 'None of them', isExclusive: true }],
        },
      ],
      [
        'changed q: The choice "None of them" is listed with the others.',
        'changed q: A list of tags is asked as checkboxes.',
      ],
    ],
    [
      'a value with its text in one string',
      { type: 'radiogroup', choices: ['x|An x', 'y'] },
      [{ type: 'radiogroup', name: 'q', choices: [{ value: 'x', text: 'An x' }, 'y'] }],
      ['changed q: Choice "x|An x" is the value "x" with the text "An x".'],
    ],
    [
      'choices that are counted up',
      { type: 'dropdown', choicesMin: 1, choicesMax: 7, choicesStep: 3 },
      [{ type: 'dropdown', name: 'q', choices: [1, 4, 7] }],
      ['changed q: Its choices are listed one by one, from 1 to 7.'],
    ],
    [
      'a longest text that a validator says',
      { type: 'text', validators: [{ type: 'text', maxLength: 40 }] },
      [{ type: 'text', name: 'q', maxLength: 40 }],
      ['changed q: Its answer can be 40 characters long at most.'],
    ],
    [
      'tags in a title',
      { type: 'comment', title: 'Is <b>one</b> on = 2 <3?', maxLength: 5 },
      [{ type: 'comment', name: 'q', title: 'Is <b>one</b> on = 2 <3?', maxLength: 5 }],
      ['changed q: The setting "title" is shown as it is written, tags included.'],
    ],
  ])('%s', (_, part, elements, sentences) => {
    const result = asked(part);
    expect(result.elements).toEqual(elements);
    expect(result.said).toEqual(sentences);
  });
});

describe('what cannot be honoured is said with its place', () => {
  test.each<[string, Part, number, string[]]>([
    ...['file', 'image', 'expression', 'matrixdynamic', 'paneldynamic', 'made-up', 'constructor'].map(
      (type): [string, Part, number, string[]] => [
        `the kind ${type}`,
        { type },
        0,
        [`unsupported q: Questions of the kind "${type}" cannot be asked yet.`],
      ],
    ),
    ['no kind', {}, 0, ['unsupported q: Questions of the kind that is not named cannot be asked yet.']],
    [
      'choices from another address',
      { type: 'dropdown', choicesByUrl: { url: 'https://example.org' } },
      0,
      ['unsupported q: Its choices come from another address, and no address is called.'],
    ],
    [
      'what is never shown',
      { type: 'text', visible: false, maxLength: 5 },
      0,
      ['unsupported q: It is never shown.'],
    ],
    [
      'a pattern',
      { type: 'text', maxLength: 5, validators: [{ type: 'regex', regex: '^(a+)+$' }] },
      1,
      ['unsupported q: Answers cannot be checked in the way "regex" yet.'],
    ],
    [
      'a kind of text',
      { type: 'text', maxLength: 5, inputType: 'email' },
      1,
      ['unsupported q: The setting "inputType" ("email") cannot be honoured.'],
    ],
    [
      'a limit that follows from an earlier answer, and a step of five',
      { type: 'text', inputType: 'number', minValueExpression: '{role}', max: '40', step: 5 },
      1,
      [
        'unsupported q: The setting "minValueExpression" ("{role}") cannot be honoured.',
        'unsupported q: The setting "step" can only be 1, 0.1 or 0.01.',
        'unsupported q: The setting "max" is not a limit that can be honoured.',
      ],
    ],
    [
      'an order of the alphabet',
      { type: 'radiogroup', choices: ['b', 'a'], choicesOrder: 'asc' },
      1,
      ['unsupported q: The setting "choicesOrder" ("asc") cannot be honoured.'],
    ],
    [
      'HTML without words',
      { type: 'html', html: '<img src="x"><script>alert(1)</script>' },
      0,
      ['unsupported q: There are no words to read in it.'],
    ],
    [
      'a box for another answer',
      { type: 'radiogroup', choices: ['x'], hasOther: true },
      1,
      ['unsupported q: The setting "showOtherItem" (true) cannot be honoured.'],
    ],
    [
      'a choice under a condition',
      { type: 'radiogroup', choices: ['x', { value: 'y', visibleIf: "{role} = 'a'" }] },
      1,
      ['unsupported q: Choice "y": It stands under a condition, which cannot be honoured yet.'],
    ],
    [
      'a text too long',
      { type: 'comment', maxLength: 5000 },
      1,
      ['unsupported q: A text can be 2000 characters long at most.'],
    ],
    [
      'a language of no such name',
      { type: 'comment', maxLength: 5, title: { default: 'Why?', 'x y': 'Pam?' } },
      1,
      ['unsupported q: The text in x y cannot be kept.'],
    ],
    [
      'no English',
      { type: 'comment', maxLength: 5, title: { cy: 'Pam?' } },
      1,
      ['unsupported q: The setting "title" has no text in English.'],
    ],
    [
      'a rating without an end',
      { type: 'rating', rateMax: 1e9 },
      0,
      ['unsupported q: A rating needs 2 to 20 steps that are whole numbers or listed.'],
    ],
    [
      'a second question of the same name',
      { type: 'comment', name: 'role', maxLength: 5 },
      0,
      ['unsupported role: Another question is named "role" already: the two would share one answer.'],
    ],
    [
      'a condition that is none',
      { type: 'comment', visibleIf: true },
      0,
      ['unsupported q: A condition is a text of 10000 characters at most.'],
    ],
  ])('%s', (_, part, questions, sentences) => {
    const result = asked(part);
    expect(result.elements).toHaveLength(questions);
    expect(result.said).toEqual(sentences);
  });

  test('settings of the whole, of a page and of a group', () => {
    const reading = readSurveyJs(
      {
        title: 'T',
        triggers: [{ type: 'complete' }],
        completedHtml: '<b>Bye</b>',
        locale: 'cy',
        pages: [
          {
            name: 'one',
            title: 'One',
            timeLimit: 5,
            elements: [
              {
                type: 'panel',
                name: 'g',
                title: 'G',
                elements: [{ type: 'radiogroup', name: 'q', choices: [1, 2] }],
              },
              { type: 'panel', name: 'h', enableIf: '{q} = 1', elements: [{ type: 'text', name: 't' }] },
            ],
          },
        ],
      },
      'Untitled',
    );
    expect(said(reading)).toEqual([
      'unsupported the whole questionnaire: The setting "triggers" cannot be honoured.',
      'changed the whole questionnaire: The setting "completedHtml" is shown as it is written, tags included.',
      'unsupported the whole questionnaire: The page at the end ("completedHtml") cannot be shown.',
      'unsupported the whole questionnaire: The language "cy" cannot be chosen yet: texts are taken as English.',
      'unsupported one: The setting "timeLimit" (5) cannot be honoured.',
      'unsupported g: The title of a group, "G", cannot be shown yet.',
      'changed g: The group is taken apart: its questions stand on the page by themselves.',
      'unsupported h: It can be answered under a condition only, which cannot be honoured.',
    ]);
    expect(reading.definition!.pages[0]!.elements.map(({ name }) => name)).toEqual(['q']);
  });
});

describe('what is taken over as it is, with nothing to say', () => {
  test.each<[string, Part]>([
    [
      'an order of things',
      { type: 'ranking', choices: ['x', 'y'], choicesOrder: 'random', isRequired: true },
    ],
    ['words to read', { type: 'html', html: 'Read this.\nThen go on.' }],
    ['a day within limits', { type: 'text', inputType: 'date', min: '2026-01-01', max: '2026-12-31' }],
    ['a number of decimal places', { type: 'text', inputType: 'number', min: -5, step: 0.1 }],
    ['choices in any order', { type: 'checkbox', choices: ['x', 'y'], choicesOrder: 'random' }],
    [
      'a matrix with rows in any order',
      { type: 'matrix', columns: [1, 2], rows: [{ value: 'r' }], rowOrder: 'random' },
    ],
    [
      'texts in several languages',
      {
        type: 'radiogroup',
        title: { default: 'Why?', cy: 'Pam?', pl: 'Dlaczego?' },
        choices: [
          { value: 'x', text: { default: 'Time', cy: 'Amser' }, hint: { default: 'None', cy: 'Dim' } },
        ],
      },
    ],
  ])('%s', (_, part) => {
    const result = asked(part);
    expect(result.elements).toEqual([{ name: 'q', ...part }]);
    expect(result.said).toEqual([]);
  });

  test('two matrices that are paired stay so when the first gets another name', () => {
    const columns = [1, 2];
    const rows = [{ value: 'r' }];
    const reading = readSurveyJs(
      fileOf([
        { type: 'matrix', name: '_csrf', title: 'M', columns, rows },
        { type: 'matrix', name: 'c', columns, rows, pairedWith: '_csrf' },
      ]),
      'Untitled',
    );
    const [, first, second] = reading.definition!.pages[0]!.elements;
    expect(second!.pairedWith).toBe(first!.name);
    expect(said(reading).filter((sentence) => !sentence.startsWith('changed'))).toEqual([]);
  });
});

describe('conditions', () => {
  test('follow a question that gets another name, but not the words within quotes', () => {
    const file = fileOf(
      [{ type: 'radiogroup', name: '_csrf', choices: ['x', 'y'] }],
      "{_csrf} = 'x' or {#_csrf.length} > 1 or {role} = '{_csrf}'",
    );
    const reading = readSurveyJs(file, 'Untitled');
    const [first, second] = reading.definition!.pages;
    expect(first!.elements[1]).toMatchObject({ name: '_csrf_1', title: '_csrf' });
    expect(second!.elements[0]!.visibleIf).toBe(
      "{_csrf_1} = 'x' or {#_csrf_1.length} > 1 or {role} = '{_csrf}'",
    );
    expect(said(reading)).toEqual(['changed _csrf: The name "_csrf" cannot be used: it is "_csrf_1" now.']);
  });

  test.each(['__proto__', 'constructor', 'toString', 'n'.repeat(200), 'a {b} c'])(
    'so with the name %.12s',
    (name) => {
      const { definition } = readSurveyJs(
        fileOf([{ type: 'radiogroup', name, choices: ['x', 'y'] }]),
        'Untitled',
      );
      const fresh = definition!.pages[0]!.elements[1]!.name;
      expect(fresh).not.toBe(name);
      expect(fresh.length).toBeLessThanOrEqual(100);
    },
  );

  test.each<[string, boolean]>([
    ['{q} = true', true],
    ["{role} = 'a' and {q} <> false", true],
    ["!{q} or ({q} and {role} = 'a')", true],
    ['{q} notempty', true],
    ["{q} = 'Yes'", false],
    ['{q} > 0', false],
    ['{role} = {q}', false],
    ['{q} + 1 = 2', false],
  ])('about a switch mean the same where it is words, or are not taken over: %s', (condition, isTaken) => {
    const reading = readSurveyJs(fileOf([{ type: 'boolean', name: 'q', title: 'Q' }], condition), 'Untitled');
    expect(reading.definition!.pages.length).toBe(isTaken ? 2 : 1);
    expect(said(reading).filter((sentence) => sentence.startsWith('unsupported')).length).toBe(
      isTaken ? 0 : 1,
    );
  });

  test.each<[string, string]>([
    ["{elsewhere} = 'x'", 'Its condition looks at a question that does not stand on an earlier page.'],
    ["{last} = 'x'", 'Its condition looks at a question that does not stand on an earlier page.'],
    ["iif({role} = 'a', 1, 2) = 1", 'Its condition calls a function, which cannot be honoured yet.'],
  ])('that cannot be published are kept, and said: %s', (condition, sentence) => {
    const reading = readSurveyJs(fileOf([], condition), 'Untitled');
    expect(reading.definition!.pages[1]!.elements[0]!.visibleIf).toBe(condition);
    expect(said(reading)).toContain(`unfinished last: ${sentence}`);
  });

  test('on a question that is left out keep the questionnaire from being published', () => {
    const reading = readSurveyJs(fileOf([{ type: 'file', name: 'q' }], '{q} notempty'), 'Untitled');
    expect(reading.notes.map(({ what, place }) => `${what} ${place}`)).toContain('unfinished last');
  });
});

describe('what means nothing here', () => {
  const file = {
    title: 'T',
    showProgressBar: 'top',
    ourNumber: 7,
    pages: [
      {
        name: 'one',
        title: 'One',
        navigationTitle: 'Uno',
        elements: [
          {
            type: 'radiogroup',
            name: 'q',
            colCount: 2,
            ours: { deep: ['x'] },
            choices: [{ value: 1, text: 'One', icon: 'i' }, 2],
          },
        ],
      },
    ],
  };

  test('is kept, said, and stands in its place again at the export', () => {
    const reading = readSurveyJs(file, 'Untitled');
    expect(reading.notes.every(({ what }) => what === 'kept')).toBe(true);
    expect(said(reading)).toContain('kept q: Kept for the export, without effect here: "colCount", "ours".');
    const text = writeSurveyJs(reading.definition!);
    expect(JSON.parse(text)).toEqual(file);
    expect(writeSurveyJs(readSurveyJsText(text, 'Untitled').definition!)).toBe(text);
  });

  test('says nothing where it is what is so anyway', () => {
    const usual = {
      ...file.pages[0]!.elements[0],
      colCount: 1,
      visible: true,
      readOnly: false,
      ours: undefined,
    };
    const { ours: _, ...element } = usual;
    const reading = readSurveyJs(
      { title: 'T', pages: [{ name: 'one', title: 'One', elements: [{ ...element, choices: [1, 2] }] }] },
      'U',
    );
    expect(reading.notes).toEqual([]);
  });
});

describe('a framework', () => {
  const framework: AskedFramework = {
    id: 'f',
    title: 'Listening',
    codes: ['A1', 'A2'],
    scale: [0, 1, 2].map((level) => ({ level, label: `Level ${level}`, descriptor: '' })),
  };
  const levels = { type: 'radiogroup', choices: [0, 1, 2, 'na'] };
  const tiedTo = (elements: Part[]) => readSurveyJs(fileOf(elements), 'Untitled', framework);
  const marksOf = ({ definition }: { definition: Definition | null }) =>
    definition!.pages[0]!.elements.slice(1).map(({ competency, measure, rows }) => [
      competency ?? rows?.[0]?.competency,
      measure,
    ]);

  test('is asked about by questions named after its competencies, and explains their levels', () => {
    const reading = tiedTo([
      { ...levels, name: 'A1' },
      { ...levels, name: 'A2__confidence' },
      { type: 'matrix', name: 'm', columns: [0, 1], rows: ['A2'] },
      { ...levels, name: 'A3' },
      { type: 'comment', name: 'A1__needed', maxLength: 5 },
    ]);
    expect(marksOf(reading)).toEqual([
      ['A1', 'level'],
      ['A2', 'confidence'],
      ['A2', 'level'],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(said(reading)).toContain('changed A1: It asks about the competency A1, as its name says.');
    expect(reading.definition!.scale).toEqual(framework.scale);
  });

  test('refuses competencies and levels it does not have', () => {
    const reading = tiedTo([
      { ...levels, name: 'x', competency: 'B9', measure: 'level' },
      { ...levels, name: 'y', competency: 'A1', measure: 'level', choices: [1, 2, 3] },
      {
        type: 'matrix',
        name: 'm',
        columns: [0, 1],
        rows: [{ value: 'r', competency: 'B8' }],
        measure: 'level',
      },
    ]);
    expect(said(reading)).toEqual([
      'unsupported x: The framework Listening has no competency B9.',
      'unsupported y: Its answers are not the levels of the framework, 0, 1, 2.',
      'unsupported m: The framework Listening has no competency B8.',
    ]);
    expect(marksOf(reading)).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
});

describe('a file that means harm is refused, or does none', () => {
  test('a script in a title of any language', () => {
    const title = { default: 'One', cy: 'Un <script>alert(1)</script>' };
    const reading = readSurveyJs(fileOf([{ type: 'comment', name: 'q', title, maxLength: 5 }]), 'Untitled');
    expect(reading.definition).toBeNull();
    expect(said(reading)).toEqual([
      'refused q: The setting "title" holds a script, which no text for respondents needs.',
    ]);
  });

  test.each(Object.entries({ ...hostileDefinitions, ...hostileFiles }))('%s', (_, make) => {
    const { definition, notes } = readSurveyJs(make(), 'Untitled');
    expect('polluted' in {} || 'polluted' in globalThis).toBe(false);
    if (!definition) {
      expect(notes.some(({ what }) => what === 'refused')).toBe(true);
      return;
    }
    // What is taken over has become another thing, or is said not to be.
    expect(notes.length).toBeGreaterThan(0);
    const text = JSON.stringify(definition.pages);
    expect(text).not.toMatch(/choicesByUrl|navigateToUrl|triggers|calculatedValues|"regex"/);
  });

  test.each<[string, string]>([
    ['brackets only', '['.repeat(100_000)],
    ['closed brackets', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['half a file', '{"pages": [{"name": "p"'],
    ['words', 'Which ward do you work on?'],
    ['nothing', ''],
    ['a list', '[]'],
    ['no pages', '{"title": "T"}'],
    ['pages and questions', '{"pages": [{"name": "p"}], "elements": [{"type": "text", "name": "q"}]}'],
  ])('%s', (_, text) => {
    const { definition, notes } = readSurveyJsText(text, 'Untitled');
    expect(definition).toBeNull();
    expect(notes.filter(({ what }) => what === 'refused')).toHaveLength(1);
  });
});
