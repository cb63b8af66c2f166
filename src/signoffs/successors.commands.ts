import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { carryReader } from '../readers/invitations.commands';
import type { Release } from '../releases/release';
import { listReleasesBeside } from '../releases/releases.queries';
import { listReportReaders } from '../reports/report-readers.queries';
import type { Services } from '../services';
import { getSignoff, listAddresses, listSignatures, listSignoffs } from './signoffs.queries';
import { type ReportInLine, type Standing, standingInWords } from './standing';

type InLine = Pick<Release, 'id' | 'number'>;

/** The published reports of the same survey, and when each was signed. */
async function reportsInLine(db: Database, releaseId: string): Promise<ReportInLine[]> {
  const published = await listReleasesBeside(db, releaseId);
  const signoffs = await listSignoffs(
    db,
    published.map(({ id }) => id),
  );
  const signedAt = new Map(signoffs.map((signoff) => [signoff.releaseId, signoff.signedAt]));
  return published.map((report) => ({ ...report, signedAt: signedAt.get(report.id) ?? null }));
}

/** How far the agreement on a report is, and which report it replaces or is replaced by. */
export async function standingOfReport(db: Database, releaseId: string): Promise<Standing> {
  const line = await reportsInLine(db, releaseId);
  const report = line.find(({ id }) => id === releaseId)!;
  const others = line.filter(({ id }) => id !== releaseId);
  const signoff = await getSignoff(db, releaseId);
  return standingInWords(signoff, await listSignatures(db, releaseId), { report, others });
}

/** Those who were invited to the report before this one and not to this one; undefined where there are none. */
export async function readersMissing(
  db: Database,
  release: InLine,
): Promise<{ number: number; count: number; accountIds: string[] } | undefined> {
  const line = await reportsInLine(db, release.id);
  const before = line
    .filter(({ number }) => number < release.number)
    .sort((one, other) => other.number - one.number)[0];
  if (!before) return undefined;
  const here = new Set(await listReportReaders(db, release.id));
  const accountIds = (await listReportReaders(db, before.id)).filter((id) => !here.has(id));
  return accountIds.length === 0
    ? undefined
    : { number: before.number, count: accountIds.length, accountIds };
}

/** Lets those read this report who were invited to the one before it. Gives how many. */
export async function inviteReadersOf(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  accountId: string,
  release: InLine,
): Promise<number> {
  return db.transaction(async (trx) => {
    const missing = await readersMissing(trx, release);
    if (!missing) return 0;
    const readers = Object.entries(await listAddresses(trx, missing.accountIds));
    for (const [reader, email] of readers) {
      const by = { accountId, now: clock.now() };
      await carryReader(trx, release.id, { accountId: reader, email }, by);
    }
    await appendAuditEntry(
      trx,
      { kind: 'account', accountId },
      {
        ...{ action: 'readers carried over', subject: 'report', subjectId: release.id },
        detail: { fromReport: missing.number, readers: missing.count },
      },
    );
    return missing.count;
  });
}
