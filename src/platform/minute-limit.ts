import type { Clock } from './clock';

/** Counts one more of a key; gives the seconds to wait when there have been too many this minute, or 0. */
export type MinuteLimit = (key: string) => number;

const minute = 60_000;

/**
 * So many a minute for each key, counted in this process's memory. Exact enough to stop a flood, and a map's look-up is
 * all it costs: no timer, nothing to await. All counts are dropped together when the minute is over, so it holds no more
 * keys than one minute brings.
 */
export function limitPerMinute(clock: Clock, most: number): MinuteLimit {
  let ends = 0;
  let counts = new Map<string, number>();
  return (key) => {
    const now = clock.now().getTime();
    const isOver = now >= ends || now < ends - minute; // Or the clock has been set back.
    if (isOver) {
      ends = now + minute;
      counts = new Map();
    }
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count > most ? Math.ceil((ends - now) / 1000) : 0;
  };
}
