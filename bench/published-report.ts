import { operator } from '../src/audit/actor';
import { publishRelease } from '../src/releases/releases.commands';
import { releaseNow } from '../src/releases/working.commands';
import { createBrowser } from './browser';
import { startFloor } from './floor';
import { openGroupsWorld, storePeople } from './groups-world';
import { signInLead } from './lead';
import { percentile, rounded } from './percentiles';
import { startProductOn } from './product';
import { durations } from './report';
import type { Stage } from './stage';
import { visit } from './walk';

const responses = 10_000;
const views = { warmUp: 30, measured: 300 };

/**
 * How long the pages of a published report take to come, of 40 competencies in 12 professions by 8 settings; beside it, an empty page. They read
 * the release only: how many responses are behind it makes no difference.
 */
export async function publishedReport(stage: Stage): Promise<void> {
  const world = await openGroupsWorld(stage);
  stage.say(`Storing ${responses} responses and releasing a report of them`);
  await storePeople(world, responses);
  const { id } = await releaseNow(world.services, operator, world.survey, {
    smallChanges: 'refuse',
    reason: '',
  });
  await publishRelease(world.services, operator, id);
  const product = await startProductOn(stage, world);
  const floor = await startFloor(stage, world);
  const lead = await signInLead(stage, product.url, world);
  const visitor = await stage.open(
    () => createBrowser(floor.url),
    (opened) => opened.close(),
  );
  const report = `/reports/${id}`;
  const pages = {
    report,
    map: `${report}/map?by=profession`,
    'map of one competency': `${report}/map?competency=1`,
    detail: `${report}/items/1?profession=rn_adult`,
  };
  for (const [page, address] of Object.entries(pages)) {
    stage.say(`Opening the ${page}`);
    await durations(lead, address, views.warmUp);
    await durations(visitor, address, views.warmUp);
    const { bytes } = await visit(lead, { method: 'GET', address });
    stage.print({
      ...{ bench: 'report', page, responses },
      p95Ms: rounded(percentile(await durations(lead, address, views.measured), 0.95)),
      floorP95Ms: rounded(percentile(await durations(visitor, address, views.measured), 0.95)),
      compressedKB: rounded(bytes / 1000),
    });
  }
}
