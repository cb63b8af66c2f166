import { totalOf } from '../../src/populations/headcount';
import { tableOf } from '../../src/populations/population';
import { findPopulation } from '../../src/populations/populations.queries';
import { readFrozenRelease } from '../../src/releases/releases.queries';
import { findSurveyByCode } from '../../src/surveys/surveys.queries';
import { demoResponses, loadDemo, publishDemoReport } from '../../src/templates/demo.commands';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test('the demo has made-up staff, so that its report says how many people are below what is required', async () => {
  const code = await loadDemo(world.services, 'on', () => undefined);
  const survey = (await findSurveyByCode(world.db, code!))!;
  const population = (await findPopulation(world.db, survey.projectId))!;
  expect(population.title).toContain('Made-up');
  const staff = totalOf(tableOf(population));
  expect(staff).toBeGreaterThan(demoResponses);

  await publishDemoReport(world.services, code!, new AbortController().signal);
  const [{ id }] = await world.db('releases').where({ state: 'published' }).select('id');
  const { release, figures } = await readFrozenRelease(world.db, id);
  expect(release.document!.workforce).toMatchObject({ total: staff });
  const everybody = figures.filter(({ node, figures }) => node === 0 && figures?.percentMeeting != null);
  expect(everybody.length).toBeGreaterThan(30);
  for (const { figures } of everybody) {
    expect(figures!.statistics.workforce).toMatchObject({
      staff: expect.any(Number),
      below: expect.any(Number),
    });
  }
}, 120_000);
