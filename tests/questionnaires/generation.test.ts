import { operator } from '../../src/audit/actor';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { examineDefinition } from '../../src/questionnaires/authority';
import { compilePlan, inDomains } from '../../src/questionnaires/compile';
import {
  type GenerationOptions,
  questionnaireFrom,
  usualGapSources,
} from '../../src/questionnaires/generation';
import { measureSets, ratingsOf } from '../../src/questionnaires/measures';
import { estimatedMinutes } from '../../src/questionnaires/minutes';
import { smallFramework } from '../support/make';
import { openWorld, type World } from '../support/world';
import { contentOf, termsOf } from './definitions';
import { makeFramework } from './frameworks';

const facets = [{ facet: 'profession', terms: [...termsOf('profession').values()].slice(0, 3) }];
const options = { title: 'T', introduction: ['Why'], thanks: 'Thank you', facets };

function made(change: Partial<GenerationOptions> = {}) {
  const definition = questionnaireFrom(contentOf(smallFramework()), { ...options, ...change });
  expect(examineDefinition(definition).filter(({ severity }) => severity === 'error')).toEqual([]);
  const { plan, refusals } = compilePlan(definition);
  expect(refusals).toEqual([]);
  return plan;
}

test.each(measureSets.map((set) => [set.key, set.ratings]))('a questionnaire asks for %s', (key, ratings) => {
  const { items } = made({ measures: [key] });
  expect(
    items.filter(({ competency }) => competency === 'A1').map(({ name, measure }) => [name, measure]),
  ).toEqual(ratings.map(({ measure }) => [measure === 'level' ? 'A1' : `A1__${measure}`, measure]));
});

test('everything can be asked at once, each measure once', () => {
  const keys = measureSets.map(({ key }) => key).filter((key) => key !== 'four-rating');
  const plan = made({ measures: keys, gapSources: usualGapSources, freeText: true });
  expect(ratingsOf(keys).map(({ measure }) => measure)).toEqual([
    ...['level', 'needed', 'importance', 'performance', 'confidence', 'frequency'],
  ]);
  const names = plan.pages.flatMap(({ questions }) => questions.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  expect(plan.pages.at(-1)!.title).toBe('Anything else');
});

test('ratings of one competency say apart what each asks', () => {
  const [level, needed] = made({ measures: ['level-needed'] }).pages[1]!.questions;
  expect(level!.title).toBe('Hearing what people say: how skilled you are now');
  expect(needed!.title).toBe('Hearing what people say: how skilled your work needs you to be');
});

test('only the competencies chosen are asked about, and no empty page is left', () => {
  const plan = made({ competencies: ['B1'] });
  expect(plan.items.map(({ name }) => name)).toEqual(['B1']);
  expect(plan.pages.map(({ title }) => title)).toEqual(['About you', 'Writing']);
});

test('what asks about a competency has its domain, unless it names another; what the framework does not know has none', () => {
  const plan = made({ gapSources: usualGapSources });
  const [hearing] = plan.items;
  const odd = [
    { ...hearing!, competency: 'A1', domain: 'own' },
    { ...hearing!, competency: 'Z9', domain: null },
    { ...hearing!, competency: null, domain: null },
  ];
  const { items } = inDomains(
    { ...plan, items: [...plan.items, ...odd] },
    contentOf(smallFramework()).domains,
  );
  expect(items.map(({ competency, domain }) => [competency, domain])).toEqual([
    ...[
      ['A1', 'A'],
      ['A2', 'A'],
      ['B1', 'B'],
    ],
    ...[
      [null, 'A'],
      [null, 'B'],
      [null, 'A'],
      [null, 'B'],
    ],
    ...[
      ['A1', 'own'],
      ['Z9', null],
      [null, null],
    ],
  ]);
  expect(inDomains(plan, [])).toEqual(plan);
});

test('braces in the words of a framework are round brackets in what is asked', () => {
  const competencies = [
    { code: 'A1', title: 'Using {tools}', description: 'Using {any} tools', hint: '{x}' },
  ];
  const source = smallFramework({
    domains: [{ code: 'A', title: 'Tools {all}', competencies }],
    requiredLevels: [],
    scale: [
      { level: 1, label: 'Not {yet}', descriptor: '{a}' },
      { level: 2, label: 'Well', descriptor: 'b' },
    ],
  });
  const { plan, refusals } = compilePlan(questionnaireFrom(contentOf(source), options));
  expect(refusals).toEqual([]);
  const { title, questions } = plan.pages[1]!;
  expect([title, questions[0]!.title, questions[0]!.hint]).toEqual([
    ...['Tools (all)', 'Using (any) tools', '(x)'],
  ]);
  expect(plan.scale[0]).toEqual({ level: 1, label: 'Not (yet)', descriptor: '(a)' });
});

test('more to answer takes longer', () => {
  const short = estimatedMinutes(made());
  const long = estimatedMinutes(made({ measures: ['level', 'four-rating'], gapSources: usualGapSources }));
  expect(short).toBeGreaterThanOrEqual(1);
  expect(long).toBeGreaterThan(short);
});

describe('on its page', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  beforeEach(() => world.reset());
  afterAll(() => world.close());

  const wish = {
    title: 'How do you listen?',
    introduction: 'Why we ask.\nAnd for whom.',
    measure: ['level', 'confidence'],
    scope: 'all',
    facet: ['profession', 'setting', 'band'],
    profession: ['rn_adult', 'rn_child'],
    setting: ['gp_practice', 'acute_ward'],
    where: 'yes',
  };

  test('a lead makes a questionnaire from a published framework and publishes it once', async () => {
    const { projectId, frameworkId } = await makeFramework(world);
    const lead = await world.signedIn('lead', projectId);
    const form = await lead.get(`/frameworks/${frameworkId}/questionnaires/new`);
    expect(form.text).toContain('value="A small framework"');
    const page = await lead.submit(`/frameworks/${frameworkId}/questionnaires`, wish);
    expect(page.text).toContain('Questionnaire made');
    expect(page.text).toContain('It takes about');
    const address = lead.address;
    const asked = await lead.get(`${address}/publication`);
    expect(asked.text).toContain('Publish this questionnaire?');
    await lead.submit(`${address}/publication`);
    const published = await lead.submit(`${address}/publication`);
    expect(published.text).toContain('Version 1, published on');
    const versions = await world.db('questionnaire_versions').select('plan');
    expect(versions).toHaveLength(1);
    expect(versions[0].plan.facets).toEqual(['profession', 'setting', 'band']);
    expect(versions[0].plan.items.map(({ name }: { name: string }) => name)).toEqual([
      ...['A1', 'A1__confidence', 'A2', 'A2__confidence', 'B1', 'B1__confidence'],
      ...['A__where', 'B__where', 'A__where_main', 'B__where_main'],
    ]);
  });

  test('people are asked to tick that they take part, unless that is not wished for', async () => {
    const { projectId, frameworkId } = await makeFramework(world);
    const lead = await world.signedIn('lead', projectId);
    const form = await lead.get(`/frameworks/${frameworkId}/questionnaires/new`);
    expect(form.text).toMatch(/name="participate"[^>]* checked/);
    expect(form.text).toContain('and I want to take part.</textarea>');
    const participation = 'I take part.';
    await lead.submit(`/frameworks/${frameworkId}/questionnaires`, {
      ...wish,
      participate: 'yes',
      participation,
    });
    await lead.get(`/frameworks/${frameworkId}/questionnaires/new`);
    await lead.submit(`/frameworks/${frameworkId}/questionnaires`, { ...wish, participation });
    const made = await world.db('questionnaires').orderBy('created_at').pluck('definition');
    expect(made.map((definition) => definition.participation)).toEqual([participation, undefined]);
  });

  test.each([
    ['title', { title: ' ' }, 'Enter a title'],
    ['title', { title: 'Are you {name}?' }, 'The title cannot hold { }'],
    ['introduction', { introduction: 'And for whom. {a}' }, 'The introduction cannot hold { }'],
    ['measure', { measure: [] }, 'Select at least one way of asking'],
    ['measure', { measure: ['importance-performance', 'four-rating'] }, 'not both'],
    ['measure', { measure: 'shoe size' }, 'Select ways of asking from the list'],
    ['participation', { participate: 'yes', participation: ' ' }, 'Enter the sentence people tick'],
    ['participation', { participate: 'yes', participation: 'I, {name}' }, 'cannot hold { }'],
    ['scope', { scope: 'some' }, 'Tick what to ask about'],
    ['scope', { scope: 'domains', domain: 'gone' }, 'Tick what to ask about'],
    ['scope', { competency: 'A1' }, 'You have ticked what this choice does not use'],
    ['scope', { scope: 'some', competency: 'A1', domain: 'B' }, 'You have ticked what this choice'],
    ['facet', { facet: [] }, 'Select at least one thing to ask about the person'],
    ['profession', { profession: 'rn_adult' }, 'Tick the professions people can choose from, two at least'],
    ['setting', { setting: [] }, 'Tick the settings people can choose from, two at least'],
  ])('a wrong %s gets a sentence, and what was chosen stays', async (field, change, sentence) => {
    const { projectId, frameworkId } = await makeFramework(world);
    const lead = await world.signedIn('lead', projectId);
    await lead.get(`/frameworks/${frameworkId}/questionnaires/new`);
    const page = await lead
      .post(`/frameworks/${frameworkId}/questionnaires`, { ...wish, ...change })
      .expect(422);
    expect(page.text).toContain(`<a href="#${field}">`);
    expect(page.text).toContain(sentence);
    expect(page.text).toContain('And for whom.');
    expect(await world.db('questionnaires')).toHaveLength(0);
  });

  test('whole domains are chosen with a tick, and what lies within them comes along', async () => {
    const [project] = [(await makeFramework(world)).projectId];
    const within = { code: 'AA', title: 'At night', competencies: [{ code: 'AA1', title: 'Dreams' }] };
    const [listening, writing] = smallFramework().domains;
    const source = smallFramework({ domains: [{ ...listening!, domains: [within] }, writing!] });
    const frameworkId = await createFramework(world.db, operator, project, source);
    await publishFramework(world.db, operator, frameworkId, new Date());
    const lead = await world.signedIn('lead', project);
    await lead.get(`/frameworks/${frameworkId}/questionnaires/new`);
    const address = `/frameworks/${frameworkId}/questionnaires`;
    await lead.submit(address, { ...wish, where: '', scope: 'domains', domain: 'A' });
    const [made] = await world.db('questionnaires').pluck('definition');
    expect(made.pages.map(({ name }: { name: string }) => name)).toEqual([
      ...['about-you', 'domain-A', 'domain-AA'],
    ]);
  });

  test('no more questions are made than a questionnaire holds', async () => {
    const { projectId } = await makeFramework(world);
    const competencies = Array.from({ length: 70 }, (_, index) => ({ code: `X${index}`, title: `${index}` }));
    const source = smallFramework({
      domains: [{ code: 'X', title: 'Much', competencies }],
      requiredLevels: [],
    });
    const frameworkId = await createFramework(world.db, operator, projectId, source);
    await publishFramework(world.db, operator, frameworkId, new Date());
    const lead = await world.signedIn('lead', projectId);
    await lead.get(`/frameworks/${frameworkId}/questionnaires/new`);
    const address = `/frameworks/${frameworkId}/questionnaires`;
    const much = { ...wish, measure: ['level-needed', 'confidence'] };
    const page = await lead.post(address, much).expect(422);
    expect(page.text).toContain('This makes 215 questions, and a questionnaire holds 200 at most');
    expect(await world.db('questionnaires')).toHaveLength(0);
    await lead.submit(address, { ...much, measure: ['level-needed'] });
    expect(await world.db('questionnaires')).toHaveLength(1);
  });

  test('not from a retired framework, and not by a reader', async () => {
    const { projectId, frameworkId } = await makeFramework(world);
    const lead = await world.signedIn('lead', projectId);
    const reader = await world.signedIn('reader', projectId);
    await lead.get(`/frameworks/${frameworkId}/retirement`);
    await lead.submit(`/frameworks/${frameworkId}/retirement`, { reason: 'Old' });
    const refused = await lead.post(`/frameworks/${frameworkId}/questionnaires`, wish).expect(409);
    expect(refused.text).toContain('The framework is retired');
    await reader.get(`/frameworks/${frameworkId}`);
    expect((await reader.post(`/frameworks/${frameworkId}/questionnaires`, wish)).status).toBe(403);
  });
});
