import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import type { FieldErrors } from '../platform/form';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { graceMinutes, type Survey } from '../surveys/survey';
import { getSurvey, lockSurvey, updateFullQuotas } from '../surveys/surveys.queries';
import { readRespondents } from '../tallies/tallies.queries';
import { fullOf, mostQuotas, type NewQuota, type QuotaTerms, sameQuotas } from './quota';
import {
  deleteQuota,
  getQuota,
  insertQuota,
  listQuotas,
  listSurveysWithQuotas,
  updateQuota,
} from './quotas.queries';

type World = Pick<Services, 'db'>;

/**
 * Finds out which of a survey's quotas are full, from what is counted, and says so with the survey. Called after a count;
 * run it twice and nothing changes. No record says when a quota was filled: somebody's answer did it at that moment.
 */
export async function fillQuotas({ db }: World, surveyId: string): Promise<void> {
  const survey = await getSurvey(db, surveyId);
  if (sameQuotas(await fullIn(db, survey), survey.fullQuotas)) return;
  await db.transaction(async (trx) => refill(trx, await lockSurvey(trx, surveyId, 'alone')));
}

/** The same for every survey that can still be answered: what is counted may have been taken away, or counted afresh. */
export async function fillAllQuotas({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<void> {
  const closedAfter = new Date(clock.now().getTime() - graceMinutes * 60_000);
  for (const surveyId of await listSurveysWithQuotas(db, closedAfter)) await fillQuotas({ db }, surveyId);
}

async function refill(trx: Database, survey: Survey): Promise<void> {
  const full = await fullIn(trx, survey);
  if (!sameQuotas(full, survey.fullQuotas)) await updateFullQuotas(trx, survey.id, full);
}

async function fullIn(db: Database, { id, versionId, threshold }: Survey) {
  const quotas = await listQuotas(db, id);
  if (quotas.length === 0) return [];
  const { facets } = await getPlan(db, versionId);
  return fullOf(quotas, await readRespondents(db, id), facets, threshold);
}

/** Sets a quota. Gives a sentence where it cannot be set. */
export async function addQuota(
  { db }: World,
  actor: Actor,
  surveyId: string,
  quota: NewQuota,
): Promise<FieldErrors | undefined> {
  return db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'alone');
    const quotas = await listQuotas(trx, surveyId);
    if (quotas.some(({ facet, value }) => facet === quota.facet && value === quota.value)) {
      return { answer: 'There is a quota for this answer already. Change that one' };
    }
    if (quotas.length >= mostQuotas) return { answer: `A survey has at most ${mostQuotas} quotas` };
    await insertQuota(trx, surveyId, quota);
    await settle(trx, actor, survey, 'quota set', quota);
    return undefined;
  });
}

/** Changes how many are enough, or what happens then. Raised above what has come in, a quota is no longer full. */
export async function changeQuota(
  { db }: World,
  actor: Actor,
  surveyId: string,
  quotaId: string,
  terms: QuotaTerms,
): Promise<void> {
  await db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'alone');
    const { facet, value, most, action } = await getQuota(trx, surveyId, quotaId);
    if (most === terms.most && action === terms.action) return;
    await updateQuota(trx, quotaId, terms);
    await settle(trx, actor, survey, 'quota changed', { facet, value, ...terms, before: { most, action } });
  });
}

/** Takes a quota away: whoever answers so may go on again. */
export async function removeQuota(
  { db }: World,
  actor: Actor,
  surveyId: string,
  quotaId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'alone');
    const { facet, value, most, action } = await getQuota(trx, surveyId, quotaId);
    await deleteQuota(trx, quotaId);
    await settle(trx, actor, survey, 'quota removed', { facet, value, most, action });
  });
}

async function settle(
  trx: Database,
  actor: Actor,
  survey: Survey,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await refill(trx, survey);
  await appendAuditEntry(trx, actor, { action, subject: 'survey', subjectId: survey.id, detail });
}
