import fc from 'fast-check';
import type { Definition, ElementDefinition, PageDefinition } from '../../src/questionnaires/definition';
import { stepsOf } from '../../src/questionnaires/journey';
import { secondsOn } from '../../src/questionnaires/minutes';
import type { Answer, Answers, Plan, PlanQuestion } from '../../src/questionnaires/plan';
import { findingsOfPaths } from '../../src/routing/findings';
import { explorePaths } from '../../src/routing/paths';
import { simulateWalks } from '../../src/routing/simulated-walks';
import { definitionOf, demoDefinition, planOf, radios, ticks, words } from '../questionnaires/definitions';

/** Every answer to a question there can be; numbers and days are given narrow limits. */
function everyAnswer({ kind, choices, required, min, max }: PlanQuestion): (Answer | undefined)[] {
  const values = choices.map(({ value }) => value);
  const none = required ? [] : [undefined];
  if (kind === 'one') return [...none, ...values];
  if (kind === 'number') {
    return [
      ...none,
      ...Array.from({ length: Number(max) - Number(min) + 1 }, (_, step) => Number(min) + step),
    ];
  }
  if (kind === 'date') return [...none, ...['2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02']];
  if (kind === 'ranking') return [...none, ...ordersOf(values.map(String))];
  if (kind === 'many') {
    const together = choices.filter(({ exclusive }) => !exclusive).map(({ value }) => String(value));
    const alone = choices.filter(({ exclusive }) => exclusive).map(({ value }) => [String(value)]);
    const some = together.reduce<string[][]>(
      (sets, value) => sets.flatMap((set) => [set, [...set, value]]),
      [[]],
    );
    return [...none, ...some.filter((set) => set.length > 0), ...alone];
  }
  return [...none, 'words'];
}

function ordersOf(values: string[]): string[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value) =>
    ordersOf(values.filter((other) => other !== value)).map((rest) => [value, ...rest]),
  );
}

/** Every walk there can be, page by page, each question shown being answered in every way. */
function* everyWalk(plan: Plan, from = 0, answers: Answers = {}): Generator<Answers> {
  const step = stepsOf(plan, answers).find(({ number }) => number > from);
  if (!step) {
    yield answers;
    return;
  }
  let ways: Answers[] = [answers];
  for (const question of step.questions) {
    ways = ways.flatMap((so) =>
      everyAnswer(question).map((answer) => (answer === undefined ? so : { ...so, [question.name]: answer })),
    );
  }
  for (const way of ways) yield* everyWalk(plan, step.number, way);
}

/** What brute force finds, in the words of `explorePaths`. */
function bruteForce(plan: Plan) {
  const ways = new Map<string, { seconds: number; last: number }>();
  const shown = new Set<string>();
  const emptyPages = new Set<string>();
  const turns = new Map<string, Set<boolean>>();
  const steps = new Set<string>();
  // Only with no condition of its own is a page or question sure to be asked about.
  const bare = (visibleIf: string | null, answers: Answers) => {
    if (visibleIf === null) return true;
    const question = { ...plan.pages[0]!.questions[0]!, name: 'probe', visibleIf, required: false };
    const probe = { ...plan.pages[0]!, name: 'probe', visibleIf: null, questions: [question] };
    return stepsOf({ ...plan, pages: [...plan.pages, probe] }, answers).some(
      ({ page }) => page === probe || page.name === 'probe',
    );
  };
  for (const answers of everyWalk(plan)) {
    const walked = stepsOf(plan, answers);
    ways.set(walked.map(({ questions }) => questions.map(({ name }) => name).join()).join('|'), {
      seconds: walked.reduce((sum, { questions }) => sum + secondsOn(questions), 0),
      last: walked.at(-1)?.number ?? 0,
    });
    for (const { page, questions } of walked) for (const { name } of [page, ...questions]) shown.add(name);
    const stops = [0, ...walked.map(({ number }) => number), plan.pages.length + 1];
    for (const [index, stop] of stops.slice(1).entries()) steps.add(`${stops[index]! - 1} ${stop - 1}`);
    for (const page of plan.pages) {
      const holds = bare(page.visibleIf, answers);
      if (page.visibleIf) turns.set(page.name, (turns.get(page.name) ?? new Set()).add(holds));
      if (!holds) continue;
      const own = page.questions.map(({ name, visibleIf }) => ({
        name,
        visibleIf,
        holds: bare(visibleIf, answers),
      }));
      for (const { name, visibleIf, holds: turn } of own) {
        if (visibleIf) turns.set(name, (turns.get(name) ?? new Set()).add(turn));
      }
      if (own.every(({ holds: turn }) => !turn)) emptyPages.add(page.name);
    }
  }
  return { ways, shown, emptyPages, turns, steps };
}

const early: ElementDefinition[] = [
  radios('role', { choices: ['nurse', 'manager', 'other'] }),
  ticks('sources', { choices: ['a', 'b', { value: 'none', isExclusive: true }] }),
  { type: 'text', name: 'years', inputType: 'number', min: 0, max: 4 },
];
const late: ElementDefinition[] = [
  radios('sure', { isRequired: true }),
  { type: 'text', name: 'since', inputType: 'date', min: '2026-01-30', max: '2026-02-02' },
  { type: 'ranking', name: 'order', choices: ['x', 'y'] },
  { type: 'matrix', name: 'able', columns: [1, 2, 'na'], rows: [{ value: 'A1' }] },
];

const onEarly = [
  ...["{role} = 'nurse'", "{role} != 'nurse'", "{role} noneof ['nurse', 'manager']", '{role} empty'],
  ...[
    "{sources} anyof ['a']",
    "{sources} allof ['a', 'b']",
    "{sources} contains 'none'",
    '{sources.length} >= 2',
  ],
  ...['{years} >= 3', '{years} <= 1', '{years} > 4', '{years} notempty', '{years} < 99'],
];
const onLate = [
  ...["{sure} = 'yes'", "{since} >= '2026-02-01'", "{order[0]} = 'x'", '{able.A1} >= 2', '{able.A1} empty'],
  ...['{since} empty', "{sure} anyof ['yes', 'no']"],
];

function someExpression(leaves: string[]): fc.Arbitrary<string> {
  const leaf = fc.constantFrom(...leaves);
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 1, arbitrary: fc.tuple(leaf, leaf).map(([one, other]) => `${one} and ${other}`) },
    { weight: 1, arbitrary: fc.tuple(leaf, leaf).map(([one, other]) => `${one} or ${other}`) },
    { weight: 1, arbitrary: fc.tuple(leaf, leaf).map(([one, other]) => `${one} and !(${other})`) },
    { weight: 1, arbitrary: fc.tuple(leaf, leaf, leaf).map(([a, b, c]) => `(${a} or ${b}) and ${c}`) },
  );
}

const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined, freq: 2 });
const withIf = <T extends PageDefinition | ElementDefinition>(part: T, visibleIf: string | undefined): T =>
  visibleIf === undefined ? part : { ...part, visibleIf };

const somePlan: fc.Arbitrary<Plan> = fc
  .record({
    early: fc.subarray(early, { minLength: 1, maxLength: 2 }),
    late: fc.subarray(late, { minLength: 1, maxLength: 2 }),
    ifs: fc.array(maybe(someExpression(onEarly)), { minLength: 3, maxLength: 3 }),
    lastIfs: fc.array(maybe(someExpression([...onEarly, ...onLate])), { minLength: 5, maxLength: 5 }),
  })
  .map(({ early: first, late: second, ifs, lastIfs }): Definition => {
    return definitionOf(
      { name: 'p1', elements: first },
      withIf(
        { name: 'p2', elements: second.map((element, index) => withIf(element, ifs[index + 1])) },
        ifs[0],
      ),
      withIf(
        { name: 'p3', elements: [withIf(words('w1'), lastIfs[1]), withIf(words('w2'), lastIfs[2])] },
        lastIfs[0],
      ),
      withIf({ name: 'p4', elements: [withIf(words('w3'), lastIfs[4])] }, lastIfs[3]),
    );
  })
  .filter((definition) => {
    const text = JSON.stringify(definition);
    const names = definition.pages.flatMap(({ elements }) => elements.map(({ name }) => name));
    return [...text.matchAll(/\{(\w+)[.[}]/g)].every(([, name]) => names.includes(name!));
  })
  .map(planOf);

test('finds what walking in every way finds', () => {
  fc.assert(
    fc.property(somePlan, (plan) => {
      const found = bruteForce(plan);
      const paths = explorePaths(plan);
      expect(paths.exact).toBe(true);
      expect(paths.ways).toBe(found.ways.size);
      expect(paths.pagesNeverShown).toEqual(
        plan.pages.map(({ name }) => name).filter((name) => !found.shown.has(name)),
      );
      const questions = plan.pages.flatMap((page) => page.questions.map(({ name }) => name));
      expect(paths.questionsNeverShown).toEqual(questions.filter((name) => !found.shown.has(name)));
      expect(new Map(paths.conditions.map(({ place, verdict }) => [place, verdict]))).toEqual(
        new Map(
          plan.pages
            .flatMap((page) => [page, ...page.questions])
            .filter(({ visibleIf }) => visibleIf)
            .map(({ name }) => {
              const turn = found.turns.get(name);
              return [
                name,
                !turn ? 'unreached' : turn.size === 2 ? 'varies' : turn.has(true) ? 'always' : 'never',
              ];
            }),
        ),
      );
      const emptyWanted = [...found.emptyPages].filter((name) => found.shown.has(name)).sort();
      expect([...paths.emptyPages].sort()).toEqual(emptyWanted);
      expect(paths.steps.map(({ from, to }) => `${from} ${to}`).sort()).toEqual([...found.steps].sort());
      const seconds = [...found.ways.values()].map((way) => way.seconds);
      const minutes = (total: number) => Math.max(1, Math.round(total / 60));
      expect(paths.shortest.minutes).toBe(minutes(Math.min(...seconds)));
      expect(paths.longest.minutes).toBe(minutes(Math.max(...seconds)));
      for (const { pages } of simulateWalks(plan, 20)) {
        expect([...found.ways.keys()]).toContain(pages.map((met) => met.questions.join()).join('|'));
      }
      expect(paths.asksNothing).toBe([...found.ways.values()].some(({ last }) => last === 0));
      if (paths.listed.length > 0) {
        const listed = paths.listed.map(({ pages }) =>
          pages.map((met) => met.questions.map(({ name }) => name).join()).join('|'),
        );
        expect(listed.sort()).toEqual([...found.ways.keys()].sort());
      }
    }),
    { numRuns: 120 },
  );
}, 120_000);

test('is quick and exact for a long questionnaire with many conditions', () => {
  const rate = (name: string, visibleIf?: string) =>
    withIf(radios(name, { choices: [0, 1, 2, 3, 4, 'na'] }), visibleIf);
  const plan = planOf(
    definitionOf(
      { name: 'about', elements: [radios('setting', { choices: ['a', 'b', 'c', 'd'], isRequired: true })] },
      ...Array.from({ length: 10 }, (_, page) =>
        withIf(
          {
            name: `page-${page}`,
            elements: Array.from({ length: 13 }, (_, item) => rate(`q${page}-${item}`)),
          },
          page % 2 ? `{setting} = '${'abcd'[page % 4]}'` : undefined,
        ),
      ),
      {
        name: 'follow',
        elements: Array.from({ length: 15 }, (_, item) =>
          rate(`f${item}`, `{q0-${item % 13}} <= ${item % 3}`),
        ),
      },
    ),
  );
  const { exact, ways } = explorePaths(plan);
  // Three groups of settings; of the follow-up questions two pairs look at the same rating.
  expect({ exact, ways }).toEqual({ exact: true, ways: 3 * 2 ** 11 * 3 * 3 });
});

test('says so where there are too many ways to follow', () => {
  const paths = explorePaths(planOf(demoDefinition()), 10);
  expect(paths.exact).toBe(false);
  expect(paths.conditions.every(({ verdict }) => verdict === 'varies' || verdict === 'unknown')).toBe(true);
  expect([...paths.pagesNeverShown, ...paths.questionsNeverShown]).toEqual([]);
});

const screened = planOf(
  definitionOf(
    {
      name: 'about',
      title: 'About you',
      elements: [radios('setting', { title: 'Setting', isRequired: true, choices: ['School', 'Ward'] })],
    },
    {
      name: 'skills',
      title: 'Skills',
      visibleIf: "{setting} = 'Ward'",
      elements: [radios('able', { isRequired: true })],
    },
    { name: 'why', title: 'Why', visibleIf: "{able} = 'no'", elements: [words('reason')] },
    { name: 'never', visibleIf: "{able} = 'yes' and {setting} = 'School'", elements: [words('lost')] },
    {
      name: 'end',
      visibleIf: "{setting} = 'Ward'",
      elements: [words('remarks', { visibleIf: "{setting} = 'Ward'" })],
    },
  ),
);

test('tells who takes a way, and where it ends early', () => {
  const paths = explorePaths(screened);
  expect(
    paths.listed.map(({ pages, takers }) => [pages.map(({ page }) => page.name).join(), takers]),
  ).toEqual([
    ['about', 'Setting is School'],
    ['about,skills,end', 'Setting is Ward, and able is yes'],
    ['about,skills,why,end', 'Setting is Ward, and able is no'],
  ]);
  expect(paths.earlyEnds).toEqual([
    { page: 'about', missed: ['skills', 'why', 'end'], takers: 'Setting is School' },
  ]);
});

test('says each finding as a sentence about a place', () => {
  expect(findingsOfPaths(screened)).toEqual([
    {
      severity: 'warning',
      place: 'never',
      sentence: 'This page is never shown: no answers make its condition true.',
    },
    {
      severity: 'warning',
      place: 'remarks',
      sentence: 'Its condition is always true: take it away, or correct it if some are to be left out.',
    },
    {
      severity: 'warning',
      place: 'about',
      sentence:
        'After this page some are asked nothing more, while others go on to Skills, Why and end. For example when Setting is School.',
    },
  ]);
});

test('made-up respondents are the same every time, and divide as chance divides', () => {
  const walks = simulateWalks(screened);
  expect(walks).toEqual(simulateWalks(screened));
  const share = walks.filter(({ pages }) => pages.some(({ place }) => place === 1)).length / walks.length;
  expect(share).toBeGreaterThan(0.42);
  expect(share).toBeLessThan(0.58);
  expect(walks.some(({ pages }) => pages.some(({ place }) => place === 3))).toBe(false);
});
