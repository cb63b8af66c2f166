import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { labelsFor, listProjectTerms } from '../../src/vocabularies/project-terms.queries';
import { openWorld, type World } from '../support/world';

let world: World;
let projectId: string;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.reset();
  projectId = await world.db.transaction((trx) =>
    createProject(trx, operator, { name: 'Boards', purpose: '' }, undefined),
  );
});
afterAll(() => world.close());

const pick = (vocabulary: string, picked: string[]) =>
  world.db('project_vocabularies').insert({ project_id: projectId, vocabulary, picked });
const say = (vocabulary: string, code: string, label: string, more = {}) =>
  world.db('project_terms').insert({ project_id: projectId, vocabulary, code, label, ...more });
const codes = (terms: { code: string }[]) => terms.map(({ code }) => code);

test.each([
  ['the last day of a board', '2026-03-31', true, false],
  ['the first day of its successor', '2026-04-01', false, true],
  ['before there were boards', '2022-06-30', false, false],
])('a project that picked nothing offers what is valid: %s', async (_case, day, old, successor) => {
  const offered = codes(await listProjectTerms(world.db, projectId, ['icb'], day));
  expect([offered.includes('QMJ'), offered.includes('Z9B2Z')]).toEqual([old, successor]);
});

test('labels are there for every term, ended ones too', async () => {
  const boards = await labelsFor(world.db, projectId, ['icb']);
  expect(boards).toHaveLength(48);
  expect(boards.find(({ code }) => code === 'QNQ')).toEqual({
    vocabulary: 'icb',
    code: 'QNQ',
    label: 'NHS Frimley Integrated Care Board',
    tier: null,
    group: 'South East',
    parent: 'Y59',
    own: false,
    validFrom: '2022-07-01',
    validTo: '2026-03-31',
    successors: ['S0E4D', 'S9B9J', 'QRL'],
    picked: true,
    archivedOn: null,
    platformLabel: 'NHS Frimley Integrated Care Board',
    revision: 0,
  });
});

test('a pick narrows what is offered, and labels stay', async () => {
  await pick('profession', ['midwife', 'rn_adult']);
  expect(codes(await listProjectTerms(world.db, projectId, ['profession'], '2026-11-21'))).toEqual([
    'rn_adult',
    'midwife',
  ]);
  expect(await labelsFor(world.db, projectId, ['profession'])).toHaveLength(50);
});

test("the project's words stand in for the platform's, and its own terms behind their group", async () => {
  await say('profession', 'midwife', 'Midwife or student midwife');
  await say('profession', 'own_nursery_nurse', 'Nursery nurse', { staff_group: 'nursing field', tier: '2' });
  await say('profession', 'own_volunteer', 'Volunteer');
  await say('profession', 'own_gone', 'Gone', { archived_on: '2026-01-01' });
  const offered = await listProjectTerms(world.db, projectId, ['profession'], '2026-11-21');
  expect(offered.find(({ code }) => code === 'midwife')).toMatchObject({
    label: 'Midwife or student midwife',
    platformLabel: 'Midwife',
    tier: '3',
    group: 'nursing and midwifery',
  });
  const order = codes(offered);
  expect(order[order.indexOf('rn_learning_disability') + 1]).toBe('own_nursery_nurse');
  expect(order.slice(-2)).toEqual(['own_volunteer', 'other']);
  expect(order).not.toContain('own_gone');
  expect(codes(await labelsFor(world.db, projectId, ['profession']))).toContain('own_gone');
});

test('vocabularies come in the order asked for, and what there is none of gives nothing', async () => {
  const terms = await listProjectTerms(world.db, projectId, ['tier', 'nothing', 'region'], '2026-11-21');
  expect([...new Set(terms.map(({ vocabulary }) => vocabulary))]).toEqual(['tier', 'region']);
});
