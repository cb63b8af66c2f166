import { shuffleResponses } from '../../src/responses/responses.commands';
import { checkTallies, foldResponses } from '../../src/tallies/tallies.commands';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test('rows are written anew while people answer: nobody is refused, nothing is lost or doubled', async () => {
  const survey = await makeSurvey(world.services, { threshold: 8 });
  let answering = true;
  const shuffling = (async () => {
    while (answering) {
      await foldResponses(world.services, survey.id);
      await shuffleResponses(world.services, survey.id);
    }
  })();
  const people = Array.from({ length: 8 }, () => makeResponses(world.services, survey, { A1: 2, count: 60 }));
  try {
    await Promise.all(people);
  } finally {
    answering = false;
    await shuffling;
  }
  await world.queue.drain();

  expect(await world.db('responses').pluck('id')).toHaveLength(480);
  expect(await checkTallies(world.services, survey.id)).toEqual([]);
  expect(await world.db('tallies').sum('respondents as n').first()).toEqual({ n: 480 });
});
