import { stringify } from 'csv-stringify/sync';

/** A cell of a table to send out: text, a number, or nothing. */
export type CsvCell = string | number | null;

/**
 * A table as a CSV file (RFC 4180), in UTF-8 with the byte order mark without which Excel misreads it. Text that a
 * spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers, negative ones too.
 */
export function csvOf(rows: readonly (readonly CsvCell[])[]): string {
  return csvBegin + csvLines(rows);
}

/** What stands before the first line of a file that is written bit by bit. */
export const csvBegin = '\ufeff';

/** Lines of such a file. */
export function csvLines(rows: readonly (readonly CsvCell[])[]): string {
  return stringify(
    rows.map((row) => row.map(keptApart)),
    { escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
}

/** Text that begins like a guarded cell gets one more apostrophe: readers take one off. */
function keptApart(cell: CsvCell): CsvCell {
  return typeof cell === 'string' && /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell;
}

/** A name for a file that every system takes: the words' letters and digits, with hyphens between. */
export function fileNameOf(words: string, extension: string): string {
  const name = words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
  return `${name || 'file'}.${extension}`;
}
