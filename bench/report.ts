import { type Browser, createBrowser } from './browser';
import { startFloor } from './floor';
import { reportAddress, signInLead } from './lead';
import { percentile, rounded } from './percentiles';
import { secondsSince, startProductOn } from './product';
import { insertCounted } from './rows';
import type { Stage } from './stage';
import { visit } from './walk';
import { openWorld } from './world';

const sizes = [1_000, 10_000, 100_000];
const views = { warmUp: 30, measured: 300 };
const mostSeconds = 20;

/** How long the working report takes to come, with ever more responses behind it; beside it, an empty page. */
export async function report(stage: Stage): Promise<void> {
  const world = await openWorld(stage);
  const product = await startProductOn(stage, world);
  const floor = await startFloor(stage, world);
  const lead = await signInLead(stage, product.url, world);
  const visitor = await stage.open(
    () => createBrowser(floor.url),
    (opened) => opened.close(),
  );
  let stored = 0;
  for (const responses of sizes) {
    stage.say(`Opening the report of ${responses} responses`);
    await insertCounted(world, { count: responses - stored, strata: 210 });
    stored = responses;
    const address = reportAddress(world);
    await durations(lead, address, views.warmUp);
    await durations(visitor, address, views.warmUp);
    stage.print({
      bench: 'report',
      responses,
      p95Ms: rounded(percentile(await durations(lead, address, views.measured), 0.95)),
      floorP95Ms: rounded(percentile(await durations(visitor, address, views.measured), 0.95)),
    });
  }
}

/** How long each of some views took, one after the other, in milliseconds. */
export async function durations(browser: Browser, address: string, most: number): Promise<number[]> {
  const taken: number[] = [];
  const begin = performance.now();
  while (taken.length < most && secondsSince(begin) < mostSeconds) {
    const asked = performance.now();
    await visit(browser, { method: 'GET', address });
    taken.push(performance.now() - asked);
  }
  return taken;
}
