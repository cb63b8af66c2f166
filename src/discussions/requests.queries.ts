import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import { type Answer, type ApprovalRule, noRule, type ReviewRequest } from './approval';
import type { Subject } from './subject';

const columns = {
  id: 'r.id',
  accountId: 'r.account_id',
  email: 'a.email',
  askedBy: 'b.email',
  askedAt: 'r.asked_at',
  note: 'r.note',
  dueOn: 'r.due_on',
  withdrawnAt: 'r.withdrawn_at',
  answeredAt: 'r.answered_at',
  answer: 'r.answer',
  reason: 'r.reason',
  revision: 'r.revision',
};

function requestsOf(db: Database, { kind, id }: Subject) {
  return db({ r: 'review_requests' })
    .join({ a: 'accounts' }, 'a.id', 'r.account_id')
    .join({ b: 'accounts' }, 'b.id', 'r.asked_by')
    .where({ 'r.subject_kind': kind, 'r.subject_id': id });
}

/** Every request for a review of a subject that was not withdrawn, in the order asked. */
export async function listRequests(db: Database, subject: Subject): Promise<ReviewRequest[]> {
  return requestsOf(db, subject)
    .whereNull('r.withdrawn_at')
    .orderBy(['r.asked_at', 'a.email'])
    .select(columns);
}

export async function getRequest(db: Database, subject: Subject, requestId: string): Promise<ReviewRequest> {
  const request = await requestsOf(db, subject).where('r.id', requestId).first(columns);
  if (!request) throw notFound('Request');
  return request;
}

/** The request somebody has still to answer. */
export async function findOpenRequest(
  db: Database,
  subject: Subject,
  accountId: string,
): Promise<ReviewRequest | undefined> {
  return requestsOf(db, subject)
    .where('r.account_id', accountId)
    .whereNull('r.withdrawn_at')
    .whereNull('r.answered_at')
    .first(columns);
}

/** Asks somebody; nothing where they have not answered an earlier request yet. Gives the id. */
export async function insertRequest(
  trx: Database,
  { kind, id }: Subject,
  request: { accountId: string; askedBy: string; askedAt: Date; note: string; dueOn: string | null },
): Promise<string | undefined> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `
    insert into review_requests (subject_kind, subject_id, account_id, asked_by, asked_at, note, due_on)
    values (:kind, :id, :accountId, :askedBy, :askedAt, :note, :dueOn)
    on conflict (subject_kind, subject_id, account_id) where answered_at is null and withdrawn_at is null
    do nothing
    returning id`,
    { kind, id, ...request },
  );
  return rows[0]?.id;
}

/** Takes back a request that is not answered; false where it was, or was taken back already. */
export async function setRequestWithdrawn(trx: Database, requestId: string, at: Date): Promise<boolean> {
  const changed = await trx('review_requests')
    .where({ id: requestId })
    .whereNull('answered_at')
    .whereNull('withdrawn_at')
    .update({ withdrawn_at: at });
  return changed === 1;
}

/** Answers a request, once; false where it was answered or withdrawn meanwhile. */
export async function setAnswer(
  trx: Database,
  requestId: string,
  { answer, reason, revision, at }: { answer: Answer; reason: string; revision: string; at: Date },
): Promise<boolean> {
  const changed = await trx('review_requests')
    .where({ id: requestId })
    .whereNull('answered_at')
    .whereNull('withdrawn_at')
    .update({ answer, reason, revision, answered_at: at });
  return changed === 1;
}

/** The approvals a subject asks for; none where nobody has set any. */
export async function getApprovalRule(db: Database, { kind, id }: Subject): Promise<ApprovalRule> {
  const where = { subject_kind: kind, subject_id: id };
  const rule = await db('approval_rules').where(where).first('needed');
  if (!rule) return noRule;
  const people = await db({ p: 'required_approvers' })
    .join({ a: 'accounts' }, 'a.id', 'p.account_id')
    .where(where)
    .orderBy('a.email')
    .select({ accountId: 'a.id', email: 'a.email' });
  return { needed: rule.needed, people };
}

export async function replaceApprovalRule(
  trx: Database,
  { kind, id }: Subject,
  rule: { needed: number; people: readonly string[] },
): Promise<void> {
  const where = { subject_kind: kind, subject_id: id };
  await trx('approval_rules')
    .insert({ ...where, needed: rule.needed })
    .onConflict(['subject_kind', 'subject_id'])
    .merge();
  await trx('required_approvers').where(where).delete();
  if (rule.people.length === 0) return;
  await trx('required_approvers').insert(
    rule.people.map((accountId) => ({ ...where, account_id: accountId })),
  );
}
