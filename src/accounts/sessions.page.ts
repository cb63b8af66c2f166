import { formatDate, formatDateTime, formatTime } from '../platform/dates';
import type { Page } from '../web/layout';
import { sessionHours } from './account';
import type { ListedSession } from './sessions.queries';

export interface SessionsPage extends Page {
  sentences: string[];
  sessions: {
    device: string;
    signedIn: string;
    lastUsed: string;
    isThis: boolean;
    endHref: string;
    endText: string;
  }[];
  endOthers: boolean;
}

/** Where somebody is signed in. */
export function sessionsPage(sessions: readonly ListedSession[], inUse: string): SessionsPage {
  return {
    title: 'Where you are signed in',
    audience: 'staff',
    sentences: [
      `You are signed out ${sessionHours} hours after you signed in.`,
      'If you do not know one of these, sign it out and choose a new password.',
    ],
    sessions: sessions.map(({ id, device, openedAt, lastSeenAt }) => ({
      device,
      signedIn: formatDateTime(openedAt),
      lastUsed: hourOf(lastSeenAt),
      isThis: id === inUse,
      endHref: `/account/sessions/${id}/end`,
      endText: `${device}, signed in on ${formatDateTime(openedAt)}`,
    })),
    endOthers: sessions.some(({ id }) => id !== inUse),
  };
}

/** "21 November 2026, after 5:00pm": when somebody works to the minute is nobody's business. */
function hourOf(instant: Date): string {
  const hour = new Date(Math.floor(instant.getTime() / 3_600_000) * 3_600_000);
  return `${formatDate(hour)}, after ${formatTime(hour)}`;
}

/** What has been done, for the page after. */
export function othersEnded(count: number): string {
  if (count === 0) return 'You were signed in nowhere else';
  return count === 1 ? 'Signed out in 1 other place' : `Signed out in ${count} other places`;
}
