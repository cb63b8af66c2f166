import querystring from 'node:querystring';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { Model, type PageModel, type Question } from 'survey-core';
import { examineDefinition } from '../../src/questionnaires/authority';
import { codes, decodeValue } from '../../src/questionnaires/coding';
import { compilePlan } from '../../src/questionnaires/compile';
import type { Definition, ElementDefinition, PageDefinition } from '../../src/questionnaires/definition';
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
import { definitionOf, demoDefinition, ticks, words } from './definitions';

/**
 * The plan and survey-core, the authority on the format, are walked side by side with the same answers. After
 * every page both must show the same pages and questions, miss the same answers, go to the same page next, and
 * keep the same values. survey-core restores in bulk what was answered before, and is then given the page's answers
 * one by one, because some of its rules run on single changes only.
 */
const definitions = 64;
const walksEach = 3;
const demoWalks = 10;

test('the plan walks generated questionnaires as survey-core does', async () => {
  const seen = { publishable: 0, hidden: 0, missing: 0, dropped: 0 };
  await fc.assert(
    fc.asyncProperty(
      definition(),
      fc.array(walk(10), { minLength: walksEach, maxLength: walksEach }),
      async (definition, walks) => {
        fc.pre(isPublishable(definition));
        seen.publishable += 1;
        await walkSideBySide(definition, walks, seen);
      },
    ),
    { numRuns: definitions, interruptAfterTimeLimit: 90_000 },
  );
  // The walks came by what they are to compare.
  expect(seen.publishable).toBeGreaterThanOrEqual(definitions);
  expect(Math.min(seen.hidden, seen.missing, seen.dropped)).toBeGreaterThan(definitions / 16);
}, 120_000);

test('the plan walks the demo questionnaire as survey-core does', async () => {
  const demo = demoDefinition();
  expect(isPublishable(demo)).toBe(true);
  const walks = fc.array(walk(24), { minLength: 1, maxLength: 1 });
  const model = new Model(demo);
  await fc.assert(
    fc.asyncProperty(walks, (walks) => walkSideBySide(demo, walks, undefined, model)),
    { numRuns: demoWalks, interruptAfterTimeLimit: 90_000 },
  );
  model.dispose();
}, 120_000);

describe('a condition means the same to both, whatever is answered', () => {
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
  ])('%s', (visibleIf) => {
    const numbers = { type: 'dropdown', name: 'number', choices: [0, 1, 2, 10] };
    const definition = definitionOf(
      {
        name: 'p1',
        elements: [ticks('ticks', { choices: ['one', 'two', 'three', 3] }), words('words'), numbers],
      },
      { name: 'p2', visibleIf, elements: [words('more')] },
    );
    if (!isPublishable(definition)) return;
    const { plan } = compilePlan(definition);
    const model = new Model(definition);
    for (const body of bodies()) {
      model.data = {};
      setOneByOne(model.pages[0]!, body);
      const { given } = readPageAnswers(plan.pages[0]!.questions, asPosted(body)).value!;
      expect([given, ...shownByPlan(plan, given)]).toEqual([given, ...shownByModel(model)]);
    }
    model.dispose();
  });

  function* bodies(): Generator<Body> {
    for (const ticked of [undefined, 'one', '3', ['one', 'two'], ['two', 'three', '3']])
      yield* bodiesWith({ ticks: ticked, words: '10', number: '2' });
    for (const typed of ['', '0', '10', 'two words']) yield* bodiesWith({ words: typed });
    for (const number of ['0', '2', '10']) yield* bodiesWith({ number, words: '' });
  }

  function* bodiesWith(fields: Record<string, string | string[] | undefined>): Generator<Body> {
    const sent = Object.entries(fields).filter(([, field]) => field !== undefined);
    yield new Map(sent as [string, string | string[]][]);
  }
});

function isPublishable(definition: Definition): boolean {
  const findings = [...examineDefinition(definition), ...compilePlan(definition).refusals];
  return findings.every(({ severity }) => severity !== 'error');
}

// ---------------------------------------------------------------------------------------------------------------
// The two, side by side

/** How often a walk met a question or page that is not shown, a missing answer, an answer dropped at the end. */
interface Seen {
  hidden: number;
  missing: number;
  dropped: number;
}

async function walkSideBySide(
  definition: Definition,
  walks: Visit[][],
  seen: Seen = { hidden: 0, missing: 0, dropped: 0 },
  kept?: Model,
): Promise<void> {
  const { plan } = compilePlan(definition);
  const model = kept ?? new Model(definition);
  for (const visits of walks) {
    answerSideBySide(plan, model, visits, seen);
    // survey-core frees nothing while the event loop waits.
    await setImmediate();
  }
  if (!kept) model.dispose();
}

/** A draft and survey-core's data, which must stay the same. */
interface Sides {
  plan: Plan;
  model: Model;
  progress: { answers: Answers; passed: string[] };
  data: Record<string, unknown>;
}

function answerSideBySide(plan: Plan, model: Model, visits: Visit[], seen: Seen): void {
  const sides: Sides = { plan, model, progress: { answers: {}, passed: [] }, data: {} };
  for (const visit of visits) if (!sendPage(sides, visit)) seen.missing += 1;
  for (let more = 1; firstOpenStep(plan, sides.progress); more += 1) {
    expect(more).toBeLessThan(2 * plan.pages.length);
    expect(sendPage(sides, { back: 0, picks: [more % 5 || 1] })).toBe(true);
  }
  const { visible, final } = complete(sides);
  if (plan.pages.flatMap((page) => page.questions).some(({ name }) => !visible.has(name))) seen.hidden += 1;
  if (Object.keys(final).length < Object.keys(sides.data).length) seen.dropped += 1;
}

/** Sends one page to both. False when it was refused, and nothing of it kept. */
function sendPage(sides: Sides, visit: Visit): boolean {
  const { plan, model, progress } = sides;
  model.clear(true, true);
  model.data = structuredClone(sides.data);
  expect(shownByModel(model)).toEqual(shownByPlan(plan, progress.answers));
  expect(firstOpenStep(plan, progress)?.page.name).toBe(firstOpenPage(model, progress.passed));

  const step = stepToVisit(plan, progress, visit);
  const body = bodyOf(step, visit.picks);
  const form = readPageAnswers(step.questions, asPosted(body));
  const page = model.getPageByName(step.page.name);
  model.currentPage = page;
  setOneByOne(page, body);
  expect(Object.keys(form.errors ?? {}).sort()).toEqual(missingOn(page).sort());
  if (form.errors) {
    expect(model.nextPage()).toBe(false);
    return false;
  }

  for (const name of form.value.left) delete progress.answers[name];
  Object.assign(progress.answers, form.value.given);
  progress.passed.push(step.page.name);
  sides.data = model.data;
  expect(keptByModel(sides.data)).toEqual(progress.answers);
  expect(shownByModel(model)).toEqual(shownByPlan(plan, progress.answers));
  expect(nextStep(plan, progress.answers, step.number)?.page.name).toBe(pageAfter(model, page));
  return true;
}

/** Submits to both. */
function complete({ plan, model, progress, data }: Sides): {
  visible: Set<string>;
  final: Record<string, unknown>;
} {
  model.clear(true, true);
  model.data = structuredClone(data);
  const visible = new Set(shownByModel(model).flatMap(([, ...questions]) => questions));
  expect(model.tryComplete()).toBe(true);
  const final = model.data;
  const frozen = freeze(plan, progress.answers);
  const questions = plan.pages.flatMap((page) => page.questions);
  const facets = questions.filter(({ facet }) => facet).map(({ name }) => String(final[name] ?? ''));
  expect(frozen.facets).toEqual(facets);
  expect([...frozen.ratings].map((byte, place) => meaningOf(plan.items[place]!, byte))).toEqual(
    plan.items.map((item) => (visible.has(item.name) ? meant(item, final[item.name]) : codes.notShown)),
  );
  const rest = questions.filter(({ facet, measure }) => !facet && !measure).map(({ name }) => name);
  expect(frozen.answers ?? {}).toEqual(keptByModel(final, rest));
  return { visible, final };
}

// ---------------------------------------------------------------------------------------------------------------
// What each of them says, in words both share

type Shown = [page: string, ...questions: string[]][];

function shownByPlan(plan: Plan, answers: Answers): Shown {
  return stepsOf(plan, answers).map((step) => [step.page.name, ...step.questions.map(({ name }) => name)]);
}

function shownByModel(model: Model): Shown {
  return model.visiblePages.map((page) => [page.name, ...shownOn(page).map(({ name }) => name)]);
}

function shownOn(page: PageModel): Question[] {
  return page.questions.filter((question) => question.isVisible);
}

/** The questions of a page that have no answer and must. */
function missingOn(page: PageModel): string[] {
  page.validate(true, false);
  return shownOn(page).flatMap((question) => (question.errors.length > 0 ? question.name : []));
}

function firstOpenPage(model: Model, passed: string[]): string | undefined {
  return model.visiblePages.find((page) => !passed.includes(page.name) || !page.validate(false, false))?.name;
}

function pageAfter(model: Model, page: PageModel): string | undefined {
  model.currentPage = page;
  return model.nextPage() ? model.currentPage.name : undefined;
}

/** Ticks are texts in a plan, whatever their choices are in the definition. */
function keptByModel(data: Record<string, unknown>, names = Object.keys(data)): Record<string, unknown> {
  const kept = names.flatMap((name): [string, unknown][] => {
    const value = data[name];
    if (Array.isArray(value)) return [[name, value.map(String)]];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(kept);
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
  return fc.array(fc.record({ back, picks }), { minLength: 4, maxLength });
}

function stepToVisit(plan: Plan, progress: Sides['progress'], visit: Visit): Step {
  const open = firstOpenStep(plan, progress);
  if (visit.back === 0 && open) return open;
  const visitable = stepsOf(plan, progress.answers).filter((step) =>
    findVisitableStep(plan, progress, step.number),
  );
  return visitable[visit.back % visitable.length]!;
}

/** The fields a browser without script would send, as they stand in the form. */
type Body = Map<string, string | string[]>;

function bodyOf(step: Step, picks: number[]): Body {
  return new Map(
    step.questions.flatMap((question, index): [string, string | string[]][] => {
      const field = fieldOf(question, picks[index % picks.length]!);
      return field === undefined ? [] : [[question.name, field]];
    }),
  );
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

function asPosted(body: Body): Record<string, unknown> {
  const fields = new URLSearchParams({ _csrf: 'token' });
  // Browsers send the line breaks of a text as CRLF.
  for (const [name, field] of body) {
    for (const value of [field].flat()) fields.append(name, value.replaceAll('\n', '\r\n'));
  }
  return querystring.parse(fields.toString());
}

/** Gives survey-core what was typed, without the blanks around a text, which the product never keeps. */
function setOneByOne(page: PageModel, body: Body): void {
  for (const question of shownOn(page)) {
    const field = body.get(question.name);
    const value = typeof field === 'string' ? field.trim() : field;
    if (value === undefined || value === '') question.clearValue();
    else question.value = question.getType() === 'checkbox' ? [value].flat() : value;
  }
}

// ---------------------------------------------------------------------------------------------------------------
// The questionnaires

const texts = ['yes', 'no', '3', ' two words ', 'Line one\nline two', 'zehn “Zehen” 🦶', 'YES', '0', 'a'];
const names = ['q', 'A1', 'b-2', 'two words', 'ä', 'q__where', '7'];
const wordChoices = ['yes', 'no', 'maybe', 'na', 'dk', 'two words', '02', 'Größe'];
const numberChoices = [0, 1, 2, 3, 4, 10, -1];

interface Written {
  element: ElementDefinition;
  values: (string | number)[];
}

function definition(): fc.Arbitrary<Definition> {
  const page = fc.record({
    questions: fc.array(question(), { minLength: 1, maxLength: 4 }),
    condition: fc.option(condition(), { freq: 2 }),
  });
  return fc.array(page, { minLength: 2, maxLength: 5 }).map((pages) => {
    const earlier: Written[] = [];
    return {
      title: 'Generated',
      pages: pages.map((page, number): PageDefinition => {
        const written = page.questions.map((question, index) => {
          const name = `${names[(number * 4 + index) % names.length]}${number}${index}`;
          const element = { ...question.element, name, ...visibleIf(question.condition, earlier) };
          // Every facet is asked once.
          if (element.facet) element.facet = `facet of ${name}`;
          return { element, values: question.values };
        });
        const definition = {
          name: `page ${number}`,
          ...visibleIf(page.condition, earlier),
          elements: written.map(({ element }) => element),
        };
        earlier.push(...written);
        return definition;
      }),
    };
  });
}

function question(): fc.Arbitrary<Written & { condition: Condition | null }> {
  const oneOfWords = fc.subarray(wordChoices, { minLength: 2 });
  const oneOfNumbers = fc.subarray(numberChoices, { minLength: 2 });
  const ticked = fc.subarray(['a', 'b', 'c', 'D d', '1', '2'], { minLength: 1, maxLength: 5 });
  const asked = fc.oneof(
    fc.record({
      type: fc.constantFrom('radiogroup', 'dropdown'),
      values: oneOfWords,
      as: fc.constantFrom(undefined, 'facet', 'where_main'),
    }),
    fc.record({
      type: fc.constantFrom('radiogroup', 'dropdown'),
      values: oneOfNumbers,
      as: fc.constantFrom(undefined, 'level'),
    }),
    fc.record({
      type: fc.constant('checkbox'),
      values: ticked,
      as: fc.constantFrom(undefined, 'where'),
      alone: fc.subarray(['none', 'dk']),
    }),
    fc.record({ type: fc.constant('checkbox'), values: oneOfNumbers, as: fc.constant(undefined) }),
    fc.record({
      type: fc.constantFrom('comment', 'text'),
      values: fc.constant(texts),
      as: fc.constant(undefined),
    }),
  );
  return fc
    .record({ asked, isRequired: fc.boolean(), condition: fc.option(condition(), { freq: 2 }) })
    .map(({ asked, isRequired, condition }) => {
      const alone = 'alone' in asked ? asked.alone : [];
      const choices = [...asked.values, ...alone.map((value) => ({ value, isExclusive: true }))];
      return {
        values: [...asked.values, ...alone],
        condition,
        element: {
          type: asked.type,
          name: '',
          ...(isRequired ? { isRequired } : {}),
          ...(asked.type === 'comment' || asked.type === 'text' ? {} : { choices }),
          ...(asked.as === 'facet' ? { facet: 'asked' } : {}),
          ...(asked.as && asked.as !== 'facet' ? { measure: asked.as as 'level' } : {}),
        },
      };
    });
}

/** A condition before it is known which questions stand on earlier pages. */
interface Condition {
  parts: { target: number; operator: number; value: number }[];
  joints: string[];
  grouped: boolean;
}

const equality = ['=', '<>', 'contains', 'notcontains', 'notempty', 'empty'];
const ordering = ['>', '<', '>=', '<='];

function condition(): fc.Arbitrary<Condition> {
  const part = fc.record({ target: fc.nat(99), operator: fc.nat(99), value: fc.nat(99) });
  return fc.record({
    parts: fc.array(part, { minLength: 1, maxLength: 3 }),
    joints: fc.array(fc.constantFrom('and', 'or'), { minLength: 2, maxLength: 2 }),
    grouped: fc.boolean(),
  });
}

function visibleIf(condition: Condition | null, earlier: Written[]): { visibleIf?: string } {
  if (!condition || earlier.length === 0) return {};
  const parts = condition.parts.map((part) => {
    const { element, values } = earlier[part.target % earlier.length]!;
    if (element.type === 'checkbox' && part.value % 7 === 0) return `{${element.name}.length} > 1`;
    // Ticks are not more or less than anything; how the two take it all the same is told in the table above.
    const known = element.type === 'checkbox' ? equality : [...equality, ...ordering];
    const operator = known[part.operator % known.length]!;
    if (operator.endsWith('empty')) return `{${element.name}} ${operator}`;
    return `{${element.name}} ${operator} ${literal(values[part.value % values.length]!, part.value)}`;
  });
  const [first, ...others] = parts;
  const rest = others.map((part, index) => `${condition.joints[index]} ${part}`).join(' ');
  const all =
    condition.grouped && others.length > 1
      ? `${first} ${condition.joints[0]} (${others.join(` ${condition.joints[1]} `)})`
      : `${first} ${rest}`;
  return { visibleIf: all.trim() };
}

/** A value as conditions write it: numbers bare or quoted, and now and then one that is a list. */
function literal(value: string | number, pick: number): string {
  const quoted = `'${String(value).trim().replaceAll('\n', ' ')}'`;
  if (pick % 11 === 0) return `[${quoted}]`;
  return typeof value === 'number' && pick % 2 ? String(value) : quoted;
}
