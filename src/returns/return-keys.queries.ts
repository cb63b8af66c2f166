import type { Database } from '../platform/database';
import type { Draft } from '../responses/draft';

/** A key as it is kept: what it is known by, and the draft's token encrypted with it. */
export interface SealedKey {
  keyHash: Buffer;
  sealed: string;
}

/** Adds the keys of one save. The draft's revision then tells which are the newest. */
export async function insertReturnKeys(
  trx: Database,
  draft: { surveyId: string; tokenHash: Buffer; revision: number },
  keys: SealedKey[],
): Promise<void> {
  await trx('return_keys').insert(
    keys.map(({ keyHash, sealed }) => ({
      key_hash: keyHash,
      survey_id: draft.surveyId,
      token_hash: draft.tokenHash,
      sealed,
      revision: draft.revision,
    })),
  );
}

/** Deletes all keys of a draft but those of its newest saves. */
export async function deleteOlderReturnKeys(
  trx: Database,
  tokenHash: Buffer,
  savesKept: number,
): Promise<void> {
  await trx.raw(
    `delete from return_keys
      where token_hash = :tokenHash
        and revision not in (select distinct revision
                               from return_keys
                              where token_hash = :tokenHash
                              order by revision desc
                              limit :savesKept)`,
    { tokenHash, savesKept },
  );
}

/** The draft a key opens, not yet sent. */
export type KeyedDraft = Pick<Draft, 'answers' | 'passed'> & { tokenHash: Buffer; sealed: string };

export async function findKeyedDraft(
  db: Database,
  surveyId: string,
  keyHash: Buffer,
): Promise<KeyedDraft | undefined> {
  const { rows } = await db.raw<{ rows: KeyedDraft[] }>(
    `select k.token_hash as "tokenHash", k.sealed, d.answers, d.passed
       from return_keys k
       join drafts d on d.token_hash = k.token_hash
      where k.key_hash = :keyHash
        and k.survey_id = :surveyId
        and not d.submitted`,
    { keyHash, surveyId },
  );
  return rows[0];
}

/** Deletes the keys of surveys that closed before an instant. */
export async function deleteKeysOfClosed(db: Database, before: Date): Promise<void> {
  await db.raw(
    `delete from return_keys k
      using surveys s
      where s.id = k.survey_id
        and s.closes_at < :before`,
    { before },
  );
}

/** Deletes the counts of wrong codes whose time is over. */
export async function deleteOldCounts(db: Database, now: Date): Promise<void> {
  await db('return_limits').where('expire', '<', now.getTime()).delete();
}
