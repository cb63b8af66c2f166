import { operator } from '../src/audit/actor';
import { makeFile } from '../src/files/files.commands';
import { findFile } from '../src/files/files.queries';
import { publishRelease } from '../src/releases/releases.commands';
import { releaseNow } from '../src/releases/working.commands';
import { fileFormats } from '../src/takeaways/report-file';
import { askReportFile, reportFileMakers } from '../src/takeaways/takeaways.commands';
import { openGroupsWorld, storePeople } from './groups-world';
import { rounded } from './percentiles';
import { secondsSince } from './product';
import type { Stage } from './stage';

const responses = 10_000;

/** How long the files of a published report take to make, and how large they are, of 40 competencies in 12 professions by 8 settings. */
export async function files(stage: Stage): Promise<void> {
  const world = await openGroupsWorld(stage);
  stage.say(`Storing ${responses} responses and releasing a report of them`);
  await storePeople(world, responses);
  const wish = { smallChanges: 'refuse' as const, reason: '' };
  const { id } = await releaseNow(world.services, operator, world.survey, wish);
  await publishRelease(world.services, operator, id);
  const { db, clock } = world.services;
  const account = await db('accounts').first('id');
  for (const format of fileFormats) {
    stage.say(`Making ${format}`);
    const asked = await askReportFile(world.services, account.id, id, format);
    const begin = performance.now();
    await makeFile(world.services, reportFileMakers, asked.id);
    const seconds = rounded(secondsSince(begin));
    const made = await findFile(db, asked.id, clock.now());
    if (made?.state !== 'ready') throw new Error(`The file was not made: ${format}`);
    stage.print({ bench: 'files', format, seconds, KB: rounded((made.size ?? 0) / 1000) });
  }
}
