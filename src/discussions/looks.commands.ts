import type { Services } from '../services';
import { insertLook, keepState, type Look } from './looks.queries';
import type { Subject, SubjectState } from './subject';

/** Looks with no longer a pause between them are one sitting: to reload a page does not make its changes old. */
const sittingMilliseconds = 60 * 60_000;

/** Keeps that somebody looks at a subject now, and gives what they saw when they last did. */
export async function keepLook(
  { db, clock }: Services,
  accountId: string,
  subject: Subject,
  state: SubjectState,
): Promise<Look> {
  return db.transaction(async (trx) => {
    const at = clock.now();
    const sittingBegan = new Date(at.getTime() - sittingMilliseconds);
    await keepState(trx, subject, state);
    return insertLook(trx, subject, { accountId, revision: state.revision, at, sittingBegan });
  });
}
