import fc from 'fast-check';
import { examineDefinition } from '../../src/questionnaires/authority';
import { holds } from '../../src/questionnaires/conditions';
import type { Definition, ElementDefinition } from '../../src/questionnaires/definition';
import { stepsOf } from '../../src/questionnaires/journey';
import type { Answer, Answers, PlanQuestion } from '../../src/questionnaires/plan';
import {
  type Clause,
  type Condition,
  canLookAt,
  choicesToName,
  expressionOf,
  isGroup,
  operatorsFor,
  tidy,
  type Value,
  valuesTaken,
} from '../../src/routing/condition';
import { conditionOf } from '../../src/routing/condition-reading';
import { conditionValues } from '../../src/routing/condition-values';
import { conditionInWords } from '../../src/routing/condition-words';
import { definitionOf, planOf, radios, ticks, words } from '../questionnaires/definitions';

const hostile = [
  "it's",
  'say "hi"',
  '{setting}',
  'a\\b',
  "\\'",
  ']',
  '🙂 é',
  'x and {y} = 1',
  '<b>',
  '3 = 3',
];

const asked: ElementDefinition[] = [
  radios('setting', {
    title: 'Setting',
    choices: [{ value: 'camhs', text: 'CAMHS' }, { value: 'school', text: 'School' }, 'ward', ...hostile],
  }),
  radios('A1', {
    title: 'Level of A1',
    choices: [0, 1, 2, 3, { value: 'na', text: 'Not part of my role' }, { value: 'dk', text: "Don't know" }],
  }),
  ticks('sources', {
    title: 'Sources',
    choices: ['prereg', 'workplace', "it's", 4, { value: 'none', isExclusive: true }],
  }),
  { type: 'text', name: 'years', title: 'Years', inputType: 'number', step: 0.1 },
  { type: 'text', name: 'since', title: 'Since', inputType: 'date' },
  { type: 'ranking', name: 'order', title: 'Order', choices: ['pay', 'time', "it's"] },
  {
    type: 'matrix',
    name: 'able',
    title: 'How able?',
    columns: [0, 1, 2, 'na'],
    rows: [{ value: 'B1', text: 'Noting' }, { value: 'B 2' }],
  },
  words('remarks', { title: 'Remarks' }),
  radios('seen', {
    title: 'Do you see children in your work?',
    choices: [
      { value: 'y', text: 'Yes' },
      { value: 'h', text: 'I do, with some help' },
    ],
  }),
];

const under = (visibleIf?: string): Definition =>
  definitionOf(
    { name: 'first', elements: asked },
    { name: 'second', ...(visibleIf ? { visibleIf } : {}), elements: [words('more')] },
  );
const plan = planOf(under());
const questions = plan.pages[0]!.questions;

/** What the sentence of a clause says, without survey-core. */
function saysSo({ question: name, operator, values }: Clause, answers: Answers): boolean {
  const answer = answers[name];
  const list = Array.isArray(answer) ? answer : answer === undefined ? [] : [answer];
  const has = (value: Value) => list.some((one) => String(one) === String(value));
  const isComparable = typeof answer === typeof values[0];
  switch (operator) {
    case 'is':
    case 'any-of':
    case 'includes-any':
      return values.some(has);
    case 'is-not':
    case 'none-of':
    case 'includes-none':
      return !values.some(has);
    case 'includes-all':
      return values.every(has);
    case 'at-least':
      return isComparable && answer! >= values[0]!;
    case 'at-most':
      return isComparable && answer! <= values[0]!;
    case 'between':
      return isComparable && answer! >= values[0]! && answer! <= values[1]!;
    case 'first':
      return list[0] === values[0];
    case 'answered':
      return list.length > 0;
    case 'not-answered':
      return list.length === 0;
  }
}

function saysSoInAll({ join, parts }: Condition, answers: Answers): boolean {
  const said = parts.map((part) => (isGroup(part) ? saysSoInAll(part, answers) : saysSo(part, answers)));
  return join === 'and' ? said.every(Boolean) : said.some(Boolean);
}

const someDay = fc.constantFrom('2026-01-31', '2026-02-01', '2025-12-31', '1999-06-15');
const someNumber = fc.integer({ min: -30, max: 30 }).map((tenths) => tenths / 10);

function typedFor(question: PlanQuestion): fc.Arbitrary<Value> {
  if (question.kind === 'date') return someDay;
  return question.kind === 'number' ? someNumber : fc.integer({ min: 0, max: 3 });
}

const someClause: fc.Arbitrary<Clause> = fc.constantFrom(...questions).chain((question) =>
  fc.constantFrom(...operatorsFor(question)).chain((operator) => {
    const chosen = fc.constantFrom<Value>(...choicesToName(question).map(({ value }) => value), 'unused');
    const isTyped = question.choices.length === 0 || ['at-least', 'at-most', 'between'].includes(operator);
    const value = isTyped ? typedFor(question) : chosen.filter((one) => one !== 'unused');
    const taken = valuesTaken[operator];
    const values =
      taken === 'some'
        ? fc.uniqueArray(value, { minLength: 1, maxLength: 3 })
        : fc.array(value, { minLength: taken, maxLength: taken });
    return values.map((given) => ({
      question: question.name,
      operator,
      values: operator === 'between' ? [...given].sort((a, b) => (a < b ? -1 : 1)) : given,
    }));
  }),
);

const someJoin = fc.constantFrom('and' as const, 'or' as const);
const someCondition: fc.Arbitrary<Condition> = fc.record({
  join: someJoin,
  parts: fc.array(
    fc.oneof(
      { weight: 3, arbitrary: someClause },
      fc.record({ join: someJoin, parts: fc.array(someClause, { minLength: 1, maxLength: 3 }) }),
    ),
    { minLength: 1, maxLength: 4 },
  ),
});

function answerTo(question: PlanQuestion): fc.Arbitrary<Answer | undefined> {
  const values = question.choices.map(({ value }) => value);
  const given: fc.Arbitrary<Answer> =
    question.kind === 'one'
      ? fc.constantFrom(...values)
      : question.kind === 'many'
        ? fc.subarray(values.map(String), { minLength: 1 })
        : question.kind === 'ranking'
          ? fc.shuffledSubarray(values.map(String), { minLength: values.length })
          : question.kind === 'text'
            ? fc.string({ minLength: 1 })
            : typedFor(question);
  return fc.option(given, { nil: undefined, freq: 4 });
}

const someAnswers: fc.Arbitrary<Answers> = fc
  .tuple(...questions.map(answerTo))
  .map((answers) =>
    Object.fromEntries(
      answers.flatMap((answer, index) => (answer === undefined ? [] : [[questions[index]!.name, answer]])),
    ),
  );

test('an expression gives back the condition it was made from', () => {
  fc.assert(
    fc.property(someCondition, (condition) => {
      const tidied = tidy(condition);
      expect(conditionOf(expressionOf(condition), plan)).toEqual(tidied);
      expect(conditionOf(expressionOf(tidied), plan)).toEqual(tidied);
    }),
    { numRuns: 500 },
  );
});

test('an expression holds exactly when the sentence does, and so does the page under it', () => {
  fc.assert(
    fc.property(someCondition, someAnswers, (condition, answers) => {
      const expression = expressionOf(condition);
      const said = saysSoInAll(condition, answers);
      expect(holds(expression, conditionValues(questions, answers))).toBe(said);
      const pages = plan.pages.with(1, { ...plan.pages[1]!, visibleIf: expression });
      expect(stepsOf({ ...plan, pages }, answers).map(({ number }) => number)).toEqual(said ? [1, 2] : [1]);
      expect(saysSoInAll(tidy(condition), answers)).toBe(said);
    }),
    { numRuns: 500 },
  );
});

test('survey-core finds nothing wrong with any clause as it is written', () => {
  fc.assert(
    fc.property(someClause, (clause) => {
      expect(examineDefinition(under(expressionOf({ join: 'and', parts: [clause] })))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test.each<[string, string]>([
  [
    "{setting} anyof ['camhs', 'school'] and {A1} <= 2",
    'Setting is CAMHS or School, and Level of A1 is at most 2',
  ],
  ["{A1} = 'na'", 'Level of A1 is “Not part of my role”'],
  ["{A1} noneof ['na', 0, 1]", 'Level of A1 is none of “Not part of my role”, 0 and 1'],
  ['{able.B1} >= 1 and {able.B1} <= 2', 'Noting (How able?) is between 1 and 2'],
  [
    "{setting} = 'ward' or ({years} >= 0.5 and {since} <= '2026-01-31')",
    'Setting is ward, or (Years is at least 0.5, and Since is on or before 31 January 2026)',
  ],
  [
    "{sources} allof ['prereg', 'workplace'] and {sources} noneof ['none']",
    'Sources includes all of prereg and workplace, and Sources does not include “none”',
  ],
  ["{order[0]} = 'pay' and {remarks} empty", 'Order puts first pay, and Remarks is not answered'],
  ["{sources} contains 'prereg'", 'Sources includes prereg'],
  [
    "{seen} = 'y' and {remarks} notempty",
    '“Do you see children in your work?” is Yes, and Remarks is answered',
  ],
  ["{seen} <> 'h'", '“Do you see children in your work?” is not “I do, with some help”'],
])('%s is said as: %s', (expression, sentence) => {
  expect(conditionInWords(expression, plan)).toBe(sentence);
});

test.each([
  "!({setting} = 'ward')",
  "{setting} = 'nowhere'",
  '{years} + 1 > 2',
  '{A1} > 2',
  '{years} = {A1}',
  "{setting} contains 'war'",
  "{nobody} = 'x'",
  "{setting} = 'ward' and ({A1} = 1 or ({A1} = 2 and {years} = 3))",
  '{setting} = ',
])('the menus cannot show %s, which stays as it is', (expression) => {
  expect(conditionOf(expression, plan)).toBeNull();
  expect(conditionInWords(expression, plan)).toBe(expression);
});

test('what cannot be told from something else, or cannot be written, is not offered', () => {
  const choices = [
    'yes',
    'Yes',
    ' yes',
    'no',
    '1e1',
    10,
    'equals',
    'a=>b',
    'ends\\',
    'undefined',
    'é',
    'É',
    "'q'",
    'ok',
  ];
  const { questions: offered } = planOf(
    definitionOf({
      name: 'p',
      elements: [radios('q', { choices }), words('a=>b'), words('c}d'), words('e.length')],
    }),
  ).pages[0]!;
  expect(choicesToName(offered[0]!).map(({ value }) => value)).toEqual(['no', 'ok']);
  expect(offered.filter(canLookAt).map(({ name }) => name)).toEqual(['q']);
});

test('more and less mean nothing to those who said it is not part of their role, or said nothing', () => {
  for (const expression of ['{A1} >= 0', '{A1} <= 3', '{A1} >= 0 and {A1} <= 3']) {
    for (const answers of [{ A1: 'na' }, { A1: 'dk' }, {}] as Answers[]) {
      expect(holds(expression, answers)).toBe(false);
    }
  }
});
