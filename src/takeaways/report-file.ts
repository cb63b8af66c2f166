import type { MadeFile } from '../files/made-file';
import { fileNameOf } from '../platform/csv';
import { isoDay } from '../platform/dates';
import type { Right } from '../projects/access';
import type { ReportIndex } from '../reports/report-index';

/** The forms in which a report is taken away, as workers make them. */
export const fileFormats = ['pdf', 'discussed', 'xlsx', 'csv', 'charts'] as const;

export type FileFormat = (typeof fileFormats)[number];

export function isFileFormat(text: unknown): text is FileFormat {
  return fileFormats.some((format) => format === text);
}

/** What the file is called among those that workers make. */
export function fileKind(format: FileFormat): string {
  return `report-${format}`;
}

/** The form of a file; undefined where it is none of a report. */
export function formatOf({ kind }: Pick<MadeFile, 'kind'>): FileFormat | undefined {
  return fileFormats.find((format) => fileKind(format) === kind);
}

/** What everybody reads may be taken away by everybody; what the group says among itself, by those who take part. */
export function rightTo(format: FileFormat): Right {
  return format === 'discussed' ? 'comment' : 'read reports';
}

const extensions: Record<FileFormat, string> = {
  ...{ pdf: 'pdf', discussed: 'pdf', xlsx: 'xlsx', csv: 'zip', charts: 'zip' },
};
const endings: Record<FileFormat, string> = {
  ...{ pdf: '', discussed: ' with comments', xlsx: '', csv: ' tables', charts: ' charts' },
};

export const mediaTypes: Record<FileFormat, string> = {
  pdf: 'application/pdf',
  discussed: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'application/zip',
  charts: 'application/zip',
};

type Named = Pick<ReportIndex, 'document' | 'number' | 'publishedAt'>;

/** "autumn26-report-1-2026-11-21-charts.zip": by survey, report and day. */
export function reportFileName(report: Named, format: FileFormat): string {
  return partName(report, endings[format], extensions[format]);
}

/** The same of one of the files within, or of a picture by itself. */
export function partName({ document, number, publishedAt }: Named, words: string, extension: string): string {
  return fileNameOf(`${document.survey.code} report ${number} ${isoDay(publishedAt)} ${words}`, extension);
}
