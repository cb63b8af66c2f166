import { examineDefinition } from '../../src/questionnaires/authority';
import { encode } from '../../src/questionnaires/coding';
import { compilePlan } from '../../src/questionnaires/compile';
import type { Definition } from '../../src/questionnaires/definition';
import { questionnaireFrom } from '../../src/questionnaires/generation';
import { stepsOf } from '../../src/questionnaires/journey';
import { gapSources, professions, settings, smallFramework } from '../support/make';
import {
  contentOf,
  definitionOf,
  demoDefinition,
  onePage,
  planOf,
  radios,
  termsOf,
  ticks,
  words,
} from './definitions';

const everywhere = 'the whole questionnaire';
const looksAhead = 'Its condition looks at a question that does not stand on an earlier page.';

describe('what the plan cannot honour is refused, with the place and a sentence', () => {
  test.each<[string, Definition, string, string]>([
    ...['rating', 'boolean', 'panel', 'file', 'expression', 'paneldynamic', 'nonsense'].map(
      (type): [string, Definition, string, string] => [
        `a question of the kind ${type}`,
        onePage({ type, name: 'q' }),
        'q',
        `Questions of the kind "${type}" cannot be asked yet.`,
      ],
    ),
    [
      'an unknown setting of the questionnaire',
      { ...onePage(radios('q')), triggers: [] } as Definition,
      everywhere,
      'The setting "triggers" cannot be honoured.',
    ],
    [
      'an unknown setting of a page',
      definitionOf({ name: 'page-1', elements: [radios('q')], readOnly: true } as never),
      'page-1',
      'The setting "readOnly" cannot be honoured.',
    ],
    [
      'an unknown setting of a question',
      onePage({ ...radios('q'), requiredIf: '{q} = 1' } as never),
      'q',
      'The setting "requiredIf" cannot be honoured.',
    ],
    [
      'choices fetched from elsewhere',
      onePage({ ...radios('q'), choicesByUrl: { url: 'http://127.0.0.1' } } as never),
      'q',
      'The setting "choicesByUrl" cannot be honoured.',
    ],
    [
      'an unknown setting of a choice',
      onePage(radios('q', { choices: ['yes', { value: 'no', visibleIf: '{q} = 1' } as never] })),
      'q',
      'The setting "visibleIf" cannot be honoured.',
    ],
    [
      'two questions of one name, on one page',
      onePage(radios('q'), words('q')),
      'q',
      'Two questions are named "q".',
    ],
    [
      'two questions of one name, on two pages',
      definitionOf({ name: 'p1', elements: [radios('q')] }, { name: 'p2', elements: [radios('q')] }),
      'q',
      'Two questions are named "q".',
    ],
    [
      'two choices of the same value',
      onePage(radios('q', { choices: ['yes', { value: 'yes', text: 'Yes again' }] })),
      'q',
      'Two choices have the same value.',
    ],
    [
      'a question named as a box of a day is',
      onePage({ type: 'text', inputType: 'date', name: 'q' }, radios('q-month')),
      'q-month',
      'Its answer and that to "q" would share the field "q-month".',
    ],
    [
      'a question named as a position of an order is',
      onePage(radios('q:a'), { type: 'ranking', name: 'q', choices: ['a', 'b'] }),
      'q',
      'Its answer and that to "q:a" would share the field "q:a".',
    ],
    [
      'a row named as every object is',
      onePage({ type: 'matrix', name: 'q', columns: [1], rows: [{ value: '__proto__' }] }),
      'q',
      'The setting "value" is a reserved one: choose another.',
    ],
    [
      'a condition that compares an order as a whole',
      definitionOf(
        { name: 'p1', elements: [{ type: 'ranking', name: 'o', choices: ['a', 'b'] }] },
        { name: 'p2', elements: [radios('q', { visibleIf: "{o} = ['a', 'b']" })] },
      ),
      'q',
      'Its condition can ask what the order "o" contains, whether it is empty or what stands first, {o[0]}: not compare it as a whole.',
    ],
    [
      'a number and a text that read the same in a body',
      onePage(radios('q', { choices: [1, '1'] })),
      'q',
      'Two choices have the same value.',
    ],
    [
      'a condition that looks at the same question',
      onePage(radios('q', { visibleIf: "{q} = 'yes'" })),
      'q',
      looksAhead,
    ],
    [
      'a condition that looks at the same page',
      onePage(radios('q1'), radios('q2', { visibleIf: "{q1} = 'yes'" })),
      'q2',
      looksAhead,
    ],
    [
      'a condition that looks at a later page',
      definitionOf(
        { name: 'p1', elements: [radios('q1', { visibleIf: "{q2} = 'yes'" })] },
        { name: 'p2', elements: [radios('q2')] },
      ),
      'q1',
      looksAhead,
    ],
    [
      "a page's condition that looks at its own questions",
      definitionOf({ name: 'p1', elements: [radios('q1')], visibleIf: '{q1} empty' }),
      'p1',
      looksAhead,
    ],
    [
      'a condition of which only one half looks back',
      definitionOf(
        { name: 'p1', elements: [radios('q1')] },
        { name: 'p2', elements: [radios('q2', { visibleIf: "{q1} = 'yes' or {q3} = 'yes'" }), radios('q3')] },
      ),
      'q2',
      looksAhead,
    ],
    [
      'a condition that looks at no question there is',
      definitionOf(
        { name: 'p1', elements: [radios('q1')] },
        { name: 'p2', elements: [radios('q2', { visibleIf: "{profession} = 'midwife'" })] },
      ),
      'q2',
      looksAhead,
    ],
    [
      'a page without questions',
      definitionOf({ name: 'p1', elements: [radios('q1')] }, { name: 'p2', elements: [] }),
      'p2',
      'The page has no questions.',
    ],
    [
      'a question without choices',
      onePage({ type: 'dropdown', name: 'q' }),
      'q',
      'The question has no choices.',
    ],
    [
      'a question with an empty list of choices',
      onePage(ticks('q', { choices: [] })),
      'q',
      'The question has no choices.',
    ],
    [
      'a text that is too long',
      onePage(words('q', { maxLength: 2001 })),
      'q',
      'A text can be 2000 characters long at most.',
    ],
    [
      'too many ticks to count',
      onePage(ticks('q', { measure: 'where', choices: ['a', 'b', 'c', 'd', 'e', 'f'] })),
      'q',
      'A counted question can offer 5 ticks at most.',
    ],
    [
      'too many questions',
      definitionOf(
        { name: 'p1', elements: Array.from({ length: 200 }, (_, index) => words(`q${index}`)) },
        { name: 'p2', elements: [words('one-more')] },
      ),
      everywhere,
      'There are more than 200 questions.',
    ],
  ])('%s', (_, definition, place, sentence) => {
    const { refusals } = compilePlan(definition);
    expect(refusals).toContainEqual({ severity: 'error', place, sentence });
  });

  test.each<[string, Definition]>([
    [
      'five ticks and one that stands apart',
      onePage(
        ticks('q', {
          measure: 'where',
          choices: [
            'a',
            'b',
            'c',
            'd',
            'e',
            { value: 'none', isExclusive: true },
            { value: 'dk', isExclusive: true },
          ],
        }),
      ),
    ],
    [
      'twenty ticks that nobody counts',
      onePage(ticks('q', { choices: Array.from({ length: 20 }, (_, index) => `choice ${index}`) })),
    ],
    ['a text of the greatest length', onePage(words('q', { maxLength: 2000 }))],
    [
      'as many questions as there may be',
      onePage(...Array.from({ length: 200 }, (_, index) => words(`q${index}`))),
    ],
    [
      'conditions that look at earlier pages',
      definitionOf(
        { name: 'p1', elements: [radios('q1'), ticks('q2')] },
        {
          name: 'p2',
          elements: [radios('q3', { visibleIf: "{q1} = 'yes' and {q2} contains 'one'" })],
          visibleIf: '{q2} notempty',
        },
      ),
    ],
  ])('but not %s', (_, definition) => {
    expect(compilePlan(definition).refusals).toEqual([]);
    expect(examineDefinition(definition)).toEqual([]);
  });
});

/** Definitions that are SurveyJS, or nearly, and that a plan would get wrong: each must be refused by somebody. */
describe('nothing is published that respondents would meet otherwise than it is written', () => {
  const two = (visibleIf: string) =>
    definitionOf(
      { name: 'p1', elements: [radios('q1')] },
      { name: 'p2', elements: [radios('q2', { visibleIf })] },
    );
  test.each<[string, unknown]>([
    ['no pages', { title: 'Empty' }],
    ['an empty list of pages', { title: 'Empty', pages: [] }],
    ['questions without pages', { title: 'Old', elements: [radios('q')] }],
    ['a page without a list of questions', definitionOf({ name: 'p1' } as never)],
    ['a page without a name', definitionOf({ elements: [radios('q')] } as never)],
    ['an introduction that is not a text', { ...onePage(radios('q')), introduction: 5 }],
    ['a title in a language that is none', { ...onePage(radios('q')), title: { 'in Welsh': 'Teitl' } }],
    [
      "an earlier answer in a question's title in another language",
      onePage(radios('q', { title: { default: 'a', cy: 'b {q}' } })),
    ],
    ['information with tags', onePage({ type: 'html', name: 'q', html: 'Read <b>this</b>' })],
    ['a scale that is not a list of levels', { ...onePage(radios('q')), scale: [{ step: 1 }] }],
    [
      "an earlier answer in a question's title",
      definitionOf(
        { name: 'p1', elements: [radios('q1')] },
        { name: 'p2', elements: [radios('q2', { title: 'You said {q1}. Why?' })] },
      ),
    ],
    ['a length that is not a number', onePage(words('q', { maxLength: 'ten' as never }))],
    ['a length below one', onePage(words('q', { maxLength: -1, isRequired: true }))],
    ['required, in a word', onePage(radios('q', { isRequired: 'false' as never }))],
    ['a choice without a value', onePage(radios('q', { choices: [{ text: 'Yes' } as never] }))],
    ['a choice of the empty text', onePage(radios('q', { choices: ['', 'no'] }))],
    ['choices that are objects', onePage(radios('q', { choices: [{ value: { level: 1 } } as never] }))],
    ['a condition that asks the running survey', two("displayValue('q1') = 'yes'")],
    ['a condition that is not a text', two({ q1: 'yes' } as never)],
    ["the name of the form's own field", onePage(radios('_csrf'))],
    ['a facet asked in words', onePage(words('q', { facet: 'profession' }))],
    ['a facet with several answers', onePage(ticks('q', { facet: 'profession' }))],
    [
      'a facet asked twice',
      onePage(radios('q1', { facet: 'profession' }), radios('q2', { facet: 'profession' })),
    ],
    ['a measure nobody knows', onePage(radios('q', { measure: 'mood' as never }))],
  ])('%s', (_, definition) => {
    expect(whatPublishingSays(definition)).toContainEqual(
      expect.objectContaining({ severity: 'error', place: expect.any(String), sentence: expect.any(String) }),
    );
  });

  /** A counted question must have a code for each of its answers, or the submission of whoever gives it breaks. */
  test.each<[string, Definition, (string | number | string[])[]]>([
    ['a text', onePage(words('q', { measure: 'level' })), ['Anything']],
    [
      'true and false',
      onePage(radios('q', { measure: 'level', choices: [true, false] as never })),
      [true, false] as never,
    ],
    [
      'levels with a word among them',
      onePage(radios('q', { measure: 'level', choices: [0, 1, 'other'] })),
      [0, 1, 'other'],
    ],
    [
      'ticks with numbers for values',
      onePage(ticks('q', { measure: 'where', choices: [1, 2] })),
      [['1'], ['2'], ['1', '2']],
    ],
    [
      'more choices than a byte can tell apart',
      onePage({
        type: 'dropdown',
        name: 'q',
        measure: 'level',
        choices: Array.from({ length: 300 }, (_, level) => level),
      }),
      Array.from({ length: 300 }, (_, level) => level),
    ],
  ])('counted, %s: every answer has a byte of its own, or it is refused', (_, definition, answers) => {
    if (whatPublishingSays(definition).some(({ severity }) => severity === 'error')) return;
    const item = compilePlan(definition).plan.items[0]!;
    const bytes = [...Buffer.from(answers.map((answer) => encode(item, answer)))];
    expect(new Set(bytes).size).toBe(answers.length);
  });
});

describe('items: what is counted, in the order of the questions', () => {
  const plan = planOf(
    definitionOf(
      { name: 'about-you', elements: [radios('profession', { facet: 'profession' }), words('remarks')] },
      {
        name: 'levels',
        elements: [
          radios('A1', {
            measure: 'level',
            competency: 'A1',
            choices: [1, 2, { value: 5, text: 'Top' }, 'na', 'dk'],
          }),
          { type: 'dropdown', name: 'A2', measure: 'level', competency: 'A2', choices: [3, 0] },
        ],
      },
      {
        name: 'gaps',
        elements: [
          ticks('A__where', {
            measure: 'where',
            domain: 'A',
            choices: ['x', 'y', { value: 'none', isExclusive: true }, 'dk'],
          }),
          radios('A__where_main', { measure: 'where_main', domain: 'A', choices: ['x', 'y', 'dk'] }),
          radios('seen-elsewhere'),
        ],
      },
    ),
  );

  test('facets and uncounted questions take no place', () => {
    expect(plan.items.map((item) => item.name)).toEqual(['A1', 'A2', 'A__where', 'A__where_main']);
    expect(plan.facets).toEqual(['profession']);
  });

  test('values are counted apart in the order of the choices, not my role and not sure excepted', () => {
    expect(plan.items.map((item) => item.values)).toEqual([
      [1, 2, 5],
      [3, 0],
      [0, 1, 2, 3],
      [0, 1],
    ]);
    expect(plan.items.map((item) => item.choices)).toEqual([[], [], ['x', 'y'], ['x', 'y']]);
  });

  test('an item knows its measure and what it is about', () => {
    expect(plan.items.map(({ measure, competency, domain }) => [measure, competency, domain])).toEqual([
      ['level', 'A1', null],
      ['level', 'A2', null],
      ['where', null, 'A'],
      ['where_main', null, 'A'],
    ]);
  });
});

const plain = { min: null, max: null, decimals: 0, shuffled: false, row: null };

test('what is not said is filled in: titles by names, texts of 2000 characters, a sentence for what is required', () => {
  const plan = planOf({ pages: [{ name: 'p1', elements: [radios('q', { isRequired: true }), words('w')] }] });
  expect(plan).toMatchObject({ format: 2, title: '', introduction: [], thanks: '', scale: [], facets: [] });
  expect(plan.pages[0]).toMatchObject({ name: 'p1', title: 'p1', description: '', visibleIf: null });
  expect(plan.pages[0]!.questions).toEqual([
    {
      kind: 'one',
      name: 'q',
      title: 'q',
      hint: '',
      required: true,
      requiredMessage: 'Answer this question: q',
      visibleIf: null,
      choices: [
        { value: 'yes', text: 'yes', hint: '', exclusive: false },
        { value: 'no', text: 'no', hint: '', exclusive: false },
      ],
      maxLength: 0,
      ...plain,
      lines: 0,
      facet: null,
      measure: null,
    },
    {
      kind: 'text',
      name: 'w',
      title: 'w',
      hint: '',
      required: false,
      requiredMessage: 'Answer this question: w',
      visibleIf: null,
      choices: [],
      maxLength: 2000,
      ...plain,
      lines: 4,
      facet: null,
      measure: null,
    },
  ]);
});

test('an introduction is its lines, empty ones left out', () => {
  const plan = planOf({ ...onePage(radios('q')), introduction: 'One.\n\n  \nTwo.' });
  expect(plan.introduction).toEqual(['One.', 'Two.']);
});

test('a plan survives being stored as JSON', () => {
  const plan = planOf(demoDefinition());
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
});

describe('a questionnaire made from a framework', () => {
  const facets = [
    { facet: 'profession', terms: professions.map((code) => termsOf('profession').get(code)!) },
    { facet: 'setting', terms: settings.map((code) => termsOf('setting').get(code)!) },
  ];
  const options = { title: 'A title', introduction: ['Why.'], thanks: 'Thank you.', facets };
  const small = contentOf(smallFramework());

  test.each<[string, Definition]>([
    ['the demo', demoDefinition()],
    ['a small framework', questionnaireFrom(small, options)],
    ['a small framework, with the sources of gaps', questionnaireFrom(small, { ...options, gapSources })],
    [
      'more terms than radios are good for',
      questionnaireFrom(small, {
        ...options,
        facets: [{ facet: 'profession', terms: [...termsOf('profession').values()] }],
      }),
    ],
  ])('passes the authority and the compiler without findings: %s', (_, definition) => {
    expect(examineDefinition(definition)).toEqual([]);
    expect(compilePlan(definition).refusals).toEqual([]);
  });

  test.each(['A', '1', '1.2', 'NMC-4.1', 'A 1', 'a_1', 'ä', 'A(1)', 'A/1', "A'1"])(
    'passes them whatever way the framework numbers its domains and competencies: %s',
    (code) => {
      const domain = { ...smallFramework().domains[0]!, code };
      domain.competencies = [{ code: `${code}.${1}`, title: 'Hearing' }];
      const content = contentOf({ ...smallFramework(), domains: [domain], requiredLevels: [] });
      const definition = questionnaireFrom(content, { ...options, gapSources });
      expect([...examineDefinition(definition), ...compilePlan(definition).refusals]).toEqual([]);
      const several = { [`${code}__where`]: ['prereg', 'offer'] };
      expect(stepsOf(planOf(definition), several).at(-1)!.page.name).toBe('main-sources');
    },
  );

  test('asks every competency once, on the page of its domain, on the scale and as not part of the role', () => {
    const plan = planOf(questionnaireFrom(small, options));
    expect(plan.pages.map((page) => page.questions.map(({ name }) => name))).toEqual([
      ['profession', 'setting'],
      ['A1', 'A2'],
      ['B1'],
    ]);
    expect(plan.pages[1]!.questions[0]!.choices.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 'na']);
    expect(plan.facets).toEqual(['profession', 'setting']);
  });

  test('asks for the main source only where several were ticked', () => {
    const plan = planOf(questionnaireFrom(small, { ...options, gapSources }));
    const asked = (answers: Record<string, string[]>) =>
      stepsOf(plan, answers)
        .filter((step) => step.page.name === 'main-sources')
        .flatMap((step) => step.questions.map(({ name }) => name));
    expect(asked({})).toEqual([]);
    expect(asked({ A__where: ['prereg'], B__where: ['none'] })).toEqual([]);
    expect(asked({ A__where: ['prereg', 'offer'], B__where: ['dk'] })).toEqual(['A__where_main']);
    expect(asked({ A__where: ['prereg', 'workplace', 'offer'], B__where: ['workplace', 'offer'] })).toEqual([
      'A__where_main',
      'B__where_main',
    ]);
  });
});

function whatPublishingSays(definition: unknown) {
  const findings = examineDefinition(definition);
  if (findings.some(({ severity }) => severity === 'error')) return findings;
  return [...findings, ...compilePlan(definition as Definition).refusals];
}
