import { loadDefaultVocabularies } from '../../src/vocabularies/vocabularies.commands';
import { makeSurvey } from '../support/make';
import { restoreVocabularies } from '../support/vocabularies';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterEach(() => restoreVocabularies(world.db));
afterAll(() => world.close());

const termOf = (vocabulary: string, code: string) =>
  world.db('vocabulary_terms').where({ vocabulary, code }).first();
const orderOf = (vocabulary: string) =>
  world.db('vocabulary_terms').where({ vocabulary }).orderBy(['position', 'code']).pluck('code');
const audit = () =>
  world.db('audit_entries').where({ subject: 'vocabulary' }).orderBy('id').select('action', 'detail');
const day = (name: string, year: string, month: string, date: string) => ({
  [`${name}-year`]: year,
  [`${name}-month`]: month,
  [`${name}-day`]: date,
});

test('everybody signed in reads the vocabularies, and sees what is used where', async () => {
  await makeSurvey(world.services);
  const reader = await world.signedIn('reader');
  const list = await reader.get('/vocabularies');
  expect(list.text).toContain('<a href="/vocabularies/icb">Integrated care boards</a>');
  const boards = await reader.get('/vocabularies/icb');
  expect(boards.text).toContain('48 terms, 12 of them ended');
  expect(boards.text).toContain('From 1 July 2022 to 31 March 2026');
  expect(boards.text).toContain('NHS Hampshire and Isle of Wight Integrated Care Board');
  expect(boards.text).not.toContain('Add a term');
  const settings = await reader.get('/vocabularies/setting');
  expect(settings.text).toContain('1 questionnaire');
  expect((await reader.get('/vocabularies/nothing')).status).toBe(404);
  expect((await world.visitor().get('/vocabularies')).text).toContain('Sign in');
});

test.each(['lead', 'organisation_admin', 'reader'] as const)(
  'a %s cannot edit the platform',
  async (role) => {
    const browser = await world.signedIn(role);
    const pages = ['terms/new', 'terms/midwife', 'terms/midwife/removal'];
    for (const page of pages) {
      expect((await browser.get(`/vocabularies/profession/${page}`)).status).toBe(403);
    }
    await browser.get('/vocabularies/profession');
    for (const action of ['terms', 'terms/midwife', 'terms/midwife/removal', 'order']) {
      const post = browser.post(`/vocabularies/profession/${action}`, { label: 'Mine', move: 'up midwife' });
      expect((await post).status).toBe(403);
    }
    expect(await audit()).toEqual([]);
  },
);

test('a term is added behind its group, with a code made of its name', async () => {
  const admin = await world.signedIn('platform_admin');
  await admin.get('/vocabularies/profession/terms/new');
  const page = await admin.submit('/vocabularies/profession/terms', {
    label: '  Nursery   nurse ',
    staffGroup: 'nursing field',
    tier: '2',
  });
  expect(page.text).toContain('Term added');
  expect(await termOf('profession', 'nursery_nurse')).toMatchObject({
    label: 'Nursery nurse',
    staff_group: 'nursing field',
    tier: '2',
  });
  const order = await orderOf('profession');
  expect(order[order.indexOf('rn_learning_disability') + 1]).toBe('nursery_nurse');
  await admin.submit('/vocabularies/profession/terms', { label: 'Another', code: 'another_one' });
  expect((await orderOf('profession')).slice(-2)).toEqual(['another_one', 'other']);
  expect(await audit()).toEqual([
    { action: 'term added', detail: { vocabulary: 'profession', code: 'nursery_nurse' } },
    { action: 'term added', detail: { vocabulary: 'profession', code: 'another_one' } },
  ]);
});

test.each([
  ['without a name', { label: ' ' }, '#label', 'Enter a name for the term'],
  [
    'with a name that is too long',
    { label: 'x'.repeat(121) },
    '#label',
    'The name must be 120 characters or fewer',
  ],
  ['with brackets in its name', { label: 'A {x}' }, '#label', 'The name must not hold curly brackets'],
  ['with the name of another', { label: 'MIDWIFE' }, '#label', 'There is a term called Midwife already'],
  [
    'with a code that is taken',
    { label: 'New', code: 'midwife' },
    '#code',
    'There is a term with the code midwife already',
  ],
  [
    'with a code of projects',
    { label: 'New', code: 'own_new' },
    '#code',
    'Codes that begin with own_ are left to projects',
  ],
  [
    'with a code of other letters',
    { label: 'New', code: 'new-code' },
    '#code',
    'The code must be made of the letters a to z, digits and underscores',
  ],
  [
    'with a day that is none',
    { label: 'New', ...day('validTo', '2026', '2', '30') },
    '#validTo-day',
    'Enter the last day as a day, a month and a year',
  ],
  [
    'that ends before it begins',
    { label: 'New', ...day('validFrom', '2026', '4', '1'), ...day('validTo', '2026', '3', '31') },
    '#validTo-day',
    'The last day must not be before the first day',
  ],
  ['with an unknown tier', { label: 'New', tier: '9' }, '#tier', 'Select a staff tier from the list'],
  [
    'with an unknown successor',
    { label: 'New', successors: 'x' },
    '#successors',
    'There is no term with the code x',
  ],
])('a term %s gets a sentence, and what was typed stays', async (_case, fields, field, sentence) => {
  const admin = await world.signedIn('platform_admin');
  await admin.get('/vocabularies/profession/terms/new');
  const page = await admin.post('/vocabularies/profession/terms', { staffGroup: 'a <group>', ...fields });
  expect(page.status).toBe(422);
  expect(page.text).toMatch(new RegExp(`<a href="${field}">${sentence}`));
  expect(page.text).toContain('value="a &lt;group&gt;"');
  expect(await world.db('vocabulary_terms').where({ vocabulary: 'profession' })).toHaveLength(50);
});

test('a term is changed; its code and its place are not', async () => {
  const admin = await world.signedIn('platform_admin');
  const before = await orderOf('icb');
  const form = await admin.get('/vocabularies/icb/terms/QMF');
  expect(form.text).toContain('It never changes');
  const page = await admin.submit('/vocabularies/icb/terms/QMF', {
    ...{
      revision: '0',
      label: 'NHS East London',
      code: 'other',
      parent: 'Y56',
      successors: ['Z9B2Z', 'QKK'],
    },
    ...day('validFrom', '2022', '7', '1'),
    ...day('validTo', '2026', '11', '30'),
  });
  expect(page.text).toContain('Term changed');
  expect(await termOf('icb', 'QMF')).toMatchObject({
    ...{ label: 'NHS East London', valid_to: '2026-11-30', revision: 1 },
    successors: ['Z9B2Z', 'QKK'],
  });
  expect(await orderOf('icb')).toEqual(before);
  expect(await audit()).toEqual([
    {
      action: 'term changed',
      detail: { vocabulary: 'icb', code: 'QMF', fields: ['label', 'validTo', 'successors'] },
    },
  ]);
});

test('the second of two editors is told what changed, and loses nothing typed', async () => {
  const first = await world.signedIn('platform_admin');
  const second = await world.signedIn('platform_admin');
  const address = '/vocabularies/profession/terms/midwife';
  await first.get(address);
  await second.get(address);
  await first.submit(address, {
    revision: '0',
    label: 'Midwives',
    tier: '4',
    staffGroup: 'nursing and midwifery',
  });
  const typed = { label: 'Midwife (all)', tier: '3', staffGroup: 'nursing and midwifery' };
  const told = await second.post(address, { revision: '0', ...typed });
  expect(told.status).toBe(409);
  expect(told.text).toContain('Somebody else changed this term in the meantime');
  expect(told.text).toContain('The name is now: Midwives');
  expect(told.text).toContain('The staff tier is now: Tier 4');
  expect(told.text).not.toContain('The staff group is now');
  expect(told.text).toContain('value="Midwife (all)"');
  const revision = /name="revision" value="(\d+)"/.exec(told.text)![1]!;
  await second.submit(address, { revision, ...typed });
  expect(await termOf('profession', 'midwife')).toMatchObject({
    label: 'Midwife (all)',
    tier: '3',
    revision: 2,
  });
});

test('terms move past their neighbours, and not off the list', async () => {
  const admin = await world.signedIn('platform_admin');
  await admin.get('/vocabularies/tier');
  const move = async (what: string) => {
    await admin.post('/vocabularies/tier/order', { move: what }).expect(303);
    return orderOf('tier');
  };
  expect(await move('down 1')).toEqual(['2', '1', '3', '4']);
  expect(await move('up 4')).toEqual(['2', '1', '4', '3']);
  expect(await move('up 2')).toEqual(['2', '1', '4', '3']);
  expect(await move('down 3')).toEqual(['2', '1', '4', '3']);
  expect(await audit()).toHaveLength(2);
  for (const wrong of ['sideways 1', 'up', 'up nothing', '']) {
    await admin.post('/vocabularies/tier/order', { move: wrong }).expect(404);
  }
});

test('what nothing uses is deleted, and no start brings it back', async () => {
  const admin = await world.signedIn('platform_admin');
  const address = '/vocabularies/profession/terms/podiatrist/removal';
  expect((await admin.get(address)).text).toContain('Nothing uses this term');
  const page = await admin.submit(address, { how: 'deletion' });
  expect(page.text).toContain('Term deleted');
  await loadDefaultVocabularies(world.services);
  expect(await termOf('profession', 'podiatrist')).toBeUndefined();
  expect((await admin.get(address)).status).toBe(404);
  // It can come back by hand.
  await admin.get('/vocabularies/profession/terms/new');
  await admin.submit('/vocabularies/profession/terms', { label: 'Podiatrist' });
  expect(await termOf('profession', 'podiatrist')).toMatchObject({ label: 'Podiatrist' });
});

test.each([
  ['a questionnaire that offers it', 'profession', 'midwife', 'It is used in 1 questionnaire'],
  ['a framework with a level for it', 'profession', 'gp', 'It is used in 1 framework'],
  ['a project that chose it', 'profession', 'paramedic', '1 project has chosen or renamed it'],
  ['a project that renamed it', 'profession', 'dietitian', '1 project has chosen or renamed it'],
  ['terms that lie in it', 'region', 'Y63', '4 other terms refer to it'],
  ['terms it succeeds', 'icb', 'Z9B2Z', '2 other terms refer to it'],
  ['professions in it', 'tier', '2', '1 other term refers to it'],
])('%s keeps a term from being deleted; it can end', async (_case, vocabulary, code, reason) => {
  const { projectId } = await makeSurvey(world.services);
  const [framework] = await world.db('frameworks');
  await world.db.raw('alter table matrix_columns disable trigger matrix_columns_frozen');
  await world.db('matrix_columns').insert({ framework_id: framework.id, profession: 'gp', position: 9 });
  await world.db.raw('alter table matrix_columns enable trigger matrix_columns_frozen');
  await world
    .db('project_vocabularies')
    .insert({ project_id: projectId, vocabulary: 'profession', picked: ['paramedic'] });
  await world
    .db('project_terms')
    .insert({ project_id: projectId, vocabulary: 'profession', code: 'dietitian', label: 'Dietician' });
  const admin = await world.signedIn('platform_admin');
  const address = `/vocabularies/${vocabulary}/terms/${code}/removal`;
  const page = await admin.get(address);
  expect(page.text).toContain(reason);
  expect(page.text).not.toContain('Delete this term');
  const forged = await admin.post(address, { how: 'deletion' });
  expect([forged.status, forged.text]).toEqual([
    422,
    expect.stringContaining('so it cannot be deleted. End it instead'),
  ]);
  await admin.submit(address, day('lastDay', '2027', '3', '31'));
  expect(await termOf(vocabulary, code)).toMatchObject({ valid_to: '2027-03-31' });
});

test('a term cannot end before it begins, nor on no day', async () => {
  const admin = await world.signedIn('platform_admin');
  const address = '/vocabularies/icb/terms/QMF/removal';
  await admin.get(address);
  const early = await admin.post(address, day('lastDay', '2020', '3', '31'));
  expect(early.text).toContain('<a href="#lastDay-day">The last day must not be before the first day</a>');
  expect(early.text).toContain('value="2020"');
  const none = await admin.post(address, day('lastDay', '', '', ''));
  expect([none.status, none.text]).toEqual([422, expect.stringContaining('Enter the last day as a day')]);
});

test('a start adds what is missing, fills in what was not known, and keeps every edit', async () => {
  const of = (code: string) => world.db('vocabulary_terms').where({ vocabulary: 'profession', code });
  await of('gp').delete();
  await of('midwife').update({ label: 'Midwives', staff_group: null, revision: 1 });
  await of('paramedic').update({ staff_group: null });
  // Somebody has given a name of ours to a term of theirs.
  await of('dietitian').delete();
  await of('podiatrist').update({ label: 'Dietitian', revision: 1 });
  await loadDefaultVocabularies(world.services);
  expect(await of('gp').first()).toMatchObject({ label: 'General practitioner', tier: '4' });
  expect(await of('midwife').first()).toMatchObject({ label: 'Midwives', staff_group: null });
  expect(await of('paramedic').first()).toMatchObject({ staff_group: 'AHP' });
  expect(await of('dietitian').first()).toBeUndefined();
  expect(await termOf('setting', 'gp_practice')).toMatchObject({ parent: 'nhs_primary' });
});

test('an address that names no term is not found', async () => {
  const admin = await world.signedIn('platform_admin');
  for (const code of ['nothing', '%00', 'a%20b', '%2F', `${'x'.repeat(41)}`]) {
    expect((await admin.get(`/vocabularies/profession/terms/${code}`)).status).toBe(404);
  }
});
