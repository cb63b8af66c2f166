import { dayBefore, isoDay } from '../platform/dates';
import { instantsAt } from '../platform/london-time';
import { mayDo } from '../projects/access';
import type { ReportPerson } from '../readers/readers.queries';

/** When somebody is written to about a report. */
export const notificationChoices = ['at once', 'daily', 'weekly', 'mentions', 'none'] as const;

export type NotificationChoice = (typeof notificationChoices)[number];

/** What somebody has chosen, and from when on there is news for them. */
export interface Notification {
  choice: NotificationChoice;
  since: Date;
}

const digestTime = '07:00';

/**
 * What somebody is taken to want until they choose: those whose work it is get a digest each day, and so does whoever has begun to
 * write, from then on. Others are written to when they are mentioned.
 */
export function usualNotification(person: ReportPerson, firstWrote: Date | undefined): Notification {
  const { role, isGuest, since } = person;
  if (isGuest || role === 'eag_member' || role === 'lead') return { choice: 'daily', since: since ?? always };
  return firstWrote ? { choice: 'daily', since: firstWrote } : { choice: 'mentions', since: always };
}

/** From the beginning. */
const always = new Date(0);

/** May somebody take part in what is said about a report? */
export function takesPart({ role }: ReportPerson): boolean {
  return mayDo(role, 'comment');
}

/** The last day whose digests are due: today once it is seven in London, until then yesterday. */
export function digestDay(now: Date): string {
  const today = isoDay(now);
  return now < digestInstant(today) ? dayBefore(today) : today;
}

/** Seven in the morning of a day in London: a digest holds what there was until then. */
export function digestInstant(day: string): Date {
  return instantsAt(day, digestTime)[0]!;
}

/** The last Monday up to a day. */
export function mondayOf(day: string): string {
  const noon = new Date(`${day}T12:00:00Z`);
  const sinceMonday = (noon.getUTCDay() + 6) % 7;
  return new Date(noon.getTime() - sinceMonday * 86_400_000).toISOString().slice(0, 10);
}

/** The digest somebody is to get on this day: what it is known by, and until when there is news in it. Nothing for others. */
export function digestOf(
  choice: NotificationChoice,
  day: string,
): { occasion: string; until: Date } | undefined {
  if (choice !== 'daily' && choice !== 'weekly') return undefined;
  const from = choice === 'daily' ? day : mondayOf(day);
  return { occasion: `digest:${from}`, until: digestInstant(from) };
}
