import { randomUUID } from 'node:crypto';
import { run } from '../src/platform/database';
import { seededRandom } from '../src/responses/simulation';
import { foldResponses } from '../src/tallies/tallies.commands';
import { fortyRatings } from './forty';
import { median, rounded } from './percentiles';
import { secondsSince } from './product';
import { insertUncounted, someRatings, someStrata } from './rows';
import type { Stage } from './stage';
import { openWorld, type World } from './world';

const responses = 20_000;
const rounds = 3;
const floorSeconds = 3;
const poolSize = 10;

/** How many waiting responses a second one worker counts; beside it, how many rows a second could come in at all. */
export async function fold(stage: Stage): Promise<void> {
  const world = await openWorld(stage, fortyRatings());
  stage.say('Warming up');
  await secondsToFold(world, 50);
  for (const strata of [50, 210]) {
    stage.say(`Counting ${rounds} times ${responses} responses over ${strata} strata`);
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round += 1) seconds.push(await secondsToFold(world, strata));
    const perSecond = responses / median(seconds);
    const floorPerSecond = await rowsPerSecond(world, strata);
    stage.print({
      bench: 'fold',
      strata,
      perSecond: Math.round(perSecond),
      floorPerSecond: Math.round(floorPerSecond),
      ratioToFloor: rounded(perSecond / floorPerSecond),
    });
  }
}

async function secondsToFold(world: World, strata: number): Promise<number> {
  await insertUncounted(world, { count: responses, strata });
  const begin = performance.now();
  await foldResponses(world.services, world.survey.id);
  return secondsSince(begin);
}

/** Responses stored one at a time, over every connection of the pool. */
async function rowsPerSecond({ services: { db }, survey, plan }: World, strata: number): Promise<number> {
  await db.raw('create table if not exists floor_responses (like responses including all)');
  const random = seededRandom(1);
  const facets = someStrata(plan, strata);
  const insert = {
    name: 'floor-response',
    text: `insert into floor_responses (id, survey_id, questionnaire_version_id, submitted_on, facets, ratings, source)
           values ($1, $2, $3, $4, $5, $6, 'simulation')`,
  };
  let stored = 0;
  const begin = performance.now();
  const storeOnAndOn = async () => {
    while (secondsSince(begin) < floorSeconds) {
      const stratum = facets[stored % facets.length];
      const ratings = someRatings(plan, random);
      await run(db, insert, [randomUUID(), survey.id, survey.versionId, '2026-01-31', stratum, ratings]);
      stored += 1;
    }
  };
  await Promise.all(Array.from({ length: poolSize }, storeOnAndOn));
  return stored / secondsSince(begin);
}
