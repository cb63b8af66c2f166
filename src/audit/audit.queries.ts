import type { Database } from '../platform/database';
import type { Actor } from './actor';

export interface AuditEntry {
  /** A verb in the past: "project created". */
  action: string;
  /** The noun it was done to, and which one. */
  subject: string;
  subjectId: string | null;
  /** Codes, dates and counts that explain it; never an answer, a name or a token. */
  detail?: Record<string, unknown>;
}

/** Appends to the trail. Call it with the transaction of the change it records. */
export async function appendAuditEntry(trx: Database, actor: Actor, entry: AuditEntry): Promise<void> {
  await trx('audit_entries').insert({
    actor: actor.kind,
    account_id: actor.kind === 'account' ? actor.accountId : null,
    action: entry.action,
    subject: entry.subject,
    subject_id: entry.subjectId,
    detail: JSON.stringify(entry.detail ?? {}),
  });
}
