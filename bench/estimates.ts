import { operator } from '../src/audit/actor';
import { readEstimates } from '../src/estimates/estimates.commands';
import { type GroupsWorld, openGroupsWorld, storePeople } from './groups-world';
import { median, rounded } from './percentiles';
import { secondsSince } from './product';
import type { Stage } from './stage';

const sizes = [1_000, 100_000, 1_000_000];
const rounds = 5;

/**
 * Seconds until all estimates of 40 competencies in 12 professions by 8 settings are there, with ever more responses behind them. For
 * the first time in a process, and again.
 */
export async function estimates(stage: Stage): Promise<void> {
  const world = await openGroupsWorld(stage);
  for (const responses of sizes) {
    stage.say(`Storing ${responses} responses`);
    await storePeople(world, responses);
    stage.say(`Reading the estimates ${rounds} times`);
    const seconds: number[] = [];
    while (seconds.length < rounds) seconds.push(await secondsToRead(world));
    stage.print({
      ...{ bench: 'estimates', responses },
      seconds: rounded(median(seconds)),
      firstSeconds: rounded(seconds[0]!),
    });
  }
}

async function secondsToRead({ services, survey }: GroupsWorld): Promise<number> {
  const begin = performance.now();
  await readEstimates(services, operator, survey);
  return secondsSince(begin);
}
