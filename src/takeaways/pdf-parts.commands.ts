import { createHash } from 'node:crypto';
import type { Database } from '../platform/database';
import { signedPartsForPdf } from '../signoffs/beside.commands';
import type { PdfParts } from './pdf-parts';

/** What the group's work adds to the document of a report, as it is now. */
export function readPdfParts(db: Database, reportId: string): Promise<PdfParts> {
  return signedPartsForPdf(db, reportId);
}

/** The same for the same work: a document made before it went on is not handed out as the newest. */
export function editionOf(parts: PdfParts): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
