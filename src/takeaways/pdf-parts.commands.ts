import { createHash } from 'node:crypto';
import { commentsForPdf, type PrintedThread } from '../comments/comments.commands';
import type { Database } from '../platform/database';
import { formatDate } from '../platform/dates';
import { readPart } from '../releases/releases.queries';
import { signedPartsForPdf } from '../signoffs/beside.commands';
import type { PdfParts, PdfSection } from './pdf-parts';
import type { FileFormat } from './report-file';
import { saidForPdf } from './said-for-pdf';

/**
 * What stands in the document of a report besides its figures: what people said, and the group's work as it is now; what was said in comments only where that was
 * asked for.
 */
export async function readPdfParts(db: Database, reportId: string, format: FileFormat): Promise<PdfParts> {
  const signed = await signedPartsForPdf(db, reportId);
  const said = saidForPdf(await readPart(db, reportId, 'texts'));
  const comments = format === 'discussed' ? [commentsSection(await commentsForPdf(db, reportId))] : [];
  return { standing: signed.standing, sections: [...(said ? [said] : []), ...signed.sections, ...comments] };
}

function commentsSection(threads: readonly PrintedThread[]): PdfSection {
  return {
    heading: 'Comments',
    sentences: [
      threads.length === 0
        ? 'Nobody had commented when this document was made.'
        : 'What those who take part have said so far. It is not part of what was published.',
    ],
    entries: threads.map(({ placeTitle, status, comments }) => ({
      name: `${placeTitle} (${status})`,
      lines: comments.map(
        ({ author, writtenAt, text }) =>
          `${author}, ${formatDate(writtenAt)}: ${text ?? 'This comment was withdrawn.'}`,
      ),
    })),
  };
}

/** The same for the same work: a document made before it went on is not handed out as the newest. */
export function editionOf(parts: PdfParts): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
