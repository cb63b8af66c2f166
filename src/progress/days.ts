import { dayAfter } from '../platform/dates';
import { toNearestFive, toNearestFiveOf } from '../platform/rounding';

/** How many on a day: "2026-11-21". */
export interface DayCount {
  day: string;
  count: number;
}

/**
 * A day, or the seven that begin with it: how many got their invitation, began and answered, to the nearest five, and what
 * was sent out.
 */
export interface Stretch {
  from: string;
  to: string;
  delivered: number;
  started: number;
  submitted: number;
  /** What was sent in it: "Invitation", "Reminder 1". */
  sent: string[];
}

/** More days than these are shown by the week. */
const mostDays = 42;

/**
 * What happened day by day from the first day on which anything did, or the one the survey opened, to the last. Each count
 * is rounded by itself, so they need not add up to the whole. `most`: how many can answer, where that is known.
 */
export function stretchesOf(
  {
    delivered,
    begun,
    submitted,
    sent,
  }: {
    delivered: DayCount[];
    begun: DayCount[];
    submitted: DayCount[];
    sent: { day: string; what: string }[];
  },
  { opened, until, most }: { opened: string; until: string; most: number },
): Stretch[] {
  const first = [opened, ...[...delivered, ...begun, ...submitted, ...sent].map(({ day }) => day)].sort()[0]!;
  const days: string[] = [];
  for (let day = first; day <= until; day = dayAfter(day)) days.push(day);
  const length = days.length > mostDays ? 7 : 1;
  const stretches: string[][] = [];
  for (let at = 0; at < days.length; at += length) stretches.push(days.slice(at, at + length));
  const sumIn = (counts: readonly DayCount[], from: string, to: string) =>
    counts.reduce((sum, { day, count }) => (day >= from && day <= to ? sum + count : sum), 0);
  return stretches.map((stretch) => {
    const [from, to] = [stretch[0]!, stretch.at(-1)!];
    return {
      from,
      to,
      delivered: toNearestFive(sumIn(delivered, from, to)),
      started: toNearestFiveOf(sumIn(begun, from, to), most),
      submitted: toNearestFiveOf(sumIn(submitted, from, to), most),
      sent: sent.filter(({ day }) => day >= from && day <= to).map(({ what }) => what),
    };
  });
}
