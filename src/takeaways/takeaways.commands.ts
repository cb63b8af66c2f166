import { askFile, type FileMaker, type FileMakers } from '../files/files.commands';
import type { FileContent, FileOptions, FileProgress, MadeFile } from '../files/made-file';
import type { Database } from '../platform/database';
import { fromRoot } from '../platform/paths';
import { runInThread } from '../platform/thread';
import type { FrozenRelease, ReleasedOffer } from '../releases/release';
import { readFrozenRelease, readPart } from '../releases/releases.queries';
import type { Services } from '../services';
import type { ReleasedTexts } from '../texts/released-texts';
import type { PdfParts } from './pdf-parts';
import { editionOf, readPdfParts } from './pdf-parts.commands';
import { type FileFormat, fileFormats, fileKind } from './report-file';

/** All that a file of a report is made from. */
export interface ReportFileInput {
  format: FileFormat;
  frozen: FrozenRelease;
  training: ReleasedOffer[];
  texts: ReleasedTexts | null;
  parts: PdfParts;
}

/** Asks for a published report in this form. The same form of the same report is made once, for everybody who may read it. */
export async function askReportFile(
  services: Pick<Services, 'db' | 'clock' | 'queue' | 'config'>,
  accountId: string,
  reportId: string,
  format: FileFormat,
): Promise<MadeFile> {
  return askFile(services, accountId, {
    ...{ kind: fileKind(format), subjectId: reportId, shared: true },
    options: await optionsOf(services.db, reportId, format),
  });
}

/** The document holds what the group has said so far; the other forms hold the release only. */
export async function optionsOf(db: Database, reportId: string, format: FileFormat): Promise<FileOptions> {
  const isDocument = format === 'pdf' || format === 'discussed';
  return isDocument ? { edition: editionOf(await readPdfParts(db, reportId, format)) } : {};
}

const threadFile = fromRoot('dist/src/takeaways/report-file-thread.js');

/** Makes the files of reports, each in a thread of its own, so that this process goes on answering. */
export const reportFileMakers: FileMakers = Object.fromEntries(
  fileFormats.map((format) => [fileKind(format), makerOf(format)]),
);

function makerOf(format: FileFormat): FileMaker {
  return async ({ db }, { subjectId }, { tell, signal }) => {
    tell({ stage: 'Reading the report', done: 0, of: 0 });
    const input: ReportFileInput = {
      ...{ format, frozen: await readFrozenRelease(db, subjectId) },
      training: (await readPart(db, subjectId, 'training')) ?? [],
      texts: (await readPart(db, subjectId, 'texts')) ?? null,
      parts: await readPdfParts(db, subjectId, format),
    };
    const made = await runInThread<ReportFileInput, FileContent, FileProgress>(threadFile, input, {
      onProgress: tell,
      signal,
    });
    return { ...made, bytes: Buffer.from(made.bytes) };
  };
}
