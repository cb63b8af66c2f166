import type { Database } from '../platform/database';
import { notOpened, type Signatory, type Signature, type Signoff } from './signoff';

const columns = {
  releaseId: 's.release_id',
  stage: 's.stage',
  round: 's.round',
  declaration: 's.declaration',
  people: 's.people',
  checksum: 's.checksum',
  signedAt: 's.signed_at',
  signedBy: 's.signed_by',
};

/** How far the sign-off of a report is; not begun where nobody has done anything about it. */
export async function getSignoff(db: Database, releaseId: string): Promise<Signoff> {
  const signoff = await db({ s: 'report_signoffs' }).where({ 's.release_id': releaseId }).first(columns);
  return signoff ?? notOpened(releaseId);
}

/** The sign-offs of these reports that have begun. */
export async function listSignoffs(db: Database, releaseIds: readonly string[]): Promise<Signoff[]> {
  return db({ s: 'report_signoffs' }).whereIn('s.release_id', releaseIds).select(columns);
}

/** Sees to it that there is a sign-off to write into. */
export async function beginSignoff(trx: Database, releaseId: string): Promise<void> {
  await trx('report_signoffs').insert({ release_id: releaseId }).onConflict('release_id').ignore();
}

export async function updateSignoff(
  trx: Database,
  releaseId: string,
  change: Partial<Pick<Signoff, 'stage' | 'round' | 'declaration'>>,
): Promise<void> {
  await trx('report_signoffs').where({ release_id: releaseId }).update(change);
}

/** Signs a report for good: from now on the database refuses every change to what was signed. */
export async function updateSigned(
  trx: Database,
  releaseId: string,
  signed: { people: Record<string, string>; checksum: string; signedAt: Date; signedBy: string },
): Promise<void> {
  await trx('report_signoffs')
    .where({ release_id: releaseId })
    .update({
      stage: 'signed',
      people: JSON.stringify(signed.people),
      checksum: signed.checksum,
      signed_at: signed.signedAt,
      signed_by: signed.signedBy,
    });
}

/** Who has to sign, by address. */
export async function listRequired(db: Database, releaseId: string): Promise<Signatory[]> {
  return db({ r: 'required_signatories' })
    .join({ a: 'accounts' }, 'a.id', 'r.account_id')
    .where({ 'r.release_id': releaseId })
    .orderBy('a.email')
    .select({ accountId: 'a.id', email: 'a.email' });
}

export async function replaceRequired(
  trx: Database,
  releaseId: string,
  accountIds: readonly string[],
): Promise<void> {
  await trx('required_signatories').where({ release_id: releaseId }).delete();
  if (accountIds.length === 0) return;
  await trx('required_signatories').insert(
    accountIds.map((accountId) => ({ release_id: releaseId, account_id: accountId })),
  );
}

/** Every answer that was given about signing a report, in the order given. */
export async function listSignatures(db: Database, releaseId: string): Promise<Signature[]> {
  return db({ s: 'report_signatures' })
    .join({ a: 'accounts' }, 'a.id', 's.account_id')
    .where({ 's.release_id': releaseId })
    .orderBy('s.place')
    .select({
      ...{ place: 's.place', accountId: 's.account_id', email: 'a.email', stage: 's.stage' },
      ...{ round: 's.round', answer: 's.answer', reason: 's.reason', interest: 's.interest' },
      ...{ declaration: 's.declaration', state: 's.state', answeredAt: 's.answered_at' },
    });
}

export async function insertSignature(
  trx: Database,
  releaseId: string,
  signature: Omit<Signature, 'email'>,
): Promise<void> {
  await trx('report_signatures').insert({
    release_id: releaseId,
    place: signature.place,
    account_id: signature.accountId,
    stage: signature.stage,
    round: signature.round,
    answer: signature.answer,
    reason: signature.reason,
    interest: signature.interest,
    declaration: signature.declaration,
    state: signature.state,
    answered_at: signature.answeredAt,
  });
}

/** The addresses of accounts, by id. */
export async function listAddresses(
  db: Database,
  accountIds: readonly string[],
): Promise<Record<string, string>> {
  const rows = await db('accounts').whereIn('id', accountIds).orderBy('id').select('id', 'email');
  return Object.fromEntries(rows.map(({ id, email }) => [id, email]));
}
