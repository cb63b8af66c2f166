import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, createBrowser } from './browser';
import { startFloor } from './floor';
import { reportAddress, signInLead } from './lead';
import { median, rounded } from './percentiles';
import { secondsSince, startProductOn } from './product';
import { insertCounted } from './rows';
import type { Stage } from './stage';
import { recordWalks, visit, type Walk } from './walk';
import { openWorld } from './world';

const rounds = 9;
const patience = 70;

/** Counts on the page are to the nearest five, so five more people always show. */
const together = 5;

/** Seconds from the moment five people send their answers to a report that holds all five. */
export async function freshness(stage: Stage): Promise<void> {
  const world = await openWorld(stage);
  await insertCounted(world, { count: 600, strata: 210 });
  const product = await startProductOn(stage, world);
  const walks = await recordWalks(product.url, world.survey.code, together);
  await world.services.queue.drain(); // What recording sent is counted, and will not pass for what we send.
  const lead = await signInLead(stage, product.url, world);
  const floor = await startFloor(stage, world);
  stage.say(`Sending ${together} responses and waiting for the report, ${rounds} times`);
  const seconds: number[] = [];
  const floorSeconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    seconds.push(await secondsToShow(product.url, walks, lead, reportAddress(world)));
    floorSeconds.push(await secondsToStore(floor.url, walks));
  }
  stage.print({
    bench: 'freshness',
    seconds: rounded(median(seconds)),
    longestSeconds: rounded(Math.max(...seconds)),
    floorSeconds: rounded(median(floorSeconds)),
  });
}

async function secondsToShow(url: string, walks: Walk[], lead: Browser, report: string): Promise<number> {
  const browsers = walks.map(() => createBrowser(url));
  try {
    await Promise.all(browsers.map((browser, person) => walkToTheEnd(browser, walks[person]!)));
    const before = await reportedRespondents(lead, report);
    const begin = performance.now();
    await Promise.all(browsers.map((browser, person) => visit(browser, walks[person]!.at(-2)!)));
    while ((await reportedRespondents(lead, report)) < before + together) {
      if (secondsSince(begin) > patience) throw new Error(`Not in the report after ${patience} seconds`);
      await sleep(5);
    }
    return secondsSince(begin);
  } finally {
    for (const browser of browsers) browser.close();
  }
}

/** The same five sendings kept by the bare server as five rows, and an empty page. */
async function secondsToStore(url: string, walks: Walk[]): Promise<number> {
  const browsers = walks.map(() => createBrowser(url));
  try {
    await Promise.all(browsers.map((browser) => browser.get('/')));
    const begin = performance.now();
    await Promise.all(browsers.map((browser, person) => visit(browser, walks[person]!.at(-2)!)));
    await browsers[0]!.get('/');
    return secondsSince(begin);
  } finally {
    for (const browser of browsers) browser.close();
  }
}

/** All but sending the answers and reading the receipt. */
async function walkToTheEnd(browser: Browser, walk: Walk): Promise<void> {
  for (const step of walk.slice(0, -2)) await visit(browser, step);
}

async function reportedRespondents(lead: Browser, report: string): Promise<number> {
  const page = await visit(lead, { method: 'GET', address: report });
  const [, count] = /About ([\d,]+) people have answered/.exec(page.text()) ?? [];
  if (!count) throw new Error('The report does not say how many people have answered');
  return Number(count.replaceAll(',', ''));
}
