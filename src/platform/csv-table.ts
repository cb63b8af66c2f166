import { type CsvError, parse } from 'csv-parse/sync';
import { cellText, type Rows, type Table, trimmedRows, unreadableTable } from './table';

/**
 * Reads a CSV file: UTF-8, or UTF-16 with its mark; commas, semicolons or tabs between cells; lines ending in any way.
 * Other encodings are refused rather than guessed, for a wrong guess turns names into rubbish.
 */
export function readCsv(bytes: Uint8Array): Table {
  if (bytes.length === 0) return unreadableTable('The file is empty.');
  const text = decode(bytes);
  if (text === null) {
    return unreadableTable(
      'The file’s letters are in an encoding we cannot be sure of. In Excel, choose Save As and the type “CSV UTF-8”, then import that file.',
    );
  }
  if (text.includes('\u0000')) {
    return unreadableTable('This is not a CSV file. Save the table as “CSV UTF-8”, then import that file.');
  }
  if (text.trim() === '') return unreadableTable('The file is empty.');
  return readCsvText(text);
}

/** Reads the text of a CSV file. */
export function readCsvText(text: string): Table {
  const { delimiter, body, skipped } = delimiterOf(text);
  try {
    const rows: Rows = parse(body, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: false,
    });
    const cleaned = rows.map((row) => row.map((cell) => cellText(withoutGuard(cell.trim()))));
    return { rows: trimmedRows([...skipped, ...cleaned]), findings: [] };
  } catch (error) {
    return unreadableTable(...faultOf(error as CsvError, text));
  }
}

/** The text, or null where the bytes are no text in an encoding that can be told for certain. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** By the mark at the beginning, where there is one; the decoder takes it off. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}

const delimiters = [',', ';', '\t'];

/** What stands between cells: what Excel's first line "sep=;" says, or else what the first line with words holds most of. */
function delimiterOf(text: string): { delimiter: string; body: string; skipped: Rows } {
  const said = /^sep=([,;\t])(?:\r\n|\n|\r)/i.exec(text);
  if (said) return { delimiter: said[1]!, body: text.slice(said[0].length), skipped: [[]] };
  const beginning = text.slice(0, 20_000).replace(/"(?:[^"]|"")*"/g, '');
  const firstLine = beginning.match(/^.*\S.*$/m)?.[0] ?? '';
  const counts = delimiters.map((delimiter) => firstLine.split(delimiter).length);
  return { delimiter: delimiters[counts.indexOf(Math.max(...counts))]!, body: text, skipped: [] };
}

/** Takes off the apostrophe that keeps a spreadsheet from running a cell as a formula. */
function withoutGuard(cell: string): string {
  return /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell) ? cell.slice(1) : cell;
}

function faultOf({ code, lines }: CsvError & { lines?: number }, text: string): [string, string] {
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return ['A quotation mark opens here and is never closed.', `Line ${openQuoteLine(text)}`];
  }
  return [
    'A quotation mark stands in the middle of a cell. Put the whole cell in quotation marks, and double those within it.',
    `Line ${lines ?? 1}`,
  ];
}

/** The line on which the quotation mark stands that nothing closes. */
function openQuoteLine(text: string): number {
  const undoubled = text.replaceAll('""', '');
  return undoubled.slice(0, undoubled.lastIndexOf('"')).split(/\r\n|\n|\r/).length;
}
