import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import type { Services } from '../services';
import { type Answer, lastAnswers } from './approval';
import type { RequestWish } from './discussion.form';
import { keepState } from './looks.queries';
import { record } from './record.commands';
import {
  findOpenRequest,
  getRequest,
  insertRequest,
  listRequests,
  replaceApprovalRule,
  setAnswer,
  setRequestWithdrawn,
} from './requests.queries';
import type { Subject, SubjectState } from './subject';
import { lockDiscussion } from './threads.queries';

/** Asks people for a review; whoever has not answered yet is not asked again. Gives how many were asked. */
export async function askForReview(
  { db, clock }: Services,
  askedBy: string,
  subject: Subject,
  { person, note, dueOn }: RequestWish,
): Promise<number> {
  return db.transaction(async (trx) => {
    await lockDiscussion(trx, subject);
    let asked = 0;
    for (const accountId of person) {
      const request = { accountId, askedBy, askedAt: clock.now(), note, dueOn };
      const requestId = await insertRequest(trx, subject, request);
      if (requestId === undefined) continue;
      asked += 1;
      await record(trx, askedBy, 'review asked for', subject, { requestId, accountId, dueOn });
    }
    return asked;
  });
}

/** Takes a request back. Done twice it changes nothing; what is answered stays. */
export async function withdrawRequest(
  { db, clock }: Services,
  accountId: string,
  subject: Subject,
  requestId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const request = await getRequest(trx, subject, requestId);
    if (await setRequestWithdrawn(trx, requestId, clock.now())) {
      await record(trx, accountId, 'review request withdrawn', subject, { requestId });
    } else if (!request.withdrawnAt) {
      throw conflict(
        'The request has been answered',
        'An answer stays. To have another look taken, ask for a new review.',
      );
    }
  });
}

/** What somebody answered, and for which state. */
export interface GivenAnswer {
  answer: Answer;
  reason: string;
  state: SubjectState;
}

/**
 * Answers the request somebody has, for the state they saw. Should the subject change at this very moment, the answer
 * still stands for what was seen, and no longer counts.
 */
export async function answerRequest(
  { db, clock }: Services,
  accountId: string,
  subject: Subject,
  { answer, reason, state }: GivenAnswer,
): Promise<void> {
  await db.transaction(async (trx) => {
    await lockDiscussion(trx, subject);
    const request = await findOpenRequest(trx, subject, accountId);
    if (!request && (await isAnsweredSo(trx, subject, accountId, { answer, reason, state }))) return;
    const at = clock.now();
    await keepState(trx, subject, state);
    const given = { answer, reason, revision: state.revision, at };
    if (!request || !(await setAnswer(trx, request.id, given))) {
      throw conflict(
        'You have nothing to answer here',
        'The request has been withdrawn, or you have answered it already.',
      );
    }
    const detail = { requestId: request.id, answer, revision: state.revision };
    await record(trx, accountId, 'review answered', subject, detail);
  });
}

/** Whether somebody's last answer was just this one: it was sent twice. */
async function isAnsweredSo(
  trx: Database,
  subject: Subject,
  accountId: string,
  { answer, reason, state }: GivenAnswer,
): Promise<boolean> {
  const requests = await listRequests(trx, subject);
  const last = lastAnswers(requests).find((request) => request.accountId === accountId);
  return last?.answer === answer && last.reason === reason && last.revision === state.revision;
}

/** Sets how many approvals a subject needs before it is published, and whose among them. */
export async function setApprovalRule(
  { db }: Services,
  accountId: string,
  subject: Subject,
  rule: { needed: number; people: readonly string[] },
): Promise<void> {
  await db.transaction(async (trx) => {
    await lockDiscussion(trx, subject);
    await replaceApprovalRule(trx, subject, rule);
    await record(trx, accountId, 'approvals set', subject, { needed: rule.needed, accountIds: rule.people });
  });
}
