import { formatDateTime } from '../platform/dates';
import type { Mail } from '../platform/mail';
import type { KeptLetter } from '../platform/outbox';
import { paginationOf } from '../training/offers.page';
import type { Page } from '../web/layout';

export const lettersAPage = 50;

export interface OutboxPage extends Page {
  sentences: string[];
  letters: { href: string; subject: string; to: string; when: string }[];
  pagination: Record<string, unknown> | null;
}

/** E-mails that have not left, the newest first. */
export function outboxPage(
  letters: readonly KeptLetter[],
  { page, count, way }: { page: number; count: number; way: Mail['way'] },
): OutboxPage {
  const pages = Math.max(1, Math.ceil(count / lettersAPage));
  return {
    title: 'Outbox',
    audience: 'staff',
    sentences: [
      way === 'outbox'
        ? 'No mail server is set up, so nothing here has left. To have e-mails leave, set MAIL_URL and MAIL_FROM, or NOTIFY_API_KEY and NOTIFY_TEMPLATE_ID, and start again.'
        : `E-mails leave by ${way === 'smtp' ? 'the mail server' : 'GOV.UK Notify'} now. What stands here was written before that was set up, and has not left.`,
      'Of the reminders of anonymous surveys one copy is kept for each language, without addresses and links: who would have got one would tell who has not answered.',
    ],
    letters: letters.map(({ id, subject, recipient, keptAt }) => ({
      href: `/admin/outbox/${id}`,
      subject,
      to: recipient,
      when: formatDateTime(keptAt),
    })),
    pagination: paginationOf(page, pages, (number) => `/admin/outbox?page=${number}`),
  };
}

export interface KeptLetterPage extends Page {
  rows: { key: { text: string }; value: { text: string } }[];
  text: string;
}

/** One of them, as text. */
export function keptLetterPage({ subject, recipient, text, keptAt }: KeptLetter): KeptLetterPage {
  const row = (key: string, value: string) => ({ key: { text: key }, value: { text: value } });
  return {
    title: subject,
    section: 'Outbox',
    audience: 'staff',
    back: { href: '/admin/outbox', text: 'Outbox' },
    rows: [row('To', recipient), row('Written', formatDateTime(keptAt)), row('Has it left?', 'No')],
    text,
  };
}
