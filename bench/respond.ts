import { type Floor, startFloor } from './floor';
import { type LoadOptions, load, milliseconds, perSecond, type Round, type Timings } from './load';
import { median, rounded } from './percentiles';
import { type Product, startProductOn } from './product';
import type { Stage } from './stage';
import { draftCookie, isPagePost, recordWalks, visit, type Walk } from './walk';
import { weigh } from './weight';
import { openWorld } from './world';

const people = 24;
const clientCounts = [1, 8, 32];
const warmUpSeconds = 2;

/** How often product and bare server take turns, and for how long each. */
const turns = 3;
const postSeconds = 1.5;
const responseSeconds = 2;
const floorSeconds = 1;

/** How many respondents the product serves at a time, and how long they wait; beside it, the bare server. */
export async function respond(stage: Stage): Promise<void> {
  const world = await openWorld(stage);
  const product = await startProductOn(stage, world);
  const floor = await startFloor(stage, world);
  const walks = await recordWalks(product.url, world.survey.code, people);
  stage.print({ bench: 'respond', figure: 'weight', ...(await weigh(product.url, walks[0]!)) });

  const measure = { product, floor, entry: walks[0]![0]!.address };
  const posts = pagePosts(walks);
  const responses = wholeWalks(walks);
  stage.say('Warming up');
  for (const { url } of [product, floor]) {
    await load({ url, entry: measure.entry, clients: 8, seconds: warmUpSeconds }, responses);
  }
  for (const clients of clientCounts) {
    stage.say(`Sending pages and whole responses with ${clients} at a time`);
    const sent = await compared(measure, { what: 'post', clients, seconds: postSeconds }, posts);
    stage.print({
      bench: 'respond',
      figure: 'posts',
      clients,
      perSecond: sent.perSecond,
      p50Ms: milliseconds(sent.timings, 'post', 0.5),
      p95Ms: milliseconds(sent.timings, 'post', 0.95),
      p99Ms: milliseconds(sent.timings, 'post', 0.99),
      floorPerSecond: sent.floorPerSecond,
      ratioToFloor: sent.ratioToFloor,
    });
    const walked = await compared(
      measure,
      { what: 'response', clients, seconds: responseSeconds },
      responses,
    );
    stage.print({
      bench: 'respond',
      figure: 'responses',
      clients,
      perSecond: walked.perSecond,
      pageP95Ms: milliseconds(walked.timings, 'page', 0.95),
      postP95Ms: milliseconds(walked.timings, 'post', 0.95),
      floorPerSecond: walked.floorPerSecond,
      ratioToFloor: walked.ratioToFloor,
    });
  }
}

/**
 * Question pages are sent one after the other, without opening them in between: that is in the other figure.
 * Starting a draft is not timed.
 */
function pagePosts(walks: Walk[]): Round {
  const next = inTurn(walks);
  return async (browser, clock, isOver) => {
    const walk = next();
    browser.forget(draftCookie);
    await visit(browser, walk[1]!);
    for (const step of walk.filter(isPagePost)) {
      if (isOver()) return;
      await clock('post', () => visit(browser, step));
    }
  };
}

/** Everything a browser asks for from the start page to the receipt, except styles and scripts. */
function wholeWalks(walks: Walk[]): Round {
  const next = inTurn(walks);
  return async (browser, clock) => {
    browser.forget(draftCookie);
    await clock('response', async () => {
      for (const step of next()) {
        await clock(step.method === 'GET' ? 'page' : 'post', () => visit(browser, step));
      }
    });
  };
}

function inTurn<T>(things: T[]): () => T {
  let turn = 0;
  return () => things[turn++ % things.length]!;
}

/**
 * The product's rate and the bare server's, in turns under the same clients, so that whatever else the machine
 * does meanwhile slows down both. Each figure is the median of the turns.
 */
async function compared(
  { product, floor, entry }: { product: Product; floor: Floor; entry: string },
  { what, clients, seconds }: { what: string } & Pick<LoadOptions, 'clients' | 'seconds'>,
  round: Round,
): Promise<{ timings: Timings; perSecond: number; floorPerSecond: number; ratioToFloor: number }> {
  const timings: Timings = [];
  const rates: { own: number; floor: number }[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const bare = await load({ url: floor.url, entry, clients, seconds: floorSeconds }, round);
    const own = await load({ url: product.url, entry, clients, seconds }, round);
    timings.push(...own);
    rates.push({ own: perSecond(own, what), floor: perSecond(bare, what) });
  }
  return {
    timings,
    perSecond: rounded(median(rates.map(({ own }) => own))),
    floorPerSecond: rounded(median(rates.map((rate) => rate.floor))),
    ratioToFloor: rounded(median(rates.map((rate) => rate.own / rate.floor))),
  };
}
