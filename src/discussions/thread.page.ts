import { formatDateTime } from '../platform/dates';
import type { Thread } from './thread';

/** A thread as a page shows it. */
export interface ThreadView {
  /** The id it has on the page. */
  id: string;
  tag: { text: string; classes: string };
  /** "Resolved by … on …", or nothing. */
  resolved: string;
  comments: CommentView[];
}

export interface CommentView {
  author: string;
  when: string;
  /** Line breaks are kept. Null where it was withdrawn. */
  text: string | null;
  withdrawn: string;
  /** Where its author takes it back, if this is who looks. */
  withdraw: string | null;
}

/** A thread in words. `address` is its own, where somebody may act in it. */
export function threadView(thread: Thread, address: string, accountId: string): ThreadView {
  return {
    id: `thread-${thread.id}`,
    tag: thread.resolvedAt
      ? { text: 'Resolved', classes: 'nhsuk-tag--grey' }
      : { text: 'Open', classes: 'nhsuk-tag--blue' },
    resolved: thread.resolvedAt
      ? `Resolved by ${thread.resolvedBy} on ${formatDateTime(thread.resolvedAt)}.`
      : '',
    comments: thread.comments.map((comment) => ({
      author: comment.author,
      when: formatDateTime(comment.writtenAt),
      text: comment.withdrawnAt ? null : comment.text,
      withdrawn: comment.withdrawnAt
        ? `Withdrawn by its author on ${formatDateTime(comment.withdrawnAt)}.`
        : '',
      withdraw:
        comment.authorId === accountId && !comment.withdrawnAt
          ? `${address}/comments/${comment.id}/withdrawal`
          : null,
    })),
  };
}
