import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import type { Subject } from './subject';

/** Appends to the audit trail what somebody has done about a subject, in the caller's transaction. */
export async function record(
  trx: Database,
  accountId: string,
  action: string,
  subject: Subject,
  detail: Record<string, unknown>,
): Promise<void> {
  await appendAuditEntry(
    trx,
    { kind: 'account', accountId },
    { action, subject: subject.kind, subjectId: subject.id, detail },
  );
}
