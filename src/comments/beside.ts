import { openFirst, type Thread } from '../discussions/thread';
import { formatDate } from '../platform/dates';
import type { ReportSection } from '../reports/companions';
import { statusOf, type ThreadStatus } from './comment-status';

const mostShown = 5;
const longestExcerpt = 160;

const statusWords: Record<ThreadStatus, string> = {
  open: 'Open',
  answered: 'Answered',
  resolved: 'Resolved',
};

/** Threads about one place as they stand beside it: how each began, and where it stands. Nothing where there are none. */
export function threadsBeside(
  threads: readonly Thread[],
  reportId: string,
  place: string,
): ReportSection | null {
  if (threads.length === 0) return null;
  const address = `/reports/${reportId}/comments`;
  const more = threads.length - mostShown;
  return {
    heading: 'Comments',
    sentences: [],
    rows: openFirst(threads)
      .slice(0, mostShown)
      .map((thread) => ({
        text: beginningOf(thread),
        href: `${address}/${thread.id}`,
        note: noteOf(thread),
      })),
    link:
      more > 0
        ? { href: `${address}?place=${encodeURIComponent(place)}`, text: `${more} more about this` }
        : null,
  };
}

function beginningOf({ comments }: Thread): string {
  const first = comments[0];
  if (!first || first.withdrawnAt) return 'A comment that was withdrawn';
  const { text } = first;
  return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt).trimEnd()} …` : text;
}

function noteOf(thread: Thread): string {
  const replies = thread.comments.length - 1;
  const said = replies === 0 ? '' : replies === 1 ? ', 1 reply' : `, ${replies} replies`;
  const by = thread.comments[0]?.author ?? '';
  return `${statusWords[statusOf(thread)]}. ${by}, ${formatDate(thread.startedAt)}${said}`;
}
