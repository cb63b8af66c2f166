import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { codesOf } from '../../src/questionnaires/coding';
import type { Definition } from '../../src/questionnaires/definition';
import { fieldNamesOf } from '../../src/questionnaires/field-names';
import { stepsOf } from '../../src/questionnaires/journey';
import type { Answers, Plan } from '../../src/questionnaires/plan';
import { publishQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { getPlan, insertQuestionnaire } from '../../src/questionnaires/questionnaires.queries';
import { openSurvey } from '../../src/surveys/surveys.commands';
import { definitionOf, radios, ticks, words } from '../questionnaires/definitions';
import { routesOf } from '../support/addresses';
import type { Browser } from '../support/browser';
import { cpuMillisecondsOf } from '../support/cpu';
import { gapSources, makeSurvey, smallFramework } from '../support/make';
import { openWorld, type World } from '../support/world';
import { anyRequest, encoded, hostileValues, type Wish } from './any-request';
import { expectWithin } from './within';

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

const requests = 400;
/** Milliseconds of processor time for one request. */
const longest = 250;
const code = 'FUZZ1';

let world: World;
let server: http.Server;
beforeAll(async () => {
  world = await openWorld();
  server = world.app.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => world.reset());
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await world.close();
});

test('whatever is thrown at a survey, it answers at once, never breaks, and stores nothing it does not ask for', async () => {
  const plan = await openSurveyOf(everyKind);
  const visitors = await visitorsAtEveryStage();
  const routes = routesOf(world.app, '/s/');
  expect(routes.map(({ method, path }) => `${method} ${path}`)).toEqual(
    expect.arrayContaining(['GET /s/:code', 'POST /s/:code/pages/:number', 'POST /s/:code/check']),
  );
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(anyRequest({ plan, code, routes, walk: wholeWalk }), async (wish) => {
      const { status, milliseconds } = await sendTimed(wish, visitors[wish.visitor % visitors.length]!);
      seen.set(status, (seen.get(status) ?? 0) + 1);
      expect(status).toBeLessThan(500);
      expect(milliseconds).toBeLessThan(longest);
    }),
    { numRuns: requests, endOnFailure: true },
  );
  // The requests came by what they are to try: pages shown, forms kept, refused, unknown, and too large.
  expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 303, 403, 404, 413, 422]));
  await expectOnlyWhatIsAsked(plan);
}, 120_000);

test('a hostile value in any question is refused or kept as a text, alone and beside one that is offered', async () => {
  const plan = await openSurveyOf(everyKind);
  let kept = 0;
  for (const [index, page] of plan.pages.entries()) {
    for (const name of page.questions.flatMap(fieldNamesOf)) {
      // Somebody new for each: nobody may send pages as fast as all of this.
      const { cookies } = await visitorAt('check');
      for (const value of hostileValues) {
        const others = Object.entries(wholeWalk[index]!).filter(
          ([other]) => other !== name || value.length < 3,
        );
        const fields = [...others, [name, value] as const].flatMap(([field, all]) =>
          [all].flat().map((one): [string, string] => [field, one]),
        );
        const wish: Wish = {
          visitor: 0,
          method: 'POST',
          path: `/s/${code}/pages/${index + 1}`,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          withToken: true,
          body: encoded(fields),
        };
        world.clock.advance(1000); // Slow enough not to be asked to wait.
        const { status, milliseconds } = await sendTimed(wish, cookies);
        const isFine = status === 303 || status === 422;
        expect([page.name, name, value, isFine || status]).toEqual([page.name, name, value, true]);
        expect(milliseconds).toBeLessThan(longest);
        if (status === 303) kept += 1;
      }
    }
  }
  expect(kept).toBeGreaterThan(0);
  await expectOnlyWhatIsAsked(plan);
  const revisions = await world.db('drafts').pluck('revision');
  expect(sum(revisions)).toBe(revisions.length * wholeWalk.length + kept);
});

test('after all of it a respondent can still answer', async () => {
  const plan = await openSurveyOf(everyKind);
  const { visitor } = await visitorAt('submitted');
  expect(visitor.address).toBe(`/s/${code}/submitted`);
  await expectOnlyWhatIsAsked(plan);
  expect(await world.db('responses')).toHaveLength(1);
});

test('no text of a questionnaire, and nothing a respondent types, reaches a page as markup', async () => {
  const script = (where: string) => `<script>alert('${where}')</script>`;
  const framework = smallFramework();
  framework.domains[0]!.title = script('domain');
  framework.domains[0]!.competencies[0]!.description = script('competency');
  framework.scale = framework.scale.map((step) => ({
    ...step,
    label: script('label'),
    descriptor: script('meaning'),
  }));
  const sources = {
    ...gapSources,
    question: script('question'),
    hint: script('hint'),
    none: script('none'),
    mainQuestion: script('main'),
    choices: gapSources.choices.map((choice) => ({
      ...choice,
      text: script(choice.value),
      hint: script('hint'),
    })),
  };
  await makeSurvey(world.services, { code: 'SCRIPT1', framework, gapSources: sources });
  const visitor = world.visitor();
  const pages = [await visitor.get('/s/SCRIPT1'), await visitor.submit('/s/SCRIPT1')];
  const answers: Record<string, string | string[]>[] = [
    { profession: script('typed') },
    { profession: 'rn_adult', setting: 'gp_practice' },
    { A1: '1' },
    {},
    { A__where: ['prereg', 'offer'] },
    { A__where_main: 'prereg' },
    {},
  ];
  for (const body of answers) pages.push(await visitor.submit(visitor.address, body));

  expect(visitor.address).toBe('/s/SCRIPT1/submitted');
  const texts = pages.map((page) => page.text);
  expect(texts.join()).toContain('&lt;script&gt;alert(');
  for (const text of texts) expect(text).not.toContain('<script>alert');
});

// ---------------------------------------------------------------------------------------------------------------
// The survey, and who visits it

/** Ten pages: every kind of question, required ones, and pages and questions that come and go. */
const everyKind: Definition = definitionOf(
  {
    name: 'page about',
    elements: [radios('job', { facet: 'profession', isRequired: true, choices: ['nurse', 'midwife'] })],
  },
  {
    name: 'page place',
    elements: [
      {
        type: 'dropdown',
        name: 'place',
        facet: 'setting',
        choices: Array.from({ length: 30 }, (_, index) => `place ${index}`),
      },
    ],
  },
  {
    name: 'page levels',
    elements: ['A1', 'A2', 'A3'].map((name) => radios(name, { measure: 'level', choices: [0, 1, 2, 'na'] })),
  },
  {
    name: 'page sources',
    elements: [
      ticks('where', { measure: 'where', choices: ['x', 'y', 'z', { value: 'none', isExclusive: true }] }),
    ],
  },
  {
    name: 'page main',
    elements: [
      radios('main', {
        measure: 'where_main',
        choices: ['x', 'y', 'z', 'dk'],
        visibleIf: "{where} contains 'x' and {where} contains 'y'",
      }),
    ],
  },
  {
    name: 'page midwives',
    visibleIf: "{job} = 'midwife'",
    elements: [words('births', { isRequired: true, maxLength: 20 })],
  },
  {
    name: 'page topics',
    elements: [ticks('topics', { isRequired: true, choices: [1, 2, 3] }), words('other topics')],
  },
  { name: 'page remarks', elements: [words('remarks')] },
  {
    name: 'page kinds',
    elements: [
      { type: 'html', name: 'read this', html: 'Only to be read.' },
      { type: 'text', inputType: 'number', name: 'years', min: 0, max: 60, step: 0.1 },
      { type: 'text', inputType: 'date', name: 'since', min: '1970-01-01', max: '2026-12-31' },
      { type: 'ranking', name: 'helps', choices: ['time', 'team', 3] },
      {
        type: 'matrix',
        name: 'often',
        columns: [1, 2, 'na'],
        rows: ['listen', 'plan'].map((value) => ({ value })),
      },
      {
        type: 'matrix',
        name: 'sure',
        columns: ['Little', 'Much'],
        rows: ['listen', 'plan'].map((value) => ({ value })),
        pairedWith: 'often',
      },
    ],
  },
  { name: 'page end', elements: [radios('täglich'), words("a name's quote")] },
);

const wholeWalk: Record<string, string | string[]>[] = [
  { job: 'midwife' },
  { place: 'place 7' },
  { A1: '2', A2: 'na' },
  { where: ['x', 'y'] },
  { main: 'y' },
  { births: 'Seven' },
  { topics: ['1', '3'] },
  { remarks: 'None' },
  {
    years: '7.5',
    'since-day': '29',
    'since-month': '2',
    'since-year': '2024',
    'helps:time': '2',
    'helps:team': '1',
    'helps:3': '3',
    'often.listen': '1',
    'sure.plan': 'Much',
  },
  { täglich: 'yes' },
];

async function openSurveyOf(definition: Definition): Promise<Plan> {
  const { db, clock } = world.services;
  return db.transaction(async (trx) => {
    const projectId = await createProject(trx, operator, { name: 'Fuzz', purpose: '' }, undefined);
    const questionnaire = { projectId, frameworkId: null, title: 'Fuzz', definition };
    const questionnaireId = await insertQuestionnaire(trx, questionnaire);
    const versionId = await publishQuestionnaire(trx, operator, questionnaireId, clock.now());
    const opening = {
      versionId,
      code,
      name: 'Fuzz',
      promise: 'anonymous' as const,
      dimensions: ['profession'],
    };
    await openSurvey(trx, operator, opening, clock.now());
    return getPlan(trx, versionId);
  });
}

interface Visitor {
  cookie: string;
  token: string;
}

type Stage = 'start' | 'first page' | 'third page' | 'last page' | 'check' | 'submitted';
const stages: Stage[] = [
  'start',
  'first page',
  'third page',
  'last page',
  'check',
  'check',
  'check',
  'submitted',
];

/** Somebody at each stage of the walk, and two whose cookies are not ours. */
async function visitorsAtEveryStage(): Promise<Visitor[]> {
  const visitors: Visitor[] = [{ cookie: '', token: '' }];
  for (const stage of stages) visitors.push((await visitorAt(stage)).cookies);
  const { cookie, token } = visitors[3]!;
  visitors.push({ cookie: cookie.replace(/answers=[^;]*/, 'answers=s%3Aforged.signature'), token });
  visitors.push({ cookie: `${cookie}; answers=%E0%A4%A; csrf=; ${'x'.repeat(4000)}=1`, token });
  return visitors;
}

async function visitorAt(stage: Stage): Promise<{ visitor: Browser; cookies: Visitor }> {
  const jar = new Map<string, string>();
  const visitor = world.visitor();
  let token = '';
  const keep = (page: { headers: Record<string, string | string[]>; text: string }) => {
    for (const cookie of [page.headers['set-cookie'] ?? []].flat()) {
      const [pair] = cookie.split(';');
      jar.set(pair!.split('=')[0]!, pair!);
    }
    token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? token;
  };
  keep(await visitor.get(`/s/${code}`));
  const all = wholeWalk.length;
  const sent = {
    start: 0,
    'first page': 0,
    'third page': 2,
    'last page': all - 1,
    check: all,
    submitted: all,
  }[stage];
  if (stage !== 'start') {
    keep(await visitor.post(`/s/${code}`).expect(303));
    await visitor.get(`/s/${code}`);
  }
  for (const body of wholeWalk.slice(0, sent)) {
    if (!visitor.address.includes('/pages/')) await visitor.get(`/s/${code}/check`);
    keep(await visitor.submit(visitor.address, body));
  }
  if (stage === 'submitted') await visitor.submit(`/s/${code}/check`);
  return { visitor, cookies: { cookie: [...jar.values()].join('; '), token } };
}

// ---------------------------------------------------------------------------------------------------------------
// What is sent

/** One request at a time, so that the processor time taken meanwhile is its own. */
async function sendTimed(wish: Wish, visitor: Visitor): Promise<{ status: number; milliseconds: number }> {
  const first = await cpuMillisecondsOf(() => send(wish, visitor));
  let { milliseconds } = first;
  // What this process's worker does meanwhile is counted too. A request is long only if it always is.
  for (let again = 0; again < 3 && milliseconds >= longest; again += 1) {
    milliseconds = (await cpuMillisecondsOf(() => send(wish, visitor))).milliseconds;
  }
  return { status: first.done, milliseconds };
}

function send(wish: Wish, visitor: Visitor): Promise<number> {
  const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(wish.method);
  const token = Buffer.from(
    wish.withToken && visitor.token ? `_csrf=${encodeURIComponent(visitor.token)}&` : '',
  );
  const body = hasBody ? Buffer.concat([token, wish.body]) : Buffer.alloc(0);
  return new Promise<number>((resolve, reject) => {
    const request = http.request({
      port: (server.address() as AddressInfo).port,
      host: '127.0.0.1',
      method: wish.method,
      path: wish.path,
      headers: {
        ...wish.headers,
        ...(visitor.cookie ? { cookie: visitor.cookie } : {}),
        ...(hasBody ? { 'content-length': String(body.length) } : {}),
      },
    });
    request.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode!)));
    request.on('error', reject);
    request.end(body);
  });
}

// ---------------------------------------------------------------------------------------------------------------
// What is stored

async function expectOnlyWhatIsAsked(plan: Plan): Promise<void> {
  await world.queue.drain();
  const questions = new Map(
    plan.pages.flatMap((page) => page.questions).map((question) => [question.name, question]),
  );
  const expectAnswers = (answers: Answers) => {
    for (const [name, answer] of Object.entries(answers)) {
      expect([...questions.keys()]).toContain(name);
      expectWithin(questions.get(name)!, answer);
    }
  };
  for (const draft of await world.db('drafts')) {
    expectAnswers(draft.answers);
    expect(plan.pages.map(({ name }) => name)).toEqual(expect.arrayContaining(draft.passed));
    expect(new Set(draft.passed).size).toBe(draft.passed.length);
  }
  for (const response of await world.db('responses')) {
    expect(response.facets).toHaveLength(plan.facets.length);
    response.facets.forEach((value: string, place: number) => {
      const asked = [...questions.values()].find(({ facet }) => facet === plan.facets[place])!;
      if (value !== '') expectWithin(asked, value);
    });
    expect(response.ratings).toHaveLength(plan.items.length);
    plan.items.forEach((item, place) => {
      expect(response.ratings[place]).toBeLessThan(codesOf(item));
    });
    expectAnswers(response.answers ?? {});
    expect(stepsOf(plan, response.answers ?? {}).length).toBeGreaterThan(0);
  }
  expect('polluted' in {}).toBe(false);
}
