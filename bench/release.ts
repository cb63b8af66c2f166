import { operator } from '../src/audit/actor';
import { releaseNow } from '../src/releases/working.commands';
import { type GroupsWorld, openGroupsWorld, storePeople } from './groups-world';
import { rounded } from './percentiles';
import { secondsSince } from './product';
import type { Stage } from './stage';

const sizes = [1_000, 100_000, 1_000_000];

/**
 * Seconds from asking for a report of 40 competencies in 12 professions by 8 settings until somebody can publish it: estimates, what is
 * withheld, the auditor's attack and the rows, with ever more responses behind them.
 */
export async function release(stage: Stage): Promise<void> {
  const world = await openGroupsWorld(stage);
  for (const responses of sizes) {
    stage.say(`Storing ${responses} responses`);
    await storePeople(world, responses);
    stage.say('Working out a report');
    const { seconds, groups } = await worked(world);
    stage.print({ ...{ bench: 'release', responses, seconds: rounded(seconds) }, ...groups });
  }
}

/** Asks for a report in the place of the one before, which nobody published, and waits for it; and how many groups it shows. */
async function worked({ services, survey }: GroupsWorld) {
  const begin = performance.now();
  const { state, document } = await releaseNow(services, operator, survey, {
    smallChanges: 'refuse',
    reason: '',
  });
  const seconds = secondsSince(begin);
  if (state !== 'ready') throw new Error(`The report is ${state}`);
  return { seconds, groups: document!.groups };
}
