import { csvOf } from '../platform/csv';
import { zipOf } from '../platform/zip-writer';
import type { ReportIndex } from '../reports/report-index';
import { figuresTable } from '../reports/report-table';
import { codebookRows } from '../reports/report-workbook';
import { partName } from './report-file';

/** All figures as a table for programs, and what its columns mean: two files in one. */
export function reportTables(report: ReportIndex): Buffer {
  const { header, rows } = figuresTable(report);
  const file = (words: string, text: string) => ({
    name: partName(report, words, 'csv'),
    bytes: Buffer.from(text),
  });
  return zipOf(
    [file('figures', csvOf([header, ...rows])), file('codebook', csvOf(codebookRows(report)))],
    report.publishedAt,
  );
}
