import {
  findVisitableStep,
  firstOpenStep,
  nextStep,
  type Progress,
  previousStep,
  stepsOf,
} from '../../src/questionnaires/journey';
import type { Answers } from '../../src/questionnaires/plan';
import { definitionOf, planOf, radios, words } from '../questionnaires/definitions';

/** Nurses are asked about their ward, managers about their team; who is not confident is asked why. */
const plan = planOf(
  definitionOf(
    { name: 'about', elements: [radios('role', { choices: ['nurse', 'manager'], isRequired: true })] },
    { name: 'ward', visibleIf: "{role} = 'nurse'", elements: [radios('night'), words('ward-remarks')] },
    {
      name: 'skills',
      elements: [
        radios('confident', { isRequired: true }),
        radios('team', { isRequired: true, visibleIf: "{role} = 'manager'" }),
        words('hobby', { visibleIf: "{role} = 'manager'" }),
      ],
    },
    { name: 'why', elements: [words('reason', { visibleIf: "{confident} = 'no'" })] },
    { name: 'end', elements: [words('remarks')] },
  ),
);
const [about, ward, skills, why, end] = [1, 2, 3, 4, 5] as const;

const nurse = { role: 'nurse', confident: 'yes' };
const manager = { role: 'manager', confident: 'yes', team: 'yes' };

describe('the pages shown', () => {
  test.each<[string, Answers, number[]]>([
    ['before anything is answered: those that depend on nothing', {}, [about, skills, end]],
    ['to a nurse: the ward', { role: 'nurse' }, [about, ward, skills, end]],
    ['to a manager: no ward', { role: 'manager' }, [about, skills, end]],
    ['to who is not confident: why', { role: 'manager', confident: 'no' }, [about, skills, why, end]],
    ['to who is confident: no page that would be empty', { confident: 'yes' }, [about, skills, end]],
  ])('%s', (_, answers, numbers) => {
    expect(stepsOf(plan, answers).map((step) => step.number)).toEqual(numbers);
  });

  test('hold only the questions that are shown, in order', () => {
    const asked = (answers: Answers) =>
      stepsOf(plan, answers)
        .find((step) => step.number === skills)!
        .questions.map((question) => question.name);
    expect(asked(nurse)).toEqual(['confident']);
    expect(asked(manager)).toEqual(['confident', 'team', 'hobby']);
  });

  test('keep their number, which stands in their address, whatever is shown before them', () => {
    const numberOfEnd = (answers: Answers) => stepsOf(plan, answers).at(-1)!.number;
    expect([numberOfEnd({}), numberOfEnd(nurse), numberOfEnd(manager)]).toEqual([end, end, end]);
  });
});

describe('the first page still to be sent', () => {
  test.each<[string, Progress, number | undefined]>([
    ['nothing sent: the first', { answers: {}, passed: [] }, about],
    ['one sent: the next that is shown', { answers: { role: 'nurse' }, passed: ['about'] }, ward],
    [
      'one sent: a page that is not shown is skipped',
      { answers: { role: 'manager' }, passed: ['about'] },
      skills,
    ],
    ['a gap: the page in the gap', { answers: nurse, passed: ['about', 'skills', 'end'] }, ward],
    [
      'a page sent with nothing on it that must be answered: the next',
      { answers: nurse, passed: ['about', 'ward'] },
      skills,
    ],
    ['all sent: none', { answers: nurse, passed: ['about', 'ward', 'skills', 'end'] }, undefined],
    ['sent out of order: none', { answers: nurse, passed: ['end', 'skills', 'ward', 'about'] }, undefined],
    ['answered, but not sent: still open', { answers: nurse, passed: ['ward', 'skills', 'end'] }, about],
    [
      'an answer changed that brings a page up: that page',
      { answers: { ...manager, confident: 'no' }, passed: ['about', 'skills', 'end'] },
      why,
    ],
    [
      'an answer changed that takes a page away: none',
      { answers: { ...manager, confident: 'yes', reason: 'Shy' }, passed: ['about', 'skills', 'end'] },
      undefined,
    ],
    [
      'an answer changed that brings back a page sent before: it need not be sent again',
      { answers: { ...nurse, role: 'nurse' }, passed: ['about', 'ward', 'skills', 'end'] },
      undefined,
    ],
    [
      'a required question that appeared on a page sent before: that page again',
      { answers: { role: 'manager', confident: 'yes' }, passed: ['about', 'skills', 'end'] },
      skills,
    ],
    [
      'the required question answered, the one that is not required left: none',
      { answers: manager, passed: ['about', 'skills', 'end'] },
      undefined,
    ],
    [
      'a required answer taken away: its page',
      { answers: { confident: 'yes' }, passed: ['about', 'skills', 'end'] },
      about,
    ],
    ['a page that is in no plan was sent: no difference', { answers: {}, passed: ['nowhere'] }, about],
  ])('%s', (_, progress, number) => {
    expect(firstOpenStep(plan, progress)?.number).toBe(number);
  });
});

describe('a page typed into the address', () => {
  const sent = (answers: Answers, ...passed: string[]): Progress => ({ answers, passed });
  test.each<[string, Progress, number, boolean]>([
    ['the first can always be seen', sent({}), about, true],
    ['the next but one cannot be seen before the next is sent', sent({ role: 'manager' }), skills, false],
    ['the last cannot be seen before all others are sent', sent(nurse, 'about', 'ward'), end, false],
    ['the next can be seen once all before it are sent', sent(nurse, 'about'), ward, true],
    ['a page sent before can be seen again', sent(nurse, 'about', 'ward', 'skills'), ward, true],
    [
      'a page after a gap cannot be seen, though it was sent',
      sent(nurse, 'about', 'skills', 'end'),
      end,
      false,
    ],
    [
      'a page that is not shown to this respondent cannot be seen',
      sent(manager, 'about', 'skills', 'end'),
      ward,
      false,
    ],
    ['a page without a question to ask cannot be seen', sent(manager, 'about', 'skills'), why, false],
    [
      'a page after one with a required question that appeared cannot be seen',
      sent({ role: 'manager', confident: 'yes' }, 'about', 'skills', 'end'),
      end,
      false,
    ],
    [
      'the page with a required question that appeared can',
      sent({ role: 'manager', confident: 'yes' }, 'about', 'skills', 'end'),
      skills,
      true,
    ],
    ['page 0 is none', sent(nurse, 'about', 'ward', 'skills', 'end'), 0, false],
    ['a page after the last is none', sent(nurse, 'about', 'ward', 'skills', 'end'), 6, false],
    ['a page that is no number is none', sent(nurse, 'about', 'ward', 'skills', 'end'), Number.NaN, false],
  ])('%s', (_, progress, number, canVisit) => {
    expect(findVisitableStep(plan, progress, number)?.number).toBe(canVisit ? number : undefined);
  });
});

describe('next and back', () => {
  test.each<[string, Answers, number, number | undefined, number | undefined]>([
    ['from the first page there is no way back', nurse, about, undefined, ward],
    ['pages that are not shown are passed over, both ways', manager, skills, about, end],
    ['a page brought up is next', { ...manager, confident: 'no' }, skills, about, why],
    ['and lies behind', { ...manager, confident: 'no' }, end, why, undefined],
    ['after the last page there is none', nurse, end, skills, undefined],
    ['from a page that is not shown any more, the ones around it', manager, ward, about, skills],
    ['before the first page, at the start, the first is next', {}, 0, undefined, about],
  ])('%s', (_, answers, number, back, next) => {
    expect(previousStep(plan, answers, number)?.number).toBe(back);
    expect(nextStep(plan, answers, number)?.number).toBe(next);
  });

  test('going back from the end and on again passes the same pages', () => {
    const there = [];
    for (let step = nextStep(plan, nurse, 0); step; step = nextStep(plan, nurse, step.number))
      there.push(step.number);
    const back = [];
    for (let step = previousStep(plan, nurse, 99); step; step = previousStep(plan, nurse, step.number))
      back.push(step.number);
    expect(there).toEqual([about, ward, skills, end]);
    expect(back.reverse()).toEqual(there);
  });
});

test('a condition looks at an answer even when its question is not shown any more, as survey-core does until the end', () => {
  const chained = planOf(
    definitionOf(
      { name: 'p1', elements: [radios('a')] },
      { name: 'p2', elements: [radios('b', { visibleIf: "{a} = 'yes'" })] },
      { name: 'p3', elements: [radios('c', { visibleIf: "{b} = 'yes'" })] },
    ),
  );
  const shown = (answers: Answers) => stepsOf(chained, answers).map((step) => step.page.name);
  expect(shown({ a: 'yes', b: 'yes' })).toEqual(['p1', 'p2', 'p3']);
  expect(shown({ a: 'no', b: 'yes' })).toEqual(['p1', 'p3']);
});

describe('a matrix', () => {
  const rated = planOf(
    definitionOf(
      {
        name: 'p1',
        elements: [
          { type: 'matrix', name: 'm', columns: [1, 2], rows: [{ value: 'r1' }, { value: 'r2' }] },
          { type: 'ranking', name: 'order', choices: ['a', 'b'] },
        ],
      },
      { name: 'p2', elements: [{ type: 'html', name: 'words', html: 'Read this', visibleIf: '{m.r1} = 2' }] },
      { name: 'p3', visibleIf: '{m} notempty', elements: [radios('q')] },
      { name: 'p4', visibleIf: '{m.r2} empty and {m.r1} notempty', elements: [radios('z')] },
      { name: 'p5', visibleIf: "{order.length} < 1 or {order[0]} = 'b'", elements: [radios('y')] },
    ),
  );
  const shown = (answers: Answers) => stepsOf(rated, answers).map((step) => step.page.name);

  test.each<[string, Answers, string[]]>([
    ['left out is empty, as is each of its rows', {}, ['p1', 'p5']],
    ['is known by its rows', { 'm.r1': 2 }, ['p1', 'p2', 'p3', 'p4', 'p5']],
    ['with another row is not empty', { 'm.r2': 2 }, ['p1', 'p3', 'p5']],
    ['beside an order', { 'm.r1': 1, 'm.r2': 1, order: ['a', 'b'] }, ['p1', 'p3']],
  ])('%s', (_, answers, pages) => {
    expect(shown(answers)).toEqual(pages);
    // What was looked up for one respondent means nothing for the next.
    expect(shown({})).toEqual(['p1', 'p5']);
  });

  test('and a page with nothing but words is passed by sending it', () => {
    const answers = { 'm.r1': 2 };
    expect(firstOpenStep(rated, { answers, passed: ['p1'] })?.page.name).toBe('p2');
    expect(firstOpenStep(rated, { answers, passed: ['p1', 'p2'] })?.page.name).toBe('p3');
  });
});
