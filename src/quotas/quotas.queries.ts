import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { NewQuota, Quota, QuotaTerms } from './quota';

const columns = {
  id: 'id',
  surveyId: 'survey_id',
  facet: 'facet',
  value: 'value',
  most: 'most',
  action: 'action',
};

export async function listQuotas(db: Database, surveyId: string): Promise<Quota[]> {
  return db('survey_quotas').where({ survey_id: surveyId }).select(columns).orderBy(['facet', 'value']);
}

export async function getQuota(db: Database, surveyId: string, quotaId: string): Promise<Quota> {
  const quota = await db('survey_quotas').where({ id: quotaId, survey_id: surveyId }).first(columns);
  if (!quota) throw notFound('Quota');
  return quota;
}

/** The surveys with quotas that closed after an instant, or have yet to close. */
export async function listSurveysWithQuotas(db: Database, closedAfter: Date): Promise<string[]> {
  return db('surveys as s')
    .whereExists(db('survey_quotas as q').whereRaw('q.survey_id = s.id').select(db.raw('1')))
    .where('s.closes_at', '>', closedAfter)
    .orderBy('s.id')
    .pluck('s.id');
}

export async function insertQuota(trx: Database, surveyId: string, quota: NewQuota): Promise<void> {
  await trx('survey_quotas').insert({ survey_id: surveyId, ...quota });
}

export async function updateQuota(trx: Database, quotaId: string, terms: QuotaTerms): Promise<void> {
  await trx('survey_quotas').where({ id: quotaId }).update(terms);
}

export async function deleteQuota(trx: Database, quotaId: string): Promise<void> {
  await trx('survey_quotas').where({ id: quotaId }).delete();
}
