import type { ScaleLevel } from '../frameworks/framework';
import { usualScale } from '../frameworks/framework.form';
import { readCsv, readCsvText } from '../platform/csv-table';
import type { Table } from '../platform/table';
import { looksLikeWorkbook } from '../platform/workbook';
import { readFrameworkWorkbook } from './framework-workbook';
import { findHeader } from './matrix-header';
import { readMatrixTable } from './matrix-table';
import { readPlainList } from './plain-list';
import { type FrameworkReading, type Known, nothingRead } from './reading';

/** What a reader knows beforehand. `scale` is null where the framework is new and nobody has said its scale. */
export type KnownBefore = Omit<Known, 'scale'> & { scale: readonly ScaleLevel[] | null };

/** Reads a framework from a file: a workbook or a CSV file, told apart by what is in them. */
export async function readFrameworkFile(bytes: Buffer, known: KnownBefore): Promise<FrameworkReading> {
  if (looksLikeWorkbook(bytes)) return readFrameworkWorkbook(bytes, { ...known, usualScale });
  return ofTable(readCsv(bytes), known);
}

/** Reads what was pasted: a table out of a spreadsheet, or a list out of a document. */
export function readFrameworkText(
  text: string,
  known: KnownBefore,
  there: readonly { code: string; title: string }[],
): FrameworkReading {
  if (text.includes('\t')) {
    const table = readCsvText(text);
    if (findHeader(table.rows, knowing(known))) return ofTable(table, known);
  }
  return readPlainList(text, there);
}

function ofTable({ rows, findings }: Table, known: KnownBefore): FrameworkReading {
  if (findings.length > 0) return { source: nothingRead, findings };
  return readMatrixTable(rows, knowing(known));
}

function knowing(known: KnownBefore): Known {
  return { ...known, scale: known.scale ?? usualScale };
}
