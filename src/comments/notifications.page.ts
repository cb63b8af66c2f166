import type { FieldErrors } from '../platform/form';
import type { Release } from '../releases/release';
import { type NavLink, reportNav } from '../reports/report-nav';
import type { AtReport } from '../reports/report-visit';
import type { Page } from '../web/layout';
import { commentsFrame } from './comments.page';
import type { NotificationChoice } from './notification';

export interface NotificationsPage extends Page {
  nav: NavLink[];
  to: string;
  action: string;
  choices: { value: string; text: string; hint: { text: string }; checked: boolean }[];
}

const inWords: Record<NotificationChoice, [text: string, hint: string]> = {
  'at once': ['At once', 'An e-mail within some minutes of each new comment'],
  daily: ['Once a day', 'At 7am, when there is something new; at once when somebody mentions you'],
  weekly: [
    'Once a week',
    'On Mondays at 7am, when there is something new; at once when somebody mentions you',
  ],
  mentions: ['Only when somebody mentions me', 'At once, and nothing else'],
  none: ['Never', 'Not even when somebody mentions you'],
};

/** Which e-mails somebody gets about a report. */
export function notificationsPage(
  release: Release,
  at: AtReport,
  { email, choice }: { email: string; choice: NotificationChoice },
  errors?: FieldErrors,
): NotificationsPage {
  const address = `/reports/${release.id}/notifications`;
  return {
    ...commentsFrame(release, at, { isBelow: true }),
    title: 'E-mails about this report',
    nav: reportNav(release.id, 'comments', at),
    to: `E-mails go to ${email}. They say who did what and where, never what was said.`,
    action: address,
    choices: Object.entries(inWords).map(([value, [text, hint]]) => ({
      ...{ value, text, hint: { text: hint } },
      checked: value === choice,
    })),
    ...(errors ? { errors } : {}),
  };
}
