import querystring from 'node:querystring';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { Model, type PageModel, type Question } from 'survey-core';
import { examineDefinition } from '../../src/questionnaires/authority';
import { codes, decodeValue } from '../../src/questionnaires/coding';
import { compilePlan } from '../../src/questionnaires/compile';
import type { Definition, PageDefinition } from '../../src/questionnaires/definition';
import { dayFields, positionField } from '../../src/questionnaires/field-names';
import {
  findVisitableStep,
  firstOpenStep,
  nextStep,
  type Step,
  stepsOf,
} from '../../src/questionnaires/journey';
import type { Answers, Plan, PlanItem, PlanQuestion } from '../../src/questionnaires/plan';
import { readPageAnswers } from '../../src/responses/answer.form';
import { freeze } from '../../src/responses/frozen-response';
import { anyDefinition, texts } from './any-definition';
import { definitionOf, demoDefinition, ticks, words } from './definitions';

/**
 * The plan and survey-core, the authority on the format, are walked side by side with the same answers. After
 * every page both must show the same pages and questions, miss the same answers, go to the same page next, and
 * keep the same values. survey-core restores in bulk what was answered before, and is then given the page's answers
 * one by one, because some of its rules run on single changes only.
 */
const definitions = 100;
const walksEach = 20;
const demoWalks = 4;

test('the plan walks generated questionnaires as survey-core does', async () => {
  const seen = new Map<Sight, number>();
  let walked = 0;
  await fc.assert(
    fc.asyncProperty(
      anyDefinition(),
      fc.array(fc.oneof({ weight: 4, arbitrary: walk(2) }, { weight: 1, arbitrary: walk(6) }), {
        minLength: walksEach,
        maxLength: walksEach,
      }),
      async (definition, walks) => {
        fc.pre(isPublishable(definition));
        await walkSideBySide(definition, walks, seen);
        walked += 1;
      },
    ),
    // Shrinking a questionnaire with its walks takes longer than anybody waits.
    { numRuns: definitions, endOnFailure: true },
  );
  // The walks came by what they are to compare.
  expect(walked).toBeGreaterThanOrEqual(definitions);
  expect(sights.filter((sight) => !seen.has(sight))).toEqual([]);
}, 300_000);

test('the plan walks the demo questionnaire as survey-core does', async () => {
  const demo = demoDefinition();
  expect(isPublishable(demo)).toBe(true);
  const walks = fc.array(walk(24), { minLength: 1, maxLength: 1 });
  const model = new Model(demo);
  await fc.assert(
    fc.asyncProperty(walks, (walks) => walkSideBySide(demo, walks, new Map(), model)),
    { numRuns: demoWalks, interruptAfterTimeLimit: 90_000 },
  );
  model.dispose();
}, 120_000);

describe('a condition means the same to both, whatever is answered', () => {
  const definitionWith = (visibleIf: string) =>
    definitionOf(
      {
        name: 'p1',
        elements: [
          ticks('ticks', { choices: ['one', 'two', 'three', 3] }),
          words('words'),
          { type: 'dropdown', name: 'number', choices: [0, 1, 2, 10] },
          {
            type: 'matrix',
            name: 'rated',
            columns: [0, 1, 2, 'na'],
            rows: [{ value: 'r1' }, { value: 'r2' }],
          },
          { type: 'ranking', name: 'order', choices: ['one', 'two', 3] },
          { type: 'text', inputType: 'number', name: 'hours', step: 0.1 },
          { type: 'text', inputType: 'date', name: 'since' },
        ],
      },
      { name: 'p2', visibleIf, elements: [words('more')] },
    );

  test.each([
    "{ticks} = ''",
    "{ticks} <> ''",
    "{ticks} = 'three'",
    "{ticks} <> 'three'",
    '{ticks} < 2',
    '{ticks} > 2',
    "{ticks} <= 'three'",
    '{ticks} contains 3',
    '{ticks.length} > 1',
    "{ticks[0]} = 'two'",
    "{ticks} = ['two', 'one']",
    "{words} = ''",
    "{words} <> ''",
    '{words} < 5',
    '{words.length} > 3',
    "{words} contains 'TWO'",
    '{number} < 2',
    "{number} = '02'",
    '{number} contains 1',
    '!({number} > 1)',
    'count({ticks}) > 1',
    "iif({number} > 1, 'more', 'less') = 'more'",
    '{rated.r1} = 2',
    '{rated.r1} <> 2',
    '{rated.r1} < 2',
    "{rated.r2} = ''",
    '{rated.r2} notempty',
    "{rated.r1} anyof ['na', 1]",
    '{rated} notempty',
    '{rated} empty',
    "{rated} <> ''",
    '{rated} = 2',
    '{rated} contains 2',
    '!{rated.r1}',
    '{rated.r1} = {rated.r2}',
    '{rated.r1} >= {number}',
    '{rated.r3} empty',
    "{order} = ''",
    '{order} empty',
    '{order} notempty',
    "{order[0]} = 'two'",
    "{order} contains 'two'",
    '{order.length} < 1',
    '{hours} > 7',
    "{hours} = '7.5'",
    '{hours} empty',
    '{hours} + {number} > 8',
    "{since} > '2026-01-31'",
    "{since} = '2026-02-01'",
    '{since} notempty',
  ])('%s', (visibleIf) => {
    const definition = definitionWith(visibleIf);
    if (!isPublishable(definition)) return;
    const { plan } = compilePlan(definition);
    const model = new Model(definition);
    for (const body of bodies(plan)) {
      model.data = {};
      setOneByOne(model.pages[0]!, body);
      const { given } = readPageAnswers(plan.pages[0]!.questions, asPosted(body)).value!;
      expect([given, ...shownByPlan(plan, given)]).toEqual([given, ...shownByModel(model)]);
    }
    model.dispose();
  });

  function* bodies(plan: Plan): Generator<Body> {
    for (const ticked of [undefined, 'one', '3', ['one', 'two'], ['two', 'three', '3']])
      yield bodyWith({ ticks: ticked, words: '10', number: '2' });
    for (const typed of ['', '0', '10', 'two words']) yield bodyWith({ words: typed });
    for (const number of ['0', '2', '10']) yield bodyWith({ number, words: '' });
    const [r1, r2] = ['rated.r1', 'rated.r2'];
    for (const rated of [{ [r1]: '2' }, { [r2]: '2' }, { [r1]: 'na', [r2]: '0' }, { [r1]: '1', [r2]: '1' }])
      yield bodyWith({ ...rated, number: '1' });
    const page = plan.pages[0]!.questions;
    const typed = (name: string, pick: number): [string, Typed] => [
      name,
      typedIn(page.find((question) => question.name === name)!, pick),
    ];
    for (const pick of [1, 2, 3, 4]) {
      yield new Map([typed('order', pick), typed('hours', pick), typed('since', pick)]);
    }
    const since: Typed = {
      fields: ['1', '2', '2026'].map((part, index) => [dayFields('since')[index]!, part]),
      value: '2026-02-01',
    };
    yield new Map([
      ['hours', { fields: [['hours', '7,5']], value: 7.5 }],
      ['since', since],
    ]);
  }

  function bodyWith(fields: Record<string, string | string[] | undefined>): Body {
    const sent = Object.entries(fields).filter(([, field]) => field !== undefined);
    return new Map(
      (sent as [string, string | string[]][]).map(([name, field]) => [
        name,
        { fields: [[name, field]], value: valueTyped(name, field) },
      ]),
    );
  }
});

function valueTyped(name: string, field: string | string[]): unknown {
  if (name === 'ticks') return [field].flat();
  return name.startsWith('rated.') && field !== 'na' ? Number(field) : field;
}

function isPublishable(definition: Definition): boolean {
  const findings = [...examineDefinition(definition), ...compilePlan(definition).refusals];
  return findings.every(({ severity }) => severity !== 'error');
}

// ---------------------------------------------------------------------------------------------------------------
// The two, side by side

/** What walks must come by, or they would prove nothing. */
const sights = [
  ...['hidden', 'missing', 'dropped', 'hidden row', 'missing row', 'missing order'],
  ...['row', 'paired row', 'ranking', 'number', 'date', 'information', 'page to read only'],
  ...['number out of range', 'number too fine', 'day out of range', 'no number', 'no day', 'no order'],
  ...['condition on a row', 'condition on a matrix', 'condition on an order'],
] as const;
type Sight = (typeof sights)[number];
type Seen = Map<Sight, number>;

function see(seen: Seen, sight: Sight, times = 1): void {
  if (times > 0) seen.set(sight, (seen.get(sight) ?? 0) + times);
}

async function walkSideBySide(
  definition: Definition,
  walks: Visit[][],
  seen: Seen,
  kept?: Model,
): Promise<void> {
  const { plan } = compilePlan(definition);
  const model = kept ?? new Model(inOneOrder(definition));
  seeWhatIsAsked(plan, seen);
  for (const visits of walks) {
    answerSideBySide(plan, model, visits, seen);
    // survey-core frees nothing while the event loop waits.
    await setImmediate();
  }
  if (!kept) model.dispose();
}

/** survey-core shuffles the rows it is asked about; both are compared in the order of the definition. */
function inOneOrder(definition: Definition): Definition {
  const elements = (page: PageDefinition) =>
    page.elements.map(({ choicesOrder: _, rowOrder: __, ...element }) => element);
  return { ...definition, pages: definition.pages.map((page) => ({ ...page, elements: elements(page) })) };
}

function seeWhatIsAsked(plan: Plan, seen: Seen): void {
  const questions = plan.pages.flatMap((page) => page.questions);
  const conditions = [...plan.pages, ...questions].map(({ visibleIf }) => visibleIf ?? '').join();
  for (const { name, kind, row } of questions) {
    if (row) see(seen, row.pairedWith ? 'paired row' : 'row');
    else if (kind === 'ranking' || kind === 'number' || kind === 'date' || kind === 'information')
      see(seen, kind);
    if (row && conditions.includes(`{${name}}`)) see(seen, 'condition on a row');
    if (row && conditions.includes(`{${row.matrix}}`)) see(seen, 'condition on a matrix');
    if (kind === 'ranking' && conditions.includes(`{${name}`)) see(seen, 'condition on an order');
  }
}

/** A draft and survey-core's data, which must stay the same. */
interface Sides {
  plan: Plan;
  model: Model;
  progress: { answers: Answers; passed: string[] };
  data: Record<string, unknown>;
}

function answerSideBySide(plan: Plan, model: Model, visits: Visit[], seen: Seen): void {
  model.clear(true, true);
  const progress = { answers: {}, passed: [] };
  const sides: Sides = { plan, model, progress, data: {} };
  for (const visit of visits) if (!sendPage(sides, visit, seen)) see(seen, 'missing');
  for (let more = 1; firstOpenStep(plan, sides.progress); more += 1) {
    expect(more).toBeLessThan(2 * plan.pages.length);
    expect(sendPage(sides, { back: 0, picks: [more % 5 || 1] }, seen)).toBe(true);
  }
  const { visible, final } = complete(sides);
  const hidden = plan.pages.flatMap((page) => page.questions).filter(({ name }) => !visible.has(name));
  if (hidden.length > 0) see(seen, 'hidden');
  if (hidden.some(({ row }) => row)) see(seen, 'hidden row');
  if (Object.keys(final).length < Object.keys(sides.data).length) see(seen, 'dropped');
}

/** Sends one page to both. False when it was refused, and nothing of it kept. */
function sendPage(sides: Sides, visit: Visit, seen: Seen): boolean {
  const { plan, model, progress } = sides;
  expectSame(shownByModel(model), shownByPlan(plan, progress.answers));
  expectSame(firstOpenStep(plan, progress)?.page.name, firstOpenPage(model, progress.passed));

  const step = stepToVisit(plan, progress, visit);
  const body = bodyOf(step, visit.picks);
  const form = readPageAnswers(step.questions, asPosted(body));
  const page = model.getPageByName(step.page.name);
  setOneByOne(page, body);
  const refused = Object.keys(form.errors ?? {}).sort();
  expectSame(refused, [...new Set([...missingOn(page), ...wrongIn(body)])].sort());
  if (step.questions.every(({ kind }) => kind === 'information')) see(seen, 'page to read only');
  if (form.errors) {
    seeErrors(step, body, form.errors, seen);
    if (wrongIn(body).length === 0) expect(pageAfter(model, page)).toBeUndefined();
    restore(sides);
    return false;
  }

  for (const name of form.value.left) delete progress.answers[name];
  Object.assign(progress.answers, form.value.given);
  progress.passed.push(step.page.name);
  sides.data = model.data;
  expectSame(flat(plan, sides.data), progress.answers);
  restore(sides);
  expectSame(shownByModel(model), shownByPlan(plan, progress.answers));
  expectSame(nextStep(plan, progress.answers, step.number)?.page.name, pageAfter(model, page));
  return true;
}

/**
 * Has survey-core look at everything afresh, as when a page is opened: of a matrix that was answered otherwise it does not
 * always notice that a page depends on its rows.
 */
function restore({ model, data }: Sides): void {
  model.data = copyOf(data);
}

function seeErrors(step: Step, body: Body, errors: Record<string, string>, seen: Seen): void {
  for (const { name, kind, row } of step.questions) {
    const typed = body.get(name);
    if (errors[name] === undefined) continue;
    if (row) see(seen, 'missing row');
    else if (kind === 'ranking') see(seen, typed?.wrong ? 'no order' : 'missing order');
    else if (typed?.sight) see(seen, typed.sight);
  }
}

/** Submits to both. */
function complete({ plan, model, progress, data }: Sides): {
  visible: Set<string>;
  final: Record<string, unknown>;
} {
  model.data = copyOf(data);
  const visible = new Set(shownByModel(model).flatMap(([, ...questions]) => questions));
  expect(model.tryComplete()).toBe(true);
  const final = flat(plan, model.data);
  const frozen = freeze(plan, progress.answers);
  const questions = plan.pages.flatMap((page) => page.questions);
  const facets = questions.filter(({ facet }) => facet).map(({ name }) => String(final[name] ?? ''));
  expectSame(frozen.facets, facets);
  expectSame(
    [...frozen.ratings].map((byte, place) => meaningOf(plan.items[place]!, byte)),
    plan.items.map((item) => (visible.has(item.name) ? meant(item, final[item.name]) : codes.notShown)),
  );
  const rest = questions.filter(({ facet, measure }) => !facet && !measure).map(({ name }) => name);
  const kept = Object.entries(final).filter(([name]) => rest.includes(name));
  expectSame(frozen.answers ?? {}, Object.fromEntries(kept));
  return { visible, final: model.data };
}

/** As JSON brings it: survey-core takes objects of another realm for no objects. */
function copyOf(data: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(data));
}

/** The same, whatever the order of keys; quicker than a matcher where nothing is wrong. */
function expectSame(one: unknown, other: unknown): void {
  if (JSON.stringify(one) !== JSON.stringify(other)) expect(one).toEqual(other);
}

// ---------------------------------------------------------------------------------------------------------------
// What each of them says, in words both share

type Shown = [page: string, ...questions: string[]][];

function shownByPlan(plan: Plan, answers: Answers): Shown {
  return stepsOf(plan, answers).map((step) => [step.page.name, ...step.questions.map(({ name }) => name)]);
}

function shownByModel(model: Model): Shown {
  return model.visiblePages.map((page) => [page.name, ...shownOn(page).flatMap(namesOf)]);
}

function shownOn(page: PageModel): Question[] {
  return page.questions.filter((question) => question.isVisible);
}

/** A matrix by its rows, in the order of the definition. */
function namesOf(question: Question): string[] {
  if (question.getType() !== 'matrix') return [question.name];
  return question.rows.map(({ value }: { value: string }) => `${question.name}.${value}`);
}

/** The questions of a page that have a wrong answer, or none and must. */
function missingOn(page: PageModel): string[] {
  page.validate(true, false);
  return shownOn(page)
    .filter((question) => question.errors.length > 0)
    .flatMap((question) => {
      if (question.getType() !== 'matrix') return [question.name];
      const answered = Object.keys(question.value ?? {}).map((row) => `${question.name}.${row}`);
      return namesOf(question).filter((name) => !answered.includes(name));
    });
}

function firstOpenPage(model: Model, passed: string[]): string | undefined {
  return model.visiblePages.find((page) => !passed.includes(page.name) || !page.validate(false, false))?.name;
}

function pageAfter(model: Model, page: PageModel): string | undefined {
  model.currentPage = page;
  return model.nextPage() ? model.currentPage.name : undefined;
}

/** survey-core's data as a plan keeps answers: ticks as texts, rows of matrices by names of their own. */
function flat(plan: Plan, data: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const { name, row } of plan.pages.flatMap((page) => page.questions)) {
    const value = row ? (data[row.matrix] as Record<string, unknown> | undefined)?.[row.value] : data[name];
    if (value !== undefined) kept[name] = Array.isArray(value) ? value.map(String) : value;
  }
  const matrices = new Set(plan.pages.flatMap((page) => page.questions).map(({ row }) => row?.matrix));
  for (const name of Object.keys(data)) if (!(name in kept) && !matrices.has(name)) kept[name] = data[name];
  return kept;
}

function meaningOf(item: PlanItem, byte: number): unknown {
  return byte < 4 ? byte : `value ${decodeValue(item, byte)}`;
}

/** What an item's byte must stand for, worked out from survey-core's data. */
function meant(item: PlanItem, value: unknown): unknown {
  if (value === undefined) return codes.skipped;
  if (value === 'na') return codes.notMyRole;
  if (value === 'dk' || (Array.isArray(value) && value.includes('dk'))) return codes.dontKnow;
  if (!Array.isArray(value))
    return `value ${typeof value === 'number' ? value : item.choices.indexOf(String(value))}`;
  return `value ${item.choices.reduce((mask, choice, bit) => mask + (value.includes(choice) ? 2 ** bit : 0), 0)}`;
}

// ---------------------------------------------------------------------------------------------------------------
// The respondent

/** One page sent: which of the pages open to this respondent, and what is picked for its questions. */
interface Visit {
  /** 0 is the first page not sent yet; else one of those before it is sent again. */
  back: number;
  picks: number[];
}

function walk(maxLength: number): fc.Arbitrary<Visit[]> {
  const back = fc.oneof(fc.constant(0), fc.nat(9));
  const picks = fc.array(fc.nat(9999), { minLength: 8, maxLength: 8 });
  return fc.array(fc.record({ back, picks }), { minLength: 1, maxLength });
}

function stepToVisit(plan: Plan, progress: Sides['progress'], visit: Visit): Step {
  const open = firstOpenStep(plan, progress);
  if (visit.back === 0 && open) return open;
  const visitable = stepsOf(plan, progress.answers).filter((step) =>
    findVisitableStep(plan, progress, step.number),
  );
  return visitable[visit.back % visitable.length]!;
}

/** What is typed for one question. */
interface Typed {
  /** The fields a browser without script would send. */
  fields: [name: string, value: string | string[]][];
  /** The same as survey-core is given it; nothing where it is left. */
  value: unknown;
  /** Something survey-core would never be told: its own inputs cannot be filled like that. */
  wrong?: boolean;
  sight?: Sight;
}

/** What is typed on a page, by the question's name. */
type Body = Map<string, Typed>;

function bodyOf(step: Step, picks: number[]): Body {
  return new Map(
    step.questions.map((question, index) => [question.name, typedIn(question, picks[index % picks.length]!)]),
  );
}

function typedIn(question: PlanQuestion, pick: number): Typed {
  const { kind, name } = question;
  if (kind === 'information') return { fields: [], value: undefined };
  if (kind === 'number') return numberTyped(question, pick);
  if (kind === 'date') return dayTyped(question, pick);
  if (kind === 'ranking') return orderTyped(question, pick);
  const field = fieldOf(question, pick);
  const typed = typeof field === 'string' ? field.trim() : field;
  // A matrix of survey-core takes its columns as they are, other questions find them by their text.
  const column = question.row && question.choices.find((choice) => String(choice.value) === typed);
  const value = column ? column.value : typed;
  return {
    fields: field === undefined ? [] : [[name, field]],
    value: kind === 'many' && value !== undefined ? [value].flat() : value,
  };
}

function fieldOf(question: PlanQuestion, pick: number): string | string[] | undefined {
  const left = pick % 5 === 0;
  const choices = question.choices.map(({ value }) => String(value));
  if (question.kind === 'text') return left ? ['', '  ', '\n'][pick % 3]! : texts[pick % texts.length]!;
  if (question.kind === 'one') {
    // A list always sends something, radios only when one is chosen.
    if (left) return pick % 2 ? '' : undefined;
    return choices[pick % choices.length]!;
  }
  if (left) return undefined;
  const alone = question.choices.filter(({ exclusive }) => exclusive);
  if (alone.length > 0 && pick % 4 === 0) return String(alone[pick % alone.length]!.value);
  const together = question.choices.filter(({ exclusive }) => !exclusive).map(({ value }) => String(value));
  const ticked = together.filter((_, index) => (pick >> index) & 1);
  return ticked.length > 1 ? ticked : (ticked[0] ?? together[0]);
}

/** Picks below 5 give what is right. */
function numberTyped({ name, min, max, decimals }: PlanQuestion, pick: number): Typed {
  const typed = (value: number, sight?: Sight): Typed => ({
    fields: [[name, pick % 2 ? ` ${value}` : String(value).replace('.', ',')]],
    value,
    ...(sight ? { sight } : {}),
  });
  if (pick % 5 === 0) return { fields: [[name, '']], value: undefined };
  if (pick % 11 === 6)
    return { fields: [[name, 'a few']], value: undefined, wrong: true, sight: 'no number' };
  const least = Math.ceil(Number(min ?? -3));
  const most = Math.floor(Number(max ?? least + 9));
  if (pick % 11 === 7 && min !== null) return typed(least - 2, 'number out of range');
  if (pick % 11 === 8 && max !== null) return typed(most + 2, 'number out of range');
  if (pick % 11 === 9)
    return typed(Number((least + 5 * 10 ** -(decimals + 1)).toFixed(decimals + 1)), 'number too fine');
  const fine = pick % 3 === 0 && decimals > 0 ? 3 * 10 ** -decimals : 0;
  const within = Math.min(least + (pick % (most - least + 1)) + fine, most);
  return typed(Number(within.toFixed(decimals)));
}

function dayTyped({ name, min, max }: PlanQuestion, pick: number): Typed {
  const typed = (day: string, sight?: Sight): Typed => ({
    fields: day
      .split('-')
      .reverse()
      .map((part, index) => [dayFields(name)[index]!, pick % 2 ? part : String(Number(part))]),
    value: day,
    ...(sight ? { sight } : {}),
  });
  const wrong = (...parts: string[]): Typed => ({
    fields: parts.map((part, index) => [dayFields(name)[index]!, part]),
    value: undefined,
    wrong: true,
    sight: 'no day',
  });
  if (pick % 5 === 0) return { fields: dayFields(name).map((field) => [field, '']), value: undefined };
  if (pick % 11 === 6) return pick % 2 ? wrong('31', '2', '2026') : wrong('3', '', '2026');
  if (pick % 11 === 7 && min !== null) return typed('2025-06-01', 'day out of range');
  if (pick % 11 === 8 && max !== null) return typed('2028-02-29', 'day out of range');
  return typed(['2026-02-28', '2026-03-01', '2026-07-15', '2026-11-21'][pick % 4]!);
}

function orderTyped({ name, choices }: PlanQuestion, pick: number): Typed {
  const values = choices.map(({ value }) => String(value));
  const fields = (positions: number[]): Typed['fields'] =>
    values.map((value, index) => [
      positionField(name, value),
      positions[index] ? String(positions[index]) : '',
    ]);
  if (pick % 5 === 0) return { fields: fields([]), value: undefined };
  if (pick % 11 === 6) return { fields: fields([1]), value: undefined, wrong: true };
  if (pick % 11 === 7) return { fields: fields(values.map(() => 1)), value: undefined, wrong: true };
  const order = values.map((_, index) => values[(index + pick) % values.length]!);
  if (pick % 2) order.reverse();
  return { fields: fields(values.map((value) => order.indexOf(value) + 1)), value: order };
}

function wrongIn(body: Body): string[] {
  return [...body].flatMap(([name, { wrong }]) => (wrong ? name : []));
}

function asPosted(body: Body): Record<string, unknown> {
  const fields = new URLSearchParams({ _csrf: 'token' });
  // Browsers send the line breaks of a text as CRLF.
  for (const [name, field] of [...body.values()].flatMap((typed) => typed.fields)) {
    for (const value of [field].flat()) fields.append(name, value.replaceAll('\n', '\r\n'));
  }
  return querystring.parse(fields.toString());
}

/** Gives survey-core what was typed, without the blanks around a text, which the product never keeps. */
function setOneByOne(page: PageModel, body: Body): void {
  for (const question of shownOn(page)) {
    const value =
      question.getType() === 'matrix' ? rowsTyped(question, body) : body.get(question.name)?.value;
    if (value === undefined || value === '') question.clearValue();
    else question.value = value;
  }
}

function rowsTyped(matrix: Question, body: Body): Record<string, unknown> | undefined {
  const rows = (matrix.rows as { value: string }[]).flatMap(({ value }) => {
    const typed = body.get(`${matrix.name}.${value}`)?.value;
    return typed === undefined || typed === '' ? [] : [[value, typed]];
  });
  return rows.length > 0 ? Object.fromEntries(rows) : undefined;
}
