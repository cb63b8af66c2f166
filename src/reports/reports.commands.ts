import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Services } from '../services';

export type ReportFormat = 'pdf' | 'discussed' | 'xlsx' | 'csv' | 'charts' | 'svg' | 'png' | 'json' | 'api';

/** Keeps in the audit trail that somebody took the figures of a report away with them. */
export async function noteDownload(
  { db }: Pick<Services, 'db'>,
  actor: Actor,
  reportId: string,
  format: ReportFormat,
): Promise<void> {
  await appendAuditEntry(db, actor, {
    action: 'report downloaded',
    subject: 'report',
    subjectId: reportId,
    detail: { format },
  });
}
