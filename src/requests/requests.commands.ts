import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { listNotices } from '../notices/notices.queries';
import type { Database } from '../platform/database';
import { isoDay } from '../platform/dates';
import { conflict } from '../platform/problem';
import { getPlan } from '../questionnaires/questionnaires.queries';
import { referenceHash } from '../responses/receipt';
import { findByReference } from '../responses/responses.queries';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { withdrawWithTexts } from '../texts/gathering.commands';
import { type OwnAnswers, ownAnswers } from './own-answers';
import {
  type DataRequest,
  doingFor,
  dueDay,
  extendedDay,
  type RequestStep,
  referenceOf,
  stepsOn,
} from './request';
import type { NewRequest } from './request.form';
import { insertRequest, insertStep, lockRequest, updateRequest } from './requests.queries';

/** Puts a request into the register. Who asked is kept by the desk, beside the reference given here. */
export async function recordRequest(
  { db, clock }: Services,
  actor: Actor,
  surveyId: string,
  { note, ...asked }: NewRequest,
): Promise<Pick<DataRequest, 'id' | 'year' | 'number'>> {
  const now = clock.now();
  return db.transaction(async (trx) => {
    const request = await insertRequest(trx, surveyId, {
      ...asked,
      dueOn: dueDay(asked.kind, asked.cameOn),
      year: Number(isoDay(now).slice(0, 4)),
    });
    await noteStep(trx, actor, request.id, 'recorded', note, now);
    await audit(trx, actor, 'data request recorded', request, { kind: asked.kind });
    return request;
  });
}

/** Says what has happened to a request; refused where it no longer can. */
export async function takeStep(
  { db, clock }: Services,
  actor: Actor,
  place: { surveyId: string; requestId: string },
  { step, note }: { step: RequestStep; note: string },
): Promise<void> {
  const now = clock.now();
  await db.transaction(async (trx) => {
    const request = await lockRequest(trx, place.surveyId, place.requestId);
    if (!stepsOn(request, isoDay(now)).includes(step)) {
      throw conflict(
        'This can no longer be said of the request',
        'Somebody else has said meanwhile what happened to it, or its day has passed. Go back to see how it stands.',
      );
    }
    await updateRequest(trx, request.id, afterStep(request, step));
    await noteStep(trx, actor, request.id, step, note, now);
    await audit(trx, actor, `data request ${step}`, request);
  });
}

function afterStep(
  request: DataRequest,
  step: RequestStep,
): Pick<DataRequest, 'state' | 'dueOn' | 'extended'> {
  const { state, dueOn, extended } = request;
  if (step === 'extended') return { state, dueOn: extendedDay(request.cameOn), extended: true };
  return { state: step === 'reopened' ? 'open' : step, dueOn, extended };
}

/**
 * Takes out, at a person's request, the answers with the reference of their receipt, and what they wrote. False where there
 * are none. The register tells that it was done, and never the reference.
 */
export async function takeAnswersOut(
  { db, clock, secret }: Services,
  actor: Actor,
  place: { surveyId: string; requestId: string },
  reference: string,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const request = await lockFor(trx, place, 'take out');
    const reason = `Request ${referenceOf(request)}`;
    const services = { db: trx, secret };
    if (!(await withdrawWithTexts(services, actor, place.surveyId, { reference, reason }))) return false;
    await noteStep(trx, actor, request.id, 'answers deleted', '', clock.now());
    return true;
  });
}

/** What somebody answered, in words, to hand over to them. Undefined where there is no such reference. That it was asked for is in the trail. */
export async function handAnswersOver(
  { db, clock, secret }: Services,
  actor: Actor,
  survey: Survey,
  requestId: string,
  reference: string,
): Promise<OwnAnswers | undefined> {
  return db.transaction(async (trx) => {
    const request = await lockFor(trx, { surveyId: survey.id, requestId }, 'hand over');
    const response = await findByReference(trx, survey.id, referenceHash(secret, reference));
    if (!response) return undefined;
    const notices = await listNotices(trx, survey.id);
    await noteStep(trx, actor, request.id, 'answers handed over', '', clock.now());
    await audit(trx, actor, 'own answers exported', request);
    const notice = notices.find(({ id }) => id === response.noticeId);
    return ownAnswers(survey, await getPlan(trx, response.versionId), response, notice?.number ?? null);
  });
}

async function lockFor(
  trx: Database,
  { surveyId, requestId }: { surveyId: string; requestId: string },
  doing: 'take out' | 'hand over',
): Promise<DataRequest> {
  const request = await lockRequest(trx, surveyId, requestId);
  if (doingFor(request) === doing) return request;
  throw conflict(
    'This is not what the person asked for',
    'Or the request is finished. Go back to the request, and open it again if there is more to do.',
  );
}

async function noteStep(
  trx: Database,
  actor: Actor,
  requestId: string,
  step: string,
  note: string,
  takenAt: Date,
): Promise<void> {
  const accountId = actor.kind === 'account' ? actor.accountId : null;
  await insertStep(trx, requestId, { step, note, accountId, takenAt });
}

async function audit(
  trx: Database,
  actor: Actor,
  action: string,
  request: Pick<DataRequest, 'id' | 'year' | 'number'>,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const entry = { action, subject: 'data request', subjectId: request.id };
  await appendAuditEntry(trx, actor, { ...entry, detail: { reference: referenceOf(request), ...detail } });
}
