import type { Database } from '../platform/database';

/** Keeps whom somebody told of a comment. */
export async function insertMentions(
  trx: Database,
  commentId: string,
  accountIds: readonly string[],
): Promise<void> {
  if (accountIds.length === 0) return;
  await trx('comment_mentions').insert(
    accountIds.map((accountId) => ({ comment_id: commentId, account_id: accountId })),
  );
}

/** The comments on a report that a person was told of. */
export async function listToldOf(db: Database, reportId: string, accountId: string): Promise<string[]> {
  return db({ m: 'comment_mentions' })
    .join({ c: 'discussion_comments' }, 'c.id', 'm.comment_id')
    .join({ t: 'discussion_threads' }, 't.id', 'c.thread_id')
    .where({ 't.subject_kind': 'report', 't.subject_id': reportId, 'm.account_id': accountId })
    .pluck('c.id');
}
