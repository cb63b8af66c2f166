import { operator } from '../../src/audit/actor';
import { commandNamed } from '../../src/cli-commands';
import { createFramework } from '../../src/frameworks/frameworks.commands';
import { createProject } from '../../src/projects/projects.commands';
import { labelsFor, listProjectTerms } from '../../src/vocabularies/project-terms.queries';
import { makeSurvey, smallFramework } from '../support/make';
import { restoreVocabularies } from '../support/vocabularies';
import { openWorld, type World } from '../support/world';

let world: World;
let projectId: string;
let lead: Awaited<ReturnType<World['signedIn']>>;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.reset();
  world.clock.set('2026-11-21T12:00:00Z');
  projectId = await world.db.transaction((trx) =>
    createProject(trx, operator, { name: 'Words', purpose: '' }, undefined),
  );
  lead = await world.signedIn('lead', projectId);
});
afterEach(() => restoreVocabularies(world.db));
afterAll(() => world.close());

const at = (rest = '') => `/projects/${projectId}/vocabularies${rest}`;
const offered = async (vocabulary: string) =>
  (await listProjectTerms(world.db, projectId, [vocabulary], '2026-11-21')).map(({ code }) => code);
const labelOf = async (vocabulary: string, code: string) =>
  (await labelsFor(world.db, projectId, [vocabulary])).find((term) => term.code === code)?.label;
const ticked = (html: string) =>
  [...html.matchAll(/<input class="nhsuk-checkboxes__input"[^>]*value="([^"]+)" checked/g)].map(
    ([, code]) => code!,
  );
const audit = async () =>
  (await world.db('audit_entries').where({ subject_id: projectId }).orderBy('id')).map(
    ({ action, detail }) => [action, detail],
  );

describe('choosing', () => {
  test('a project starts with everything, and offers what its lead ticks; the change can be undone once', async () => {
    expect((await lead.get(at('/employment'))).text).toContain(
      'This project uses all 9 terms of the platform',
    );
    const form = await lead.get(at('/employment/choice'));
    expect(ticked(form.text)).toHaveLength(9);
    const page = await lead.submit(at('/employment/choice'), { revision: '0', terms: ['bank', 'agency'] });
    expect(page.text).toContain('Choice saved: 7 terms no longer offered.');
    expect(page.text).toContain('This project uses 2 of the platform&#39;s 9 terms');
    expect(await offered('employment')).toEqual(['bank', 'agency']);

    const undo = { revision: /name="revision" value="(\d+)"/.exec(page.text)![1]! };
    const undone = await lead.submit(at('/employment/choice/undo'), undo);
    expect(undone.text).toContain('The project uses the terms it used before');
    expect(undone.text).not.toContain('Undo the last choice');
    expect(await offered('employment')).toHaveLength(9);
    const again = await lead.post(at('/employment/choice/undo'), undo);
    expect([again.status, again.text]).toEqual([
      409,
      expect.stringContaining('This can no longer be undone'),
    ]);
    const detail = { vocabulary: 'employment', added: [], all: false };
    expect((await audit()).slice(1)).toEqual([
      ['terms chosen', { ...detail, removed: expect.arrayContaining(['permanent', 'volunteer']) }],
      ['choice of terms undone', { vocabulary: 'employment' }],
    ]);
  });

  test('with every box ticked, what is added to the platform later is offered too', async () => {
    const all = await offered('employment');
    await lead.get(at('/employment/choice'));
    await lead.submit(at('/employment/choice'), { revision: '0', terms: ['bank'] });
    const later = { vocabulary: 'employment', code: 'zero_hours', label: 'Zero hours', position: 99 };
    await world.db('vocabulary_terms').insert(later);
    expect(await offered('employment')).toEqual(['bank']);
    await lead.submit(at('/employment/choice'), { revision: '1', terms: [...all, 'zero_hours'] });
    await world.db('vocabulary_terms').insert({ ...later, code: 'on_call', label: 'On call' });
    expect(await offered('employment')).toContain('on_call');
  });

  test('buttons tick and clear a group without saving, and keep the other boxes', async () => {
    await lead.get(at('/profession/choice'));
    const some = { revision: '0', terms: ['midwife', 'rn_adult'] };
    const page = await lead.post(at('/profession/choice'), { ...some, mark: 'all primary care nursing' });
    expect(page.status).toBe(200);
    expect(ticked(page.text)).toEqual([
      'rn_adult',
      'midwife',
      'gpn_new',
      'gpn_experienced',
      'gpn_enhanced',
      'anp',
      'nurse_consultant_pc',
    ]);
    const cleared = await lead.post(at('/profession/choice'), { ...some, mark: 'none nursing field' });
    expect(ticked(cleared.text)).toEqual(['midwife']);
    expect(ticked((await lead.post(at('/profession/choice'), { ...some, mark: 'none *' })).text)).toEqual([]);
    expect(ticked((await lead.post(at('/profession/choice'), { ...some, mark: 'all *' })).text)).toHaveLength(
      50,
    );
    expect(await offered('profession')).toHaveLength(50);
  });

  test('nothing at all cannot be chosen, unless the project has terms of its own', async () => {
    await lead.get(at('/tier/choice'));
    const page = await lead.post(at('/tier/choice'), { revision: '0' });
    expect([page.status, page.text]).toEqual([
      422,
      expect.stringContaining('<a href="#terms">Select at least one term</a>'),
    ]);
    await lead.submit(at('/tier/terms'), { label: 'Tier A' });
    await lead.submit(at('/tier/choice'), { revision: '0' });
    expect(await offered('tier')).toEqual(['own_tier_a']);
  });

  test('the second of two is told how the choices differ, and keeps the boxes ticked', async () => {
    const other = await world.signedIn('author', projectId);
    await lead.get(at('/tier/choice'));
    await other.get(at('/tier/choice'));
    await other.submit(at('/tier/choice'), { revision: '0', terms: ['1', '2'] });
    const told = await lead.post(at('/tier/choice'), { revision: '0', terms: ['2', '3'] });
    expect(told.status).toBe(409);
    expect(told.text).toContain('Somebody else changed this choice in the meantime');
    expect(told.text).toMatch(/Chosen by the other person, not ticked below: Tier 1/);
    expect(told.text).toMatch(/Ticked below, not chosen by the other person: Tier 3/);
    expect(ticked(told.text)).toEqual(['2', '3']);
    await lead.submit(at('/tier/choice'), { revision: '1', terms: ['2', '3'] });
    expect(await offered('tier')).toEqual(['2', '3']);
  });

  test('sent twice, a choice is made once', async () => {
    await lead.get(at('/tier/choice'));
    await lead.submit(at('/tier/choice'), { revision: '0', terms: ['1'] });
    const page = await lead.submit(at('/tier/choice'), { revision: '0', terms: ['1'] });
    expect(page.text).toContain('Nothing was changed');
    await lead.submit(at('/tier/terms/1'), { revision: '0', label: 'First' });
    expect((await lead.submit(at('/tier/terms/1'), { revision: '0', label: 'First' })).text).toContain(
      'Term changed',
    );
    await lead.submit(at('/tier/terms'), { label: 'Mine' });
    for (const _time of [1, 2]) {
      const again = await lead.submit(at('/tier/terms/own_mine'), { revision: '1', label: 'Ours' });
      expect(again.text).toContain('Term changed');
    }
    expect((await audit()).map(([action]) => action)).toEqual([
      ...['project created', 'terms chosen', 'term renamed', 'own term added', 'own term changed'],
    ]);
  });

  test('of what is used, the page says where, and it keeps its name', async () => {
    const survey = await makeSurvey(world.services);
    projectId = survey.projectId;
    const member = await world.signedIn('lead', projectId);
    await member.get(at('/profession/choice'));
    const page = await member.submit(at('/profession/choice'), { revision: '0', terms: ['rn_adult', 'gp'] });
    expect(page.text).toContain(
      'Choice saved: 48 terms no longer offered. 2 of them are used already, and keep their names there.',
    );
    const [questionnaire] = await world.db('questionnaires').where({ project_id: projectId });
    const away = page.text.slice(page.text.indexOf('id="away"'));
    expect(away).toContain('Not offered: 2');
    expect(away).toContain('Midwife');
    expect(away).toContain('Not chosen.');
    expect(away).toContain(
      `<a href="/questionnaires/${questionnaire.id}">Questionnaire: How do you listen?</a>`,
    );
  });

  test('what has ended names its successors, and says which of them are not used', async () => {
    expect((await lead.get(at('/icb'))).text).toContain(
      'Ended on 31 March 2026. Successors: NHS Thames Valley Integrated Care Board; NHS Surrey and Sussex Integrated Care Board; NHS Hampshire and Isle of Wight Integrated Care Board.',
    );
    world.clock.set('2026-03-31T12:00:00Z');
    await lead.get(at('/icb/choice'));
    await lead.submit(at('/icb/choice'), { revision: '0', terms: ['QNQ', 'QRL', 'S0E4D'] });
    expect((await lead.get(at('/icb'))).text).not.toContain('Terms have ended');
    // In London it is already April.
    world.clock.set('2026-03-31T23:30:00Z');
    const page = await lead.get(at('/icb'));
    expect(page.text).toContain(
      'NHS Frimley Integrated Care Board ended on 31 March 2026. This project does not use what took its place: NHS Surrey and Sussex Integrated Care Board.',
    );
    expect(await offered('icb')).toEqual(['QRL', 'S0E4D']);
    await lead.get(at('/icb/choice'));
    await lead.submit(at('/icb/choice'), { revision: '1', terms: ['QRL', 'S0E4D', 'S9B9J'] });
    expect((await lead.get(at('/icb'))).text).not.toContain('Terms have ended');
    expect(await labelOf('icb', 'QNQ')).toBe('NHS Frimley Integrated Care Board');
  });
});

describe('renaming', () => {
  test('a term gets another name in the project only, and the old one back', async () => {
    await lead.get(at('/profession/terms/midwife'));
    const page = await lead.submit(at('/profession/terms/midwife'), {
      revision: '0',
      label: 'Midwife or student',
    });
    expect(page.text).toContain('On the platform: Midwife');
    expect(await labelOf('profession', 'midwife')).toBe('Midwife or student');
    expect(await world.db('vocabulary_terms').where({ code: 'midwife' }).first('label')).toEqual({
      label: 'Midwife',
    });
    await lead.submit(at('/profession/terms/midwife'), { revision: '1', label: '' });
    expect(await labelOf('profession', 'midwife')).toBe('Midwife');
    expect((await audit()).slice(1)).toEqual([
      ['term renamed', { vocabulary: 'profession', code: 'midwife', own: true }],
      ['term renamed', { vocabulary: 'profession', code: 'midwife', own: false }],
    ]);
  });

  test.each([
    ['paramedic', 422, 'There is a term called Paramedic already'],
    ['x'.repeat(121), 422, 'The name must be 120 characters or fewer'],
  ])('but not %s', async (label, status, sentence) => {
    await lead.get(at('/profession/terms/midwife'));
    const page = await lead.post(at('/profession/terms/midwife'), { revision: '0', label });
    expect([page.status, page.text]).toEqual([
      status,
      expect.stringContaining(`<a href="#label">${sentence}`),
    ]);
    expect(page.text).toContain(`value="${label}"`);
  });

  test('the second of two is told', async () => {
    const other = await world.signedIn('author', projectId);
    const address = at('/profession/terms/midwife');
    await lead.get(address);
    await other.get(address);
    await other.submit(address, { revision: '0', label: 'Theirs' });
    const told = await lead.post(address, { revision: '0', label: 'Mine' });
    expect([told.status, told.text]).toEqual([409, expect.stringContaining('The name is now: Theirs')]);
    expect(told.text).toContain('value="Mine"');
    await lead.submit(address, { revision: '1', label: 'Mine' });
    expect(await labelOf('profession', 'midwife')).toBe('Mine');
  });
});

describe('a term of its own', () => {
  const words = { label: 'Nursery nurse', staffGroup: 'nursing field', tier: '2' };

  test('is added with a code no platform can have, and offered behind its group', async () => {
    await lead.get(at('/profession/terms/new'));
    const page = await lead.submit(at('/profession/terms'), words);
    expect(page.text).toContain('Own term');
    const order = await offered('profession');
    expect(order[order.indexOf('rn_learning_disability') + 1]).toBe('own_nursery_nurse');
    await lead.submit(at('/profession/terms'), { label: 'Nursery-nurse' });
    expect(await offered('profession')).toContain('own_nursery_nurse_2');
    const platform = world
      .db('vocabulary_terms')
      .insert({ vocabulary: 'profession', code: 'own_x', label: 'X', position: 1 });
    await expect(platform).rejects.toThrow('vocabulary_terms_code_not_own');
  });

  test.each([
    ['no name', { label: '' }, '#label', 'Enter a name for the term'],
    ['a name of the platform', { label: 'MIDWIFE' }, '#label', 'There is a term called Midwife already'],
    ['a code of signs', { label: 'New', code: 'a b' }, '#code', 'letters a to z, digits and underscores'],
    ['nothing after own_', { label: 'New', code: 'own_' }, '#code', 'Enter letters or digits after own_'],
    [
      'a code that is too long',
      { label: 'New', code: 'x'.repeat(37) },
      '#code',
      'The code must be 40 characters or fewer',
    ],
    ['an unknown tier', { label: 'New', tier: 'x' }, '#tier', 'Select a staff tier from the list'],
  ])('with %s gets a sentence', async (_case, fields, field, sentence) => {
    await lead.get(at('/profession/terms/new'));
    const page = await lead.post(at('/profession/terms'), { staffGroup: 'typed', ...fields });
    expect(page.status).toBe(422);
    expect(page.text).toMatch(new RegExp(`<a href="${field}">[^<]*${sentence}`));
    expect(page.text).toContain('value="typed"');
  });

  test('changes its code until it is used, and is deleted only before that', async () => {
    await lead.get(at('/profession/terms/new'));
    await lead.submit(at('/profession/terms'), words);
    const first = at('/profession/terms/own_nursery_nurse');
    await lead.submit(first, { revision: '1', ...words, code: 'nursery' });
    expect((await lead.get(first)).status).toBe(404);

    await world.db.transaction((trx) =>
      createFramework(trx, operator, projectId, {
        ...smallFramework(),
        requiredLevels: [{ competency: 'A1', profession: 'own_nursery', level: 2 }],
      }),
    );
    const address = at('/profession/terms/own_nursery');
    const form = await lead.get(address);
    expect(form.text).toContain('The term is used, so its code stays');
    expect(form.text).toContain('Framework: A small framework, version 1');
    const page = await lead.post(address, { revision: '2', ...words, code: 'own_other' });
    expect(page.text).toContain('The term is used, so its code stays own_nursery');
    expect((await lead.post(`${address}/deletion`)).status).toBe(409);

    const archived = await lead.submit(`${address}/archive`);
    expect(archived.text).toContain('Not offered since 21 November 2026.');
    expect(await offered('profession')).not.toContain('own_nursery');
    expect(await labelOf('profession', 'own_nursery')).toBe('Nursery nurse');
    await lead.submit(`${address}/restoration`);
    expect(await offered('profession')).toContain('own_nursery');

    await lead.submit(at('/setting/terms'), { label: 'Hospice', parent: 'vcse' });
    expect((await lead.get(at('/setting'))).text).toContain('Hospice');
    await lead.get(at('/setting/terms/own_hospice'));
    await lead.submit(at('/setting/terms/own_hospice/deletion'));
    expect(await labelOf('setting', 'own_hospice')).toBeUndefined();
    expect((await audit()).map(([action]) => action)).toEqual([
      'project created',
      'own term added',
      'own term changed',
      'own term archived',
      'own term restored',
      'own term added',
      'own term deleted',
    ]);
  });

  test('the second of two is told what changed', async () => {
    await lead.get(at('/profession/terms/new'));
    await lead.submit(at('/profession/terms'), words);
    const address = at('/profession/terms/own_nursery_nurse');
    await lead.submit(address, { revision: '1', ...words, tier: '3' });
    const told = await lead.post(address, { revision: '1', ...words, label: 'Nurse of nurseries' });
    expect(told.status).toBe(409);
    expect(told.text).toContain('The name is now: Nursery nurse');
    expect(told.text).toContain('The staff tier is now: Tier 3');
    expect(told.text).toContain('value="Nurse of nurseries"');
  });

  test('goes along when the project is copied, with choices and names', async () => {
    await lead.get(at('/profession/terms/new'));
    await lead.submit(at('/profession/terms'), words);
    await lead.submit(at('/profession/terms/midwife'), { revision: '0', label: 'Midwives' });
    await lead.submit(at('/profession/choice'), { revision: '0', terms: ['midwife'] });
    await lead.submit(`/projects/${projectId}/copies`);
    const copy = lead.address.split('/').at(-1)!;
    expect(copy).not.toBe(projectId);
    const terms = await listProjectTerms(world.db, copy, ['profession'], '2026-11-21');
    expect(terms.map(({ label }) => label)).toEqual(['Nursery nurse', 'Midwives']);
  });
});

test('a questionnaire made on the command line offers what the project does', async () => {
  const frameworkId = await world.db.transaction((trx) =>
    createFramework(trx, operator, projectId, smallFramework()),
  );
  await lead.get(at('/icb/terms/new'));
  await lead.submit(at('/employment/choice'), { revision: '0', terms: ['bank', 'agency'] });
  await lead.submit(at('/employment/terms/bank'), { revision: '0', label: 'Bank staff' });
  const command = commandNamed(['questionnaire', 'generate']);
  await command.run(world.services, [frameworkId], { facets: 'employment,icb' });
  const [{ definition }] = await world.db('questionnaires');
  const [employment, icb] = definition.pages[0].elements;
  expect(employment.choices).toEqual([
    { value: 'bank', text: 'Bank staff' },
    { value: 'agency', text: 'Agency' },
  ]);
  expect(icb.choices).toHaveLength(36);
});

test("a framework's page speaks in the project's words", async () => {
  const source = {
    ...smallFramework(),
    requiredLevels: [{ competency: 'A1', profession: 'midwife', level: 2 }],
  };
  const frameworkId = await world.db.transaction((trx) => createFramework(trx, operator, projectId, source));
  await lead.get(at('/profession/terms/midwife'));
  await lead.submit(at('/profession/terms/midwife'), { revision: '0', label: 'Midwives of ours' });
  expect((await lead.get(`/frameworks/${frameworkId}`)).text).toContain('Midwives of ours: 2');
});

test('a reader reads and cannot change; to strangers there is nothing', async () => {
  const reader = await world.signedIn('reader', projectId);
  const stranger = await world.signedIn('lead');
  const pages = ['', '/profession'];
  const forms = ['/profession/choice', '/profession/terms/new', '/profession/terms/midwife'];
  for (const page of pages) {
    expect((await reader.get(at(page))).status).toBe(200);
    expect((await stranger.get(at(page))).status).toBe(404);
  }
  expect((await reader.get(at('/profession'))).text).not.toContain('Choose from');
  for (const form of forms) {
    expect((await reader.get(at(form))).status).toBe(403);
    expect((await stranger.get(at(form))).status).toBe(404);
  }
  await reader.get('/projects');
  await stranger.get('/projects');
  const own = '/profession/terms/own_x';
  const actions = [
    '/profession/choice',
    '/profession/choice/undo',
    '/profession/terms',
    '/profession/terms/midwife',
  ];
  for (const action of [...actions, `${own}/archive`, `${own}/restoration`, `${own}/deletion`]) {
    expect((await reader.post(at(action), { label: 'Mine' })).status).toBe(403);
    expect((await stranger.post(at(action), { label: 'Mine' })).status).toBe(404);
  }
  expect((await audit()).map(([action]) => action)).toEqual(['project created']);
  for (const nothing of ['/nothing', '/profession/terms/nothing', '/profession/terms/%00']) {
    expect((await lead.get(at(nothing))).status).toBe(404);
  }
  await lead.get(at('/profession'));
  for (const action of ['archive', 'restoration', 'deletion']) {
    expect((await lead.post(at(`/profession/terms/midwife/${action}`))).status).toBe(404);
  }
});

test("another project's words stay there", async () => {
  const other = await world.db.transaction((trx) =>
    createProject(trx, operator, { name: 'Other', purpose: '' }, undefined),
  );
  await lead.get(at('/profession/terms/new'));
  await lead.submit(at('/profession/terms'), { label: 'Only here' });
  await lead.submit(at('/profession/choice'), { revision: '0', terms: ['gp'] });
  expect(await listProjectTerms(world.db, other, ['profession'], '2026-11-21')).toHaveLength(50);
  expect(await offered('profession')).toEqual(['gp', 'own_only_here']);
});
