import { csvOf } from '../platform/csv';
import { zipOf } from '../platform/zip-writer';
import type { ReportIndex } from '../reports/report-index';
import { figuresTable } from '../reports/report-table';
import { codebookRows } from '../reports/report-workbook';
import { quotesTable, type SaidTable, themesTable } from '../reports/said-tables';
import type { ReleasedTexts } from '../texts/released-texts';
import { partName } from './report-file';

/** All figures as tables for programs, what people wrote where it was released, and what the columns mean: several files in one. */
export function reportTables(report: ReportIndex, texts: ReleasedTexts | null): Buffer {
  const { header, rows } = figuresTable(report);
  const file = (words: string, text: string) => ({
    name: partName(report, words, 'csv'),
    bytes: Buffer.from(text),
  });
  return zipOf(
    [
      file('figures', csvOf([header, ...rows])),
      ...saidIn(texts).map(([words, table]) => file(words, csvOf([table.header, ...table.rows]))),
      file('codebook', csvOf(codebookRows(report))),
    ],
    report.publishedAt,
  );
}

function saidIn(texts: ReleasedTexts | null): [string, SaidTable][] {
  if (!texts || texts.questions.length === 0) return [];
  const quotes = quotesTable(texts);
  return [
    ['themes', themesTable(texts)],
    ...(quotes.rows.length > 0 ? [['quotes', quotes] as [string, SaidTable]] : []),
  ];
}
