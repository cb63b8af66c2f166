import type { Subject } from '../discussions/subject';
import type { Thread } from '../discussions/thread';

/** A report as something to discuss. */
export function reportSubject(reportId: string): Subject {
  return { kind: 'report', id: reportId };
}

export const threadStatuses = ['open', 'answered', 'resolved'] as const;

export type ThreadStatus = (typeof threadStatuses)[number];

/**
 * Where a thread stands, worked out from what was said: resolved where somebody holds it to be settled; answered where the last
 * word is somebody else's than who began it; otherwise open. Withdrawn comments say nothing.
 */
export function statusOf({ resolvedAt, startedBy, comments }: Thread): ThreadStatus {
  if (resolvedAt) return 'resolved';
  const last = comments.filter(({ withdrawnAt }) => !withdrawnAt).at(-1);
  return last && last.authorId !== startedBy ? 'answered' : 'open';
}

/** Which threads are asked for. */
export interface ThreadFilter {
  status: ThreadStatus | 'unresolved' | null;
  place: string | null;
  /** Only those one has begun, written in or been told of. */
  mine: boolean;
}

/** The threads a filter asks for, with what was said last first; those that nobody has resolved before the others. */
export function filtered(
  threads: readonly Thread[],
  { status, place, mine }: ThreadFilter,
  me: { accountId: string; toldOf: ReadonlySet<string> },
): Thread[] {
  return threads
    .filter((thread) => status === null || fits(thread, status))
    .filter((thread) => place === null || thread.place === place)
    .filter((thread) => !mine || isMine(thread, me))
    .sort(
      (one, other) =>
        Number(one.resolvedAt !== null) - Number(other.resolvedAt !== null) ||
        lastSaid(other).getTime() - lastSaid(one).getTime() ||
        (one.id < other.id ? -1 : 1),
    );
}

function fits(thread: Thread, status: NonNullable<ThreadFilter['status']>): boolean {
  return status === 'unresolved' ? !thread.resolvedAt : statusOf(thread) === status;
}

function isMine(
  { startedBy, comments }: Thread,
  { accountId, toldOf }: { accountId: string; toldOf: ReadonlySet<string> },
): boolean {
  return (
    startedBy === accountId ||
    comments.some((comment) => comment.authorId === accountId || toldOf.has(comment.id))
  );
}

function lastSaid({ startedAt, comments }: Thread): Date {
  return comments.at(-1)?.writtenAt ?? startedAt;
}
