import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, createBrowser } from './browser';
import { percentile, rounded, sum } from './percentiles';

/** Durations in milliseconds by what was timed, a list for each client. */
export type Timings = Map<string, number[]>[];

/** Times a piece of work under a name. */
export type Clock = <T>(what: string, work: () => Promise<T>) => Promise<T>;

/** One go of a client's; `isOver` tells it to come to an end. */
export type Round = (browser: Browser, clock: Clock, isOver: () => boolean) => Promise<void>;

export interface LoadOptions {
  url: string;
  /** The page that each client opens first, for the token of its forms. */
  entry: string;
  clients: number;
  seconds: number;
  /** How long each client reads between two things that are timed. */
  pauseMs?: number;
}

/** Has some clients, each with a browser of its own, go round and round until the time is over. */
export async function load(
  { url, entry, clients, seconds, pauseMs = 0 }: LoadOptions,
  round: Round,
): Promise<Timings> {
  const end = performance.now() + 1000 * seconds;
  const isOver = () => performance.now() >= end;
  return Promise.all(
    Array.from({ length: clients }, async () => {
      const timings = new Map<string, number[]>();
      const browser = createBrowser(url);
      try {
        await browser.get(entry);
        while (!isOver()) await round(browser, clockOf(timings, pauseMs), isOver);
      } finally {
        browser.close();
      }
      return timings;
    }),
  );
}

function clockOf(timings: Map<string, number[]>, pauseMs: number): Clock {
  return async (what, work) => {
    if (pauseMs > 0) await sleep(pauseMs);
    const begin = performance.now();
    const done = await work();
    const taken = performance.now() - begin;
    timings.get(what)?.push(taken) ?? timings.set(what, [taken]);
    return done;
  };
}

/** How many a second all clients did together, of the time they spent on nothing else. */
export function perSecond(timings: Timings, what: string): number {
  return sum(
    timings.map((client) => {
      const taken = client.get(what) ?? [];
      return taken.length === 0 ? 0 : (1000 * taken.length) / sum(taken);
    }),
  );
}

/** The percentile of all clients' durations, in milliseconds. */
export function milliseconds(timings: Timings, what: string, share: number): number {
  return rounded(percentile(timed(timings, what), share));
}

/** All clients' durations. */
export function timed(timings: Timings, what: string): number[] {
  return timings.flatMap((client) => client.get(what) ?? []);
}
