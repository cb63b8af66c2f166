import type { Database } from '../platform/database';

export interface ReplyAddress {
  id: string;
  projectId: string;
  email: string;
  askedAt: Date;
  verifiedAt: Date | null;
}

const columns = {
  id: 'id',
  projectId: 'project_id',
  email: 'email',
  askedAt: 'asked_at',
  verifiedAt: 'verified_at',
};

/** The address that answers to a project's e-mails go to: the one confirmed last. */
export async function findReplyAddress(db: Database, projectId: string): Promise<ReplyAddress | undefined> {
  return db('reply_addresses')
    .where({ project_id: projectId })
    .whereNotNull('verified_at')
    .orderBy('verified_at', 'desc')
    .first(columns);
}

/** The address that has been asked last, if nobody has confirmed it or a later one yet. */
export async function findAskedAddress(db: Database, projectId: string): Promise<ReplyAddress | undefined> {
  const newest = await db('reply_addresses')
    .where({ project_id: projectId })
    .orderBy('asked_at', 'desc')
    .first(columns);
  return newest && newest.verifiedAt === null ? newest : undefined;
}

export async function countAsked(db: Database, projectId: string, since: Date): Promise<number> {
  const row = await db('reply_addresses')
    .where({ project_id: projectId })
    .where('asked_at', '>', since)
    .count({ count: '*' })
    .first();
  return Number(row!.count);
}

export async function insertReplyAddress(
  trx: Database,
  asked: { projectId: string; email: string; tokenHash: Buffer; accountId: string | null; now: Date },
): Promise<string> {
  const [row] = await trx('reply_addresses')
    .insert({
      project_id: asked.projectId,
      email: asked.email,
      token_hash: asked.tokenHash,
      account_id: asked.accountId,
      asked_at: asked.now,
    })
    .returning('id');
  return row.id;
}

export async function findByToken(db: Database, tokenHash: Buffer): Promise<ReplyAddress | undefined> {
  return db('reply_addresses').where({ token_hash: tokenHash }).first(columns);
}

/** Confirmed. True the first time. */
export async function markVerified(trx: Database, id: string, now: Date): Promise<boolean> {
  const changed = await trx('reply_addresses').where({ id, verified_at: null }).update({ verified_at: now });
  return changed === 1;
}
