import { absolute, doubleNegative, leading, twoInOne, wordingFindings } from '../../src/checks/wording';
import type { ElementDefinition } from '../../src/questionnaires/definition';
import { definitionOf, onePage, radios, words } from '../questionnaires/definitions';

const rating = (name: string, title: string, change: Partial<ElementDefinition> = {}) =>
  radios(name, { title, choices: [1, 2, 3, 4, 5], ...change });
const rulesIn = (...titles: string[]) =>
  wordingFindings(onePage(...titles.map((title, index) => rating(`q${index}`, title)))).map(
    ({ rule }) => rule,
  );

describe('two questions in one', () => {
  test.each([
    ['Assessing and managing risk', 'Assessing and managing'],
    ['Recognising distress and responding to it', 'Recognising distress and responding'],
    ['Planning or reviewing care', undefined],
    ['I can assess pain and manage it', 'assess pain and manage'],
    ['My manager and my colleagues support me', 'My manager and my colleagues'],
    ['I have the time and/or the tools', 'and/or'],
    ['Supervision/training is easy to get', 'Supervision/training'],
  ])('%s', (title, found) => {
    expect(twoInOne(title)).toBe(found);
  });

  test.each([
    'Finding the right service for a young person',
    'Involving parents or carers in a way that works for the young person',
    'Telling the signs of autism from those of a mental health problem',
    'Using a short questionnaire to track how a young person is doing',
    'Working with health and safety rules',
    'Helping somebody to rest and recover',
    'Knowledge of signs and symptoms of sepsis',
    'I feel that he/she is listened to',
    'Care is there 24/7',
    'My policies and procedures',
    'Nursing and midwifery advice',
    'Thoughts and feelings of a child',
    'Rights, fairness and your own practice',
    'Breathing and swallowing after a stroke',
    'Bleeding and bruising in babies',
    'How confident are you in moving and handling?',
  ])('not: %s', (title) => {
    expect(twoInOne(title)).toBeUndefined();
  });

  test('is looked for in ratings, and named once for a competency rated in several ways', () => {
    const ways = ['confidence', 'frequency'] as const;
    const asked = ways.map((measure, index) =>
      rating(
        `a${index}`,
        `Assessing and treating pain: how ${index === 0 ? 'confident you are' : 'often you do it'}`,
        {
          competency: 'A1',
          measure,
        },
      ),
    );
    const found = wordingFindings(onePage(...asked, words('more', { title: 'Assessing and treating pain' })));
    expect(found.map(({ place }) => place.name)).toEqual(['a0']);
    expect(found[0]!.sentence).toContain('“Assessing and treating”');
  });

  test('of a matrix is one finding, however many rows', () => {
    const [found, ...others] = wordingFindings(
      onePage({
        type: 'matrix',
        name: 'm',
        title: 'How well do you do this?',
        columns: [1, 2, 3],
        rows: [
          { value: 'a', text: 'Assessing and treating pain' },
          { value: 'b', text: 'Walking' },
          { value: 'c', text: 'Recording and sharing what was said' },
        ],
      }),
    );
    expect(others).toEqual([]);
    expect(found!.details).toHaveLength(1);
  });
});

describe('leading words', () => {
  test.each([
    ['Don’t you agree that staffing is poor?', 'Don’t you'],
    ["Wouldn't you say that training helps?", "Wouldn't you"],
    ['Do you agree that training helps?', 'Do you agree that'],
    ['Training is obviously useful', 'obviously'],
    ['Should nurses be paid more?', 'Should'],
    ['As you know, time is short. How short?', 'As you know'],
    ['How terrible is the rota?', 'How terrible'],
    ['How good is your excellent team at handover?', 'your excellent'],
    ['Is it true that managers help?', 'Is it true that'],
  ])('%s', (title, found) => {
    expect(leading(title)).toBe(found);
  });

  test.each([
    'How confident are you?',
    'How far do you agree or disagree?',
    'Explaining clearly what will happen',
    'What should we know before we plan the training?',
    'Is there anything else you would like to say?',
    'Why did you not take part?',
    'Clearly recording what was said',
    'Should a patient fall, how confident are you in what to do next?',
  ])('not: %s', (title) => {
    expect(leading(title)).toBeUndefined();
  });
});

test.each([
  ['I do not think that no training was offered', 'not … no'],
  ['I cannot work without a plan', 'cannot … without'],
  ['It is not that nobody cares', 'not … nobody'],
  ['Restraint is not needed', undefined],
  ['Helping a young person to calm down so that restraint is not needed', undefined],
  ['It is not without merit', undefined],
  ['Do not name anybody. Do not say where.', undefined],
])('double negatives: %s', (title, found) => {
  expect(doubleNegative(title)).toBe(found);
});

test.each([
  ['I always have time', 'always'],
  ['Everybody listens', 'Everybody'],
  ['How often do you feel that nobody listens?', undefined],
  ['I mostly have time', undefined],
  ['Listening to every voice', undefined],
])('absolute words: %s', (title, found) => {
  expect(absolute(title)).toBe(found);
});

test('each rule finds its questions, and plain ones are left alone', () => {
  expect(
    rulesIn(
      'How confident are you in listening?',
      'Assessing and treating pain',
      'Surely you are trained?',
      'I am never without help',
      'I always have time',
    ),
  ).toEqual(['two in one', 'leading', 'double negative', 'absolute', 'absolute']);
});

describe('abbreviations', () => {
  const found = (...titles: string[]) =>
    wordingFindings(onePage(...titles.map((title, index) => words(`q${index}`, { title })))).map(
      ({ judged, place }) => `${judged} ${place.name}`,
    );

  test('are named once, where they first stand', () => {
    expect(found('What did CAMHS do?', 'Was CAMHS quick? And the CMHTs?')).toEqual(['CAMHS q0', 'CMHT q1']);
  });

  test('not those that everybody knows or that are explained', () => {
    expect(
      found(
        'Did the NHS or a GP help in the UK?',
        'Attention deficit hyperactivity disorder (ADHD)',
        'What of ADHD?',
        'A CBT (cognitive behavioural therapy) course',
        'A1 Listening, on COVID-19 wards',
        'WRITTEN IN CAPITALS',
        'Type II diabetes',
      ),
    ).toEqual([]);
  });

  test('not those of a vocabulary’s terms', () => {
    const setting = radios('setting', {
      title: 'Where do you work?',
      facet: 'setting',
      choices: [{ value: 'a', text: 'CAMHS' }],
    });
    expect(wordingFindings(onePage(setting))).toEqual([]);
  });

  test('eight at most', () => {
    const titles = 'ABX BCX CDX DEX EFX FGX GHX HIX IJX'.split(' ').map((short) => `What of ${short}?`);
    expect(found(...titles)).toHaveLength(8);
  });

  test('on a page and in the whole', () => {
    const definition = {
      ...definitionOf({ name: 'p', title: 'About CMHTs', elements: [words('q')] }),
      thanks: 'The DTU',
    };
    expect(wordingFindings(definition).map(({ place }) => place)).toEqual([
      { part: 'questionnaire', name: '' },
      { part: 'page', name: 'p' },
    ]);
  });
});
