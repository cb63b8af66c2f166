import { markAnswered, shuffleAnswered } from '../contacts/invitations.queries';
import type { Database } from '../platform/database';
import { isoDay } from '../platform/dates';
import { keyedHash, randomToken } from '../platform/secrets';
import { firstOpenStep, type Step } from '../questionnaires/journey';
import type { Plan } from '../questionnaires/plan';
import type { Services } from '../services';
import { isOver, type Survey } from '../surveys/survey';
import { getSurvey, lockSurvey } from '../surveys/surveys.queries';
import type { PageAnswers } from './answer.form';
import {
  type Arrival,
  type DraftKey,
  findDraft,
  insertDraft,
  shuffleSpentDrafts,
  updateDraft,
} from './drafts.queries';
import { type FrozenResponse, freeze } from './frozen-response';
import { receiptReference, referenceHash } from './receipt';
import {
  countUnshuffled,
  insertResponseOfDraft,
  type ResponseSource,
  shuffleResponseRows,
} from './responses.queries';

/** Starts a draft; gives the token that the respondent's browser is to hold. */
export async function startDraft(
  { db, clock, secret }: Services,
  surveyId: string,
  arrival: Arrival = {},
): Promise<string> {
  const token = arrival.contactId ? invitedToken(secret, arrival.contactId) : randomToken();
  const now = clock.now();
  await insertDraft(db, draftKey(secret, surveyId, token), arrival, isoDay(now), now);
  return token;
}

/**
 * The token of the draft that belongs to somebody invited: the same on whatever device and from whichever e-mail they
 * come, so that they go on where they were.
 */
export function invitedToken(secret: string, contactId: string): string {
  return keyedHash(secret, 'draft of an invitation', contactId).toString('base64url');
}

/** Keeps one page of a draft. False when the draft has been submitted meanwhile. */
export async function keepPage(
  { db, clock }: Services,
  key: DraftKey,
  page: string,
  answers: PageAnswers,
): Promise<boolean> {
  return updateDraft(db, key, page, answers, isoDay(clock.now()));
}

/** What became of a submission. */
export type Submission =
  /** `frozen` is given once, to the request that stored it. */
  | { outcome: 'submitted'; frozen?: FrozenResponse }
  | { outcome: 'unfinished'; step: Step }
  | { outcome: 'unknown' };

/**
 * Submits a draft. However often and from however many tabs it is asked, one response is stored, and every
 * time but the last resort of an unknown draft is told so.
 */
export async function submitDraft(
  services: Services,
  survey: Survey,
  plan: Plan,
  token: string,
  { source = 'respondent', minutes = null }: { source?: ResponseSource; minutes?: number | null } = {},
): Promise<Submission> {
  const { db, clock, secret } = services;
  const key = draftKey(secret, survey.id, token);
  for (;;) {
    const draft = await findDraft(db, key);
    if (!draft) return { outcome: 'unknown' };
    if (draft.submitted) return { outcome: 'submitted' };
    const step = firstOpenStep(plan, draft);
    if (step) return { outcome: 'unfinished', step };
    const frozen = freeze(plan, draft.answers);
    const response = {
      ...frozen,
      minutes,
      versionId: survey.versionId,
      submittedOn: isoDay(clock.now()),
      source,
      referenceHash:
        survey.promise === 'confidential' ? referenceHash(secret, receiptReference(secret, token)) : null,
    };
    const stored = draft.contactId
      ? await storeInvited(db, draft.contactId, (trx) =>
          insertResponseOfDraft(trx, key, draft.revision, response),
        )
      : await insertResponseOfDraft(db, key, draft.revision, response);
    if (stored) {
      // After the commit, so that no worker looks for a response that is not there yet.
      await services.queue.add('fold', { surveyId: survey.id });
      return { outcome: 'submitted', frozen };
    }
    // Somebody kept a page, or submitted, between our reading and our writing: look again.
  }
}

/** Stores the response of somebody invited, and that they have answered: both or neither. */
async function storeInvited(
  db: Database,
  contactId: string,
  store: (trx: Database) => Promise<boolean>,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const stored = await store(trx);
    if (stored) await markAnswered(trx, contactId);
    return stored;
  });
}

/**
 * Cuts what would still join an anonymous response to its draft: rows written in the same moment, in the same
 * order. Waits until enough have gathered for a shuffle to hide anyone, or until nothing more can be sent. What is left
 * by then may be too few to hide among themselves, so they are written anew together with all the others.
 */
export async function shuffleResponses({ db, clock }: Services, surveyId: string): Promise<void> {
  const survey = await getSurvey(db, surveyId);
  if (survey.promise !== 'anonymous') return;
  const isEnough = (await countUnshuffled(db, surveyId)) >= survey.threshold;
  if (!isEnough && !isOver(survey, clock.now())) return;
  const which = isEnough ? 'waiting' : 'all';
  await db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'shared'); // Nobody takes responses away meanwhile.
    await shuffleResponseRows(trx, surveyId, which);
  });
  await db.transaction((trx) => shuffleSpentDrafts(trx, surveyId, which));
  await db.transaction((trx) => shuffleAnswered(trx, surveyId, which));
}

export function draftKey(secret: string, surveyId: string, token: string): DraftKey {
  return { surveyId, tokenHash: draftHash(secret, token) };
}

/** What a draft is known by in place of its token. */
export function draftHash(secret: string, token: string): Buffer {
  return keyedHash(secret, 'draft', token);
}
