import { skillsMatrix } from '../../src/frameworks/required-level';
import { codesOf, encode } from '../../src/questionnaires/coding';
import { nextStep } from '../../src/questionnaires/journey';
import type { Answers, Plan } from '../../src/questionnaires/plan';
import { readPageAnswers } from '../../src/responses/answer.form';
import { freeze } from '../../src/responses/frozen-response';
import { readResponses } from '../../src/responses/responses-file.form';
import { seededRandom, simulatedBody, simulatedPerson } from '../../src/responses/simulation';
import { onePage, planOf } from '../questionnaires/definitions';
import { openWorld, type World } from '../support/world';
import { everyKindDefinition, openSurveyOf } from './kinds';
import { expectWithin } from './within';

const plan = planOf(everyKindDefinition);
const questions = plan.pages.flatMap((page) => page.questions);

const answers: Answers = {
  profession: 'midwife',
  years: 12.0,
  started: '2019-01-31',
  'often.listen': 3,
  'often.plan': 'na',
  'matters.listen': 'Much',
  'sure.plan': 3,
  helps: ['time', 'team', 'course'],
};

test('rows that are counted become bytes, everything else that is given stands under its name', () => {
  const { facets, ratings, answers: kept } = freeze(plan, answers);
  expect(facets).toEqual(['midwife']);
  expect(plan.items.map(({ name }) => name)).toEqual(['often.listen', 'often.plan']);
  expect([...ratings]).toEqual(plan.items.map((item) => encode(item, answers[item.name])));
  const { profession, 'often.listen': _, 'often.plan': __, ...rest } = answers;
  expect(kept).toEqual(rest);
});

test('rows that are not shown any more are dropped, counted or not', () => {
  const { answers: kept } = freeze(plan, { ...answers, 'often.listen': 1 });
  expect(Object.keys(kept!)).toEqual(['years', 'started', 'helps']);
});

describe('made-up people', () => {
  const frame = (plan: Plan) => ({ plan, matrix: skillsMatrix([]), tierOf: () => null });

  function answersOf(plan: Plan, seed: number): Answers {
    const person = simulatedPerson(seededRandom(seed));
    let answers: Answers = {};
    for (let step = nextStep(plan, answers, 0); step; step = nextStep(plan, answers, step.number)) {
      const form = readPageAnswers(step.questions, simulatedBody(frame(plan), person, step, answers));
      expect(form.errors).toBeUndefined();
      answers = { ...answers, ...form.value!.given };
    }
    return answers;
  }

  test('answer every kind of question as it allows, the same for the same seed', () => {
    const given = new Set<string>();
    for (let seed = 1; seed <= 200; seed += 1) {
      const made = answersOf(plan, seed);
      expect(answersOf(plan, seed)).toEqual(made);
      for (const question of questions) {
        const answer = made[question.name];
        if (answer === undefined) continue;
        expectWithin(question, answer);
        given.add(question.name);
      }
    }
    const answered = questions.filter(({ kind }) => kind !== 'information' && kind !== 'text');
    expect([...given].sort()).toEqual(answered.map(({ name }) => name).sort());
  });

  test('stay within limits however narrow, and give what is required', () => {
    const isRequired = true;
    const narrow = planOf(
      onePage(
        { type: 'text', inputType: 'number', name: 'half', min: 0.5, max: 0.5, step: 0.1, isRequired },
        { type: 'text', inputType: 'number', name: 'below', max: -7, isRequired },
        { type: 'text', inputType: 'number', name: 'any', isRequired },
        { type: 'text', inputType: 'date', name: 'day', min: '2024-02-29', max: '2024-02-29', isRequired },
        { type: 'text', inputType: 'date', name: 'until', max: '2024-02-29', isRequired },
        { type: 'text', name: 'words', maxLength: 1, isRequired },
        { type: 'ranking', name: 'order', choices: [1, 2], isRequired },
      ),
    );
    for (let seed = 1; seed <= 50; seed += 1) {
      const made = answersOf(narrow, seed);
      for (const question of narrow.pages[0]!.questions) expectWithin(question, made[question.name]!);
      expect([made.half, made.day]).toEqual([0.5, '2024-02-29']);
    }
  });
});

describe('a file', () => {
  const header = ['profession', 'years', 'started', 'often.listen', 'often.plan', 'sure.plan', 'helps'];
  const row = ['midwife', '12', '2019-01-31', '3', 'na', '3', 'time; team ;course'];
  const read = (change: Partial<Record<string, string>> = {}) =>
    readResponses([header, header.map((name, column) => change[name] ?? row[column]!)], plan);

  test('gives the same answers as the pages do', () => {
    const { responses, refusals } = read();
    expect(refusals).toEqual([]);
    const { 'matters.listen': _, ...given } = answers;
    expect(responses).toEqual([{ line: 2, responseId: null, answers: given }]);
  });

  test.each([
    ['years', '61', '“61” cannot be answered here; enter a number from 0 to 60'],
    ['years', '1.5', '“1.5” cannot be answered here; enter a whole number'],
    ['years', '', 'an answer is missing'],
    ['started', '31.1.2019', '“31.1.2019” cannot be answered here; a day is written as 2026-01-31'],
    ['started', '2019-02-30', '“2019-02-30” cannot be answered here; date must be a real date'],
    [
      'started',
      '1969-12-31',
      '“1969-12-31” cannot be answered here; date must be between 1 January 1970 and 22 November 2026',
    ],
    ['often.plan', '9', '“9” cannot be answered here; the answers are 1, 2, 3, na'],
    ...['time;team', 'time;team;team', 'time;team;tea', 'time;team;course;time'].map((cell) => [
      'helps',
      cell,
      `“${cell}” cannot be answered here; each of these must stand in it once, between semicolons: time, course, team`,
    ]),
  ])('is refused with its line, column and reason: %s %s', (column, cell, reason) => {
    expect(read({ [column!]: cell! }).refusals).toEqual([{ line: 2, column, reason }]);
  });

  test('has no column for what is only read', () => {
    const refusal = { line: 1, column: 'words', reason: 'the survey has no such question' };
    expect(readResponses([[...header, 'words'], row], plan).refusals).toEqual([refusal]);
  });
});

describe('on the way', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  beforeEach(() => world.reset());
  afterAll(() => world.close());

  test('nothing is begun without the tick a survey asks for, whatever else is sent', async () => {
    await openSurveyOf(world.services, everyKindDefinition, 'KINDS2');
    const nurse = world.visitor();
    await nurse.get('/s/KINDS2');
    const others: Record<string, string | string[]>[] = [
      {},
      { participation: 'no' },
      { participation: ['yes', 'no'] },
    ];
    for (const fields of others) {
      const refused = await nurse.post('/s/KINDS2', fields).expect(422);
      expect(refused.text).toContain('Tick the box to say that you take part');
      await nurse.get('/s/KINDS2');
    }
    expect(await world.db('drafts')).toHaveLength(0);
    await nurse.submit('/s/KINDS2', { participation: 'yes' });
    expect(nurse.address).toBe('/s/KINDS2/pages/1');
    expect(await world.db('drafts')).toHaveLength(1);
  });

  test('respondents see the rows in orders of their own, each the same on every view and the check page', async () => {
    const rows = ['r1', 'r2', 'r3', 'r4', 'r5'].map((value) => ({ value, text: `The row ${value}` }));
    const matrix = { type: 'matrix', name: 'm', columns: [1, 2], rows, rowOrder: 'random' as const };
    await openSurveyOf(
      world.services,
      onePage({ type: 'radiogroup', name: 'profession', facet: 'profession', choices: ['rn'] }, matrix),
      'KINDS3',
    );
    const orders = new Set<string>();
    for (let person = 0; person < 8; person += 1) {
      const nurse = world.visitor();
      await nurse.get('/s/KINDS3');
      const first = orderIn((await nurse.submit('/s/KINDS3')).text);
      expect(first).toHaveLength(5);
      expect(orderIn((await nurse.get('/s/KINDS3/pages/1')).text)).toEqual(first);
      const refused = await nurse.post('/s/KINDS3/pages/1', { 'm.r1': '3' }).expect(422);
      expect(orderIn(refused.text)).toEqual(first);
      await nurse.get('/s/KINDS3/pages/1');
      expect(orderIn((await nurse.submit('/s/KINDS3/pages/1', { 'm.r2': '1' })).text)).toEqual(first);
      orders.add(first.join());
    }
    // Eight times the same of 120 orders: it will not happen.
    expect(orders.size).toBeGreaterThan(1);
    const [draft] = await world.db('drafts');
    expect(Object.keys(draft.answers)).toEqual(['m.r2']);
  });

  function orderIn(html: string): string[] {
    return [...new Set([...html.matchAll(/The row (r\d)\s*</g)].map(([, row]) => row!))];
  }
});

test('every byte a row can have is a cell of its own', () => {
  expect(plan.items.map(codesOf)).toEqual([7, 7]);
});
