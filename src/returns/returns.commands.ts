import { randomBytes } from 'node:crypto';
import { isoDay } from '../platform/dates';
import { keyedHash, randomToken, type Seal, seal, unseal } from '../platform/secrets';
import { daysHeld } from '../responses/draft-cookie';
import { touchDraft } from '../responses/drafts.queries';
import { draftKey } from '../responses/responses.commands';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { codeBytes, codeFrom } from './return-code';
import {
  deleteKeysOfClosed,
  deleteOldCounts,
  deleteOlderReturnKeys,
  findKeyedDraft,
  insertReturnKeys,
  type KeyedDraft,
  type SealedKey,
} from './return-keys.queries';

/** What opens a draft in another browser. Shown once, and kept nowhere but with the person. */
export interface ReturnKeys {
  /** To type. */
  code: string;
  /** To stand in a link. */
  token: string;
}

/**
 * How many saves of a draft can be come back to. Older keys go on working, since the paper in somebody's pocket should
 * not die when they save on the ward; but not without end, since each is one more door.
 */
export const savesKept = 3;

/** Makes a code and a link that lead to a draft. Undefined when it has been submitted meanwhile. */
export async function saveDraft(
  { db, clock, secret }: Services,
  surveyId: string,
  token: string,
): Promise<ReturnKeys | undefined> {
  const keys: ReturnKeys = { code: codeFrom(randomBytes(codeBytes)), token: randomToken() };
  const { tokenHash } = draftKey(secret, surveyId, token);
  return db.transaction(async (trx) => {
    // A new revision, so that a submission under way, which does not see these keys, is tried again and deletes them.
    const revision = await touchDraft(trx, { surveyId, tokenHash }, isoDay(clock.now()));
    if (revision === undefined) return undefined;
    const sealed = Object.values(keys).map((key) => sealedKey(secret, key, token, tokenHash));
    await insertReturnKeys(trx, { surveyId, tokenHash, revision }, sealed);
    await deleteOlderReturnKeys(trx, tokenHash, savesKept);
    return keys;
  });
}

function sealedKey(secret: string, key: string, token: string, tokenHash: Buffer): SealedKey {
  return {
    keyHash: keyHash(secret, key),
    sealed: seal(sealOf(secret, key, tokenHash), Buffer.from(token)),
  };
}

/** A draft that a key leads to, with the token by which it is held. */
export type ReturnedDraft = Omit<KeyedDraft, 'sealed'> & { token: string };

/** Finds what a key opens. Nothing changes. */
export async function findReturnedDraft(
  { db, secret }: Services,
  survey: Pick<Survey, 'id'>,
  key: string,
): Promise<ReturnedDraft | undefined> {
  const found = await findKeyedDraft(db, survey.id, keyHash(secret, key));
  if (!found) return undefined;
  const { sealed, ...draft } = found;
  const token = unseal(sealOf(secret, key, draft.tokenHash), sealed);
  return token && { ...draft, token: token.toString() };
}

/** Forgets keys and counts that no longer open or stop anything. Keys of submitted drafts went with the submission. */
export async function forgetOldReturns({ db, clock }: Services): Promise<void> {
  const now = clock.now();
  await deleteKeysOfClosed(db, new Date(now.getTime() - daysHeld * 86_400_000));
  await deleteOldCounts(db, now);
}

function keyHash(secret: string, key: string): Buffer {
  return keyedHash(secret, 'return', key);
}

/** It takes the table, our secret and the key together to read a token: none of them alone gives a draft away. */
function sealOf(secret: string, key: string, tokenHash: Buffer): Seal {
  return { secret, purpose: `draft of the return key ${key}`, boundTo: tokenHash };
}
