import type { Services } from '../services';
import { insertLook, keepState, type Look } from './looks.queries';
import type { Subject, SubjectState } from './subject';

/** Looks with no longer a pause between them are one sitting: to reload a page does not make its changes old. */
const sittingMilliseconds = 60 * 60_000;

/** What somebody saw when they last looked; at the first look, what they see now. */
export interface LastLook extends Look {
  isFirst: boolean;
}

/** Keeps that somebody looks at a subject now, and gives what they saw when they last did. */
export async function keepLook(
  { db, clock }: Services,
  accountId: string,
  subject: Subject,
  state: SubjectState,
): Promise<LastLook> {
  return db.transaction(async (trx) => {
    const at = clock.now();
    const sittingBegan = new Date(at.getTime() - sittingMilliseconds);
    await keepState(trx, subject, state);
    const look = await insertLook(trx, subject, { accountId, revision: state.revision, at, sittingBegan });
    return { ...look, isFirst: look.lookedAt.getTime() === at.getTime() };
  });
}
