import { buffer } from 'node:stream/consumers';
import type { FileContent, FileProgress } from '../files/made-file';
import { fromRoot } from '../platform/paths';
import { writePdf } from '../platform/pdf';
import { reportIndex } from '../reports/report-index';
import { reportWorkbook } from '../reports/report-workbook';
import { loadChartStyles } from '../web/chart-styles';
import { reportDocument } from './report-document';
import { type FileFormat, mediaTypes, reportFileName } from './report-file';
import { reportPictures } from './report-pictures';
import { reportTables } from './report-tables';
import type { ReportFileInput } from './takeaways.commands';

type Tell = (progress: FileProgress) => void;

/** A published report as a file, saying how far it is. */
export async function makeReportFile(input: ReportFileInput, tell: Tell): Promise<FileContent> {
  const report = reportIndex(input.frozen);
  const { format } = input;
  const bytes = await writers[format](input, tell);
  return { name: reportFileName(report, format), mediaType: mediaTypes[format], bytes };
}

const publicDir = fromRoot('dist/public');

const writers: Record<FileFormat, (input: ReportFileInput, tell: Tell) => Promise<Buffer>> = {
  pdf: writeDocument,
  discussed: writeDocument,
  xlsx: async ({ frozen, texts }, tell) => {
    tell({ stage: 'Writing the sheets', done: 0, of: 0 });
    return reportWorkbook(reportIndex(frozen), texts);
  },
  csv: async ({ frozen, texts }, tell) => {
    tell({ stage: 'Writing the tables', done: 0, of: 0 });
    return reportTables(reportIndex(frozen), texts);
  },
  charts: ({ frozen }, tell) =>
    reportPictures(reportIndex(frozen), loadChartStyles(publicDir), (done, of) =>
      tell({ stage: 'Drawing the pictures', done, of }),
    ),
};

async function writeDocument(
  { frozen, training, texts, parts }: ReportFileInput,
  tell: Tell,
): Promise<Buffer> {
  tell({ stage: 'Writing the pages', done: 0, of: 0 });
  const facts = { training, texts, parts, styles: loadChartStyles(publicDir) };
  return buffer(writePdf(reportDocument(reportIndex(frozen), facts)));
}
