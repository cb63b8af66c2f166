/** Something said about one place of a subject, and what was answered. */
export interface Thread {
  id: string;
  /** The name of the place within the subject; '' is the whole. */
  place: string;
  /** The title of the place when the thread was started. */
  placeTitle: string;
  startedBy: string;
  startedAt: Date;
  /** Who holds it to be settled, by their address, and since when. */
  resolvedBy: string | null;
  resolvedAt: Date | null;
  /** In the order written. */
  comments: Comment[];
}

export interface Comment {
  id: string;
  authorId: string;
  /** The author's address, which is how people are shown. */
  author: string;
  /** Empty once withdrawn. */
  text: string;
  writtenAt: Date;
  withdrawnAt: Date | null;
}

/** A thread as it is stored, people by their accounts and instants as text: what is signed with a report. */
export interface ThreadRecord {
  id: string;
  place: string;
  placeTitle: string;
  startedBy: string;
  startedAt: string;
  resolvedBy: string | null;
  resolvedAt: string | null;
  comments: { id: string; author: string; text: string; writtenAt: string; withdrawnAt: string | null }[];
}

/** The same words by the same person within this time are one comment that was sent twice. */
export const doublePostMilliseconds = 60_000;

/** The comment already stored that a new one repeats, if there is one. */
export function repeatedComment(
  comments: readonly Comment[],
  said: { authorId: string; text: string },
  now: Date,
): Comment | undefined {
  return comments.find(
    (comment) =>
      comment.authorId === said.authorId &&
      comment.text === said.text &&
      now.getTime() - comment.writtenAt.getTime() < doublePostMilliseconds,
  );
}

/** Open threads first; among these, and among the others, the oldest first. */
export function openFirst(threads: readonly Thread[]): Thread[] {
  const rank = ({ resolvedAt }: Thread) => (resolvedAt ? 1 : 0);
  return [...threads].sort(
    (one, other) => rank(one) - rank(other) || one.startedAt.getTime() - other.startedAt.getTime(),
  );
}

/** Who may hold a thread to be settled: whoever asks for reviews, and who started it. */
export function mayResolve(
  thread: Pick<Thread, 'startedBy'>,
  accountId: string,
  mayAskForReview: boolean,
): boolean {
  return mayAskForReview || thread.startedBy === accountId;
}
