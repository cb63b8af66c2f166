import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { DataRequest } from './request';
import type { NewRequest } from './request.form';

const columns = {
  id: 'r.id',
  surveyId: 'r.survey_id',
  year: 'r.year',
  number: 'r.number',
  kind: 'r.kind',
  way: 'r.way',
  extended: 'r.extended',
  state: 'r.state',
};

function requests(db: Database) {
  return db({ r: 'data_requests' }).select({
    ...columns,
    cameOn: db.raw('r.came_on::text'),
    dueOn: db.raw('r.due_on::text'),
  });
}

/** What has been asked about a survey, the newest first. */
export async function listRequests(db: Database, surveyId: string): Promise<DataRequest[]> {
  return requests(db)
    .where('r.survey_id', surveyId)
    .orderBy([
      { column: 'r.year', order: 'desc' },
      { column: 'r.number', order: 'desc' },
    ]);
}

/** What is not finished in these projects, with the survey it is about, the first due first. */
export async function listUnfinished(
  db: Database,
  projectIds: readonly string[],
): Promise<(DataRequest & { survey: string; project: string })[]> {
  return requests(db)
    .join({ s: 'surveys' }, 's.id', 'r.survey_id')
    .join({ p: 'projects' }, 'p.id', 's.project_id')
    .select({ survey: 's.name', project: 'p.name' })
    .whereIn('s.project_id', projectIds)
    .whereIn('r.state', ['open', 'acknowledged'])
    .orderBy(['r.due_on', 'r.year', 'r.number']);
}

export async function getRequest(db: Database, surveyId: string, requestId: string): Promise<DataRequest> {
  const request = await requests(db).where({ 'r.id': requestId, 'r.survey_id': surveyId }).first();
  if (!request) throw notFound('Request');
  return request;
}

/** The same, and nobody else changes it until the commit. */
export async function lockRequest(trx: Database, surveyId: string, requestId: string): Promise<DataRequest> {
  const request = await requests(trx)
    .where({ 'r.id': requestId, 'r.survey_id': surveyId })
    .forUpdate()
    .first();
  if (!request) throw notFound('Request');
  return request;
}

/** Puts a request into the register under the next number of the year; no two get the same. */
export async function insertRequest(
  trx: Database,
  surveyId: string,
  { kind, way, cameOn, dueOn, year }: Omit<NewRequest, 'note'> & { dueOn: string; year: number },
): Promise<Pick<DataRequest, 'id' | 'year' | 'number'>> {
  await trx.raw('lock table data_requests in share row exclusive mode');
  const [row] = await trx('data_requests')
    .insert({
      ...{ survey_id: surveyId, year, kind, way, came_on: cameOn, due_on: dueOn },
      number: trx('data_requests')
        .where({ year })
        .select(trx.raw('coalesce(max(number), 0) + 1')) as unknown as number,
    })
    .returning(['id', 'year', 'number']);
  return row;
}

export async function updateRequest(
  trx: Database,
  requestId: string,
  { state, dueOn, extended }: Pick<DataRequest, 'state' | 'dueOn' | 'extended'>,
): Promise<void> {
  await trx('data_requests').where({ id: requestId }).update({ state, due_on: dueOn, extended });
}

/** Something that has happened to a request. */
export interface TakenStep {
  step: string;
  note: string;
  /** Who did it; empty where nobody signed in did. */
  by: string;
  takenAt: Date;
}

export async function insertStep(
  trx: Database,
  requestId: string,
  { step, note, accountId, takenAt }: Omit<TakenStep, 'by'> & { accountId: string | null },
): Promise<void> {
  await trx('data_request_steps').insert({
    request_id: requestId,
    ...{ step, note, account_id: accountId, taken_at: takenAt },
  });
}

/** All that has happened to a request, the newest first. */
export async function listSteps(db: Database, requestId: string): Promise<TakenStep[]> {
  return db({ s: 'data_request_steps' })
    .leftJoin({ a: 'accounts' }, 'a.id', 's.account_id')
    .where('s.request_id', requestId)
    .orderBy('s.id', 'desc')
    .select({
      ...{ step: 's.step', note: 's.note', takenAt: 's.taken_at' },
      by: db.raw("coalesce(a.email, '')"),
    });
}
