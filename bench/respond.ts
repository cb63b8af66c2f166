import { besideHeavyWork } from './beside';
import { type Floor, startFloor, startModelServer } from './floor';
import { fortyRatings } from './forty';
import { type LoadOptions, load, milliseconds, perSecond, type Round, type Timings, timed } from './load';
import { median, rounded } from './percentiles';
import { phone } from './phone';
import { type Product, startProductOn } from './product';
import type { Stage } from './stage';
import { draftCookie, isPagePost, recordWalks, visit, type Walk } from './walk';
import { weigh } from './weight';
import { openWorld } from './world';

const people = 24;
const clientCounts = [1, 8, 32];
const warmUpSeconds = 2;

/** How often product and bare server take turns, and for how long each. */
const turns = 5;
const postSeconds = 1.5;
const responseSeconds = 2;
const floorSeconds = 1;

/** More people at once than the pool has connections. */
const crowd = { clients: 64, pool: 4, seconds: 5 };

type Server = Pick<Product | Floor, 'url' | 'cpu'>;

/**
 * How many respondents the product serves at a time, and how long they wait: forty ratings and three facets. Beside it the
 * bare server, and survey-core's own model doing the same.
 */
export async function respond(stage: Stage): Promise<void> {
  const world = await openWorld(stage, fortyRatings());
  const product = await startProductOn(stage, world);
  const floor = await startFloor(stage, world);
  const model = await startModelServer(stage, world);
  const walks = await recordWalks(product.url, world.survey.code, people);
  stage.print({ bench: 'respond', figure: 'weight', ...(await weigh(product.url, walks[0]!)) });
  await phone(stage, product.url, walks[0]![0]!.address);

  const entry = walks[0]![0]!.address;
  const posts = pagePosts(walks);
  const responses = wholeWalks(walks);
  stage.say('Warming up');
  for (const { url } of [product, floor, model]) {
    await load({ url, entry, clients: 8, seconds: warmUpSeconds }, posts);
  }
  await load({ url: product.url, entry, clients: 8, seconds: warmUpSeconds }, responses);
  for (const clients of clientCounts) {
    stage.say(`Sending pages and whole responses with ${clients} at a time`);
    const wish = { what: 'post', entry, clients, seconds: postSeconds };
    const sent = await compared(product, floor, wish, posts);
    stage.print({
      ...{ bench: 'respond', figure: 'posts', clients, ...ratesOf(sent) },
      cpuMs: rounded(median(sent.cpu)),
      floorCpuMs: rounded(median(sent.floorCpu)),
      cpuMsBeyondFloor: rounded(median(sent.cpu.map((taken, turn) => taken - sent.floorCpu[turn]!))),
    });
    const modelled = await compared(model, floor, wish, posts);
    stage.print({
      ...{ bench: 'respond', figure: "posts to survey-core's model", clients, ...ratesOf(modelled) },
      cpuMs: rounded(median(modelled.cpu)),
    });
    const walked = await compared(
      product,
      floor,
      { ...wish, what: 'response', seconds: responseSeconds },
      responses,
    );
    stage.print({
      ...{ bench: 'respond', figure: 'responses', clients, perSecond: walked.perSecond },
      pageP95Ms: milliseconds(walked.timings, 'page', 0.95),
      postP95Ms: milliseconds(walked.timings, 'post', 0.95),
      floorPerSecond: walked.floorPerSecond,
      ratioToFloor: walked.ratioToFloor,
    });
  }

  stage.say(`Sending pages with ${crowd.clients} at a time over ${crowd.pool} connections`);
  const small = await startProductOn(stage, world, { DATABASE_POOL: String(crowd.pool) });
  await load({ url: small.url, entry, ...crowd, seconds: warmUpSeconds }, posts);
  const crowded = await load({ url: small.url, entry, ...crowd }, countingRefusals(posts));
  stage.print({
    ...{ bench: 'respond', figure: 'more people than connections', clients: crowd.clients, pool: crowd.pool },
    perSecond: rounded(perSecond(crowded, 'post')),
    ...percentilesOf(crowded),
    sent: timed(crowded, 'post').length,
    failed: timed(crowded, 'failed').length,
  });
  await besideHeavyWork(stage, world, { url: product.url, entry }, posts);
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

/** Goes on after what was refused, which elsewhere ends the benchmark. */
function countingRefusals(round: Round): Round {
  return async (browser, clock, isOver) => {
    try {
      await round(browser, clock, isOver);
    } catch {
      await clock('failed', async () => {});
    }
  };
}

function inTurn<T>(things: T[]): () => T {
  let turn = 0;
  return () => things[turn++ % things.length]!;
}

interface Compared {
  timings: Timings;
  perSecond: number;
  floorPerSecond: number;
  ratioToFloor: number;
  /** Milliseconds of processor time for each thing done, turn by turn. */
  cpu: number[];
  floorCpu: number[];
}

/**
 * A server's rate and the bare one's, in turns under the same clients, so that whatever else the machine does meanwhile
 * slows down both. Each figure is the median of the turns.
 */
async function compared(
  server: Server,
  floor: Server,
  { what, seconds, ...options }: { what: string } & Omit<LoadOptions, 'url'>,
  round: Round,
): Promise<Compared> {
  const timings: Timings = [];
  const own: Turn[] = [];
  const bare: Turn[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    bare.push(await turnOf(floor, { ...options, seconds: floorSeconds }, what, round));
    own.push(await turnOf(server, { ...options, seconds }, what, round));
    timings.push(...own.at(-1)!.timings);
  }
  return {
    timings,
    perSecond: rounded(median(own.map(({ rate }) => rate))),
    floorPerSecond: rounded(median(bare.map(({ rate }) => rate))),
    ratioToFloor: rounded(median(own.map(({ rate }, turn) => rate / bare[turn]!.rate))),
    cpu: own.map(({ cpu }) => cpu),
    floorCpu: bare.map(({ cpu }) => cpu),
  };
}

interface Turn {
  timings: Timings;
  rate: number;
  cpu: number;
}

async function turnOf(
  { url, cpu }: Server,
  options: Omit<LoadOptions, 'url'>,
  what: string,
  round: Round,
): Promise<Turn> {
  const before = await cpu();
  const timings = await load({ url, ...options }, round);
  const taken = (await cpu()) - before;
  return { timings, rate: perSecond(timings, what), cpu: taken / timed(timings, what).length };
}

function ratesOf({ perSecond, timings, floorPerSecond, ratioToFloor }: Compared): object {
  return { perSecond, ...percentilesOf(timings), floorPerSecond, ratioToFloor };
}

function percentilesOf(timings: Timings): object {
  const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((share) => milliseconds(timings, 'post', share));
  return { p50Ms, p95Ms, p99Ms };
}
