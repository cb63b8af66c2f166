import request from 'supertest';
import { loadSolver, type Solver } from '../../src/platform/solver';
import { published } from '../releases/make';
import { openWorld, type World } from '../support/world';
import { takeAway, takeCsv } from '../takeaways/take';
import { makeToken } from '../tokens/make';
import { type Attacked, answer, makeAttacked, somePeople } from './attack-world';
import { type Attack, attack, type Finding } from './attacker';
import { type ReadReport, readCsvReport, readJson, readPages, readWorkbookReport } from './reading';
import { readAround } from './reading-around';

// METHODS.md 3.5, P3: what a reader really gets is read, and every group that the tester knows to be small is attacked with it.

let world: World;
let solver: Solver;
beforeAll(async () => {
  world = await openWorld();
  solver = await loadSolver();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const threshold = 11;

/**
 * What is told of small groups: each sum by itself; and all of them weighed against each other. Of the second the number of answers to one question
 * is left out: that it lies between two bounds follows from exact numbers of people and of answers beside each other, which nobody is shown:
 * who does not count is told to the nearest five (METHODS.md 3.3, step 4).
 */
function told(given: Omit<Attack, 'solver' | 'threshold'>): Finding[] {
  const apart = attack({ solver, threshold, ...given });
  const together = attack({ solver, threshold, together: true, ...given });
  return [...apart, ...together.filter(({ what }) => what !== 'answers')];
}

/**
 * The report as somebody with the least rights reads it: every address there is of it (METHODS.md 3.5, P4), in every form; all of them say the
 * same.
 */
async function read({ survey }: Attacked, id: string): Promise<ReadReport> {
  const reader = await world.signedIn('reader', survey.projectId);
  const pages = await readPages(reader, `/reports/${id}`);
  const api = await request(world.app)
    .get(`/api/v1/reports/${id}`)
    .set('Authorization', `Bearer ${await makeToken(world, reader.email)}`);
  expect(readJson(api.body)).toEqual(pages);
  expect(readCsvReport(await takeCsv(world, reader, id))).toEqual(pages);
  expect(await readWorkbookReport((await takeAway(world, reader, id, 'xlsx')).body)).toEqual(pages);
  const { compared, differences } = await readAround(reader, `/reports/${id}`, pages);
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(100);
  return pages;
}

function shownIn(report: ReadReport): { shown: number; withheld: number; figures: number } {
  const nodes = [...report.nodes.values()];
  return {
    shown: nodes.filter(({ status }) => status === 'shown').length,
    withheld: nodes.filter(({ status }) => status === 'withheld').length,
    figures: nodes.flatMap(({ items }) => items).filter(({ status }) => status === 'published').length,
  };
}

const worlds: { dimensions: Record<string, number>; people: number; seed: number }[] = [
  { dimensions: { profession: 5, setting: 4 }, people: 260, seed: 1 },
  { dimensions: { profession: 6, setting: 3 }, people: 150, seed: 2 },
  { dimensions: { profession: 4, setting: 3, region: 2 }, people: 320, seed: 3 },
  { dimensions: { profession: 3, setting: 2, region: 3 }, people: 160, seed: 4 },
];

test.each(worlds)(
  'nobody is found in the report of $people people by $dimensions',
  async ({ dimensions, people, seed }) => {
    const attacked = await makeAttacked(world, { dimensions });
    await answer(world, attacked, somePeople(attacked, people, seed));
    const report = await read(attacked, (await published(world, attacked.survey)).id);
    const { shown, withheld, figures } = shownIn(report);
    // Something is shown, and there is something to protect.
    expect(shown).toBeGreaterThan(2);
    expect(withheld).toBeGreaterThan(2);
    expect(figures).toBeGreaterThan(2);
    expect(told({ reports: [report], ...attacked })).toEqual([]);
  },
  120_000,
);

test('nor by anybody who knows all the answers of their own organisation', async () => {
  const dimensions = { profession: 4, organisation: 4 };
  const attacked = await makeAttacked(world, { dimensions });
  await answer(world, attacked, somePeople(attacked, 240, 5));
  const report = await read(attacked, (await published(world, attacked.survey)).id);
  expect(shownIn(report).shown).toBeGreaterThan(2);
  for (const own of attacked.codes.organisation!) {
    const known = ([, organisation]: readonly string[]) => organisation === own;
    expect([own, told({ reports: [report], known, ...attacked })]).toEqual([own, []]);
  }
}, 120_000);

test('nor by reading two reports of one survey together', async () => {
  const dimensions = { profession: 4, setting: 3 };
  const attacked = await makeAttacked(world, { dimensions });
  await answer(world, attacked, somePeople(attacked, 200, 6));
  const first = await read(attacked, (await published(world, attacked.survey)).id);
  await answer(world, attacked, somePeople(attacked, 160, 6, 1));
  const again = { smallChanges: 'carry' as const, reason: 'More answered' };
  const second = await read(attacked, (await published(world, attacked.survey, again)).id);
  expect(told({ reports: [first, second], ...attacked })).toEqual([]);
}, 120_000);
