import { formatDate } from '../platform/dates';
import type { Release } from '../releases/release';
import { countSignatures, lastSignatures, type Signature, type Signoff } from './signoff';

/** A published report as the reports before and after it speak of it. */
export interface ReportInLine extends Pick<Release, 'id' | 'number' | 'reason' | 'publishedAt'> {
  signedAt: Date | null;
}

/** How far the group's agreement on a report is, in words. */
export interface Standing {
  status: string;
  sentences: string[];
}

/** "Final, signed on 21 November 2026 by 4 members, with dissent of 1", and what replaces what. */
export function standingInWords(
  { stage, round, signedAt }: Pick<Signoff, 'stage' | 'round' | 'signedAt'>,
  signatures: readonly Signature[],
  line: { report: ReportInLine; others: readonly ReportInLine[] },
): Standing {
  return {
    status:
      stage === 'signed'
        ? finalInWords(signedAt!, lastSignatures(signatures, 'final', round))
        : interimInWords(signatures, round, stage === 'signing'),
    sentences: replacements(line.report, line.others),
  };
}

function finalInWords(signedAt: Date, final: readonly Signature[]): string {
  const { signed, objected } = countSignatures(final);
  const dissent = objected === 0 ? '' : `, with dissent of ${objected}`;
  return `Final, signed on ${formatDate(signedAt)} by ${membersInWords(signed)}${dissent}`;
}

function interimInWords(signatures: readonly Signature[], round: number, isSigning: boolean): string {
  if (isSigning) return 'Interim: the advisory group is signing it for good';
  const { signed, objected } = countSignatures(lastSignatures(signatures, 'interim', round));
  if (signed + objected === 0) return 'Interim: the advisory group has not signed it yet';
  const dissent = objected === 0 ? '' : `, with dissent of ${objected}`;
  return `Interim, signed by ${membersInWords(signed)} so far${dissent}`;
}

function membersInWords(count: number): string {
  return count === 1 ? '1 member' : `${count} members`;
}

/** What this report replaces, and what replaces it: the report signed before it, and the newest after it. */
export function replacements(report: ReportInLine, others: readonly ReportInLine[]): string[] {
  const before = others
    .filter(({ number, signedAt }) => number < report.number && signedAt !== null)
    .sort((one, other) => other.number - one.number)[0];
  const after = others
    .filter(({ number }) => number > report.number)
    .sort((one, other) => other.number - one.number)[0];
  return [
    ...(before
      ? [
          `This report replaces report ${before.number} (signed on ${formatDate(before.signedAt!)})${because(report.reason)}.`,
        ]
      : []),
    ...(after && report.signedAt !== null
      ? [
          `Report ${after.number} (published on ${formatDate(after.publishedAt!)}) replaces this report${because(after.reason)}.`,
        ]
      : []),
  ];
}

function because(reason: string): string {
  return reason === '' ? '' : `, because: “${reason.replace(/[.\s]+$/, '')}”`;
}
